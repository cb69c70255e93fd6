"""Programs read indicators, and give, correct, confirm and return values by the rules of the pages (3.09)."""

from dataclasses import replace
from datetime import date

import pytest

from tests.api.client import Program, program, said
from tests.indicators.factory import OCTOBER, TOLD_ON, TRAINED, aim, count, declared, told, world
from tests.marks import covers
from thuocdo.indicators import actions
from thuocdo.indicators.models import Observation
from thuocdo.indicators.rules.periods import read as period

pytestmark = pytest.mark.django_db


@pytest.fixture
def here():
    made = world()
    by = {"reported_by": made.doan_ket.kind, "reported_at": made.doan_ket.level}
    terms = replace(TRAINED, checks={"least": "0", "jump": "50"}, source="x", **by)
    declared(replace(terms, since=date(2019, 1, 1)))
    made.trained = declared(terms)
    made.first = told(made.trained, count(made.doan_ket, 40), by=made.dung)
    return made


@covers("3.09", "3.06")
def test_an_indicator_is_read_with_value_coverage_target_and_status(here):
    aimed = aim(here.lai_chau, 100)
    actions.set_target(indicator=here.trained, aimed=aimed, happened_on=TOLD_ON, by=None, at=OCTOBER)
    found = said(program(here.an).get(f"/indicators/TRAINED?agency={here.lai_chau.code}&as_of=2025-10-15"))
    figure = found["figure"]
    assert (figure["value"], figure["reported"], figure["expected"]) == ("40", 1, 1)
    assert (figure["standing"]["code"], figure["target"]["value"]) == ("declared", "100.000000")
    assert found["unit"] == "person"


@covers("3.09")
def test_what_the_caller_may_not_see_is_null_and_not_zero(here):
    other = f"/indicators/TRAINED?agency={here.hung_yen.code}&as_of=2025-10-15"
    assert said(program(here.an).get(other))["figure"] is None
    assert Program().get("/indicators/TRAINED").status_code == 404
    actions.publish(indicator=here.trained, public=True, decided_on=TOLD_ON, by=None, at=OCTOBER)
    assert [one["code"] for one in said(Program().get("/indicators"))["items"]] == ["TRAINED"]


@covers("3.09", "3.03")
def test_values_are_listed_page_by_page_as_they_stood_on_a_day(here):
    for number in range(1, 6):
        told(here.trained, count(here.doan_ket, number, period(f"202{number - 1}-Q1")))
    seen, address = [], "/indicators/TRAINED/observations?limit=2"
    while address:
        found = said(program(here.an).get(address))
        seen += [one["period"] for one in found["items"]]
        address = found["next"] and f"/indicators/TRAINED/observations?limit=2&cursor={found['next']}"
    assert seen == ["2025-Q3", "2024-Q1", "2023-Q1", "2022-Q1", "2021-Q1", "2020-Q1"]
    then = said(program(here.an).get("/indicators/TRAINED/observations?as_of=2025-10-09"))
    assert then["items"] == []


@covers("3.09", "2.13")
def test_given_once_returned_corrected_and_confirmed(here):
    sent = {"agency": here.doan_ket.code, "period": "2025-Q2", "value": "41"}
    first = program(here.dung).post("/indicators/TRAINED/observations", sent, Idempotency_Key="a")
    again = program(here.dung).post("/indicators/TRAINED/observations", sent, Idempotency_Key="a")
    assert (first.status_code, said(again)["id"]) == (201, said(first)["id"])
    address = f"/observations/{said(first)['id']}"
    giang = program(here.giang)
    back = giang.post(f"{address}/verdicts", {"accepted": False, "reason": "Thiếu một lớp"})
    assert said(back)["returned"] is True
    changed = {"value": "45", "reason": "Thêm một lớp", "note": "Đã kiểm tra"}
    corrected = said(program(here.dung).post(f"{address}/corrections", changed))
    assert corrected["corrects"] == said(first)["id"]
    giang.post(f"/observations/{corrected['id']}/verdicts", {"accepted": True})
    assert said(giang.get(f"/observations/{corrected['id']}"))["standing"]["code"] == "confirmed"


@covers("3.09")
@pytest.mark.parametrize(
    ("sent", "sentence"),
    [({"value": "-1"}, "-1 is below the least possible, 0."), ({"value": "90"}, "a change of 125 %"),
     ({}, "Nothing reported is not 0."), ({"value": "41", "missing": "not_applicable"}, "keep one"),
     ({"value": "41", "part": "sex=female"}, "This indicator has no parts"),
     ({"value": "1", "period": "quý ba"}, "is no period")],
)  # fmt: skip
def test_what_the_pages_refuse_is_refused_with_the_same_words(here, sent, sentence):
    told(here.trained, count(here.doan_ket, 40, period("2025-Q1")))
    full = {"agency": here.doan_ket.code, "period": "2025-Q2", **sent}
    answer = program(here.dung).post("/indicators/TRAINED/observations", full, Accept_Language="en")
    assert answer.status_code == 422
    assert sentence in str(said(answer))
    assert Observation.objects.count() == 2

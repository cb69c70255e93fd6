"""The pages of indicators: list, one indicator for one agency, the passport of a value; who sees what."""

import html
import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from urllib.parse import urljoin

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.assignments.factory import JULY, claimed, given, person
from tests.indicators.factory import OCTOBER, ONLINE, TOLD_ON, TRAINED, aim, count, declared, told, world
from tests.marks import covers
from thuocdo.accounts.enums import Role
from thuocdo.agencies.enums import AgencyKind, Level
from thuocdo.assignments import measures
from thuocdo.directives import actions as directive_actions
from thuocdo.directives.rules.publicity import Shown
from thuocdo.indicators import actions

pytestmark = pytest.mark.django_db
LATER = OCTOBER + timedelta(days=5)
DAY = f"as_of={LATER:%Y-%m-%d}"
MAIN = re.compile(r"<main.*?</main>", re.DOTALL)


@pytest.fixture
def here():
    """Communes report people trained; Lai Châu has to reach 100 by the end of the year."""
    made = world()
    terms = replace(TRAINED, reported_by=AgencyKind.PEOPLES_COMMITTEE, reported_at=Level.COMMUNE)
    made.trained = declared(terms)
    made.first = told(made.trained, count(made.doan_ket, 40), by=made.dung)
    made.other = told(made.trained, count(made.pho_hien, 7_654))
    lower = {"baseline": Decimal(0), "baseline_on": date(2025, 1, 1)}
    made.target = set_target(made, aim(made.lai_chau, 100, **lower))
    return made


def set_target(here, aimed):
    return actions.set_target(indicator=here.trained, aimed=aimed, happened_on=TOLD_ON, by=None, at=OCTOBER)


def public(here):
    actions.publish(indicator=here.trained, public=True, decided_on=TOLD_ON, by=None, at=OCTOBER)


def page(address, user=None):
    """The words of the page in English."""
    client = Client()
    if user is not None:
        client.force_login(user)
    answer = client.get(f"/en{address}")
    text = MAIN.search(answer.content.decode())
    return answer.status_code, re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text[0])) if text else ""


@covers("3.05", "3.06", "3.07")
def test_the_public_sees_value_target_coverage_children_and_how_it_was_computed(here):
    public(here)
    status, text = page(f"/indicators/TRAINED/?agency={here.lai_chau.code}&{DAY}")
    assert status == 200
    for words in (
        "40 people",
        "1 of 1 have reported",
        "100 people",
        "far behind",
        "How was this computed?",
        "The sum of the values of all below it.",
        "UBND phường Đoàn Kết",
    ):
        assert words in text, words


@covers("3.02")
def test_a_lowered_target_is_shown_as_lowered_with_the_reason(here):
    public(here)
    actions.retarget(
        target=here.target, aimed=aim(here.lai_chau, 60, baseline=Decimal(0), baseline_on=date(2025, 1, 1)),
        reason="Thiếu kinh phí", happened_on=LATER.date(), by=None, at=LATER,
    )  # fmt: skip
    address = f"/indicators/TRAINED/?agency={here.lai_chau.code}"
    text = page(f"{address}&{DAY}")[1]
    assert re.search(r"60 people by .*lowered.*Thiếu kinh phí.*100 people", text)
    before = page(f"{address}&{DAY}&known={OCTOBER:%Y-%m-%dT%H:%M}Z")[1]
    assert ("lowered" in before, "100 people" in before) == (False, True)


@covers("3.07")
def test_a_figure_as_it_was_known_does_not_know_the_correction(here):
    public(here)
    actions.correct(
        observation=here.first, value=count(here.doan_ket, 45), reason="Sót 5 người", by=None, at=LATER
    )
    address = f"/indicators/TRAINED/?agency={here.lai_chau.code}&{DAY}"
    assert "45 people" in page(address)[1]
    assert "40 people" in page(f"{address}&known={OCTOBER:%Y-%m-%dT%H:%M}Z")[1]


@covers("3.05")
def test_what_is_not_public_is_not_there_for_the_public(here):
    addresses = ("/indicators/TRAINED/", f"/observations/{here.first.pk}/", "/indicators/NO_SUCH/")
    assert [page(address)[0] for address in addresses] == [404, 404, 404]
    assert "People trained" not in page(f"/indicators/?{DAY}")[1]


@covers("3.07")
def test_a_total_with_closed_parts_is_closed_and_tells_nothing_of_them(here):
    giang = here.giang  # reads Lai Châu and what is below it
    country = page(f"/indicators/TRAINED/?agency={here.government.code}&{DAY}", giang)[1]
    assert "You may not read this figure" in country
    assert "40 people" in country  # Lai Châu, below it, is theirs
    assert "agency is not shown: it is outside your scope" in country or "Hưng Yên" not in country
    listed = page(f"/indicators/?agency={here.government.code}&{DAY}", giang)[1]
    foreign = page(f"/indicators/TRAINED/?agency={here.hung_yen.code}&{DAY}", giang)[1]
    assert not [text for text in (country, listed, foreign) if "7,654" in text or "7,694" in text]
    assert page(f"/observations/{here.other.pk}/", giang)[0] == 404
    assert "7,694" in page(f"/indicators/TRAINED/?agency={here.government.code}&{DAY}", inspector(here))[1]


def inspector(here):
    return person("thanh-tra", here.government, Role.INSPECTOR)


@covers("3.03", "3.05")
def test_the_passport_names_period_origin_corrections_verdicts_and_the_log(here):
    second = actions.correct(
        observation=here.first, value=count(here.doan_ket, 45), reason="Sót 5 người", by=here.dung, at=LATER
    )
    actions.accept(
        observation=second, agency=here.lai_chau, happened_on=LATER.date(), by=here.giang, at=LATER
    )
    text = page(f"/observations/{second.pk}/?{DAY}", here.giang)[1]
    for words in (
        "45 people",
        "1 July 2025–30 September 2025",
        "confirmed",
        "Sót 5 người",
        "40 people",
        "observation.corrected",
        "entered by the agency",
    ):
        assert words in text, words
    assert "This value was corrected." in page(f"/observations/{here.first.pk}/?{DAY}", here.giang)[1]


@covers("3.21")
@pytest.mark.parametrize("signed_in", [False, True], ids=["public", "signed in"])
def test_the_pages_ask_little_however_many_indicators(here, signed_in):
    public(here)
    for number in range(30):
        made = declared(replace(TRAINED, code=f"TRAINED_{number}"))
        actions.publish(indicator=made, public=True, decided_on=TOLD_ON, by=None, at=OCTOBER)
    client = Client()
    if signed_in:
        client.force_login(inspector(here))
    for address in (
        "/indicators/",
        f"/indicators/TRAINED/?agency={here.lai_chau.code}",
        f"/observations/{here.first.pk}/",
    ):
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"{address}{'&' if '?' in address else '?'}{DAY}").status_code == 200
        stated = [one["sql"] for one in asked if not re.match("SAVEPOINT|RELEASE|BEGIN|SET", one["sql"])]
        assert len(stated) <= 12, "\n".join(stated)


@covers("3.05", "3.08")
def test_a_published_rate_stands_beside_what_is_counted_on_the_day(here):
    duty, still_open = given(here), given(here)
    claimed(here, duty, by=here.an)
    list(measures.publish_due(date(2025, 7, 1), at=JULY))
    claimed(here, still_open, by=here.an, at=JULY + timedelta(hours=1))
    address = f"/indicators/DUTIES.CONFIRMED/?agency={here.lai_chau.code}&as_of=2025-07-20"
    status, text = page(address, here.an)
    assert status == 200
    for words in ("measured", "Counted on this day 0%", "numerator 0 denominator 2"):
        assert words in text, words
    assert "Give a value" not in text
    assert "Counted on this day" not in page(address, person("lan", here.hung_yen, Role.FOCAL))[1]


@covers("3.06", "3.05")
def test_rates_together_have_a_range_and_stand_as_declared_and_as_confirmed(here):
    public(here)
    online = declared(replace(ONLINE, source="x"))
    other = {"indicator": online, "happened_on": TOLD_ON, "by": None, "at": OCTOBER}
    actions.set_target(
        aimed=aim(here.lai_chau, 1, baseline=Decimal(0), baseline_on=date(2025, 1, 1)), **other
    )
    actions.publish(indicator=online, public=True, decided_on=TOLD_ON, by=None, at=OCTOBER)
    text = page(f"/indicators/?agency={here.lai_chau.code}&{DAY}")[1]
    assert "As declared — Withheld: rates are missing that were expected." in text
    assert "Weight that has a rate 50% If the missing were 0, or 100 % 20% – 70%" in text
    assert "Confirmed or measured alone — Withheld" in text
    assert "Weight that has a rate 0% If the missing were 0, or 100 % 0% – 100%" in text
    verdict = {"observation": here.first, "agency": here.lai_chau, "happened_on": TOLD_ON}
    actions.accept(**verdict, by=here.giang, at=OCTOBER)
    assert text.count("20% – 70%") == 1
    assert page(f"/indicators/?agency={here.lai_chau.code}&{DAY}")[1].count("20% – 70%") == 2


@covers("3.06")
def test_the_page_says_pace_year_completeness_and_when_the_next_value_is_due(here):
    public(here)
    text = page(f"/indicators/TRAINED/?agency={here.lai_chau.code}&{DAY}")[1]
    for words in (
        "Way covered this year 40%",
        "Confirmed or measured alone —, 0 of 1 have reported",
        "Complete for the last period due 100% 2025-Q3",
        "In time for the last period due 0% 2025-Q3",
        "Next values due by 31 December 2025",
        "Needed from now on, a month",
    ):
        assert words in text, words


@covers("3.05")
def test_a_status_in_the_list_opens_its_rule_card(here):
    public(here)
    answer = Client().get(f"/en/indicators/?agency={here.lai_chau.code}&{DAY}").content.decode()
    opened = re.search(r'<a href="(/en/indicators/TRAINED/[^"]*#how)"><span class="state', answer)
    assert 'id="how"' in Client().get(opened[1].replace("&amp;", "&")).content.decode()


@covers("3.07")
def test_a_text_leads_to_its_targets_these_to_the_agencies_below_and_to_their_evidence(here):
    public(here)
    provision = here.obligation.provision
    shown = Shown(progress=True, responsibility=True, results=True)
    text = provision.directive
    directive_actions.publish(directive=text, shown=shown, decided_on=TOLD_ON, by=None, at=OCTOBER)
    changed = aim(here.lai_chau, 100, baseline=Decimal(0), baseline_on=date(2025, 1, 1), provision=provision)
    actions.retarget(target=here.target, aimed=changed, reason="Dẫn văn bản", happened_on=TOLD_ON, by=None,
                     at=OCTOBER)  # fmt: skip
    client = Client()
    address = f"/en/directives/{provision.directive_id}/?{DAY}"
    for part in ("/targets/", "/indicators/TRAINED/", here.doan_ket.code, "/observations/"):
        answer = client.get(address)
        assert answer.status_code == 200, address
        links = re.findall(r'href="([^"]+)"', MAIN.search(answer.content.decode())[0])
        address = urljoin(address, html.unescape(next(one for one in links if part in one)))
    assert "entered by the agency" in client.get(address).content.decode()


@covers("3.06")
def test_right_complete_clean_and_alive_are_counted(here):
    address = f"/indicators/scores/?agency={here.doan_ket.code}&{DAY}"
    status, text = page(address, here.dung)
    assert status == 200
    for words in ("right 100% 1 of 1", "complete 33.3% 1 of 3", "clean 100% 1 of 1", "alive 100% 1 of 1",
                  "reports received in time 0% 0 of 3"):  # fmt: skip
        assert words in text, words
    assert page(address, person("lan", here.hung_yen, Role.FOCAL))[0] == 404


@covers("3.02")
def test_a_target_that_is_put_off_is_shown_as_postponed(here):
    public(here)
    later = aim(here.lai_chau, 100, baseline=Decimal(0), baseline_on=date(2025, 1, 1))
    actions.retarget(
        target=here.target, aimed=replace(later, due_on=date(2026, 12, 31)), reason="Gia hạn",
        happened_on=LATER.date(), by=None, at=LATER,
    )  # fmt: skip
    text = page(f"/indicators/TRAINED/?agency={here.lai_chau.code}&{DAY}")[1]
    assert "postponed from 31 December 2025" in text
    assert "lowered" not in text

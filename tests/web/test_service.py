"""The index of services: points, clocks, flags, lifts of an agency; units beside each other; who sees it."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.assignments.factory import person
from tests.indicators.factory import world
from tests.indicators.served import AUGUST, COUNTED_AT, counted, put, sums
from tests.marks import covers
from thuocdo.accounts.enums import Role
from thuocdo.indicators.rules.service_counts import Counted

pytestmark = pytest.mark.django_db
DAY = "as_of=2025-10-10"
MAIN = re.compile(r"<main.*?</main>", re.DOTALL)


@pytest.fixture
def here():
    """The ward Đoàn Kết with all its figures, its province with one metric missing."""
    made = world()
    made.em = person("em", made.government, Role.INSPECTOR)
    half = sums(80) | {"reused_known": 10}
    flagged = {"flag_moved_promise": 7, "lived_on_time": 60}
    official = {"INDEX": "88.10", "HANDLED_ON_TIME": "18.5"}
    put({made.doan_ket: counted(90, official=official, **flagged), made.lai_chau: Counted(half)})
    return made


def page(address, user=None, language="en"):
    """Status and words of the page."""
    client = Client()
    if user is not None:
        client.force_login(user)
    answer = client.get(f"/{language}{address}" if language != "vi" else address)
    text = MAIN.search(answer.content.decode())
    return answer.status_code, re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text[0])) if text else ""


def of(agency, more=""):
    return f"/index766/{agency.code}/?{DAY}{more}"


@covers("3.11", "3.12")
def test_groups_points_and_maxima_with_their_rule_cards(here):
    status, text = page(of(here.doan_ket), here.em)
    assert status == 200
    for words in (
        "/ 90.00",  # a ward announces no procedures: 1.1 and 1.2 do not apply
        "measured",
        "Transparency 7.20 / 8",
        "2.1 Dossiers handled early or on time",
        "90 / 100",
        "18.00 / 20",
        "Most points × ratio / ratio that earns all points, at most all points.",
        "The sum of the points of all metrics.",
        "Rule of 2025-07-01.",
    ):
        assert words in text, words


@covers("3.12")
def test_a_missing_input_makes_a_range_and_is_named(here):
    text = page(of(here.lai_chau), here.em)[1]
    assert "A range, not a score: metrics are missing." in text
    assert re.search(r"\d\d\.\d\d – \d\d\.\d\d", text)
    assert re.search(r"Missing .*4\.3 Dossiers re-using digitised data It was not counted\.", text)
    assert "/ 100.00" not in text  # no score stands there


@covers("3.12")
def test_official_figures_stand_beside_with_the_difference(here):
    text = page(of(here.doan_ket), here.em)[1]
    assert re.search(r"HANDLED_ON_TIME 18\.50 18\.00 -0\.50", text)
    assert re.search(r"The index 88\.10 \d\d\.\d\d [+-]\d", text)


@covers("3.13")
def test_both_clocks_stand_beside_each_other_with_their_flags(here):
    text = page(of(here.doan_ket), here.em)[1]
    assert re.search(r"In time 90% 90 / 100 60% 60 / 100", text)
    assert "30.0 percentage points" in text
    assert re.search(r"the promised day was moved back 7", text)
    assert "a supplement was asked for twice" not in text


@covers("3.14")
def test_what_lifts_the_score_most_comes_first(here):
    text = page(of(here.doan_ket), here.em)[1]
    first = text[text.index("What lifts the score most") :]
    assert re.search(
        r"most \+2\.00 Dossiers handled early or on time 10 cases more, 0\.200 points each", first
    )


@covers("3.11", "3.12")
def test_an_earlier_day_shows_the_periods_that_had_begun(here):
    put({here.doan_ket: counted(50)}, period=AUGUST)
    assert "August 2025" in page(f"/index766/{here.doan_ket.code}/?as_of=2025-09-30", here.em)[1]
    before = page(f"/index766/{here.doan_ket.code}/?as_of=2025-08-31", here.em)[1]
    assert ("September" in before, "10.00 / 20" in before) == (False, True)
    known = page(of(here.doan_ket, f"&known={COUNTED_AT.replace(day=1):%Y-%m-%dT%H:%M}Z"), here.em)[1]
    assert "how they stood earlier is kept in published rankings alone" in known


@covers("3.12")
def test_who_does_not_answer_for_the_agency_sees_nothing(here):
    foreign = person("phuc", here.hung_yen, Role.LEADER)
    assert page(of(here.doan_ket), foreign)[0] == 404
    assert page(of(here.doan_ket), here.giang)[0] == 200
    assert Client().get(of(here.doan_ket)).status_code == 302
    public = page(f"/index766/?agency={here.lai_chau.code}&{DAY}")[1]
    assert "No ranking has been published yet." in public
    assert "Đoàn Kết" not in public


@covers("3.15")
def test_the_draft_ranks_who_is_known_and_says_why_others_are_not(here):
    text = page(f"/index766/?agency={here.government.code}&{DAY}", here.em)[1]
    assert "Counted now and not published" in text
    assert "Nobody can be ranked for this period yet." in text
    assert re.search(r"Lai Châu Metrics are missing: 4\.3\.", text)
    assert re.search(r"Hưng Yên No facts of it were handed over for this period\.", text)
    wards = page(f"/index766/?agency={here.lai_chau.code}&{DAY}", here.em)[1]
    assert re.search(r"1 UBND phường Đoàn Kết \d\d\.\d\d", wards)


@covers("3.13")
@pytest.mark.parametrize(
    ("language", "words"),
    [("vi", "Thực tế người dân chờ"), ("fr", "Vécu par le citoyen"), ("de", "Vom Bürger erlebt")],
)
def test_it_is_told_in_the_readers_language(here, language, words):
    assert words in page(of(here.doan_ket), here.em, language)[1]


@covers("3.15", "3.21")
def test_the_draft_of_many_units_asks_as_little_as_of_few(here):
    client = Client()
    client.force_login(here.em)
    for agency in (here.government, here.lai_chau):
        address = f"/index766/?agency={agency.code}&{DAY}"
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        stated = [one["sql"] for one in asked if not re.match("SAVEPOINT|RELEASE|BEGIN|SET", one["sql"])]
        assert len(stated) <= 12, "\n".join(stated)

"""Components as tables: what goes in, what stands in the page."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import translation

from tests.marks import covers
from thuocdo.assignments.enums import Status
from thuocdo.faces import wording
from thuocdo.lib.moments import DAY_MAX
from thuocdo.lib.say import say
from thuocdo.web import parts
from thuocdo.web.parts import Amount, Clear, Event, Passport, Row, Segment

DAY = date(2025, 9, 30)
LATE_EVENING = datetime(2025, 9, 29, 20, 5, tzinfo=UTC)  # 03:05 of the 30th in Vietnam


def drawn(text, **values):
    """The template `text` with our tags loaded, in English, on one line."""
    with translation.override("en"):
        return " ".join(Template("{% load look %}" + text).render(Context(values)).split())


@covers("1.28")
@pytest.mark.parametrize(
    ("form", "value", "vi", "en", "fr", "de"),
    [
        (wording.day, DAY, "30/09/2025", "30 September 2025", "30/09/2025", "30.09.2025"),
        (wording.day, LATE_EVENING, "30/09/2025", "30 September 2025", "30/09/2025", "30.09.2025"),
        (
            wording.moment,
            LATE_EVENING,
            "30/09/2025 03:05",
            "30 September 2025 03:05",
            "30/09/2025 03:05",
            "30.09.2025 03:05",
        ),
        (wording.month, DAY, "tháng 9/2025", "September 2025", "septembre 2025", "September 2025"),
        (wording.number, 1234567, "1.234.567", "1,234,567", "1\u202f234\u202f567", "1.234.567"),
        (wording.number, Decimal("0.10"), "0,1", "0.1", "0,1", "0,1"),
        (wording.number, Decimal("1E+3"), "1.000", "1,000", "1\u202f000", "1.000"),
        (wording.number, Decimal("-2.50"), "-2,5", "-2.5", "-2,5", "-2,5"),
        (wording.percent, Decimal("0.803"), "80,3%", "80.3%", "80,3\u202f%", "80,3\u202f%"),
        (wording.percent, 1, "100%", "100%", "100\u202f%", "100\u202f%"),
        (
            wording.money,
            1500000,
            "1.500.000\u00a0₫",
            "1,500,000\u00a0VND",
            "1\u202f500\u202f000\u00a0VND",
            "1.500.000\u00a0VND",
        ),
        (wording.number, None, "—", "—", "—", "—"),
        (wording.day, None, "—", "—", "—", "—"),
    ],
)
def test_each_language_has_its_form(form, value, vi, en, fr, de):
    for language, expected in {"vi": vi, "en": en, "fr": fr, "de": de}.items():
        with translation.override(language):
            assert form(value) == expected


def test_an_open_end_is_told_in_words():
    with translation.override("en"):
        assert wording.day(DAY_MAX) == "until further notice"


@covers("1.28")
def test_a_sentence_is_told_with_its_values_in_the_form_of_the_language():
    inner = say("%(day)s has not come yet. The last day to be shown is %(last)s.", day=DAY, last=DAY)
    with translation.override("en"):
        assert wording.tell(inner).startswith("30 September 2025 has not come yet.")


def test_values_inside_a_sentence_may_be_sentences_lists_states_numbers():
    said = say("%(a)s|%(b)s|%(c)s|%(d)s", a=say("overdue"), b=[1, 2], c=Status.LATE, d=Decimal("1234.5"))
    with translation.override("en"):
        assert wording.tell(said) == "overdue|1, 2|completed late|1,234.5"


def test_a_percent_sign_in_a_sentence_without_values_stays():
    assert wording.tell(say("100% done")) == "100% done"


def test_every_status_has_a_glyph_of_its_own_beside_its_word():
    glyphs = [parts.GLYPHS[status] for status in Status]
    assert len(set(glyphs)) == len(Status) == len(parts.WORDS) - 1


@covers("1.28")
@pytest.mark.parametrize(
    ("template", "values", "expected"),
    [
        (
            "{% state 'overdue' %}",
            {},
            '<span class="state overdue"><i aria-hidden="true">▲</i>overdue</span>',
        ),
        ("{% state s w %}", {"s": Status.LATE, "w": "<b>"}, '<i aria-hidden="true">✓!</i>&lt;b&gt;'),
        ("{% mark 'declared' %}", {}, '<span class="mark declared">declared</span>'),
        ("{% mark 'measured' '12 files' %}", {}, '<span class="mark measured">measured · 12 files</span>'),
        ("{{ v|number }}", {"v": None}, '<span aria-hidden="true">—</span><span class="sr">no figure</span>'),
        ("{{ v|number }}", {"v": 0}, "0"),
        ("{{ v|percent:0 }}", {"v": Decimal("0.666")}, "67%"),
        ("{% count 55 'services' of=75 href='/x' %}", {}, '<a href="/x">55</a><small> / 75</small>'),
        ("{% count v 'villages' %}", {"v": None}, '<span class="sr">no figure</span>'),
        ("{% mini v 'overdue' %}", {"v": Decimal("0.425")}, '<rect class="overdue" width="42.5%"'),
        (
            "{% mini v %}",
            {"v": Decimal("1.2")},
            'width="100%" height="8" rx="2"/></svg><span class="small">120%',
        ),
        ("{% mini v %}", {"v": None}, "no figure"),
        (
            "{% amounts v %}",
            {"v": [Amount("Money", 4), Amount("People", 1)]},
            '<rect class="overdue" width="25%"',
        ),
        (
            "{% timeline v %}",
            {"v": [Event(DAY, "Issued", "good")]},
            '<li class="good"><time datetime="2025-09-30">',
        ),
        (
            "{% timeline v %}",
            {"v": [Event(DAY, "Hold", until=DAY)]},
            "30 September 2025–<wbr>30 September 2025</time>Hold",
        ),
        (
            "{% six_clears v %}",
            {"v": [Clear("Person"), Clear("Work", "Lines")]},
            "1 of 2 clear; missing: Person",
        ),
        ("{% six_clears v %}", {"v": [Clear("Work", "Lines")]}, "<dt>Work</dt><dd>Lines</dd></div> </dl>"),
    ],
)
def test_a_component_shows(template, values, expected):
    assert expected in drawn(template, **values)


SEGMENTS = [Segment("on_time", 3, "/done"), Segment("in_term", 0), Segment("overdue", 1)]


@covers("1.28", "1.30")
@pytest.mark.parametrize(
    "expected",
    [
        'aria-label="tasks: 3 completed on time; 1 overdue; due by then: 64%"',
        '<rect class="on_time" x="0%" y="18" width="75%"',
        '<rect class="overdue" x="75%" y="18" width="25%"',
        '<rect class="now" x="64%"',
        '<a href="/done">completed on time</a>',
        '<tr><th scope="row">overdue</th><td class="n">1</td><td class="n">25%</td></tr>',
        '<tr><th scope="row">Total</th><td class="n">4</td>',
    ],
)
def test_the_ruler_says_in_words_what_it_draws(expected):
    assert expected in drawn("{% ruler v due=due what='tasks' %}", v=SEGMENTS, due=Decimal("0.64"))


def test_the_ruler_draws_the_same_in_french():
    with translation.override("fr"):
        page = Template("{% load look %}{% ruler v %}").render(
            Context({"v": [Segment("late", 1), Segment("paused", 2)]})
        )
    assert 'x="33.33%" y="0" width="66.67%"' in page


def test_a_ruler_of_nothing_is_an_empty_track():
    assert '<rect class="track"' in drawn("{% ruler v %}", v=[])


def test_a_passport_escapes_what_people_wrote():
    passport = Passport("confirmed", "16 of 38", [Row("Evidence", "<script>", "/f")])
    assert '<dd><a href="/f">&lt;script&gt;</a></dd>' in drawn("{% passport p %}", p=passport)

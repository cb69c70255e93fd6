"""Indicators declared in YAML: checked by file and line, entered all or none, once however often."""

import textwrap

import pytest
from django.core.management import CommandError, call_command

from tests.indicators.factory import OCTOBER, world
from tests.marks import covers
from thuocdo.indicators import actions, catalogue
from thuocdo.indicators.models import Definition, Indicator, Target

GOOD = """\
indicators:
  - code: NQ03_9
    since: 2025-01-09
    name:
      vi: Tỉ trọng sản phẩm công nghệ cao trong xuất khẩu
      en: High-tech share of exports
      fr: Part de la haute technologie dans les exportations
      de: Anteil der Hochtechnologie am Export
    unit: "%"
    kind: number
    direction: rise
    every: year
    is_public: true
    targets:
      - {agency: CP, due_on: 2030-12-31, value: 50, set_on: 2025-01-09}
"""


def write(tmp_path, text, name="a.yaml"):
    path = tmp_path / name
    path.write_text(textwrap.dedent(text), encoding="utf-8")
    return path


def mistakes(tmp_path, text):
    return [(one.line, str(one.text)) for one in catalogue.read(write(tmp_path, text))[1]]


@covers("3.01")
@pytest.mark.parametrize(
    ("change", "line", "reason"),
    [
        (('unit: "%"', "unit: [1]"), 9, "“unit” is of another kind than expected."),
        (("kind: number", "kind: numbre"), 10, "“kind” is one of: number, ratio, yes_no, stages, ordinal."),
        (("direction: rise", "directon: rise"), 11, "“directon” is not known here."),
        (("      de: Anteil der Hochtechnologie am Export\n", ""), 4, "Missing: de."),
        (("code: NQ03_9", "code: nq"), 2, "“nq” is not written as “code” has to be."),
        (
            ("every: year", "delay: -1\n    every: year"),
            12,
            "“delay” is too long, too short or out of range.",
        ),
        (("value: 50", "value: fifty"), 15, "“fifty” is not written as “value” has to be."),
    ],
)
def test_each_mistake_is_named_with_its_line(tmp_path, change, line, reason):
    found = mistakes(tmp_path, GOOD.replace(*change))
    assert (line, reason) in found


@covers("3.01")
def test_what_is_no_yaml_says_where(tmp_path):
    page, (mistake,) = catalogue.read(write(tmp_path, "indicators: [\n  a: b: c\n"))
    assert (page, mistake.line) == (None, 2)
    (tmp_path / "b.yaml").write_bytes(b"\xff\xfe")
    assert str(catalogue.read(tmp_path / "b.yaml")[1][0].text) == "The file is not written in UTF-8."


@pytest.mark.django_db
@covers("3.01", "3.02")
def test_it_is_entered_once_whatever_how_often_it_is_read(tmp_path):
    world()
    for _time in range(2):
        call_command("indicators", "load", str(write(tmp_path, GOOD)))
    made = Indicator.objects.get(code="NQ03_9")
    assert (
        Definition.objects.filter(indicator=made).count()
        == Target.objects.filter(indicator=made).count()
        == 1
    )
    assert Indicator.objects.public().get() == made


@pytest.mark.django_db
@covers("3.01")
def test_check_enters_nothing_and_one_mistake_stops_all(tmp_path):
    world()
    path = write(tmp_path, GOOD)
    call_command("indicators", "check", str(path))
    assert not Indicator.objects.filter(code="NQ03_9").exists()
    bad = GOOD.replace("NQ03_9", "OTHER").replace("agency: CP", "agency: NOBODY")
    write(tmp_path, bad, "b.yaml")
    with pytest.raises(CommandError, match=r"b\.yaml:2: There is no agency with the code NOBODY"):
        call_command("indicators", "load", str(tmp_path), "--language", "en")
    assert not Indicator.objects.filter(code="NQ03_9").exists()


@pytest.mark.django_db
@covers("3.04")
def test_a_formula_may_need_what_the_same_file_declares(tmp_path):
    world()
    lines = GOOD.splitlines(keepends=True)[1:13]
    double = "".join(lines).replace("NQ03_9", "TWICE") + '    formula: "NQ03_9 * 2"\n'
    page, found = catalogue.read(write(tmp_path, GOOD + double))
    assert found == []
    made = actions.enter_catalogue(pages=[page], by=None, at=OCTOBER)
    assert (made.defined, made.targets, made.mistakes) == (2, 1, [])

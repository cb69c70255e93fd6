"""`thuocdo succeed`: an order in TOML is previewed, then carried out."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.assignments.factory import given, world
from tests.marks import covers
from thuocdo.accounts.models import Membership
from thuocdo.agencies.models import Agency, Succession
from thuocdo.assignments.wording import wording
from thuocdo.lib.moments import DAY_MAX

pytestmark = pytest.mark.django_db
MERGER = """
kind = "merger"
day = 2025-07-01
basis = "202/2025/QH15"
ends = ["UBND-12", "UBND-33"]

[[opens]]
code = "UBND-99"
name = "UBND tỉnh Mới"
name_en = "People's Committee of New Province"
"""
SPLIT = """
kind = "split"
day = 2025-07-01
basis = "202/2025/QH15"
ends = ["UBND-12"]
opens = [{code = "UBND-98", name = "UBND tỉnh Một"}, {code = "UBND-99", name = "UBND tỉnh Hai"}]
"""


def run(folder, text, *options) -> str:
    order = folder / "order.toml"
    order.write_text(text, encoding="utf-8")
    out = StringIO()
    call_command("succeed", str(order), "--language", "en", *options, stdout=out)
    return out.getvalue()


@covers("1.08")
def test_an_order_is_carried_out(tmp_path):
    here = world()
    row = given(here)
    said = run(tmp_path, MERGER)
    new = Agency.objects.get(code="UBND-99")
    assert (new.kind, new.level, new.name_en) == (
        here.lai_chau.kind, here.lai_chau.level, "People's Committee of New Province",
    )  # fmt: skip
    assert wording(row).lead_id == new.pk
    assert Membership.objects.get(user=here.an, closed_on=DAY_MAX).agency == new
    assert "1  open assignments that move to a successor" in said


@covers("1.08")
def test_a_dry_run_says_the_same_and_does_nothing(tmp_path):
    given(world())
    assert "1  open assignments that move to a successor" in run(tmp_path, MERGER, "--dry-run")
    assert not Succession.objects.exists()


def test_a_split_says_what_has_to_be_chosen(tmp_path):
    given(world())
    with pytest.raises(CommandError, match="Choose a successor for 1 assignment"):
        run(tmp_path, SPLIT)
    run(tmp_path, SPLIT + '\n[choice]\nrest = "UBND-98"\n')
    assert Succession.objects.count() == 2


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("kind = ", "no TOML"),
        ('kind = "merger"\nday = "1/7/2025"\n', "“day” is a day"),
        (MERGER.replace("UBND-12", "UBND-77"), "names no agency"),
        (MERGER.replace("UBND-33", "UBND-77"), "No agency has the code UBND-77"),
        ("colour = 1\n" + MERGER, "Not understood: colour"),
        (MERGER.replace('["UBND-12", "UBND-33"]', '"UBND-12"'), "is a list of codes"),
        (MERGER + '[choice.duties]\nx = "UBND-99"\n', "a code for each number"),
    ],
)
def test_what_is_wrong_with_an_order_is_said(tmp_path, text, words):
    world()
    with pytest.raises(CommandError, match=words):
        run(tmp_path, text)
    assert not Succession.objects.exists()

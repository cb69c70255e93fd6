"""Finds the agency that a data file means, on the map of a day."""

from datetime import date

from thuocdo.agencies.enums import Level
from thuocdo.agencies.models import Agency
from thuocdo.lib.moments import AsOf


def agency(ref: str, day: date) -> Agency:
    """The agency that signs with this code on the day; "TU@68" is the one of that province.

    Code 68 is the old and the new Lâm Đồng: the day decides. `LookupError` unless exactly one fits.
    """
    code, _, province = ref.partition("@")
    rows = Agency.objects.alive(AsOf(day)).filter(issuer_code=code, is_example=False)
    if province:
        rows = rows.filter(level=Level.PROVINCE, territory__code=province)
    found = list(rows[:2])
    if len(found) != 1:
        raise LookupError(f"{ref} on {day}: {len(found)} agencies")
    return found[0]


def named(cell: str, day: date) -> list[Agency]:
    """The agencies a cell names by their codes, in order; the words of a collective are left out."""
    return [agency(ref, day) for ref in cell.split(";") if is_code(ref)]


def is_code(ref: str) -> bool:
    """Whether it is a code and not the words of a collective."""
    return " " not in ref and ref.upper()[:2] == ref[:2]

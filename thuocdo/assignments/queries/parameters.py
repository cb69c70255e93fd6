"""The named numbers of the discipline as they stand on a day, each with what sets it (2.01, 2.04)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from thuocdo.assignments.enums import Parameter
from thuocdo.assignments.models import ParameterValue
from thuocdo.assignments.rules.parameters import DEFAULTS
from thuocdo.lib.moments import AsOf
from thuocdo.lib.say import Say


@dataclass(frozen=True, slots=True)
class InForce:
    """The value of a parameter on the day; `since` None: nobody has decided otherwise."""

    name: Parameter
    value: Decimal
    source: Say | str  # a rule of ours, or the decision as it is called
    since: date | None


def in_force(as_of: AsOf) -> list[InForce]:
    """Every parameter; what was decided last holds. One statement."""
    rows = ParameterValue.objects.filter(happened_on__lte=as_of.day)
    if as_of.known is not None:
        rows = rows.filter(recorded_at__lte=as_of.known)
    decided = {row.name: row for row in rows.order_by("happened_on", "recorded_at", "pk")}
    return [_one(name, decided.get(name)) for name in Parameter]


def _one(name: Parameter, row: ParameterValue | None) -> InForce:
    if row is None:
        return InForce(name, DEFAULTS[name].value, DEFAULTS[name].source, None)
    return InForce(name, row.value, row.source_text, row.happened_on)

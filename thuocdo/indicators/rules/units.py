"""Units of formulas: what may be added, what comes out of a division (3.04)."""

from collections import Counter
from collections.abc import Mapping

from thuocdo.indicators.rules.formula import Name, Node, Number, Operation, written
from thuocdo.lib.say import Refused, say

PERCENT = "%"
ONE: tuple[tuple[str, int], ...] = ()
Unit = tuple[tuple[str, int], ...]  # (name, power), sorted; empty: a plain number


def parse(text: str) -> Unit:
    """ "person", "VND/person", "dossier*day"; "" and "1" are plain numbers."""
    powers: Counter[str] = Counter()
    above, *below = text.replace(" ", "").split("/")
    for names, power in ((above, 1), *((part, -1) for part in below)):
        for name in names.split("*"):
            if name not in ("", "1"):
                powers[name] += power
    return _unit(powers)


def shown(unit: Unit) -> str:
    """The unit in its plain form."""
    above = "*".join(name for name, power in unit for _ in range(power))
    below = "".join(f"/{name}" for name, power in unit for _ in range(-power))
    return (above or "1") + below if unit else "1"


def unit_of(node: Node, units: Mapping[str, str]) -> Unit:
    """The unit of the result. `Refused` where unlike things are added or compared, or a name is not known.

    A plain number fits beside any unit in sums: "DOSSIERS + 1".
    """
    if isinstance(node, Number):
        return ONE
    if isinstance(node, Name):
        if node.code not in units:
            raise Refused(say("There is no indicator %(name)s.", name=node.code))
        return parse(units[node.code])
    parts = [unit_of(part, units) for part in node.parts]
    if node.sign in ("+", "-", "min", "max"):
        return _alike(node, parts)
    if node.sign == "share":
        _alike(node, parts)
        return parse(PERCENT)
    return _times(parts[0], parts[1], 1 if node.sign == "*" else -1)


def _alike(node: Operation, parts: list[Unit]) -> Unit:
    found = {unit for part, unit in zip(node.parts, parts, strict=True) if not isinstance(part, Number)}
    if len(found) > 1:
        what = tuple(f"{written(part)} ({shown(unit)})" for part, unit in zip(node.parts, parts, strict=True))
        raise Refused(say("These have different units: %(what)s.", what=what))
    return found.pop() if found else ONE


def _times(one: Unit, other: Unit, power: int) -> Unit:
    powers = Counter(dict(one))
    for name, times in other:
        powers[name] += times * power
    return _unit(powers)


def _unit(powers: Mapping[str, int]) -> Unit:
    return tuple(sorted((name, power) for name, power in powers.items() if power))

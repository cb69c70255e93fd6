"""Reads the order of a succession that somebody wrote down as TOML (1.08)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from thuocdo.agencies import queries as agency_queries
from thuocdo.agencies.models import Agency
from thuocdo.agencies.rules.opening import NewAgency
from thuocdo.agencies.rules.succession import Wish
from thuocdo.assignments.rules.succession import Choice
from thuocdo.lib.say import Refused, say

KNOWN = {"kind", "day", "basis", "ends", "opens", "joins", "heirs", "choice"}
OF_NEW = {"code", "name", "kind", "side", "level", "issuer_code", "name_en", "name_fr", "name_de", "aliases"}


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for, and which of several successors takes what."""

    wish: Wish
    choice: Choice


def read(text: str) -> Order:
    """The order. `Refused` says what cannot be understood.

    A successor that is opened is of the same sort as the first agency that ends, unless the order says more.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise Refused(say("This is no TOML: %(fault)s.", fault=str(fault))) from None
    _only(data, KNOWN)
    ends = _codes(data, "ends")
    day = data.get("day")
    if type(day) is not date:
        raise Refused(say("“day” is a day: 2025-07-01."))
    first = Agency.objects.filter(code__in=ends[:1]).first()
    wish = Wish(
        kind=_text(data, "kind"),
        on=day,
        basis=_text(data, "basis"),
        ends=ends,
        opens=tuple(_new(one, first, day) for one in data.get("opens", ())),
        joins=_codes(data, "joins"),
        heirs=tuple(sorted(_pairs(data.get("heirs", {}), "heirs").items())),
    )
    return Order(wish, _choice(data.get("choice", {})))


def _new(data: Mapping[str, Any], like: Agency | None, day: date) -> NewAgency:
    _only(data, OF_NEW)
    if like is None:
        raise Refused(say("“ends” names no agency that is known here."))
    new = agency_queries.like(like, code=_text(data, "code"), name=_text(data, "name"), on=day)
    stated = {name: value for name, value in data.items() if name != "aliases"}
    return replace(new, **stated, aliases=tuple(data.get("aliases", ())))


def _choice(data: Mapping[str, Any]) -> Choice:
    _only(data, {"rest", "duties", "people"})
    return Choice(_numbers(data, "duties"), _numbers(data, "people"), data.get("rest"))


def _numbers(data: Mapping[str, Any], name: str) -> dict[int, str]:
    pairs = _pairs(data.get(name, {}), name)
    if not all(key.isdigit() for key in pairs):
        raise Refused(say("“%(name)s” gives a code for each number.", name=name))
    return {int(key): code for key, code in sorted(pairs.items())}


def _pairs(found: object, name: str) -> dict[str, str]:
    if isinstance(found, dict) and all(isinstance(code, str) for code in found.values()):
        return found
    raise Refused(say("“%(name)s” gives a code for each name.", name=name))


def _codes(data: Mapping[str, Any], name: str) -> tuple[str, ...]:
    found = data.get(name, [])
    if isinstance(found, list) and all(isinstance(code, str) for code in found):
        return tuple(found)
    raise Refused(say("“%(name)s” is a list of codes.", name=name))


def _text(data: Mapping[str, Any], name: str) -> str:
    found = data.get(name, "")
    if isinstance(found, str):
        return found.strip()
    raise Refused(say("“%(name)s” is a text in quotation marks.", name=name))


def _only(data: Mapping[str, Any], known: set[str]) -> None:
    unknown = tuple(sorted(set(data) - known))
    if unknown:
        raise Refused(say("Not understood: %(names)s.", names=unknown))

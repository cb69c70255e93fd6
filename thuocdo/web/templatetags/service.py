"""Template tags of the index of services: names, periods, flags."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import template
from django.http import HttpRequest
from django.utils.functional import Promise

from thuocdo.faces import wording
from thuocdo.indicators.models import Ranking
from thuocdo.indicators.rules.dossiers import Flag
from thuocdo.web import addresses, placed, services

register = template.Library()
register.filter("rule_name", services.named)
register.filter("period", services.period)


@register.filter
def points(value: Decimal | None) -> str:
    """Points as they are published: two decimals, thousandths of a case as far as they show."""
    return wording.number(None if value is None else round(value, 2), 2)


@register.filter
def percent_points(share: Decimal) -> str:
    """A difference of two shares of one, in percentage points."""
    return wording.number(round(share * 100, 1), 1)


@register.filter
def small(value: Decimal) -> str:
    """Points for one case: three figures that tell something."""
    places = max(2, 2 - value.adjusted()) if value else 2
    return wording.number(round(value, places), places)


@register.filter
def flag_word(flag: Flag) -> Promise:
    """What a flag says."""
    return services.FLAGS[flag]


@register.filter
def peers_word(kind: str) -> str:
    """The group of peers in the reader's language."""
    return str(services.PEERS.get(kind, kind))


@register.inclusion_tag("web/service/periods.html", takes_context=True)
def period_form(context: dict[str, Any], there: Sequence[int], period: int | None) -> dict[str, Any]:
    """The choice of another period, keeping the rest of the address."""
    request: HttpRequest = context["request"]
    others = [(key, request.GET[key]) for key in request.GET if key not in ("period", "page")]
    return {"there": there, "period": period, "others": others}


@register.simple_tag(takes_context=True)
def with_query(context: dict[str, Any], name: str, value: str) -> str:
    """The present address with one word of its query changed."""
    return addresses.changed(context["request"], name, value)


@register.filter
def signed(value: Decimal) -> str:
    """Points with their sign."""
    shown = points(abs(value))
    return f"+{shown}" if value > 0 else f"\u2212{shown}" if value < 0 else shown


@register.filter
def unsigned(value: int) -> str:
    """A number without its sign."""
    return wording.number(abs(value))


@register.filter
def ranking_title(row: Ranking) -> str:
    """What a ranking is of."""
    return placed.title(row)


@register.inclusion_tag("web/service/reach.html")
def reach(bar: placed.Bar) -> dict[str, Any]:
    """A score with what is open of it, drawn, with its numbers."""
    return {"bar": bar}

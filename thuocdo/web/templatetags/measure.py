"""Template tags of the pages that measure: amounts, health, rule cards."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from thuocdo.faces import wording
from thuocdo.indicators import models
from thuocdo.indicators.models import Definition, Observation
from thuocdo.indicators.queries import outlooks
from thuocdo.indicators.queries.aims import Version
from thuocdo.indicators.queries.values import Told
from thuocdo.indicators.rules.health import Judgement
from thuocdo.indicators.rules.measuring import Measured
from thuocdo.indicators.rules.progress import WHY
from thuocdo.indicators.rules.quality import Share
from thuocdo.indicators.rules.rollup import Rollup
from thuocdo.lib.card import Card
from thuocdo.lib.say import Say, say
from thuocdo.web import addresses, measures

register = template.Library()
DAYS_OF_A_MONTH = Decimal("30.4375")
register.filter("indicator_name", measures.name_of)


@register.simple_tag
def amount(value: Decimal | None, definition: Definition) -> str:
    """A value with its unit."""
    return measures.amount(value, definition)


@register.simple_tag
def span_of(given: Told | Observation) -> str:
    """The days of the period of a value."""
    first, last = given.period_from, given.period_to
    return wording.day(last) if first == last else f"{wording.day(first)}–{wording.day(last)}"


@register.simple_tag(takes_context=True)
def for_agency(context: dict[str, Any], code: str) -> str:
    """The present page for another agency."""
    return addresses.changed(context["request"], "agency", code)


@register.simple_tag(takes_context=True)
def of_indicator(context: dict[str, Any], code: str, agency: str) -> str:
    """The page of an indicator for an agency, on the day of the present page."""
    query = {key: value for key in addresses.KEPT if (value := context["request"].GET.get(key))}
    query["agency"] = agency
    address = reverse("web:indicator", args=[code])
    return f"{address}?{urlencode(query)}"


@register.simple_tag
def asks(version: Version, definition: Definition) -> str:
    """What a version of a target asks for: a value, or a band."""
    target = version.target
    if target.value is not None:
        return measures.amount(target.value, definition)
    edges = [measures.amount(edge, definition) for edge in (target.low, target.high)]
    return " – ".join(edges)


@register.simple_tag
def health(measured: Measured | None) -> SafeString:
    """Colour, glyph and word of the status; without one, why."""
    if measured is None:
        return format_html('<span class="quiet">{}</span>', wording.tell(CLOSED))
    if measured.judgement is None:
        return format_html('<span class="quiet">{}</span>', wording.tell(_why(measured)))
    return _state(measured.judgement)


def _state(judgement: Judgement) -> SafeString:
    look, glyph = measures.LOOKS[judgement.health]
    return format_html(
        '<span class="state {}"><i aria-hidden="true">{}</i>{}</span>', look, glyph, judgement.health.label
    )


CLOSED = say("You may not read this figure.")


def _why(measured: Measured) -> Say:
    return WHY[measured.missing] if measured.missing else say("not judged")


@register.inclusion_tag("web/indicators/way.html")
def way_covered(measured: Measured | None) -> dict[str, Any]:
    """The share of the way from start to target on a small ruler, with where the trajectory is."""
    made = measured.progress if measured else None
    share = made.rate / 100 if made and made.rate is not None else None
    due = None
    if measured and measured.pace and measured.way and measured.way.trajectory:
        start, end = measured.way.trajectory[0].value, measured.way.trajectory[-1].value
        due = (measured.pace.expected - start) / (end - start) if end != start else None
    look = measures.LOOKS[measured.judgement.health][0] if measured and measured.judgement else "in_term"
    return {"share": share, "due": due, "look": look}


@register.inclusion_tag("web/indicators/card.html")
def card(of: Card) -> dict[str, Any]:
    """How one figure was computed, from the card that its rule made."""
    return {"card": of}


@register.inclusion_tag("web/indicators/cards.html")
def cards(of: Sequence[Card]) -> dict[str, Any]:
    """How several figures were computed, folded; an address that ends in #how opens it."""
    return {"cards": of, "anchor": "how"}


@register.inclusion_tag("web/indicators/cards.html")
def cards_of(made: Share | Rollup) -> dict[str, Any]:
    """How one share or rate was computed, folded."""
    return {"cards": [made.card]}


@register.filter
def differs(judged: models.Judgement) -> bool:
    """Whether a judgement of people differs from what was computed when it was given."""
    return outlooks.differs(judged)


@register.simple_tag
def rate(value: Decimal, times: int = 1) -> str:
    """A rate in per cent, as the reader writes it."""
    return wording.percent(value * times / 100)


@register.simple_tag
def monthly(value: Decimal, definition: Definition) -> str:
    """So much a day as so much a month."""
    return measures.amount(round(value * DAYS_OF_A_MONTH, 6), definition)

"""The components of the pages as template tags, and filters for values in the reader's language."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from thuocdo.assignments.enums import Condition
from thuocdo.faces import wording
from thuocdo.lib.say import Say, say
from thuocdo.web import addresses, parts

register = template.Library()
Context = dict[str, Any]


def _or_nothing(form: Callable[..., str]) -> Callable[..., str]:
    """A filter that shows None as a dash, with a word for who cannot see it."""

    def shown(value: Any, given: Any = None) -> str:  # noqa: ANN401 - whatever stands in the template
        if value is None or value == "":
            return format_html(
                '<span aria-hidden="true">{}</span><span class="sr">{}</span>',
                wording.NOTHING,
                gettext("no figure"),
            )
        return form(value) if given is None else form(value, given)

    return shown


register.filter("day", _or_nothing(wording.day))
register.filter("month", _or_nothing(wording.month))
register.filter("moment", _or_nothing(wording.moment))
register.filter("weekday", wording.weekday)
register.filter("number", _or_nothing(wording.number))
register.filter("percent", _or_nothing(wording.percent))
register.filter("money", _or_nothing(wording.money))
register.filter("tell", wording.tell)
register.filter("person", wording.person)


@register.filter
def iso(value: date | datetime | None) -> str:
    """A day or moment for machines: `datetime` attributes and addresses."""
    return value.isoformat() if value else ""


@register.simple_tag(takes_context=True)
def to(context: Context, name: str, *args: object, **kwargs: object) -> str:
    """The address of a page, keeping the day (and moment) the reader looks at."""
    return addresses.to(context.get("request"), name, *args, **kwargs)


def _at(share: Decimal) -> str:
    """A share of one as an SVG attribute, the same in every language."""
    return f"{float(share) * 100:.2f}".rstrip("0").rstrip(".") + "%"


@register.inclusion_tag("web/parts/ruler.html")
def ruler(
    segments: Sequence[parts.Segment],
    due: Decimal | None = None,
    what: parts.Words = "",
    table: str = "table",
) -> Context:
    """Parts of a whole on a ruler, in the order given; `due` (a share of one) is where time says it is.

    `what` names the whole ("tasks assigned to the province"). `table=""` leaves the table of numbers out.
    """
    segments = [segment for segment in segments if segment.count]
    total = sum(segment.count for segment in segments)
    bars, at = [], Decimal(0)
    for segment in segments:
        share = Decimal(segment.count) / total
        bars.append(
            {"segment": segment, "x": _at(at), "width": _at(share), "share": share, "word": _word(segment)}
        )
        at += share
    now = (
        None
        if due is None
        else {"x": _at(min(max(due, Decimal(0)), Decimal(1))), "share": due, "side": _side(due)}
    )
    frame = {"y": 18 if now else 0, "height": 60 if now else 40, "title": _title(bars, due, what)}
    return {"bars": bars, "total": total, "now": now, "what": what, "table": table, **frame}


def _within(share: Decimal) -> Decimal:
    return min(max(share, Decimal(0)), Decimal(1))


def _side(share: Decimal) -> str:
    """Where a label above the tick has room: to its right, in the middle, to its left."""
    return "start" if share < Decimal("0.2") else "end" if share > Decimal("0.8") else "middle"


def _word(segment: parts.Segment) -> str:
    return wording.tell(segment.word or parts.WORDS[segment.state])


def _title(bars: Sequence[Context], due: Decimal | None, what: parts.Words) -> str:
    """What the picture says, in words."""
    listed = "; ".join(f"{wording.number(bar['segment'].count)} {bar['word']}" for bar in bars)
    text = f"{wording.tell(what)}: {listed}" if what else listed
    return (
        text
        if due is None
        else f"{text}; {wording.tell(say('due by then: %(share)s', share=wording.percent(due)))}"
    )


@register.simple_tag
def state(value: str, words: parts.Words = "") -> SafeString:
    """Colour, glyph and word of a state; `words` ("30 days overdue") stand in place of the state's own."""
    return format_html(
        '<span class="state {}"><i aria-hidden="true">{}</i>{}</span>',
        str(value),
        parts.GLYPHS[str(value)],
        wording.tell(words or parts.WORDS[str(value)]),
    )


@register.simple_tag
def condition(value: str, words: parts.Words = "") -> SafeString:
    """Sign and word of a condition of an open duty; `words` stand in place of its own."""
    one = Condition(value)
    told = wording.tell(words or one.label)
    return format_html(
        '<span class="condition {}"><i aria-hidden="true">{}</i>{}</span>', one, parts.SIGNS[one], told
    )


@register.simple_tag
def mark(standing: str, words: parts.Words = "") -> SafeString:
    """Ring, half or full: declared, confirmed or measured, always with its word; `words` may follow it."""
    word = parts.STANDINGS[str(standing)]
    text = f"{word} · {wording.tell(words)}" if words else word
    return format_html('<span class="mark {}">{}</span>', str(standing), text)


@register.inclusion_tag("web/parts/count.html")
def count(value: wording.Number | None, what: parts.Words, **more: Any) -> Context:  # noqa: ANN401
    """A figure, what it counts, its standing, and the list it opens.

    more: href, of (the whole), unit ("%"), standing, source (words after the standing).
    """
    return {
        "value": value,
        "what": what,
        "href": "",
        "of": None,
        "unit": "",
        "standing": "",
        "source": "",
        **more,
    }


@register.inclusion_tag("web/parts/passport.html")
def passport(of: parts.Passport, opened: str = "") -> Context:
    """Where a figure comes from, folded; `opened="open"` shows it unfolded."""
    return {"passport": of, "opened": opened}


@register.inclusion_tag("web/parts/mini.html")
def mini(share: Decimal | None, state: str = "in_term", due: Decimal | None = None) -> Context:
    """A small bar with its number; `due` puts the tick where time says it should be."""
    shown = None if share is None else _within(share)
    return {
        "share": share,
        "width": None if shown is None else _at(shown),
        "state": str(state),
        "due": None if due is None else _at(min(due, Decimal("0.99"))),
    }


@register.inclusion_tag("web/parts/amounts.html")
def amounts(items: Iterable[parts.Amount], state: str = "overdue") -> Context:
    """Named amounts as bars, each as long as its share of the largest, in the order given."""
    items = list(items)
    most = max((Decimal(item.value) for item in items), default=Decimal(0)) or Decimal(1)
    return {
        "rows": [{"item": item, "width": _at(Decimal(item.value) / most)} for item in items],
        "state": state,
    }


@register.inclusion_tag("web/parts/timeline.html")
def timeline(events: Iterable[parts.Event]) -> Context:
    """What happened, in the order given (newest first)."""
    return {"events": events}


@register.inclusion_tag("web/parts/six_clears.html")
def six_clears(clears: Sequence[parts.Clear]) -> Context:
    """The six clears in the order given, and a sentence that says which are missing."""
    missing = [wording.tell(clear.name) for clear in clears if not clear.value]
    return {"clears": clears, "missing": missing, "clear": len(clears) - len(missing), "all": len(clears)}


@register.inclusion_tag("web/parts/pager.html", takes_context=True)
def pager(context: Context, page: "Page[Any]", parameter: str = "page") -> Context:
    """Previous and next page of a Django paginator's page, keeping the rest of the address."""
    request: HttpRequest = context["request"]
    steps = {
        "before": addresses.changed(request, parameter, page.previous_page_number())
        if page.has_previous()
        else "",
        "after": addresses.changed(request, parameter, page.next_page_number()) if page.has_next() else "",
    }
    return {"page": page, "total": page.paginator.count, **steps}


@register.inclusion_tag("web/parts/field.html")
def field(bound: BoundField, hint: parts.Words = "") -> Context:
    """A form field: label, hint, error beside it, the widget; a tick box stands before its label."""
    widget = bound.field.widget
    kind = getattr(widget, "input_type", "")
    hint = hint or bound.help_text
    told = [f"{bound.auto_id}-hint"] * bool(hint) + [f"{bound.auto_id}-error"] * bool(bound.errors)
    attrs: dict[str, str | bool] = {"aria-describedby": " ".join(told)} if told else {}
    if bound.errors:
        attrs["aria-invalid"] = "true"
    many = kind in ("radio",) or widget.use_fieldset
    return {"field": bound, "hint": hint, "widget": bound.as_widget(attrs=attrs), "kind": kind, "many": many}


@register.inclusion_tag("web/parts/faults.html")
def faults(form: BaseForm) -> Context:
    """All errors of a form, above it, each a link to its field."""
    fields = [field for field in form if field.errors]
    return {"form": form, "fields": fields, "hidden": [f for f in form.hidden_fields() if f.errors]}


@register.inclusion_tag("web/parts/crumbs.html")
def crumbs(*steps: parts.Crumb | Iterable[parts.Crumb]) -> Context:
    """The way to this page: crumbs, or one list of them."""
    found: list[parts.Crumb] = []
    for step in steps:
        found.extend([step] if isinstance(step, parts.Crumb) else step)
    return {"steps": found}


@register.simple_tag
def reasons(refused: Iterable[Say]) -> SafeString:
    """Why something was refused, as a list in the reader's language."""
    items = [format_html("<li>{}</li>", wording.tell(reason)) for reason in refused]
    return mark_safe("<ul>" + "".join(items) + "</ul>")  # nosec B308 B703 # every part was escaped above


@register.inclusion_tag("web/parts/asof.html", takes_context=True)
def as_of_bar(context: Context, later: int | None = None, compare: str = "compare") -> Context:
    """The day the page stands at, a form to change it, a second day; `later`: facts recorded after.

    Give `compare=""` where a page cannot compare.
    """
    request: HttpRequest = context["request"]
    return {**addresses.day_form(request), "later": later, "with_compare": compare}

"""Tags that draw what a list shows of a duty."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from thuocdo.agencies.models import Agency
from thuocdo.assignments.enums import Condition, HoldState, Status
from thuocdo.assignments.queries.listing import Row
from thuocdo.directives.enums import DirectiveState
from thuocdo.directives.models import Directive, Translation
from thuocdo.faces import wording
from thuocdo.faces.asof import asked
from thuocdo.lib.moments import AsOf
from thuocdo.lib.say import Say, say, say_n
from thuocdo.web import addresses
from thuocdo.web.templatetags.look import condition, state

register = template.Library()
register.filter("named", wording.name_of)
Context = dict[str, Any]


@register.simple_tag
def standing_of(row: Row) -> SafeString:
    """The declared state of a duty, saying how much: days overdue, days left, since when not known."""
    if row.is_soon:
        return state("due_soon", _left(row))
    return state(row.declared, _words(row) or "")


@register.simple_tag
def conditions_of(row: Row) -> SafeString:
    """In which conditions an open duty is, beside its state; being late is its state already."""
    return conditions_told(row.conditions, row.waits_for, row.hold_state, row.blocked_by)


@register.simple_tag(takes_context=True)
def whose(context: Context, figure: str, lead: str, **head: str) -> str:
    """The rows of a figure of the desk, of one lead, perhaps of one head of it."""
    address = addresses.to(context["request"], "web:inspect_list", figure)
    return f"{address}{'&' if '?' in address else '?'}{urlencode({'lead': lead, **head})}"


def conditions_told(
    conditions: Iterable[Condition], waits_for: Agency | None, hold_state: str, blocked_by: Agency | None
) -> SafeString:
    """The conditions with whom is waited for, as what, and who has to remove a difficulty."""
    words: dict[Condition, Say] = {}
    if waits_for is not None and hold_state:
        state = HoldState(hold_state)
        words[Condition.WAITING] = say("waits for %(agency)s (%(state)s)", agency=waits_for, state=state)
    if blocked_by is not None:
        words[Condition.BLOCKED] = say("blocked, to be removed by %(agency)s", agency=blocked_by)
    shown = [(condition(one, words.get(one, "")),) for one in conditions if one is not Condition.LATE]
    return format_html_join("", '<span class="sub">{}</span>', shown)


def _words(row: Row) -> Say | None:
    if row.declared is Status.OVERDUE and row.days_left is not None:
        return say_n("overdue by %(n)s day", "overdue by %(n)s days", -row.days_left)
    if row.declared is Status.NOT_KNOWN and row.known_until is not None:
        return say("not known since %(day)s", day=row.known_until)
    if row.awaits_review:
        return say("declared completed, awaits confirmation")
    return None


def _left(row: Row) -> Say:
    left = row.days_left or 0
    return say("due today") if left == 0 else say_n("%(n)s day left", "%(n)s days left", left)


@register.simple_tag(takes_context=True)
def title_of(context: Context, directive: Directive) -> SafeString:
    """The title in the reader's language, marked as a translation; else the authoritative one.

    As known at the moment asked for: the directive comes from `.worded(as_of)`.
    """
    title = getattr(directive, "wording", directive.title)
    language = get_language() or directive.language
    if language == directive.language:
        return format_html("{}", title)
    found = _translation(directive, language, _as_of(context).known)
    if found is None:
        return format_html('<span lang="{}">{}</span>', directive.language, title)
    note = gettext("translation; the Vietnamese text is authoritative")
    if found.of_title != title:
        note = gettext("translation older than its source")
    return format_html('{} <small class="quiet">({})</small>', found.title, note)


def _translation(directive: Directive, language: str, known: datetime | None) -> Translation | None:
    """The last one made; prefetched, so chosen here."""
    made = [
        one
        for one in directive.translations.all()
        if one.language == language and (known is None or one.recorded_at <= known)
    ]
    return max(made, key=lambda one: one.pk, default=None)


@register.simple_tag(takes_context=True)
def symbol_of(context: Context, directive: Directive) -> str:
    """Its symbol; of a text not issued by the day, or not known to be, that it is awaited."""
    issued = directive.state_at(_as_of(context)) is DirectiveState.ISSUED
    return directive.symbol if issued else gettext("awaited text")


@register.simple_tag(takes_context=True)
def issued_of(context: Context, directive: Directive) -> str:
    """The day it was issued, or that it was awaited on the day that is looked at."""
    issued = directive.state_at(_as_of(context)) is DirectiveState.ISSUED
    return wording.day(directive.issued_on) if issued else gettext("awaited, not issued yet")


def _as_of(context: Context) -> AsOf:
    return asked(context["request"]).as_of

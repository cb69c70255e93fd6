"""Tags that draw what a list shows of a duty."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from thuocdo.assignments.enums import Status
from thuocdo.assignments.queries.listing import Row
from thuocdo.directives.models import Directive
from thuocdo.lib.say import Say, say, say_n
from thuocdo.web.templatetags.look import state

register = template.Library()


@register.simple_tag
def standing_of(row: Row) -> SafeString:
    """The declared state of a duty, saying how much: days overdue, days left, since when not known."""
    if row.is_soon:
        return state("due_soon", _left(row))
    return state(row.declared, _words(row) or "")


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


@register.simple_tag
def title_of(directive: Directive) -> SafeString:
    """The title in the reader's language, marked as a translation; else the authoritative one."""
    language = get_language() or directive.language
    if language == directive.language:
        return format_html("{}", directive.title)
    for translation in directive.translations.all():
        if translation.language == language:
            note = gettext("translation; the Vietnamese text is authoritative")
            if translation.of_title != directive.title:
                note = gettext("translation older than its source")
            return format_html('{} <small class="quiet">({})</small>', translation.title, note)
    return format_html('<span lang="{}">{}</span>', directive.language, directive.title)

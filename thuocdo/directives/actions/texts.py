"""What is later done to a text in the register: titles, relations, what of it is public."""

from datetime import date, datetime

from django.db import transaction

from thuocdo.accounts.models import User
from thuocdo.audit import log
from thuocdo.directives.actions.checks import future, lock
from thuocdo.directives.enums import DirectiveRelationKind, Language
from thuocdo.directives.models import Directive, DirectiveRelation, FormerTitle, Publication, Translation
from thuocdo.directives.rules import finding, publicity, relations, secrecy
from thuocdo.directives.rules.symbol import Symbol, parse_symbol
from thuocdo.lib.fold import nfc
from thuocdo.lib.say import Say, require, say


@transaction.atomic
def amend_title(*, directive: Directive, title: str, by: User | None, at: datetime) -> None:
    """Set the authoritative title right; translations of the former wording are stale from now on.

    The former wording stays, for readers who ask what was known before.
    """
    lock(directive)
    wording = nfc(title)
    require(
        None if wording else say("The text has no title."),
        secrecy.problem("", wording),
        say("The title is already worded so.") if wording == directive.title else None,
    )
    former = FormerTitle(directive=directive, title=directive.title, recorded_at=at)
    former.save()
    log.record("directive.title_kept", former, by=by, at=at)
    before = log.snapshot(directive)
    directive.title = wording
    _refold(directive)
    directive.save(update_fields=["title", "folded"])
    log.record("directive.retitled", directive, by=by, at=at, before=before)


@transaction.atomic
def translate_title(
    *, directive: Directive, language: Language, title: str, by: User | None, at: datetime
) -> Translation:
    """Give the title in another language, made from the authoritative wording of now."""
    lock(directive)
    wording = nfc(title)
    require(
        None if wording else say("The translation is empty."),
        say("The title is authoritative in this language.") if language == directive.language else None,
    )
    translation = Translation(
        directive=directive, language=language, title=wording, of_title=directive.title, recorded_at=at
    )
    translation.save()
    _refold(directive)
    directive.save(update_fields=["folded"])
    log.record("directive.translated", translation, by=by, at=at)
    return translation


@transaction.atomic
def relate(
    *, directive: Directive, kind: DirectiveRelationKind, to: Directive, by: User | None, at: datetime
) -> DirectiveRelation:
    """The text does this to the other one. `Refused`: to itself, twice, both ways, to a later text."""
    back = DirectiveRelation.objects.filter(directive=to, to=directive).values_list("kind", flat=True)
    require(
        say("A text has no relation to itself.") if directive == to else None,
        _related_already(directive, kind, to),
        relations.problem(kind, directive.issued_on, to.issued_on, frozenset(back)),
    )
    relation = DirectiveRelation(directive=directive, kind=kind, to=to, recorded_at=at)
    relation.save()
    log.record("directive.related", relation, by=by, at=at)
    return relation


@transaction.atomic
def publish(
    *,
    directive: Directive,
    shown: publicity.Shown,
    withheld: str = "",
    decided_on: date,
    by: User | None,
    at: datetime,
) -> Publication:
    """Decide what of the directive anybody may see; the last decision counts. `withheld`: what not, why."""
    lock(directive)
    last = Publication.objects.filter(directive=directive).order_by("-recorded_at", "-id").first()
    before = publicity.Shown(last.progress, last.responsibility, last.results) if last else publicity.Shown()
    reason = nfc(withheld)
    require(
        publicity.problem(before, shown, reason),
        future(decided_on, at),
    )
    decision = Publication(
        directive=directive,
        progress=shown.progress,
        responsibility=shown.responsibility,
        results=shown.results,
        withheld=reason,
        decided_on=decided_on,
        decided_by_id=by.pk if by else None,
        recorded_at=at,
    )
    decision.save()
    log.record("directive.published", decision, by=by, at=at)
    return decision


def _refold(directive: Directive) -> None:
    """Search finds the text by its title now, in all its languages."""
    symbol = parse_symbol(directive.symbol) if directive.symbol else None
    titles = [directive.title, *directive.translations.values_list("title", flat=True)]
    kind = symbol.type if isinstance(symbol, Symbol) else None
    directive.folded = finding.of_directive(directive.symbol, directive.number, kind, titles)


def _related_already(directive: Directive, kind: DirectiveRelationKind, to: Directive) -> Say | None:
    if not DirectiveRelation.objects.filter(directive=directive, kind=kind, to=to).exists():
        return None
    return say(
        "This relation of %(symbol)s to %(other)s is already kept.", symbol=str(directive), other=str(to)
    )

"""Texts enter the register: sources, issued texts, awaited ones."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from thuocdo.accounts.models import User
from thuocdo.agencies.enums import Side
from thuocdo.agencies.models import Agency
from thuocdo.audit import log
from thuocdo.directives.actions.checks import future, lock, too_long
from thuocdo.directives.actions.given import Awaited, Registered, Text
from thuocdo.directives.enums import DirectiveState
from thuocdo.directives.models import Directive, Source
from thuocdo.directives.rules import finding, secrecy
from thuocdo.directives.rules.symbol import Symbol, parse_symbol, year_problem
from thuocdo.directives.rules.symbol_tables import PARTY_ISSUERS, TYPES
from thuocdo.lib.fold import nfc
from thuocdo.lib.moments import AsOf
from thuocdo.lib.say import Refused, Say, require, say


@dataclass(frozen=True, slots=True)
class _Identity:
    """Which text it is: number + type + issuer + year."""

    symbol: Symbol
    year: int
    issuer: Agency | None
    notes: tuple[Say, ...]


@transaction.atomic
def register_source(
    *,
    key: str,
    title: str,
    address: str = "",
    published_on: date | None = None,
    by: User | None,
    at: datetime,
) -> Source:
    """Keep where facts were read. `Refused` for a key that is taken."""
    if Source.objects.filter(key=key).exists():
        raise Refused(say("There already is a source with the key %(key)s.", key=key))
    source = Source(key=key, title=nfc(title), address=address, published_on=published_on, recorded_at=at)
    require(too_long(source))
    source.save()
    log.record("source.registered", source, by=by, at=at)
    return source


@transaction.atomic
def register(*, text: Text, by: User | None, at: datetime) -> Registered:
    """Enter an issued text. `Refused`: secrecy mark, unreadable symbol, several issuers, known identity."""
    require(secrecy.problem(text.symbol, text.title), _no_title(text.title), future(text.issued_on, at))
    identity = _identity(text.symbol, text.issued_on, text.issuer)
    directive = Directive(
        **_facts(identity, text.symbol, text.issued_on, at),
        title=nfc(text.title),
        language=text.language,
        urgency=text.urgency,
        source=text.source,
        is_example=text.is_example,
        recorded_at=at,
    )
    directive.folded = finding.of_directive(
        directive.symbol, directive.number, identity.symbol.type, [directive.title]
    )
    _save(directive)
    log.record("directive.registered", directive, by=by, at=at)
    return Registered(directive, identity.notes)


@transaction.atomic
def expect(*, text: Awaited, by: User | None, at: datetime) -> Directive:
    """Enter a text that was asked for and is waited for: it has no number yet."""
    require(secrecy.problem("", text.title), _no_title(text.title), future(text.awaited_from, at))
    code = text.issuer_code or (text.issuer.issuer_code if text.issuer else "")
    directive = Directive(
        symbol="",
        symbol_raw="",
        type_code=text.type_code,
        issuer_code=code,
        issuer=text.issuer,
        side=text.issuer.side if text.issuer else Side.PARTY if code in PARTY_ISSUERS else Side.STATE,
        state=DirectiveState.AWAITED,
        awaited_from=text.awaited_from,
        title=nfc(text.title),
        source=text.source,
        is_example=text.is_example,
        recorded_at=at,
    )
    directive.folded = finding.of_directive("", None, None, [directive.title])
    _save(directive)
    log.record("directive.awaited", directive, by=by, at=at)
    return directive


@transaction.atomic
def receive_awaited(
    *, directive: Directive, symbol: str, issued_on: date, by: User | None, at: datetime
) -> Registered:
    """The awaited text has been issued: it gets its number and its day."""
    lock(directive)
    require(_not_awaited(directive), secrecy.problem(symbol, directive.title), future(issued_on, at))
    identity = _identity(symbol, issued_on, directive.issuer)
    before = log.snapshot(directive)
    notes = [*identity.notes, *_another_type(directive, identity.symbol)]
    for name, value in _facts(identity, symbol, issued_on, at).items():
        setattr(directive, name, value)
    titles = [directive.title, *directive.translations.values_list("title", flat=True)]
    directive.folded = finding.of_directive(directive.symbol, directive.number, identity.symbol.type, titles)
    _save(directive)
    log.record("directive.received", directive, by=by, at=at, before=before)
    return Registered(directive, tuple(notes))


def _identity(raw: str, issued_on: date, issuer: Agency | None) -> _Identity:
    """What the symbol says. `Refused`: unreadable, its issuer not clear, the text already stands here."""
    symbol = parse_symbol(raw)
    if isinstance(symbol, Say):
        raise Refused(symbol)
    require(year_problem(symbol, issued_on.year))
    found, notes = (
        (issuer, _another_code(symbol, issuer)) if issuer else _issuer(symbol.issuer_code, issued_on)
    )
    identity = _Identity(symbol, symbol.year or issued_on.year, found, (*symbol.fixes, *notes))
    require(_known_already(identity))
    return identity


def _save(directive: Directive) -> None:
    """Write the text; where somebody was quicker with the same one the database refuses it."""
    require(too_long(directive))
    try:
        with transaction.atomic():
            directive.save()
    except IntegrityError:
        raise Refused(say("%(symbol)s has just been registered.", symbol=str(directive))) from None


def _facts(identity: _Identity, raw: str, issued_on: date, at: datetime) -> dict[str, object]:
    """The columns that an issued text has and an awaited one lacks."""
    symbol = identity.symbol
    return {
        "symbol": symbol.canonical,
        "symbol_raw": nfc(raw)[:120],
        "number": symbol.number,
        "type_code": symbol.type_code,
        "issuer_code": symbol.series,
        "issuer": identity.issuer,
        "year": identity.year,
        "side": Side.PARTY if symbol.side == "party" else Side.STATE,
        "state": DirectiveState.ISSUED,
        "issued_on": issued_on,
        "issued_recorded_at": at,
    }


def _issuer(code: str, day: date) -> tuple[Agency | None, tuple[Say, ...]]:
    """The one agency that signs with this code on that day; none is a note, several are asked about."""
    found = list(Agency.objects.alive(AsOf(day)).filter(issuer_code=code)[:2])
    if len(found) > 1:
        raise Refused(say("More than one agency signs as %(code)s: name the issuer.", code=code))
    if found:
        return found[0], ()
    return None, (say("No agency known here signs as %(code)s on that day: the issuer is open.", code=code),)


def _another_code(symbol: Symbol, issuer: Agency) -> tuple[Say, ...]:
    if issuer.issuer_code in ("", symbol.issuer_code):
        return ()
    note = say("%(agency)s signs as %(code)s; the symbol has %(other)s.",
               agency=issuer.name, code=issuer.issuer_code, other=symbol.issuer_code)  # fmt: skip
    return (note,)


def _another_type(directive: Directive, symbol: Symbol) -> tuple[Say, ...]:
    if directive.type_code in ("", symbol.type_code):
        return ()
    awaited, came = TYPES.get(directive.type_code), symbol.type
    note = say(
        "The text was awaited as “%(awaited)s” and came as “%(came)s”.",
        awaited=awaited.name if awaited else directive.type_code,
        came=came.name if came else symbol.canonical,
    )
    return (note,)


def _known_already(identity: _Identity) -> Say | None:
    """A text with this number, type, issuer and year; where an issuer is open it may be the same one."""
    same = Directive.objects.filter(
        number=identity.symbol.number,
        type_code=identity.symbol.type_code,
        issuer_code=identity.symbol.series,
        year=identity.year,
    )
    if identity.issuer:
        same = same.filter(Q(issuer=identity.issuer) | Q(issuer=None))
    known = same.first()
    if known is None:
        return None
    return say("%(symbol)s of %(day)s is already registered: “%(title)s”.",
               symbol=known.symbol, day=known.issued_on, title=known.title)  # fmt: skip


def _not_awaited(directive: Directive) -> Say | None:
    if directive.state == DirectiveState.AWAITED:
        return None
    return say("%(symbol)s is not awaited: it has been issued.", symbol=directive.symbol)


def _no_title(title: str) -> Say | None:
    return None if nfc(title) else say("The text has no title.")

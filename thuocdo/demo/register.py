"""Loads what the sources say of texts: titles, relations, targets, printed counts, difficulties."""

from datetime import datetime

from thuocdo.agencies.models import Agency
from thuocdo.assignments import actions as assignment_actions
from thuocdo.assignments.terms import Obstacle, Origin
from thuocdo.demo import places, tables
from thuocdo.demo.tables import TextRow
from thuocdo.directives import actions
from thuocdo.directives.enums import DirectiveRelationKind, Language
from thuocdo.directives.models import Directive, Source
from thuocdo.directives.rules.publicity import Shown
from thuocdo.lib.moments import day_of

Sources = dict[str, Source]
Texts = dict[str, Directive]

TARGETS_OF = "03/NQ-CP 2025"
ALL_IS_PUBLIC = "Không giữ lại gì: mọi số liệu đều lấy từ nguồn đã công bố, ghi kèm từng dòng."


def load_sources(at: datetime) -> Sources:
    """Where the facts were read, by key."""
    return {
        row.key: actions.register_source(
            key=row.key, title=row.title, address=row.address, published_on=row.published_on, by=None, at=at
        )
        for row in tables.sources()
    }


def load_texts(sources: Sources, at: datetime) -> Texts:
    """The texts with their titles in four languages, issued and awaited, by key; all of them public."""
    texts = {row.key: _text(row, sources, at) for row in (*tables.directives(), *tables.awaited())}
    for relation in tables.relations():
        actions.relate(
            directive=texts[relation.directive], kind=DirectiveRelationKind(relation.kind),
            to=texts[relation.to], by=None, at=at,
        )  # fmt: skip
    return texts


def _text(row: TextRow, sources: Sources, at: datetime) -> Directive:
    directive = _expected(row, sources, at) if row.is_awaited else _issued(row, sources, at)
    for language, title in row.translations.items():
        actions.translate_title(
            directive=directive, language=Language(language), title=title, by=None, at=at
        )  # fmt: skip
    actions.publish(
        directive=directive, shown=Shown(progress=True, responsibility=True, results=True),
        withheld=ALL_IS_PUBLIC, decided_on=day_of(at), by=None, at=at,
    )  # fmt: skip
    return directive


def _issued(row: TextRow, sources: Sources, at: datetime) -> Directive:
    text = actions.Text(
        symbol=row.symbol, title=row.title, issued_on=row.day, issuer=places.agency(row.issuer, row.day),
        source=sources[row.source],
    )  # fmt: skip
    return actions.register(text=text, by=None, at=at).directive


def _expected(row: TextRow, sources: Sources, at: datetime) -> Directive:
    issuer: Agency | None = places.agency(row.issuer, row.day) if row.issuer else None
    text = actions.Awaited(
        title=row.title, awaited_from=row.day, type_code=row.type_code, issuer=issuer,
        source=sources[row.source],
    )  # fmt: skip
    return actions.expect(text=text, by=None, at=at)


def load_targets(texts: Texts, at: datetime) -> None:
    """The 41 targets of 03/NQ-CP as provisions that oblige nobody by themselves."""
    for ordinal, row in enumerate(tables.targets(), 1):
        lead = f" Cơ quan theo dõi: {row.agency}." if row.agency else ""
        actions.add_provision(
            directive=texts[TARGETS_OF], label=f"Phụ lục I, chỉ tiêu {row.number}", ordinal=ordinal,
            text=f"Đến năm {row.year}: {row.target}: {row.level}.{lead}", by=None, at=at,
        )  # fmt: skip


def load_tallies(sources: Sources, texts: Texts, at: datetime) -> None:
    """Counts as printed; those that do not add up are kept and flagged."""
    for row in tables.tallies():
        count = actions.Count(
            agency=places.agency(row.agency, row.happened_on),
            source=sources[row.source],
            happened_on=row.happened_on,
            total=row.total,
            parts=row.parts,
            counting_rule=row.counting_rule,
            not_itemised=row.not_itemised,
            directive=texts[row.directive] if row.directive else None,
        )
        actions.record_tally(count=count, by=None, at=at)


def load_difficulties(sources: Sources, at: datetime) -> None:
    """What the sources say holds work back; not known to stand after the day it was read."""
    for row in tables.difficulties():
        obstacle = Obstacle(
            agency=places.agency(row.agency, row.opened_on),
            kind=row.kind,
            text=row.text,
            owner=places.agency(row.owner, row.opened_on) if row.owner else None,
            origin=Origin(sources[row.source], row.observed_on),
        )
        assignment_actions.open_difficulty(obstacle=obstacle, opened_on=row.opened_on, by=None, at=at)

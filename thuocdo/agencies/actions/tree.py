"""Agencies are opened, amended, closed, put below one another."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, datetime

from django.db import transaction

from thuocdo.agencies import spans
from thuocdo.agencies.enums import RelationKind
from thuocdo.agencies.models import Agency, Relation
from thuocdo.agencies.rules import opening
from thuocdo.agencies.rules.opening import Life, NewAgency
from thuocdo.audit import log
from thuocdo.lib.fold import nfc
from thuocdo.lib.moments import DAY_MAX
from thuocdo.lib.say import Refused, require, say


@transaction.atomic
def open_agency(*, new: NewAgency, by: log.Actor | None, at: datetime) -> Agency:
    """Enter a new agency; it stands alone until `relate` puts it below another."""
    spans.hold(at)
    require(opening.code_problem(new.code))
    if Agency.objects.filter(code=new.code).exists():
        raise Refused(say("The code %(code)s is already taken.", code=new.code))
    agency = unsaved(new, at)
    agency.save(force_insert=True)
    log.record("agency.opened", agency, by=by, at=at)
    for kind in RelationKind:
        spans.respan(kind, [agency.pk], at)
    return agency


@transaction.atomic
def amend_agency(
    *,
    agency: Agency,
    aliases: Iterable[str] | None = None,
    translations: Mapping[str, str] | None = None,
    by: log.Actor | None,
    at: datetime,
) -> Agency:
    """Put right what an agency is also called: its aliases, its names by language (`en`, `fr`, `de`)."""
    before = log.snapshot(agency)
    if aliases is not None:
        agency.aliases = list(dict.fromkeys(nfc(alias) for alias in aliases if alias.strip()))
    for language, name in (translations or {}).items():
        if language not in ("en", "fr", "de"):
            raise Refused(say("There is no place for a name in the language “%(code)s”.", code=language))
        setattr(agency, f"name_{language}", nfc(name))
    agency.names_folded = _folded(agency)
    agency.save()
    log.record("agency.amended", agency, by=by, at=at, before=before)
    return agency


@transaction.atomic
def close_agency(*, agency: Agency, closed_on: date, by: log.Actor | None, at: datetime) -> Agency:
    """End an agency that nobody succeeds, with its relations upwards; nothing may stand below it any more."""
    spans.hold(at)
    require(opening.end_problem(agency.opened_on, agency.closed_on, closed_on))
    below = Relation.objects.filter(parent=agency, closed_on__gt=closed_on)
    if below.exists():
        raise Refused(say("Agencies still stand below %(agency)s.", agency=agency.name))
    end_agencies([agency], closed_on, by, at)
    kinds = end_relations(Relation.objects.filter(child=agency, closed_on=DAY_MAX), closed_on, by, at)
    for kind in kinds | set(RelationKind):
        spans.respan(kind, [agency.pk], at)
    return agency


@transaction.atomic
def relate(
    *, kind: RelationKind, child: Agency, parent: Agency, opened_on: date, by: log.Actor | None, at: datetime
) -> Relation:
    """Put `child` below `parent` from this day on, in the sense of `kind`."""
    spans.hold(at)
    require(*(opening.alive_problem(_life(agency), opened_on) for agency in (child, parent)))
    standing = Relation.objects.filter(kind=kind, child=child).select_related("parent")
    require(
        opening.one_parent_problem(
            child.name, opened_on, [(row.parent.name, row.opened_on, row.closed_on) for row in standing]
        )
    )
    if child.pk == parent.pk:
        raise Refused(say("%(agency)s cannot stand below itself.", agency=child.name))
    relation = Relation(kind=kind, child=child, parent=parent, opened_on=opened_on, recorded_at=at)
    relation.save(force_insert=True)
    log.record("relation.opened", relation, by=by, at=at)
    spans.respan(kind, [child.pk], at)
    return relation


@transaction.atomic
def close_relation(*, relation: Relation, closed_on: date, by: log.Actor | None, at: datetime) -> Relation:
    """End a relation on this day, the first on which it no longer holds; its own first day annuls it."""
    spans.hold(at)
    end_relations([relation], closed_on, by, at)
    spans.respan(RelationKind(relation.kind), [relation.child_id], at)
    return relation


@transaction.atomic
def move(
    *, kind: RelationKind, child: Agency, parent: Agency, on: date, by: log.Actor | None, at: datetime
) -> Relation:
    """Put `child` below another parent from this day on; past days keep the old one."""
    for relation in Relation.objects.filter(kind=kind, child=child, closed_on=DAY_MAX):
        close_relation(relation=relation, closed_on=on, by=by, at=at)
    return relate(kind=kind, child=child, parent=parent, opened_on=on, by=by, at=at)


def end_agencies(agencies: Iterable[Agency], closed_on: date, by: log.Actor | None, at: datetime) -> None:
    """Write the end of agencies with its entries; part of an action, which keeps the closure."""
    for agency in agencies:
        require(opening.end_problem(agency.opened_on, agency.closed_on, closed_on))
        before = log.snapshot(agency)
        agency.closed_on, agency.closed_recorded_at = closed_on, at
        agency.save(update_fields=["closed_on", "closed_recorded_at"])
        log.record("agency.closed", agency, by=by, at=at, before=before)


def end_relations(
    relations: Iterable[Relation], closed_on: date, by: log.Actor | None, at: datetime
) -> set[RelationKind]:
    """Write the end of relations with its entries; returns the kinds whose closure is to be kept."""
    kinds = set()
    for relation in relations:
        require(opening.end_problem(relation.opened_on, relation.closed_on, closed_on))
        before = log.snapshot(relation)
        relation.closed_on, relation.closed_recorded_at = closed_on, at
        relation.save(update_fields=["closed_on", "closed_recorded_at"])
        log.record("relation.closed", relation, by=by, at=at, before=before)
        kinds.add(RelationKind(relation.kind))
    return kinds


def _life(agency: Agency) -> Life:
    return Life(agency.name, agency.opened_on, agency.closed_on)


def _folded(agency: Agency) -> str:
    names = (agency.name, agency.name_en, agency.name_fr, agency.name_de, *agency.aliases)
    return opening.folded_names(agency.code, names)


def unsaved(new: NewAgency, at: datetime) -> Agency:
    """The row of a new agency, not yet written."""
    agency = Agency(**{**asdict(new), "name": nfc(new.name), "aliases": list(new.aliases)}, recorded_at=at)
    agency.names_folded = _folded(agency)
    return agency

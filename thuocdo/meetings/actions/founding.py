"""A committee that holds sessions is entered, with its members from day to day."""

from datetime import date, datetime

from django.db import transaction

from thuocdo.accounts.models import User
from thuocdo.agencies.enums import AgencyKind
from thuocdo.assignments.actions import common
from thuocdo.audit import log
from thuocdo.lib.moments import DAY_MAX
from thuocdo.lib.say import Say, require, say
from thuocdo.meetings.models import Committee, Member
from thuocdo.meetings.terms import Founding, Seat


@transaction.atomic
def found(*, founding: Founding, by: User | None, at: datetime) -> Committee:
    """Enter who prepares the sessions of a committee of the map, and whose branch it follows."""
    require(
        None
        if founding.agency.kind == AgencyKind.COMMITTEE
        else say("%(agency)s is not a steering committee.", agency=founding.agency.name),
        say("It is entered already.") if Committee.objects.filter(agency=founding.agency).exists() else None,
        say("A working group belongs to a committee, not to another group.")
        if founding.parent and founding.parent.parent_id
        else None,
    )
    row = Committee(
        agency=founding.agency, standing_body=founding.standing_body, covers=founding.covers,
        parent=founding.parent, basis=founding.basis, by=by, recorded_at=at,
    )  # fmt: skip
    row.save(force_insert=True)
    log.record("committee.founded", row, by=by, at=at)
    return row


@transaction.atomic
def seat(*, committee: Committee, member: Seat, opened_on: date, by: User | None, at: datetime) -> Member:
    """An agency or a person becomes a member from this day."""
    require(common.day_problem(opened_on, at), _nobody_problem(member), _twice_problem(committee, member))
    row = Member(
        committee=committee, role=member.role, agency=member.agency, name=member.name, post=member.post,
        opened_on=opened_on, by=by, recorded_at=at,
    )  # fmt: skip
    row.save(force_insert=True)
    log.record("committee.member_seated", row, by=by, at=at)
    return row


@transaction.atomic
def leave(*, member: Member, closed_on: date, by: User | None, at: datetime) -> Member:
    """From this day it is a member no more."""
    row = Member.objects.select_for_update().get(pk=member.pk)
    require(
        say("It has already ended.") if row.closed_on != DAY_MAX else None,
        common.day_problem(closed_on, at),
        common.order_problem(closed_on, row.opened_on),
    )
    before = log.snapshot(row)
    row.closed_on = closed_on
    row.save(update_fields=["closed_on"])
    log.record("committee.member_left", row, by=by, at=at, before=before)
    return row


def _nobody_problem(member: Seat) -> Say | None:
    if member.agency is not None or (member.name.strip() and member.post.strip()):
        return None
    return say("Name an agency, or a person with their post.")


def _twice_problem(committee: Committee, member: Seat) -> Say | None:
    rows = Member.objects.filter(committee=committee, closed_on=DAY_MAX)
    same = rows.filter(agency=member.agency, name=member.name)
    return say("It is a member already.") if same.exists() else None

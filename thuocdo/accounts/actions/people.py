"""Every write on accounts and their memberships, with forms that were sent."""

from dataclasses import dataclass
from datetime import date, datetime

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.db.models import Q

from thuocdo.accounts.actions.signing_in import end_sessions
from thuocdo.accounts.enums import Role
from thuocdo.accounts.models import Membership, Sending, User
from thuocdo.agencies.enums import RelationKind
from thuocdo.agencies.models import Agency
from thuocdo.audit import log
from thuocdo.lib.fold import nfc
from thuocdo.lib.moments import DAY_MAX, day_of
from thuocdo.lib.say import Say, require, say


@dataclass(frozen=True, slots=True)
class Person:
    """Whose account it is. `is_example`: an invented person of the demo world."""

    email: str
    name: str
    language: str = "vi"
    is_example: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A role in an agency, over the agency's subtree of one kind."""

    agency: Agency
    role: Role
    kind: RelationKind = RelationKind.ADMINISTRATIVE


@transaction.atomic
def create_user(*, person: Person, password: str | None = None, by: User | None, at: datetime) -> User:
    """Open an account; without a password its owner sets one by a link of one use. It may do nothing yet."""
    email = person.email.strip().lower()
    require(
        None if nfc(person.name) else say("Write the name of the person."),
        say("Write an e-mail address.") if "@" not in email else None,
        say("There already is an account with the address %(email)s.", email=email)
        if User.objects.filter(email__iexact=email).exists()
        else None,
    )
    user = User(
        email=email,
        name=nfc(person.name),
        language=person.language,
        is_example=person.is_example,
        created_at=at,
    )
    user.set_password(password)
    user.save(force_insert=True)
    log.record("user.created", user, by=by, at=at)
    return user


@transaction.atomic
def amend_user(*, user: User, person: Person, by: User | None, at: datetime) -> User:
    """Put name, address or language right. Who signs in by another address signs in anew everywhere.

    The log keeps salted digests of the old and the new ones; it names nobody (1.22).
    """
    row, email = User.objects.select_for_update().get(pk=user.pk), person.email.strip().lower()
    others = User.objects.filter(email__iexact=email).exclude(pk=row.pk)
    require(
        say("The data of this person are erased; nothing is entered again.") if not row.name else None,
        None if nfc(person.name) else say("Write the name of the person."),
        say("Write an e-mail address.") if "@" not in email else None,
        say("The address of a program is not changed.") if row.is_machine and email != row.email else None,
        say("There already is an account with the address %(email)s.", email=email)
        if others.exists()
        else None,
    )
    before, moved = log.snapshot(row), email != row.email
    row.name, row.email, row.language = nfc(person.name), email, person.language
    row.save(update_fields=["name", "email", "language"])
    log.record("user.amended", row, by=by, at=at, before=before)
    if moved:
        EmailAddress.objects.filter(user=row).delete()
        end_sessions(user=row, by=by, at=at)
    return row


@transaction.atomic
def open_membership(
    *,
    user: User,
    place: Place,
    opened_on: date,
    closed_on: date = DAY_MAX,
    by: User | None,
    at: datetime,
) -> Membership:
    """Give a role from a day on, perhaps up to a day (that day no longer). Who may give it: `may_give`."""
    agency = place.agency
    held = Membership.objects.filter(user=user, agency=agency, role=place.role, kind=place.kind)
    require(
        say("The role ends before it begins.") if closed_on <= opened_on else None,
        None
        if agency.opened_on <= opened_on < agency.closed_on
        else say("%(agency)s does not exist on %(day)s.", agency=agency.name, day=opened_on),
        say("%(name)s already has this role on these days.", name=user.name)
        if held.filter(_same_days(opened_on, closed_on)).exists()
        else None,
    )
    made = Membership(
        user=user, agency=agency, role=place.role, kind=place.kind, opened_on=opened_on, closed_on=closed_on
    )
    made.save(force_insert=True)
    log.record("membership.opened", made, by=by, at=at)
    return made


@transaction.atomic
def close_membership(*, membership: Membership, closed_on: date, by: User | None, at: datetime) -> Membership:
    """End a role: from this day it is held no more. A role that has ended stays as it was."""
    row = Membership.objects.select_for_update().get(pk=membership.pk)
    require(
        say("This role has already ended.") if row.closed_on <= day_of(at) else None,
        say("The role began on %(day)s.", day=row.opened_on) if closed_on < row.opened_on else None,
    )
    before = log.snapshot(row)
    row.closed_on = closed_on
    row.save(update_fields=["closed_on"])
    log.record("membership.closed", row, by=by, at=at, before=before)
    return row


@transaction.atomic
def set_active(*, user: User, active: bool, by: User | None, at: datetime) -> User:
    """Let the person sign in, or no longer, in no browser; nobody shuts themselves out. The history stays."""
    row = User.objects.select_for_update().get(pk=user.pk)
    require(_own_account(row, by), say("The account is already so.") if row.is_active is active else None)
    before = log.snapshot(row)
    row.is_active = active
    row.save(update_fields=["is_active"])
    log.record("user.opened" if active else "user.shut", row, by=by, at=at, before=before)
    if not active:
        end_sessions(user=row, by=by, at=at)
    return row


def send_once(*, key: str, by: User, at: datetime) -> Sending:
    """Note that a form was sent, or find the note if it was sent before: then it has an address.

    Called inside the transaction of the act, with which the note stands or falls, so that a form that was
    refused can be sent again. Two that come at once wait for each other.
    """
    try:
        with transaction.atomic():
            return Sending.objects.create(user=by, key=key, recorded_at=at)
    except IntegrityError:
        return Sending.objects.get(user=by, key=key)


def answer(*, sending: Sending, address: str) -> None:
    """Keep where the result of a form that was sent is shown."""
    sending.address = address
    sending.save(update_fields=["address"])


def _same_days(opened_on: date, closed_on: date) -> Q:
    """Roles that share a day with these days, or that began on the same day and ended at once."""
    return Q(opened_on__lt=closed_on, closed_on__gt=opened_on) | Q(opened_on=opened_on)


def _own_account(user: User, by: User | None) -> Say | None:
    return say("Nobody shuts their own account.") if by is not None and by.pk == user.pk else None

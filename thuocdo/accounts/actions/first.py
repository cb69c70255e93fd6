"""The first steward of an installation, who opens the accounts of all the others."""

from datetime import datetime

from django.db import transaction

from thuocdo.accounts.actions.people import Person, Place, create_user, open_membership
from thuocdo.accounts.enums import Role
from thuocdo.accounts.models import Membership, User
from thuocdo.agencies.models import Agency
from thuocdo.lib.moments import day_of
from thuocdo.lib.say import require, say


@transaction.atomic
def first_steward(*, person: Person, agency: Agency, at: datetime) -> User:
    """Open the account, with the role; the same again while it has no password. Sample people do not count.

    Afterwards stewards are made by stewards only, on the page of people.
    """
    stewards = Membership.objects.valid(day_of(at)).filter(role=Role.STEWARD, user__is_example=False)
    others = stewards.select_related("user").order_by("pk")
    known = next((one.user for one in others if one.user.email == person.email.strip().lower()), None)
    if known is not None and len(others) == 1 and not known.has_usable_password():
        return known
    require(
        say("There already is a steward: %(name)s opens further accounts.", name=others[0].user.name)
        if others
        else None
    )
    user = create_user(person=person, by=None, at=at)
    open_membership(user=user, place=Place(agency, Role.STEWARD), opened_on=day_of(at), by=None, at=at)
    return user

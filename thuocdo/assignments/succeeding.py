"""The preview of a whole succession: agencies, roles of people, assignments (1.08)."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from thuocdo.accounts.models import Membership
from thuocdo.agencies import queries as agency_queries
from thuocdo.agencies.rules.succession import SuccessionPlan, Wish
from thuocdo.assignments import handing_over
from thuocdo.assignments.handing_over import NO_HANDS, Hands
from thuocdo.assignments.rules.roles_passing import Held, Roles, passing
from thuocdo.assignments.rules.succession import NOTHING_CHOSEN, Choice
from thuocdo.lib.say import Say, say, say_n


@dataclass(frozen=True, slots=True)
class Preview:
    """What `actions.succeed` will do; with problems it cannot be carried out."""

    plan: SuccessionPlan
    choice: Choice
    roles: Roles
    hands: Hands
    today: date

    @property
    def wish(self) -> Wish:
        return self.plan.wish

    @property
    def problems(self) -> tuple[Say, ...]:
        """Why it cannot be carried out, as it is."""
        duties, people = len(self.hands.leads.undecided), len(self.roles.undecided)
        found = [*self.plan.problems]
        if self.wish.on > self.today:
            found.append(
                say("%(day)s has not come yet: a fact is dated the day it happened.", day=self.wish.on)
            )
        if duties:
            found.append(
                say_n(
                    "Choose a successor for %(n)s assignment.",
                    "Choose a successor for %(n)s assignments.",
                    duties,
                )
            )
        if people:
            found.append(
                say_n("Choose a successor for %(n)s role.", "Choose a successor for %(n)s roles.", people)
            )
        return tuple(found)

    @property
    def mark(self) -> str:
        """A short text that differs when anything in the preview does; a form carries it on."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:32]


def preview(wish: Wish, choice: Choice = NOTHING_CHOSEN, *, today: date) -> Preview:
    """The succession worked out on what is recorded now. Writes nothing; at most fourteen statements."""
    plan = agency_queries.plan_succession(wish)
    hands = handing_over.preview(wish, choice) if wish.successors else NO_HANDS
    return Preview(plan, choice, _roles(wish, choice, today), hands, today)


def _roles(wish: Wish, choice: Choice, today: date) -> Roles:
    """Roles held today or later in an agency that ends, beside those in its successors; one statement."""
    named = [*wish.ends, *wish.successors]
    columns = ("pk", "user", "agency__code", "role", "kind", "opened_on", "closed_on")
    rows = Membership.objects.filter(agency__code__in=named, closed_on__gt=max(today, wish.on)).order_by("pk")
    held: dict[bool, list[Held]] = defaultdict(list)
    for row in rows.values_list(*columns):
        one = Held(*row)
        held[one.agency in wish.ends].append(one)
    return passing(held[True], held[False], wish.on, lambda pk: choice.of_person(pk, wish.successors))

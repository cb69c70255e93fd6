"""What a succession comes to, in words and numbers, for the page and the command (1.08)."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from thuocdo.assignments.enums import Capacity
from thuocdo.assignments.succeeding import Preview
from thuocdo.web.parts import Amount

PARTS = {
    Capacity.ASSIGNER: _("assignments of which the successor is the assigner"),
    Capacity.CONFIRMING: _("assignments that the successor confirms"),
    Capacity.MONITORING: _("assignments that the successor monitors"),
    Capacity.COORDINATOR: _("assignments in which the successor helps"),
}


def amounts(seen: Preview) -> list[Amount]:
    """How much closes, opens, moves, joins; in the order in which a reader asks."""
    leads = seen.hands.leads
    return [
        Amount(_("agencies that end"), len(seen.plan.closes)),
        Amount(_("agencies that are opened"), len(seen.wish.opens)),
        Amount(_("agencies that are joined"), len(seen.plan.joins)),
        Amount(_("relations that end"), len(seen.plan.ended)),
        Amount(_("relations that begin"), len(seen.plan.placed)),
        Amount(_("roles of people that end"), len(seen.roles.ends)),
        Amount(_("roles of people that begin"), len(seen.roles.opens)),
        Amount(_("open assignments that move to a successor"), len(leads.moves)),
        Amount(_("assignments joined with another of the same duty"), len(leads.joins)),
        Amount(_("completed or withdrawn assignments that go with their agency"), len(leads.settled)),
        *_parts(seen),
        Amount(_("drafts made out anew"), seen.hands.drafts),
    ]


def _parts(seen: Preview) -> Iterator[Amount]:
    for capacity, words in PARTS.items():
        yield Amount(words, sum(one.held.capacity == capacity for one in seen.hands.parts))

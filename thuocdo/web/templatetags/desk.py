"""Links to what the reader may do on a page: to a duty, to a text. Nothing is asked of the database."""

from collections.abc import Iterator
from typing import Any

from django import template
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thuocdo.accounts.enums import Permission
from thuocdo.accounts.permissions import Reader
from thuocdo.agencies.models import Agency
from thuocdo.assignments.enums import HoldState
from thuocdo.assignments.models import Claim
from thuocdo.assignments.queries.clock import open_holds
from thuocdo.assignments.queries.one import One
from thuocdo.assignments.rules.lifecycle import HOLD
from thuocdo.directives.enums import DirectiveState
from thuocdo.directives.models import Directive
from thuocdo.directives.permissions import can_publish, can_register
from thuocdo.faces.reader import reader_of
from thuocdo.web.parts import Words

register = template.Library()
Offer = tuple[Words, str]  # words, address


@register.inclusion_tag("web/desk/offers.html", takes_context=True)
def offers_for_duty(context: dict[str, Any], shown: One) -> dict[str, Any]:
    """What the reader may do to this duty; each page asks once more whether they may."""
    reader = reader_of(context["request"])
    return {"first": list(_next(reader, shown)), "more": list(_more(reader, shown))}


def _next(reader: Reader, shown: One) -> Iterator[Offer]:
    """The steps that carry the work on."""
    row = shown.assignment
    lead_id = shown.lead.pk if shown.lead else None
    if row.given_on is None:
        if reader.may(Permission.ASSIGN):
            yield _("Work on the draft"), reverse("web:draft", args=[row.pk])
        return
    if reader.may_for(Permission.REPORT, lead_id) and not row.is_fan_out:
        yield _("Report"), reverse("web:report", args=[row.pk])
    for hold, state in open_holds(shown):
        if state not in HOLD.final() and reader.may_for(Permission.REPORT, _pk(hold.agency)):
            yield _("Answer: does it wait for us?"), reverse("web:answer_hold", args=[hold.pk])
    for said in shown.reports:
        claim: Claim | None = getattr(said.report, "claim", None)
        if claim is not None and reader.may_for(Permission.REVIEW, _pk(shown.confirming)):
            current = [review for review in said.reviews if not review.is_corrected]
            name, pk = ("web:correct_review", current[-1].pk) if current else ("web:review", claim.pk)
            yield (_("Put the review right") if current else _("Review the claim")), reverse(name, args=[pk])
            break


def _more(reader: Reader, shown: One) -> Iterator[Offer]:
    """What else may be done."""
    row = shown.assignment
    lead_id = shown.lead.pk if shown.lead else None
    if row.given_on is None:
        return
    if reader.may_for(Permission.REPORT, lead_id) and not row.is_fan_out:
        yield from _of_lead(shown)
    if reader.may_for(Permission.ASSIGN, lead_id) and not row.is_fan_out:
        yield _("Hand on a part"), reverse("web:split", args=[row.pk])
    sides = (shown.assigner.pk, _pk(shown.confirming))
    if reader.may(Permission.OVERSEE) and not row.is_fan_out:
        yield _("Urge, instruct or ask for explanation"), reverse("web:demand_on_duty", args=[row.pk])
    if any(reader.may_for(Permission.DECIDE, side) for side in sides):
        yield from _of_assigner(shown)


def _pk(agency: Agency | None) -> int | None:
    return agency.pk if agency else None


def _of_lead(shown: One) -> Iterator[Offer]:
    row = shown.assignment
    own = [said.report for said in shown.reports if said.report.observed_on is None and not said.reviews]
    if own:
        yield _("Correct the last report"), reverse("web:correct_report", args=[own[0].pk])
    for words, name in OF_LEAD:
        yield words, reverse(name, args=[row.pk])
    for hold, _state in open_holds(shown):
        yield _("What we waited for has come"), reverse("web:close_hold", args=[hold.pk])


def _of_assigner(shown: One) -> Iterator[Offer]:
    row = shown.assignment
    for hold, state in open_holds(shown):
        if state is HoldState.DISPUTED:
            yield _("Decide a dispute about waiting"), reverse("web:decide_hold", args=[hold.pk])
    for words, name in OF_ASSIGNER:
        yield words, reverse(name, args=[row.pk])
    if row.is_fan_out:
        yield _("Choose the agencies"), reverse("web:fan_out", args=[row.pk])


OF_LEAD: tuple[tuple[Words, str], ...] = (
    (_("Promise a day"), "web:promise"),
    (_("Ask for a change"), "web:ask_change"),
    (_("Ask upward"), "web:recommend_on_duty"),
    (_("We wait for somebody"), "web:open_hold"),
    (_("Name a difficulty"), "web:open_difficulty"),
    (_("Record resources"), "web:add_resource"),
    (_("Number in another system"), "web:enter_number"),
)
OF_ASSIGNER: tuple[tuple[Words, str], ...] = (
    (_("Pause the assignment"), "web:pause"),
    (_("Resume the assignment"), "web:resume"),
    (_("Withdraw the assignment"), "web:withdraw"),
    (_("Give it anew"), "web:give_anew"),
    (_("Name another person who answers"), "web:change_head"),
    (_("Set interim targets"), "web:set_targets"),
)


@register.inclusion_tag("web/desk/offers.html", takes_context=True)
def offers_for_text(context: dict[str, Any], directive: Directive) -> dict[str, Any]:
    """What the reader may do to this text."""
    reader = reader_of(context["request"])
    first: list[Offer] = []
    more: list[Offer] = []
    if reader.may(Permission.REGISTER) and can_register(reader, directive.issuer):
        first = [(_("Import a table of duties"), reverse("web:import", args=[directive.pk]))]
        more = [
            (_("Enter a duty"), reverse("web:add_duty", args=[directive.pk])),
            (_("Relate to another text"), reverse("web:relate", args=[directive.pk])),
            (_("Translate the title"), reverse("web:translate", args=[directive.pk])),
        ]
        if directive.state == DirectiveState.AWAITED:
            first = [(_("It has been issued"), reverse("web:issued", args=[directive.pk]))]
    if reader.may(Permission.PUBLISH) and can_publish(reader, directive):
        first.append((_("Decide what is public"), reverse("web:publish", args=[directive.pk])))
    return {"first": first, "more": more}


@register.inclusion_tag("web/desk/offers.html", takes_context=True)
def offers_for_agency(context: dict[str, Any], agency: Agency) -> dict[str, Any]:
    """What the reader may do about this agency, of no duty in particular; each page asks once more."""
    reader = reader_of(context["request"])
    found: list[Offer] = []
    if reader.may(Permission.OVERSEE) and (
        reader.reads_all or reader.may_for(Permission.INSTRUCT, agency.pk)
    ):
        found.append(
            (_("Urge, instruct or ask for explanation"), reverse("web:demand_of_agency", args=[agency.code]))
        )
    if reader.may_for(Permission.REPORT, agency.pk):
        if silent := getattr(agency, "silent", None):
            found.append((_("The signal is back"), reverse("web:close_outage", args=[silent])))
        else:
            found.append((_("No signal"), reverse("web:open_outage", args=[agency.code])))
    return {"first": [], "more": found}


@register.simple_tag(takes_context=True)
def may(context: dict[str, Any], permission: str) -> bool:
    """Whether the reader holds the permission anywhere at all."""
    request: HttpRequest = context["request"]
    return reader_of(request).may(Permission(permission))


@register.simple_tag(takes_context=True)
def reads_own(context: dict[str, Any], agency: Agency) -> bool:
    """Whether the reader may read the agency's own affairs."""
    reader = reader_of(context["request"])
    return reader.reads_all or reader.may_for(Permission.READ_OWN, agency.pk)

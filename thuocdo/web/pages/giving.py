"""From an obligation to an assignment: the draft with its six clears, given when all are clear (1.10)."""

from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from thuocdo.accounts.enums import Permission
from thuocdo.accounts.permissions import Reader
from thuocdo.assignments import actions, limits
from thuocdo.assignments.enums import Clear as SixClear
from thuocdo.assignments.models import Assignment
from thuocdo.assignments.permissions import may_assign, may_give_for, may_split
from thuocdo.assignments.queries.coverage import readable_directives
from thuocdo.assignments.rules import six_clears
from thuocdo.assignments.terms import duty_of, terms_of
from thuocdo.directives.models import Obligation
from thuocdo.lib.say import Say, require, say
from thuocdo.web import addresses, desk
from thuocdo.web.access import PageRequest, requires
from thuocdo.web.desk import Sheet
from thuocdo.web.forms.giving import DraftForm, GivenForm, PartForm, first_of
from thuocdo.web.pages.duties import address, duty, trail
from thuocdo.web.parts import Clear, Crumb, Words


def may(reader: Reader, row: Assignment) -> Say | None:
    """Whether the reader acts for the assigner, today."""
    return may_assign(reader, row, desk.today())


def may_change_draft(reader: Reader, row: Assignment) -> Say | None:
    """The assigner's side, while nothing was given."""
    return say("It has already been given.") if row.given_on is not None else may(reader, row)


def draft_address(row: Assignment) -> str:
    """Where a draft is worked on."""
    return reverse("web:draft", args=[row.pk])


@requires(Permission.ASSIGN)
def give(request: PageRequest, pk: int) -> HttpResponse:
    """A new draft of a duty, filled with what the text states."""
    duty_read = get_object_or_404(Obligation.objects.select_related("directive__issuer", "provision"), pk=pk)
    text = duty_read.directive
    if not readable_directives(request.reader).filter(pk=text.pk).exists():
        raise Http404
    terms = terms_of(duty_read)
    first = {name: getattr(terms, name) for name in terms.__dataclass_fields__}
    first |= {"assigner": text.issuer, "lead": duty_read.leads_raw if "\n" not in duty_read.leads_raw else ""}
    form = DraftForm(request.POST or None, day=desk.today(), initial=first, counted=terms.reckoned)
    sheet = Sheet(
        _("Prepare an assignment"),
        _("Save the draft"),
        _("The draft is saved."),
        draft_address,
        lead=say("%(label)s: limit as the text states it: %(limit)s", label=duty_read.provision.label,
                 limit=duty_read.limit_raw or "—"),
        crumbs=[
            Crumb(text.symbol, addresses.to(request, "web:directive", text.pk)),
            Crumb(_("Prepare an assignment")),
        ],
    )  # fmt: skip
    return desk.filled(request, form, partial(_drafted, request, form, duty_read), sheet)


def _drafted(request: PageRequest, form: DraftForm, duty_read: Obligation) -> Assignment:
    parties = form.parties()
    require(may_give_for(request.reader, parties.assigner, desk.today()))
    return actions.draft(obligation=duty_read, terms=form.terms(), parties=parties, **desk.signed(request))


@requires(Permission.ASSIGN)
def draft(request: PageRequest, pk: int) -> HttpResponse:
    """A draft: what is clear, what is missing, the form to make it clear."""
    row = duty(request, pk, may_change_draft)
    form = DraftForm(request.POST or None, day=desk.today(), initial=first_of(row), counted=limits.of(row))
    missing = six_clears.missing(duty_of(row))
    sheet = Sheet(
        _("Draft"),
        _("Save the draft"),
        _("The draft is saved."),
        draft_address(row),
        crumbs=trail(request, row, _("Draft")),
        template="web/giving/draft.html",
        more={"row": row, "clears": clears(row, missing), "missing": missing,
              "children": row.children.count() if row.is_fan_out else 0},
    )  # fmt: skip

    def amend() -> Assignment:
        parties = form.parties()
        require(may_give_for(request.reader, parties.assigner, desk.today()))
        return actions.amend_draft(
            assignment=row, terms=form.terms(), parties=parties, **desk.signed(request)
        )

    return desk.filled(request, form, amend, sheet)


def clears(row: Assignment, missing: tuple[Any, ...]) -> list[Clear]:
    """The six clears of a draft as the component shows them."""
    values: dict[str, Words] = {
        "person": " · ".join(part for part in (row.head_post, row.head_name) if part),
        "work": row.work,
        "time": say("%(day)s", day=row.limit_on) if row.limit_on else row.reporting_period,
        "responsibility": row.lead.name if row.lead else _("many agencies"),
        "product": row.product,
        "authority": row.signer,
    }
    return [Clear(one.label, "" if one in missing else values[one.value]) for one in SixClear]


@requires(Permission.ASSIGN)
def issue(request: PageRequest, pk: int) -> HttpResponse:
    """Give a draft that is clear in all six respects."""
    row = duty(request, pk, may_change_draft)
    form = GivenForm(request.POST or None, day=desk.day(request))
    sheet = Sheet(
        _("Give the assignment"),
        _("Give it"),
        _("It is given. From now on it changes only by a request that is granted."),
        address(request, pk),
        lead=row.work,
        crumbs=trail(request, row, _("Give")),
    )

    def given() -> Assignment:
        return actions.issue(assignment=row, given_on=form.cleaned_data["given_on"], **desk.signed(request))

    return desk.filled(request, form, given, sheet)


@requires(Permission.ASSIGN)
def split(request: PageRequest, pk: int) -> HttpResponse:
    """The lead hands a part to an agency below it; its own product stays its own (1.12)."""
    row = duty(request, pk, may_split)
    first = {"limit_class": row.limit_class, "limit_on": row.limit_on, "work": row.work}
    form = PartForm(request.POST or None, day=desk.day(request), initial=first)
    sheet = Sheet(
        _("Hand on a part"),
        _("Hand it on"),
        _("The part is handed on."),
        address(request, pk),
        lead=_("A part that is not clear in all six respects stays a draft. Come back for the next part."),
        crumbs=trail(request, row, _("Hand on a part")),
    )

    def handed() -> list[Assignment]:
        given = form.cleaned_data
        return actions.split(
            assignment=row,
            parts=[form.part()],
            kind=given["kind"],
            given_on=given["given_on"],
            **desk.signed(request),
        )

    return desk.filled(request, form, handed, sheet)

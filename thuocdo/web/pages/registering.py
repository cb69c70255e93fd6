"""The register is kept: texts, their duties, relations, titles, what of them is public (1.09, 1.27)."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _

from thuocdo.accounts.enums import Permission
from thuocdo.assignments.queries.coverage import readable_directives
from thuocdo.directives import actions
from thuocdo.directives.enums import DirectiveRelationKind, Language
from thuocdo.directives.models import Directive, Obligation, Provision, Publication
from thuocdo.directives.permissions import can_publish, can_register
from thuocdo.faces import wording
from thuocdo.lib.say import Refused, say
from thuocdo.web import addresses, desk
from thuocdo.web.access import PageRequest, requires
from thuocdo.web.desk import Sheet
from thuocdo.web.forms.registering import DutyForm, PublicityForm, RelationForm, TextForm, TranslationForm
from thuocdo.web.parts import Crumb, Words


def text_to_keep(request: PageRequest, pk: int) -> Directive:
    """A text that this reader may add to."""
    found = readable_directives(request.reader).select_related("issuer").filter(pk=pk).first()
    if found is None or not can_register(request.reader, found.issuer):
        raise Http404
    return found


def page_of(request: PageRequest, pk: int) -> str:
    """The address of the text."""
    return addresses.to(request, "web:directive", pk)


def trail_of(request: PageRequest, of: Directive, here: Words) -> list[Crumb]:
    """The way to a page about the text."""
    return [
        Crumb(_("Directives"), addresses.to(request, "web:directives")),
        Crumb(of.symbol or of.title[:60], page_of(request, of.pk)),
        Crumb(here),
    ]


@requires(Permission.REGISTER)
def register(request: PageRequest) -> HttpResponse:
    """Enter an issued text; what is set right in its symbol is shown before it is saved."""
    form = TextForm(request.POST or None, day=desk.today())
    sheet = Sheet(
        _("Register a directive"),
        _("Register"),
        _("The directive is registered. Enter its duties next."),
        lambda made: page_of(request, made.directive.pk),
        crumbs=[
            Crumb(_("Directives"), addresses.to(request, "web:directives")),
            Crumb(_("Register a directive")),
        ],
        template="web/registering/register.html",
    )
    return desk.filled(request, form, partial(_registered, request, form), sheet)


def _registered(request: PageRequest, form: TextForm) -> object:
    made = actions.register(text=form.text(), **desk.signed(request))
    if not can_register(request.reader, made.directive.issuer):
        raise Refused(say("You register texts of your own agencies, and those that come from outside."))
    for note in made.notes:
        messages.info(request, wording.tell(note))
    return made


@requires(Permission.REGISTER)
def add_duty(request: PageRequest, pk: int) -> HttpResponse:
    """A provision with a duty read out of it; how its limit was read is told."""
    of = text_to_keep(request, pk)
    form = DutyForm(request.POST or None, of=of)
    sheet = Sheet(
        _("Enter a duty"),
        _("Enter it"),
        _("The duty is entered."),
        page_of(request, pk),
        lead=of.title,
        crumbs=trail_of(request, of, _("Enter a duty")),
    )
    return desk.filled(request, form, partial(_added, request, form, of), sheet)


def _added(request: PageRequest, form: DutyForm, of: Directive) -> object:
    signed = desk.signed(request)
    label = form.cleaned_data["label"].strip()
    provision = Provision.objects.filter(directive=of, label=label).first()
    if provision is None:
        ordinal = Provision.objects.filter(directive=of).count() + 1
        provision = actions.add_provision(directive=of, label=label, ordinal=ordinal, **signed)
    added = actions.add_obligation(provision=provision, duty=form.duty(_free_key(of)), **signed)
    for note in added.notes:
        messages.info(request, wording.tell(note))
    return added


def _free_key(of: Directive) -> str:
    """A key that no duty of the text has; duties entered by hand are numbered apart from imported ones."""
    taken = set(Obligation.objects.filter(directive=of).values_list("key", flat=True))
    number = len(taken) + 1
    while f"hand-{number}" in taken:
        number += 1
    return f"hand-{number}"


@requires(Permission.REGISTER)
def relate(request: PageRequest, pk: int) -> HttpResponse:
    """What this text does to another one."""
    of = text_to_keep(request, pk)
    form = RelationForm(request.POST or None, among=readable_directives(request.reader))
    title = _("Relate to another text")
    done = _("The relation is kept.")
    crumbs = trail_of(request, of, title)
    sheet = Sheet(title, _("Keep the relation"), done, page_of(request, pk), lead=of.title, crumbs=crumbs)

    def related() -> object:
        kind = DirectiveRelationKind(form.cleaned_data["kind"])
        return actions.relate(directive=of, kind=kind, to=form.cleaned_data["other"], **desk.signed(request))

    return desk.filled(request, form, related, sheet)


@requires(Permission.REGISTER)
def translate(request: PageRequest, pk: int) -> HttpResponse:
    """The title in another language, marked as a translation."""
    of = text_to_keep(request, pk)
    form = TranslationForm(request.POST or None, of=of)
    title = _("Translate the title")
    done = _("The translation is kept.")
    crumbs = trail_of(request, of, title)
    sheet = Sheet(title, _("Keep the translation"), done, page_of(request, pk), lead=of.title, crumbs=crumbs)

    def translated() -> object:
        given = form.cleaned_data
        language = Language(given["language"])
        return actions.translate_title(
            directive=of, language=language, title=given["title"], **desk.signed(request)
        )

    return desk.filled(request, form, translated, sheet)


@requires(Permission.PUBLISH)
def publish(request: PageRequest, pk: int) -> HttpResponse:
    """A decision of its own on what of the text is public; nothing is unless somebody decides so (1.27)."""
    of = readable_directives(request.reader).select_related("issuer").filter(pk=pk).first()
    if of is None or not can_publish(request.reader, of):
        raise Http404
    decisions = list(Publication.objects.filter(directive=of).order_by("-recorded_at", "-id"))
    last = decisions[0] if decisions else None
    form = PublicityForm(request.POST or None, last=last, day=desk.day(request))
    title = _("Decide what is public")
    sheet = Sheet(
        title,
        _("Record the decision"),
        _("The decision holds from now on."),
        page_of(request, pk),
        lead=of.title,
        crumbs=trail_of(request, of, title),
        template="web/registering/publish.html",
        more={"decisions": decisions},
    )

    def decided() -> object:
        given = form.cleaned_data
        return actions.publish(
            directive=of,
            shown=form.shown(),
            withheld=given["withheld"],
            decided_on=given["decided_on"],
            **desk.signed(request),
        )

    return desk.filled(request, form, decided, sheet)

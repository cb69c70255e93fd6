"""People and their roles: seen, opened, given and ended by the stewards of their agencies (1.28, 1.29)."""

from allauth.account.utils import user_pk_to_url_str
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from thuocdo.accounts import actions
from thuocdo.accounts.enums import Permission, Role
from thuocdo.accounts.models import Membership, User
from thuocdo.accounts.permissions import Reader, may_amend, may_give, may_manage
from thuocdo.accounts.queries import has_codes, may_be_invited, substitutions_of
from thuocdo.agencies.enums import RelationKind
from thuocdo.faces import wording
from thuocdo.lib.fold import fold
from thuocdo.lib.say import Refused, say
from thuocdo.web import desk, signin_links
from thuocdo.web.access import PageRequest, requires
from thuocdo.web.desk import Sheet
from thuocdo.web.forms.base import DeskForm
from thuocdo.web.forms.people import EndForm, PersonForm, RoleForm
from thuocdo.web.identities import invitations, provider_name
from thuocdo.web.parts import Crumb

PAGE = 25


def known(reader: Reader) -> QuerySet[User]:
    """The people a steward sees: of their agencies, now or once, and those without any role yet."""
    held = Membership.objects.filter(user=OuterRef("pk"))
    mine = held.filter(agency__in=reader.reach.get(Permission.STEWARD, frozenset()))
    roles = Membership.objects.select_related("agency").order_by("-closed_on", "opened_on", "pk")
    seen = User.objects.filter(Exists(mine) | ~Exists(held)).select_related("erasure")
    return seen.prefetch_related(Prefetch("memberships", queryset=roles)).order_by("name", "pk")


@requires(Permission.STEWARD)
def people(request: PageRequest) -> HttpResponse:
    """Everybody the steward answers for, with their roles; `q` finds by name or address."""
    wanted = request.GET.get("q", "").strip()
    found = known(request.reader)
    if wanted:
        found = found.filter(Q(name__icontains=wanted) | Q(email__icontains=fold(wanted)))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(request, "web/people/list.html", {"page": page, "q": wanted, "today": desk.today()})


@requires(Permission.STEWARD)
def open_account(request: PageRequest) -> HttpResponse:
    """A new account, which may do nothing until it is given a role."""
    form = PersonForm(request.POST or None)
    sheet = Sheet(
        _("Open an account"),
        _("Open the account"),
        _("The account is open. Give it a role, then hand over the sign-in link."),
        lambda user: reverse("web:person", args=[user.pk]),
        crumbs=[crumb(), Crumb(_("Open an account"))],
    )
    made = lambda: actions.create_user(person=form.person(), by=desk.person(request), at=desk.now())  # noqa: E731
    return desk.filled(request, form, made, sheet)


@requires(Permission.STEWARD)
def person(request: PageRequest, pk: int) -> HttpResponse:
    """One person: roles now and before, and the form that gives another."""
    user = get_object_or_404(known(request.reader), pk=pk)
    form = RoleForm(request.POST or None, today=desk.today())

    def give() -> Membership:
        place = form.place()
        problem = may_give(request.reader, user, place.agency, place.role, place.kind, desk.today())
        if problem is not None:
            raise Refused(problem)
        return actions.open_membership(
            user=user, place=place, **form.days(), by=desk.person(request), at=desk.now()
        )

    sheet = Sheet(
        wording.person(user),
        _("Give this role"),
        _("The role is given."),
        reverse("web:person", args=[pk]),
        crumbs=[crumb(), Crumb(wording.person(user))],
        template="web/people/person.html",
        more={
            "person": user,
            "today": desk.today(),
            "mine": may_manage(request.reader, user) is None,
            "amends": bool(user.name) and may_amend(request.reader, user, desk.today()) is None,
            "reach": request.reader.reach[Permission.STEWARD],
            "standing": substitutions_of(user),
            "has_codes": has_codes(user),
            "may_be_invited": may_be_invited(user),
        },
    )
    return desk.filled(request, form, give, sheet)


@requires(Permission.STEWARD)
def amend(request: PageRequest, pk: int) -> HttpResponse:
    """Name, address or language of a person are put right; the log keeps digests of them, no names."""
    user = get_object_or_404(known(request.reader), pk=pk)
    desk.hidden_unless_allowed(may_amend(request.reader, user, desk.today()))
    if not user.name:
        raise Http404
    first = {"name": user.name, "email": user.email, "language": user.language}
    form = PersonForm(request.POST or None, initial=first)
    back = reverse("web:person", args=[pk])
    sheet = Sheet(
        _("Correct name and address"),
        _("Correct them"),
        _("They are corrected."),
        back,
        lead=_("With another address the person is signed out everywhere and signs in with the new one."),
        crumbs=[crumb(), Crumb(user.name, back), Crumb(_("Correct name and address"))],
    )

    def amended() -> User:
        return actions.amend_user(user=user, person=form.person(), by=desk.person(request), at=desk.now())

    return desk.filled(request, form, amended, sheet)


@requires(Permission.STEWARD)
def end_role(request: PageRequest, pk: int) -> HttpResponse:
    """End one role on a day."""
    row = get_object_or_404(Membership.objects.select_related("user", "agency"), pk=pk)
    role, kind = Role(row.role), RelationKind(row.kind)
    desk.hidden_unless_allowed(may_give(request.reader, row.user, row.agency, role, kind, desk.today()))
    form = EndForm(request.POST or None, today=desk.today())
    back = reverse("web:person", args=[row.user_id])
    sheet = Sheet(
        say("End the role “%(role)s” in %(agency)s", role=role, agency=row.agency.name),
        _("End this role"),
        _("The role has its end."),
        back,
        crumbs=[crumb(), Crumb(row.user.name, back), Crumb(_("End a role"))],
    )

    def end() -> Membership:
        day = form.cleaned_data["closed_on"]
        return actions.close_membership(membership=row, closed_on=day, by=desk.person(request), at=desk.now())

    return desk.filled(request, form, end, sheet)


@requires(Permission.STEWARD)
def activity(request: PageRequest, pk: int) -> HttpResponse:
    """Shut an account, or open it again; a page of its own asks once more."""
    user = get_object_or_404(known(request.reader), pk=pk)
    desk.hidden_unless_allowed(may_manage(request.reader, user))
    opens = not user.is_active
    form = DeskForm(request.POST or None)
    back = reverse("web:person", args=[pk])
    title = say("Open the account of %(name)s again", name=user.name) if opens else say(
        "Shut the account of %(name)s", name=user.name
    )  # fmt: skip
    sheet = Sheet(
        title,
        _("Open it again") if opens else _("Shut it"),
        _("The account is open.") if opens else _("The account is shut."),
        back,
        lead=_("Whoever has a shut account cannot sign in; what they did stays under their name."),
        crumbs=[crumb(), Crumb(user.name, back)],
    )

    def switch() -> User:
        return actions.set_active(user=user, active=opens, by=desk.person(request), at=desk.now())

    return desk.filled(request, form, switch, sheet)


@requires(Permission.STEWARD)
def take_codes(request: PageRequest, pk: int) -> HttpResponse:
    """Whoever lost the phone and the spare codes signs in without them, and sets up new ones."""
    user = get_object_or_404(known(request.reader), pk=pk)
    desk.hidden_unless_allowed(may_manage(request.reader, user))
    form = DeskForm(request.POST or None)
    back = reverse("web:person", args=[pk])
    sheet = Sheet(
        say("Take away the codes of %(name)s", name=user.name),
        _("Take the codes away"),
        _("The codes are taken away. The person signs in with the password and sets up new ones."),
        back,
        lead=_("Do it only when the person has asked you themselves, face to face or by a call you made."),
        crumbs=[crumb(), Crumb(user.name, back), Crumb(_("Codes"))],
    )

    def take() -> None:
        actions.take_codes(user=user, by=desk.person(request), at=desk.now())

    return desk.filled(request, form, take, sheet)


@require_POST
@requires(Permission.STEWARD)
def sign_in_link(request: PageRequest, pk: int) -> HttpResponse:
    """The address at which somebody who never signed in sets their password: once, within days."""
    user = get_object_or_404(known(request.reader), pk=pk)
    desk.hidden_unless_allowed(may_manage(request.reader, user))
    if not may_be_invited(user):
        raise Http404
    path = signin_links.path_of(user)
    invitation = reverse("account_invited", args=[user_pk_to_url_str(user), invitations.make_token(user)])
    shown = {
        "person": user,
        "address": request.build_absolute_uri(path),
        "invitation": request.build_absolute_uri(invitation) if provider_name() else "",
    }
    return render(request, "web/people/link.html", shown)


def crumb() -> Crumb:
    """The list of people, as the first step of a trail."""
    return Crumb(_("People and roles"), reverse("web:people"))

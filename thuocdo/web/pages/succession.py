"""A merger, split or renaming: asked for, previewed, confirmed, by a steward of the agencies (1.08)."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from thuocdo.accounts.enums import Permission
from thuocdo.agencies.enums import SuccessionKind
from thuocdo.assignments import actions, succeeding
from thuocdo.assignments.models import Assignment
from thuocdo.assignments.succeeding import Preview
from thuocdo.lib.say import say
from thuocdo.web import desk
from thuocdo.web.access import PageRequest, requires
from thuocdo.web.forms.agencies import SuccessionForm
from thuocdo.web.succession import amounts

SHOWN = 200  # assignments named on the page that have to be chosen for


@requires(Permission.STEWARD)
def succession(request: PageRequest) -> HttpResponse:
    """The form; sent, its preview; sent again with the mark of the preview, the act itself."""
    form = SuccessionForm(request.POST or None)
    if request.method != "POST" or "change" in request.POST or not form.is_valid():
        return render(request, "web/agencies/succession.html", {"form": form})
    allowed(request, form)
    seen = succeeding.preview(form.wish(), form.choice(), today=desk.today())
    mark = form.cleaned_data["mark"]
    if mark == seen.mark and not seen.problems:
        to = reverse("web:agency", args=[seen.wish.successors[0]])
        address = desk.once(request, form, lambda: actions.succeed(preview=seen, **desk.signed(request)), to)
        if address is not None:
            messages.success(request, _("It is done. Past days stay as they were."))
            return redirect(address)
    elif mark and mark != seen.mark:
        form.refuse([say("What this rests on has changed since it was previewed. This is the new preview.")])
    return previewed(request, form, seen)


def previewed(request: PageRequest, form: SuccessionForm, seen: Preview) -> HttpResponse:
    """What would close, open, move and join; nothing is written."""
    undecided = Assignment.objects.filter(pk__in=seen.hands.leads.undecided[:SHOWN]).order_by("pk")
    context = {
        "form": form,
        "seen": seen,
        "kind": SuccessionKind(seen.wish.kind).label,
        "amounts": amounts(seen),
        "undecided": undecided.select_related("directive"),
        "roles": seen.roles.undecided,
    }
    return render(request, "web/agencies/preview.html", context)


def allowed(request: PageRequest, form: SuccessionForm) -> None:
    """A steward changes the agencies they answer for; others are not there for them."""
    named = [*form.cleaned_data["ends"], *form.cleaned_data["joins"]]
    if not all(request.reader.may_for(Permission.STEWARD, one.pk) for one in named):
        raise Http404

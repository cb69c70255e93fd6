"""What the pages where officers work share: one form, one act, done once, then on to its result."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.db import DatabaseError, transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from thuocdo.accounts import actions as account_actions
from thuocdo.faces import wording
from thuocdo.lib import trouble
from thuocdo.lib.say import Refused, Say
from thuocdo.web.access import PageRequest
from thuocdo.web.forms.base import DeskForm
from thuocdo.web.officer import clock_problem, day, now, person, today
from thuocdo.web.parts import Crumb, Words

__all__ = ["Sheet", "day", "filled", "hidden_unless_allowed", "now", "once", "person", "signed", "today"]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page with one form. `to`: the address of the result, perhaps made from what the act gives back."""

    title: Words
    button: Words
    done: Words  # said on the page of the result
    to: str | Callable[[Any], str]
    lead: Words = ""
    crumbs: Sequence[Crumb] = ()
    template: str = "web/desk/form.html"
    more: Mapping[str, object] = field(default_factory=dict)


def filled(request: PageRequest, form: DeskForm, act: Callable[[], object], sheet: Sheet) -> HttpResponse:
    """Show the form; sent and valid, do the act and go to its result. What is refused is said above it."""
    if request.method == "POST" and form.is_valid():
        address = once(request, form, act, sheet.to)
        if address is not None:
            messages.success(request, wording.tell(sheet.done))
            if (problem := clock_problem()) is not None:
                messages.warning(request, wording.tell(problem))
            return redirect(address)
    return render(request, sheet.template, {"sheet": sheet, "form": form, **sheet.more}, status=form.status)


def once(
    request: PageRequest, form: DeskForm, act: Callable[[], object], to: str | Callable[[Any], str]
) -> str | None:
    """Do the act of a valid form and give the address of its result; None: refused, the form says why.

    A form that was sent before is not done again: its first result is shown. Where the machine has no room,
    say, the form says so and keeps what was typed.
    """
    try:
        with transaction.atomic():
            noted = account_actions.send_once(key=form.key, by=person(request), at=now())
            if not noted.address:
                made = act()
                address = to(made) if callable(to) else to
                account_actions.answer(sending=noted, address=address)
            return noted.address
    except Refused as refusal:
        form.refuse(refusal.reasons)
    except (DatabaseError, OSError) as fault:
        found = trouble.of(fault)
        if found is None:
            raise
        form.fail(found)
    return None


def signed(request: PageRequest) -> dict[str, Any]:
    """Who does it and when, as every action takes them."""
    return {"by": person(request), "at": now()}


def hidden_unless_allowed(problem: Say | None) -> None:
    """An object outside the reader's scope answers as if it did not exist (1.29)."""
    if problem is not None:
        raise Http404

"""The components on one page, with example data, for those who build pages; shown in development only."""

from datetime import date
from decimal import Decimal

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render

from thuocdo.accounts.enums import Permission
from thuocdo.lib.say import say
from thuocdo.web import parts
from thuocdo.web.access import PageRequest, requires
from thuocdo.web.parts import Amount, Clear, Crumb, Event, Passport, Row, Segment

EXAMPLE = [
    ("on_time", 74),
    ("late", 11),
    ("timeliness_unknown", 6),
    ("in_term", 36),
    ("due_soon", 9),
    ("overdue", 9),
]


class ExampleForm(forms.Form):
    """A form with every kind of field."""

    done = forms.CharField(label="What was done", widget=forms.Textarea, help_text="Two or three sentences.")
    place = forms.CharField(label="Evidence", required=False)
    shown_on = forms.DateField(label="Day shown", widget=forms.DateInput(attrs={"type": "date"}))
    kind = forms.ChoiceField(label="Kind", choices=[("a", "Acceptance record"), ("b", "Draft")])
    complete = forms.BooleanField(label="This completes the task", required=False)
    way = forms.ChoiceField(label="Way", choices=[("f", "File"), ("n", "Number")], widget=forms.RadioSelect)


@requires(Permission.READ_PUBLIC)
def components(request: PageRequest) -> HttpResponse:
    """Every component once, labelled as examples."""
    if not settings.SHOW_COMPONENTS:
        raise Http404
    pages = Paginator(range(1, 4001), 25)
    form = ExampleForm({"done": "", "kind": "a", "way": "f", "shown_on": ""}, auto_id="id_%s")
    return render(
        request, "web/components.html", {**_figures(), **_records(), "form": form, "page": pages.page(2)}
    )


def _figures() -> dict[str, object]:
    """Bars, counts, states."""
    return {
        "segments": [Segment(state, count, href="#states") for state, count in EXAMPLE],
        "due": Decimal("0.64"),
        "few": [Segment("overdue", 16, word="communes connected"), Segment("not_started", 22)],
        "share": Decimal("0.65"),
        "amounts": [Amount("Infrastructure", 7, "#"), Amount("Funding", 5), Amount("People and skills", 4)],
        "states": list(parts.WORDS),
        "standings": list(parts.STANDINGS),
        "day": date(2025, 9, 30),
        "big": Decimal("1234567.5"),
        "missing": None,
        "said": say("%(day)s has not come yet. The last day to be shown is %(last)s.",
                    day=date(2031, 1, 2), last=date(2025, 9, 30)),
    }  # fmt: skip


def _records() -> dict[str, object]:
    """What is written about one thing."""
    return {
        "crumbs": [Crumb("57-NQ/TW", "#"), Crumb("71/NQ-CP", "#"), Crumb("Item 12 (example)")],
        "passport": Passport(
            "confirmed",
            "16 of 38 communes",
            [
                Row("Declared by", "Department of Science and Technology (example)"),
                Row("Evidence", "acceptance-16-communes.pdf", "#"),
                Row("Rule", "share of children confirmed"),
            ],
        ),
        "events": [
            Event(date(2025, 9, 30), "30 days overdue", "bad"),
            Event(date(2025, 9, 1), "On hold for the operator", until=date(2025, 9, 12), note="12 days"),
            Event(date(2025, 5, 2), "Issued by an example plan", "good", href="#"),
        ],
        "clears": [
            Clear("Person"),
            Clear("Work", "Level II lines to 38 commune offices (example)"),
            Clear("Time", date(2025, 8, 31).isoformat(), "first limit 2025-06-30"),
            Clear("Responsibility", "Department of Science and Technology"),
            Clear("Product", "Acceptance record", href="#"),
            Clear("Authority", "Chairman of the People's Committee"),
        ],
    }

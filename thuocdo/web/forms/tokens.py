"""Forms on tokens and on the programs that act by them."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from thuocdo.accounts.actions import Grant
from thuocdo.accounts.enums import Permission
from thuocdo.accounts.rules.tokens import LONGEST
from thuocdo.lib.moments import ZONE
from thuocdo.web.forms.base import AgencyField, DayField, DeskForm, on_day

USUAL = timedelta(days=90)

# what a permission lets a program do, in the order of the form
WORDS = {
    Permission.READ_OWN: _("read what concerns its agencies"),
    Permission.REPORT: _("report, claim completion, ask for changes"),
    Permission.REVIEW: _("review claims"),
    Permission.DECIDE: _("decide on requests"),
    Permission.READ_LOG: _("read the log"),
    Permission.READ_ALL: _("read all that is kept here"),
}


class TokenForm(DeskForm):
    """A new token: what for, what it may do, where, until when."""

    name = forms.CharField(
        label=_("What the token is for"), max_length=100, help_text=_("For example: reporting software.")
    )
    scope = forms.MultipleChoiceField(label=_("It may"), widget=forms.CheckboxSelectMultiple)
    agency = AgencyField(
        label=_("Only for this agency and those below it"),
        required=False,
        help_text=_("Empty: wherever the account may. Name, abbreviation or code."),
    )
    ends_on = DayField(label=_("Last day"), help_text=_("At most a year from now."))

    def __init__(self, *args: Any, held: Collection[Permission], today: date, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        scope = cast("forms.MultipleChoiceField", self.fields["scope"])
        scope.choices = [(one.value, word) for one, word in WORDS.items() if one in held]
        self.fields["ends_on"].initial = today + USUAL
        self.fields["ends_on"].widget.attrs["max"] = (today + LONGEST - timedelta(days=1)).isoformat()
        on_day(self, today)

    def grant(self) -> Grant:
        """What is granted; it ends with its last day, in Vietnam."""
        given = self.cleaned_data
        ends = datetime.combine(given["ends_on"] + timedelta(days=1), time(), ZONE)
        return Grant(given["name"], tuple(given["scope"]), ends, given["agency"])


class MachineForm(DeskForm):
    """The account of a program."""

    name = forms.CharField(
        label=_("Name of the program"),
        max_length=200,
        help_text=_("It stands beside all that the program does. For example: reporting software of …"),
    )

"""Forms on people and their roles."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from thuocdo.accounts.actions import Person, Place
from thuocdo.accounts.enums import Role
from thuocdo.agencies.enums import RelationKind
from thuocdo.lib.moments import DAY_MAX
from thuocdo.web.forms.base import AgencyField, DayField, DeskForm, choices, on_day


class PersonForm(DeskForm):
    """A new account."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("Email address"), help_text=_("The person signs in with it."))
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, initial="vi")

    def person(self) -> Person:
        """Whose account is opened."""
        given = self.cleaned_data
        return Person(email=given["email"], name=given["name"], language=given["language"])


class RoleForm(DeskForm):
    """A role in an agency from a day on."""

    agency = AgencyField(label=_("Agency"))
    role = forms.ChoiceField(label=_("Role"), choices=choices(Role))
    kind = forms.ChoiceField(
        label=_("Over the agencies below it"),
        choices=choices(RelationKind),
        help_text=_("In which sense they stand below: the administrative, the Party or the vertical tree."),
    )
    opened_on = DayField(label=_("From"))
    closed_on = DayField(
        label=_("Until"),
        required=False,
        help_text=_("The first day without the role. Empty: until further notice."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["opened_on"].initial = today
        on_day(self, today)

    def place(self) -> Place:
        """The role that is given."""
        given = self.cleaned_data
        return Place(given["agency"], Role(given["role"]), RelationKind(given["kind"]))

    def days(self) -> dict[str, date]:
        """From when until when."""
        return {
            "opened_on": self.cleaned_data["opened_on"],
            "closed_on": self.cleaned_data["closed_on"] or DAY_MAX,
        }


class EndForm(DeskForm):
    """The end of a role."""

    closed_on = DayField(label=_("First day without the role"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["closed_on"].initial = today

"""Forms on people and their roles."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thuocdo.accounts.actions import Person, Place
from thuocdo.accounts.enums import Role
from thuocdo.accounts.models import User
from thuocdo.agencies.enums import RelationKind
from thuocdo.agencies.models import Agency
from thuocdo.lib.moments import DAY_MAX
from thuocdo.web.forms.base import OFFERED, AgencyField, DayField, DeskForm, choices, on_day


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


class PersonField(forms.CharField):
    """A person by e-mail address or name, of those that the form offers."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401
        kwargs.setdefault("help_text", _("Their e-mail address, or their name."))
        super().__init__(max_length=254, widget=forms.TextInput(attrs={"autocomplete": "off"}), **kwargs)
        self.people: QuerySet[User] = User.objects.none()  # set by the form

    def clean(self, value: Any) -> Any:  # noqa: ANN401
        text = super().clean(value)
        found = list(self.people.filter(Q(email__iexact=text) | Q(name__iexact=text))[:OFFERED])
        if len(found) == 1:
            return found[0]
        if not found:
            raise ValidationError(
                gettext("Nobody of your agencies is known here as “%(text)s”.") % {"text": text}
            )
        offered = ", ".join(one.email for one in found)
        raise ValidationError(
            gettext("“%(text)s” may be several people. Write the e-mail address: %(offered)s.")
            % {"text": text, "offered": offered}
        )


class StandInForm(DeskForm):
    """Who stands in for a person, where, on which days, by which decision."""

    deputy = PersonField(label=_("Who stands in"))
    agency = forms.ModelChoiceField(Agency.objects.none(), label=_("In which agency"), empty_label=None)
    opened_on = DayField(label=_("From"))
    closed_on = DayField(
        label=_("Until"),
        required=False,
        help_text=_("The first day without it. Empty: a deputy, until further notice."),
    )
    basis = forms.CharField(
        label=_("By which decision"),
        max_length=300,
        help_text=_("Its number and day, for example 12/QĐ-UBND of 3 March 2025."),
    )

    def __init__(self, *args: Any, today: date, people: QuerySet[User], away: User, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["opened_on"].initial = today
        fields: dict[str, Any] = self.fields
        fields["deputy"].people = people.exclude(pk=away.pk).filter(is_active=True)
        held = away.memberships.filter(closed_on__gt=today)
        fields["agency"].queryset = Agency.objects.filter(pk__in=held.values("agency")).order_by("name", "pk")

    def facts(self) -> dict[str, Any]:
        """By which decision, from when until when."""
        given = self.cleaned_data
        return {
            "basis": given["basis"],
            "opened_on": given["opened_on"],
            "closed_on": given["closed_on"] or DAY_MAX,
        }


class EndStandInForm(DeskForm):
    """The end of standing in."""

    closed_on = DayField(label=_("First day without it"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["closed_on"].initial = today


class EraseForm(DeskForm):
    """On whose decision personal data are erased."""

    decision = forms.CharField(
        label=_("On whose decision"),
        max_length=300,
        help_text=_("Who decided, with number and day; or that the person asked for it."),
    )

"""Forms of committees and sessions: founding, calling, minutes, conclusions, the signed notice."""

from collections.abc import Sequence
from datetime import date, datetime, time

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from thuocdo.assignments.enums import ProductKind
from thuocdo.assignments.terms import Head
from thuocdo.lib.moments import ZONE
from thuocdo.meetings.enums import MemberRole
from thuocdo.meetings.models import Conclusion, Item
from thuocdo.meetings.terms import Call, Concluded, Seat
from thuocdo.web.forms.base import AgenciesField, AgencyField, DayField, DeskForm, choices, on_day
from thuocdo.web.forms.reporting import DatedForm


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class FoundForm(DeskForm):
    """A committee of the map that holds sessions."""

    agency = AgencyField(label=_("Committee"))
    standing_body = AgencyField(label=_("Standing body"), help_text=_("It prepares the sessions."))
    covers = AgencyField(label=_("Agency whose branch it follows"))
    basis = forms.CharField(label=_("Founded by the text"), required=False, max_length=120)
    parent = forms.ChoiceField(label=_("Working group of"), required=False)

    def __init__(self, data: QueryDict | None, *, day: date, above: Sequence[tuple[int, str]]) -> None:
        super().__init__(data)
        offered = [("", "—"), *((str(pk), name) for pk, name in above)]
        self.fields["parent"].choices = offered  # type: ignore[attr-defined]
        on_day(self, day)


class SeatForm(DatedForm):
    """A member: an agency, or a person with a post."""

    day_field = "opened_on"
    role = forms.ChoiceField(label=_("Role"), choices=MemberRole.choices)
    agency = AgencyField(label=_("Agency"), required=False)
    name = forms.CharField(label=_("Name"), required=False, max_length=200)
    post = forms.CharField(label=_("Post"), required=False, max_length=200)
    opened_on = DayField(label=_("Since"))

    def member(self) -> Seat:
        """The member."""
        given = self.cleaned_data
        return Seat(MemberRole(given["role"]), given["agency"], given["name"], given["post"])


class CallForm(DatedForm):
    """When and where, who is connected, what it is about."""

    day_field = "held_on"
    held_on = DayField(label=_("Day"))
    begins = forms.TimeField(
        label=_("Begins at"), initial=time(8), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )
    minutes = forms.IntegerField(label=_("Length in minutes"), min_value=1, max_value=1440, initial=120)
    place = forms.CharField(label=_("Place"), max_length=300)
    points = AgenciesField(label=_("Connection points"), required=False)
    agenda = forms.CharField(label=_("Agenda"), widget=_area(5), help_text=_("One item on each line."))

    def wanted(self) -> Call:
        """The call."""
        given = self.cleaned_data
        starts = datetime.combine(given["held_on"], given["begins"], ZONE)
        agenda = tuple(given["agenda"].splitlines())
        return Call(starts, given["place"], given["minutes"], given["points"] or (), agenda)


class FreezeForm(DatedForm):
    """The day of which the pack is."""

    day_field = "as_of"
    as_of = DayField(label=_("As of"))


class AttendForm(DeskForm):
    """How many were there, and who led them."""

    present = forms.IntegerField(label=_("How many were there"), min_value=0, max_value=10_000)
    led_by = forms.CharField(label=_("Led by"), required=False, max_length=300)


class NoteForm(DeskForm):
    """A line of the minutes."""

    item = forms.ChoiceField(label=_("Item of the agenda"), required=False)
    text = forms.CharField(label=_("What was said"), widget=_area(5))

    def __init__(self, data: QueryDict | None, *, items: Sequence[Item]) -> None:
        super().__init__(data)
        self.items = {str(one.pk): one for one in items}
        offered = [("", "—"), *((pk, f"{one.ordinal}. {one.title}") for pk, one in self.items.items())]
        self.fields["item"].choices = offered  # type: ignore[attr-defined]


class ConcludeForm(DeskForm):
    """One conclusion: a duty with the six clears; what is missing may follow until the session closes."""

    work = forms.CharField(label=_("Duty"), widget=_area(3))
    product = forms.CharField(label=_("Product"), required=False, widget=_area(2))
    product_kind = forms.ChoiceField(
        label=_("Kind of product"), required=False, choices=choices(ProductKind, _("not said"))
    )
    lead = AgencyField(label=_("Lead agency"), required=False)
    head_post = forms.CharField(label=_("Post of the person who answers"), required=False, max_length=200)
    head_name = forms.CharField(label=_("Their name"), required=False, max_length=200)
    head_since = DayField(label=_("In this post since"), required=False)
    limit_on = DayField(label=_("Time limit"), required=False)
    signer = forms.CharField(label=_("Who signs the product"), required=False, max_length=200)

    def __init__(self, data: QueryDict | None, *, day: date, of: Conclusion | None = None) -> None:
        names = ("work", "product", "product_kind", "lead", "head_post", "head_name", "head_since")
        kept = (*names, "limit_on", "signer")
        super().__init__(data, initial={name: getattr(of, name) for name in kept} if of else {})
        on_day(self, day)

    def concluded(self) -> Concluded:
        """The conclusion."""
        given = self.cleaned_data
        head = Head(given["head_post"], given["head_name"], given["head_since"])
        return Concluded(
            given["work"], given["product"], given["product_kind"], given["lead"], head, given["limit_on"],
            given["signer"],
        )  # fmt: skip


class CloseSessionForm(DatedForm):
    """The session is over."""

    happened_on = DayField(label=_("Closed on"))


class IssueForm(DatedForm):
    """What the document system gave."""

    day_field = "issued_on"
    symbol = forms.CharField(
        label=_("Number, symbol"), max_length=120,
        help_text=_("As the clerk gave it in the document system, for example 05-TB/BCĐ."),
    )  # fmt: skip
    issued_on = DayField(label=_("Issued on"))
    signer = forms.CharField(label=_("Signed by"), max_length=200)
    file = forms.FileField(label=_("Signed file"))

    def is_multipart(self) -> bool:
        """The signed file comes along."""
        return True

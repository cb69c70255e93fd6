"""Forms of stewards on agencies: opened, amended, put below others, merged, split, renamed."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thuocdo.agencies import queries as agency_queries
from thuocdo.agencies.enums import AgencyKind, Level, RelationKind, Side, SuccessionKind
from thuocdo.agencies.models import Agency
from thuocdo.agencies.rules.opening import NewAgency
from thuocdo.agencies.rules.succession import Wish
from thuocdo.assignments.rules.succession import Choice
from thuocdo.web.forms.base import AgenciesField, AgencyField, DayField, DeskForm, choices, on_day


class NamesForm(DeskForm):
    """What an agency is also called."""

    aliases = forms.CharField(
        label=_("Abbreviations and other spellings"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One on each line, in Vietnamese."),
    )
    name_en = forms.CharField(label=_("Name in English"), max_length=200, required=False)
    name_fr = forms.CharField(label=_("Name in French"), max_length=200, required=False)
    name_de = forms.CharField(label=_("Name in German"), max_length=200, required=False)

    def lines(self) -> tuple[str, ...]:
        """The aliases, one by one."""
        return tuple(line.strip() for line in self.cleaned_data["aliases"].splitlines() if line.strip())

    def translations(self) -> dict[str, str]:
        """The names by language."""
        return {code: self.cleaned_data[f"name_{code}"] for code in ("en", "fr", "de")}


class PlaceForm(DeskForm):
    """Below whom an agency stands in one tree, from a day on."""

    kind = forms.ChoiceField(label=_("Tree"), choices=choices(RelationKind))
    parent = AgencyField(label=_("Stands below"))
    on = DayField(label=_("From"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today
        on_day(self, today)


class OpenForm(NamesForm, PlaceForm):
    """A new agency with its place in one tree."""

    code = forms.CharField(label=_("Code"), max_length=40, help_text=_("A–Z, 0–9 and hyphens: SKHCN-12."))
    name = forms.CharField(label=_("Name in Vietnamese, as its founding act has it"), max_length=200)
    sort = forms.ChoiceField(label=_("Sort of body"), choices=choices(AgencyKind))
    side = forms.ChoiceField(label=_("Side"), choices=choices(Side))
    level = forms.ChoiceField(label=_("Level"), choices=choices(Level))
    issuer_code = forms.CharField(
        label=_("Letters in the symbols of its documents"), max_length=20, required=False
    )
    field_order = ("code", "name", "sort", "side", "level", "issuer_code", "kind", "parent", "on")

    def new(self) -> NewAgency:
        """The agency to be opened, for the territory of the one it is put below, if of the same level."""
        given = self.cleaned_data
        above: Agency = given["parent"]
        return NewAgency(
            code=given["code"].strip(), name=given["name"], kind=given["sort"], side=given["side"],
            level=given["level"], opened_on=given["on"], issuer_code=given["issuer_code"],
            name_en=given["name_en"], name_fr=given["name_fr"], name_de=given["name_de"],
            aliases=self.lines(), territory_id=above.territory_id if above.level == given["level"] else None,
        )  # fmt: skip


class PairsField(forms.CharField):
    """Lines of two parts with a sign between them, as pairs."""

    def __init__(self, *, sign: str, **kwargs: Any) -> None:  # noqa: ANN401
        self.sign = sign
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": 3}), **kwargs)

    def clean(self, value: Any) -> Any:  # noqa: ANN401
        found = []
        for line in (super().clean(value) or "").splitlines():
            first, sign, second = (part.strip() for part in line.partition(self.sign))
            if sign and first and second:
                found.append((first, second))
            elif line.strip():
                raise ValidationError(gettext("“%(line)s” is not understood.") % {"line": line[:80]})
        return tuple(found)


class SuccessionForm(DeskForm):
    """A merger, split or renaming; the same fields are asked for, previewed and confirmed."""

    kind = forms.ChoiceField(label=_("What happens"), choices=choices(SuccessionKind))
    on = DayField(label=_("On the day"))
    basis = forms.CharField(label=_("The act that orders it"), max_length=200)
    ends = AgenciesField(label=_("Agencies that end"))
    opens = PairsField(
        label=_("Agencies that are opened"),
        sign="|",
        help_text=_("One on each line: code | name in Vietnamese. Of the sort of the first that ends."),
    )
    joins = AgenciesField(label=_("Agencies that exist and take over"), required=False)
    heirs = PairsField(
        label=_("Which successor takes which agency below"),
        sign="=",
        help_text=_("Of a split. One on each line: code = code of the successor."),
    )
    rest = forms.CharField(
        label=_("Successor that takes all that is not named"), max_length=40, required=False,
        help_text=_("Of a split: its code."),
    )  # fmt: skip
    duties = PairsField(
        label=_("Which successor takes which assignment"),
        sign="=",
        help_text=_("Of a split. One on each line: number of the assignment = code of the successor."),
    )
    people = PairsField(
        label=_("Which successor takes which role"),
        sign="=",
        help_text=_("Of a split. One on each line: number of the role = code of the successor."),
    )
    mark = forms.CharField(required=False, max_length=32, widget=forms.HiddenInput)

    def wish(self) -> Wish:
        """What is asked for."""
        given = self.cleaned_data
        first, on = given["ends"][0], given["on"]
        return Wish(
            kind=given["kind"],
            on=on,
            basis=given["basis"],
            ends=tuple(one.code for one in given["ends"]),
            opens=tuple(
                agency_queries.like(first, code=code, name=name, on=on) for code, name in given["opens"]
            ),
            joins=tuple(one.code for one in given["joins"]),
            heirs=given["heirs"],
        )

    def choice(self) -> Choice:
        """Which of several successors takes what."""
        given = self.cleaned_data
        duties, people = (
            {int(key): code for key, code in given[name] if key.isdigit()} for name in ("duties", "people")
        )
        return Choice(duties, people, given["rest"].strip() or None)

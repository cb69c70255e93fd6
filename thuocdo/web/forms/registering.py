"""Forms of the register: texts, their duties, relations, translations, what of them is public."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thuocdo.directives.actions import Duty, Shown, Text
from thuocdo.directives.enums import DirectiveRelationKind, Language, Urgency
from thuocdo.directives.models import Directive, DirectiveQuerySet, Publication
from thuocdo.directives.rules import publicity, secrecy
from thuocdo.directives.rules.limits import parse_limit
from thuocdo.directives.rules.symbol import Symbol, parse_symbol, year_problem
from thuocdo.lib.say import Say
from thuocdo.web.forms.base import AgencyField, DayField, DeskForm, choices, on_day
from thuocdo.web.forms.texts import TextField


class TextForm(DeskForm):
    """An issued text. How its symbol is read is shown before it is saved."""

    symbol = forms.CharField(label=_("Symbol"), max_length=120, help_text=_("For example 71/NQ-CP."))
    title = forms.CharField(label=_("Title"), widget=forms.Textarea(attrs={"rows": 2}))
    issued_on = DayField(label=_("Day of issue"))
    issuer = AgencyField(
        label=_("Issuer"), required=False, help_text=_("Empty: the one agency that signs with this code.")
    )
    language = forms.ChoiceField(label=_("Authoritative language"), choices=choices(Language))
    urgency = forms.ChoiceField(label=_("Urgency"), choices=choices(Urgency))
    read_as = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.notes: tuple[Say, ...] = ()
        on_day(self, day)

    def clean(self) -> dict[str, Any]:
        """Unreadable or secret: refused beside the field. Set right: shown, and asked once more."""
        given = self.cleaned_data
        symbol = parse_symbol(given.get("symbol", ""))
        self.require("title", secrecy.problem(given.get("symbol", ""), given.get("title", "")))
        if not isinstance(symbol, Symbol):
            if "symbol" not in self.errors:
                self.require("symbol", symbol)
            return given
        if given.get("issued_on"):
            self.require("issued_on", year_problem(symbol, given["issued_on"].year))
        if symbol.fixes and given.get("read_as") != symbol.canonical:
            self._ask(symbol)
        return given

    def _ask(self, symbol: Symbol) -> None:
        self.notes = symbol.fixes
        self.data = {**dict(self.data.items()), "read_as": symbol.canonical}
        asked = gettext("Look at how the symbol was read: %(symbol)s. If it is right, send the form again.")
        self.add_error(None, asked % {"symbol": symbol.canonical})

    def text(self) -> Text:
        """The text to be registered."""
        given = self.cleaned_data
        return Text(
            symbol=given["symbol"],
            title=given["title"],
            issued_on=given["issued_on"],
            issuer=given["issuer"],
            language=Language(given["language"]),
            urgency=Urgency(given["urgency"]),
        )


class DutyForm(DeskForm):
    """One duty of a provision, as the text states it."""

    label = forms.CharField(
        label=_("Provision"), max_length=120, help_text=_("For example: Phụ lục II, nhóm III, số 12.")
    )
    work = forms.CharField(label=_("Duty"), widget=forms.Textarea(attrs={"rows": 3}))
    limit = forms.CharField(
        label=_("Time limit, in the words of the text"), required=False, max_length=200,
        help_text=_("For example: 30/6/2025, Quý III/2025, 2025, thường xuyên. Empty: none is stated."),
    )  # fmt: skip
    product = forms.CharField(label=_("Product"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    leads_raw = forms.CharField(label=_("Lead, in the words of the text"), required=False, max_length=500)
    coordinators_raw = forms.CharField(
        label=_("Coordinating, in the words of the text"), required=False, max_length=1000
    )
    group = forms.CharField(label=_("Group"), required=False, max_length=300)
    is_key = forms.BooleanField(label=_("Key duty (trọng tâm)"), required=False)

    def __init__(self, *args: Any, of: Directive, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.of = of

    def clean_limit(self) -> str:
        """The words, if a limit can be read from them."""
        words: str = self.cleaned_data["limit"]
        read = parse_limit(words, directive_year=self.of.issued_on.year if self.of.issued_on else None)
        self.require("limit", read if isinstance(read, Say) else None)
        return words

    def duty(self, key: str) -> Duty:
        """The duty under this key."""
        given = {name: value for name, value in self.cleaned_data.items() if name not in ("once", "label")}
        return Duty(key=key, **given)


class RelationForm(DeskForm):
    """What a text does to another one."""

    kind = forms.ChoiceField(label=_("This text"), choices=choices(DirectiveRelationKind))
    other = TextField(label=_("The other text, by its symbol"))

    def __init__(self, *args: Any, among: DirectiveQuerySet, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["other"].among = among  # type: ignore[attr-defined]


class TranslationForm(DeskForm):
    """The title in another language."""

    language = forms.ChoiceField(label=_("Language"))
    title = forms.CharField(label=_("Title"), widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, of: Directive, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [  # type: ignore[attr-defined]
            choice for choice in Language.choices if choice[0] != of.language
        ]


class PublicityForm(DeskForm):
    """What of a text anybody may see, and what is withheld and why (1.27)."""

    progress = forms.BooleanField(
        label=_("Progress"), required=False, help_text=_("How many duties, how far, which are late.")
    )
    responsibility = forms.BooleanField(
        label=_("Responsibility"), required=False, help_text=_("Who leads, who answers.")
    )
    results = forms.BooleanField(
        label=_("Results"), required=False, help_text=_("Reports and their evidence, files among them.")
    )
    withheld = forms.CharField(
        label=_("What is withheld, and why"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    decided_on = DayField(label=_("Day of the decision"))

    def __init__(self, *args: Any, last: Publication | None, day: date, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.before = Shown(last.progress, last.responsibility, last.results) if last else Shown()
        self.fields["decided_on"].initial = day
        for name in ("progress", "responsibility", "results"):
            self.fields[name].initial = getattr(self.before, name)

    def clean(self) -> dict[str, Any]:
        """What is kept back is said."""
        self.require("withheld", publicity.problem(self.before, self.shown(), self.cleaned_data["withheld"]))
        return self.cleaned_data

    def shown(self) -> Shown:
        """The three answers."""
        given = self.cleaned_data
        return Shown(given["progress"], given["responsibility"], given["results"])

"""Forms on texts that were asked for and do not exist yet, and on their coming."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thuocdo.directives.actions import Awaited
from thuocdo.directives.rules import secrecy
from thuocdo.directives.rules.symbol import Symbol, parse_symbol, year_problem
from thuocdo.web.forms.base import AgencyField, DayField, DeskForm, on_day


class AwaitedForm(DeskForm):
    """A text that was asked for: it has no number yet."""

    title = forms.CharField(
        label=_("What it will be about"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("As whoever asks for it names it; the title can differ when it is issued."),
    )
    issuer = AgencyField(label=_("Who is to issue it"), required=False)
    awaited_from = DayField(label=_("Asked for on"))

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["awaited_from"].initial = day
        on_day(self, day)

    def clean_title(self) -> str:
        """Secret texts are not awaited here either."""
        title: str = self.cleaned_data["title"]
        self.require("title", secrecy.problem("", title))
        return title

    def text(self) -> Awaited:
        """The text that is waited for."""
        given = self.cleaned_data
        return Awaited(title=given["title"], awaited_from=given["awaited_from"], issuer=given["issuer"])


class IssuedForm(DeskForm):
    """The awaited text has come: its number and its day."""

    symbol = forms.CharField(label=_("Symbol"), max_length=120, help_text=_("For example 71/NQ-CP."))
    issued_on = DayField(label=_("Day of issue"))

    def clean(self) -> dict[str, Any]:
        """What the symbol says has to be readable, and of that year."""
        given = self.cleaned_data
        symbol = parse_symbol(given.get("symbol", ""))
        if not isinstance(symbol, Symbol):
            if "symbol" not in self.errors:
                self.require("symbol", symbol)
        elif given.get("issued_on"):
            self.require("issued_on", year_problem(symbol, given["issued_on"].year))
        return given

"""Forms of publishing and withdrawing a ranking."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from thuocdo.agencies.enums import Level
from thuocdo.indicators.enums import Units
from thuocdo.indicators.rules.placing import FLOOR
from thuocdo.web import services
from thuocdo.web.forms.base import DayField, DeskForm

BELOW = {
    Level.CENTRAL: (Units.PROVINCES, Units.MINISTRIES, Units.COMMUNES),
    Level.PROVINCE: (Units.COMMUNES, Units.DEPARTMENTS),
}


class PublishForm(DeskForm):
    """Which units, which period, from which coverage on, on which day."""

    ranked = forms.ChoiceField(label=_("Units"))
    period = forms.ChoiceField(label=_("Period"))
    floor = forms.DecimalField(
        label=_("Least coverage, per cent"),
        help_text=_("A unit of which less arrived is listed, not ranked."),
        min_value=0,
        max_value=100,
        decimal_places=2,
        initial=FLOOR,
    )
    published_on = DayField(label=_("Published on"))

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        day: date,
        periods: Sequence[int],
        level: str,
        asked: Mapping[str, str],
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **kwargs)
        over = [one for one in periods if services.is_over(one, day - timedelta(days=1))]
        kinds = BELOW.get(Level(level), ())
        self.fields["ranked"].choices = [(one.value, one.label) for one in kinds]  # type: ignore[attr-defined]
        self.fields["period"].choices = [(str(one), services.period(one)) for one in over]  # type: ignore[attr-defined]
        self.fields["published_on"].initial = day
        self.fields["ranked"].initial = asked.get("units")
        self.fields["period"].initial = asked.get("period")

    def units(self) -> Units:
        """The units to be ranked."""
        return Units(self.cleaned_data["ranked"])


class WithdrawForm(DeskForm):
    """Why a published ranking does not hold, and since when."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)
    happened_on = DayField(label=_("Withdrawn on"))

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["happened_on"].initial = day

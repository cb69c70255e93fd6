"""Forms on notices: channels, dropping a message to a leader, the steps of an office."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from thuocdo.accounts.enums import Role
from thuocdo.assignments.rules import escalation
from thuocdo.assignments.rules.escalation import Chosen, Mode, Side, Step, Way
from thuocdo.faces import wording
from thuocdo.lib.say import Say, say, say_n
from thuocdo.notices.models import Choice
from thuocdo.notices.rules import sending
from thuocdo.web.forms.base import DeskForm

SIDES: Mapping[str, Say] = {
    "lead": say("lead agency"),
    "above": say("agency right above the lead"),
    "further": say("agency above that"),
    "office": say("monitoring or confirming agency"),
    "assigner": say("side that assigned it"),
}


POSTS = tuple((side, role) for side in Side for role in ("focal", "reviewer", "leader"))


class ChannelsForm(DeskForm):
    """By which channels a person wants to be told, beside the page."""

    mail = forms.BooleanField(label=_("By e-mail, once a day"), required=False)
    sms = forms.BooleanField(
        label=_("By text message, for what presses: a limit today or passed, a claim returned"),
        required=False,
    )
    phone = forms.CharField(label=_("Telephone number"), max_length=30, required=False)

    def __init__(self, *args: Any, choice: Choice, **kwargs: Any) -> None:  # noqa: ANN401
        now = {"mail": choice.mail, "sms": choice.sms, "phone": choice.phone}
        super().__init__(*args, initial=now, **kwargs)
        if not settings.SMS_ADDRESS:
            del self.fields["sms"], self.fields["phone"]

    def clean(self) -> dict[str, Any]:
        """A number that can be written to, where text messages are wanted."""
        given = super().clean() or {}
        self.require(
            "phone", sending.phone_problem(given.get("phone", ""))
        ) if "phone" in self.fields else None
        if given.get("sms") and not given.get("phone"):
            self.require("phone", say("Write the number that text messages go to."))
        return given


class DropForm(DeskForm):
    """Why a leader is not told."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000)


class StepForm(DeskForm):
    """What happens at one step of the duties that an office monitors, or else confirms."""

    mode = forms.ChoiceField(label=_("What happens"))
    days = forms.IntegerField(
        label=_("Days after the limit"), required=False, min_value=-escalation.FARTHEST,
        max_value=escalation.FARTHEST,
        help_text=_("Before the limit: with a minus. Empty: as the table says."),
    )  # fmt: skip
    told = forms.MultipleChoiceField(
        label=_("Who is told"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: as the table says."),
    )  # fmt: skip
    way = forms.ChoiceField(label=_("By which channels"))

    def __init__(self, *args: Any, step: Step, chosen: Chosen | None, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.step, now = step, escalation.adapted(step, chosen)
        self._offer("mode", [(one.value, wording.tell(escalation.WORDS[one])) for one in Mode], now.mode)
        self._offer("way", [(one.value, wording.tell(escalation.WORDS[one])) for one in Way], now.way)
        own = [f"{side.value} {role}" for side, role in chosen.told or ()] if chosen else []
        self._offer("told", [(f"{side.value} {role}", _post(side, role)) for side, role in POSTS], own)
        self.fields["days"].initial = chosen.days if chosen else None
        if step.share:
            del self.fields["days"]

    def _offer(self, name: str, choices: list[tuple[str, str]], initial: object) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]
        self.fields[name].initial = initial

    def chosen(self) -> Chosen:
        """What the office wants; what is as in the table is not kept."""
        given, way = self.cleaned_data, Way(self.cleaned_data["way"])
        days = given.get("days")
        told = escalation.told_of(",".join(given["told"])) or None
        return Chosen(
            Mode(given["mode"]),
            None if days == self.step.days else days,
            None if told == self.step.told else told,
            None if way is self.step.way else way,
        )


def when(step: Step) -> str:
    """When the step is reached, in words."""
    if step.share:
        return wording.tell(say("%(n)s per cent of the time used", n=step.share))
    if step.days < 0:
        return wording.tell(say_n("%(n)s day before the limit", "%(n)s days before the limit", -step.days))
    if step.days == 0:
        return wording.tell(say("on the day of the limit"))
    return wording.tell(say_n("%(n)s day after the limit", "%(n)s days after the limit", step.days))


def who(step: Step) -> str:
    """Who is told, in words."""
    return "; ".join(_post(side, role) for side, role in step.told)


def _post(side: Side, role: str) -> str:
    return wording.tell(say("%(role)s (%(side)s)", role=Role(role), side=SIDES[side]))

"""Forms on notices: channels, dropping a message to a leader, the steps of an office."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from thuocdo.accounts.enums import Role
from thuocdo.assignments.rules import escalation
from thuocdo.assignments.rules.escalation import Mode, Step
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


class StepsForm(DeskForm):
    """What happens at each step of the duties that one office monitors, or else confirms."""

    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        steps: Sequence[Step],
        chosen: Mapping[str, str],
        **kwargs: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [(mode.value, wording.tell(escalation.WORDS[mode])) for mode in Mode]
        for step in steps:
            self.fields[step.key] = forms.ChoiceField(
                label=when(step),
                help_text=who(step),
                choices=choices,
                initial=escalation.mode_of(step, chosen).value,
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
    told = [
        wording.tell(say("%(role)s (%(side)s)", role=Role(role), side=SIDES[side]))
        for side, role in step.told
    ]
    return "; ".join(told)

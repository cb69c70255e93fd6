"""The form in which a steward declares an indicator: the text of a catalogue, mistakes by line (3.01)."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from thuocdo.faces import wording
from thuocdo.indicators import catalogue
from thuocdo.indicators.catalogue import Mistake, Page
from thuocdo.lib.say import Say, say
from thuocdo.web.forms.base import DeskForm


def told(mistake: Mistake) -> Say:
    """The mistake with its line."""
    return say("Line %(line)s: %(text)s", line=mistake.line, text=wording.tell(mistake.text))


class DeclareForm(DeskForm):
    """An indicator as YAML."""

    written = forms.CharField(
        label=_("The indicator, as a catalogue has it"),
        strip=False,
        max_length=60_000,
        widget=forms.Textarea(attrs={"rows": 28, "spellcheck": "false", "wrap": "off"}),
        help_text=_("A changed definition holds from its day “since” on; the past keeps the former one."),
    )

    def clean(self) -> dict[str, Any]:
        """What a catalogue would be told, by line."""
        given = self.cleaned_data
        self.page: Page | None = None
        if "written" in given:
            self.page, mistakes = catalogue.parse("—", given["written"])
            for mistake in mistakes:
                self.require("written", told(mistake))
            if self.page is not None and not mistakes and not self.page.values:
                self.add_error("written", gettext("Write at least one indicator."))
        return given

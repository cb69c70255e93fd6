"""Opens the account of the first steward: `thuocdo steward EMAIL --name NAME --agency CODE`."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from thuocdo.accounts import actions
from thuocdo.accounts.actions import Person
from thuocdo.faces import clock
from thuocdo.faces.wording import tell
from thuocdo.lib.say import Refused, say
from thuocdo.web import signin_links
from thuocdo.web.forms.base import named


class Command(BaseCommand):
    help = "Opens the account of the first steward and prints the link of one use that sets its password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", required=True, help="of the person")
        parser.add_argument("--agency", required=True, help="code or name; its whole subtree is looked after")
        parser.add_argument("--address", default="http://127.0.0.1:8000", help="of the server")
        parser.add_argument("--language", choices=dict(settings.LANGUAGES), default=settings.LANGUAGE_CODE)

    def handle(self, *_args: object, **options: Any) -> None:  # noqa: ANN401 - as Django hands them in
        with override(options["language"]):
            try:
                self._open(options)
            except ValidationError as fault:
                hint = _("An empty installation is given its agencies by: thuocdo load_agencies")
                raise CommandError("\n".join([*fault.messages, hint])) from None
            except Refused as no:
                raise CommandError("\n".join(tell(reason) for reason in no.reasons)) from None

    def _open(self, options: dict[str, Any]) -> None:
        agency = named(options["agency"], timezone.localdate())
        person = Person(email=options["email"], name=options["name"], language=options["language"])
        user = actions.first_steward(person=person, agency=agency, at=clock.now())
        opened = say(
            "The account of %(name)s, steward of %(agency)s, is open.", name=user.name, agency=agency
        )
        self.stdout.write(tell(opened))
        self.stdout.write(_("With this link the password is set, once, within three days:"))
        self.stdout.write(options["address"].rstrip("/") + signin_links.path_of(user))

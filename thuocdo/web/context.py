"""What the frame of every page needs: menu, languages, release, who reads."""

import tomllib
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import Promise, SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from thuocdo.accounts.enums import Permission
from thuocdo.faces.installation import installation_of
from thuocdo.faces.reader import reader_of
from thuocdo.web import addresses
from thuocdo.web.identities import provider_name

# (address name, word, permission): the menu in its order; a page joins it by a line here
MENU: list[tuple[str, Promise, Permission]] = [
    ("web:home", _("Overview"), Permission.READ_PUBLIC),
    ("web:work", _("My work"), Permission.READ_OWN),
    ("web:inspect", _("Inspection"), Permission.OVERSEE),
    ("web:directives", _("Directives"), Permission.READ_PUBLIC),
    ("web:assignments", _("Duties"), Permission.READ_PUBLIC),
    ("web:recommendations", _("Recommendations"), Permission.READ_PUBLIC),
    ("web:committees", _("Sessions"), Permission.READ_OWN),
    ("web:indicators", _("Indicators"), Permission.READ_PUBLIC),
    ("web:index766", _("Services"), Permission.READ_PUBLIC),
    ("web:agencies", _("Agencies"), Permission.READ_PUBLIC),
    ("web:messages", _("Messages to leaders"), Permission.REVIEW),
    ("web:people", _("People and roles"), Permission.STEWARD),
    ("web:jobs", _("Background work"), Permission.READ_LOG),
]
LANGUAGES = (("vi", "Tiếng Việt"), ("en", "English"), ("fr", "Français"), ("de", "Deutsch"))


def release() -> str:
    """The number of this release: of the checkout, or of the installed package."""
    checkout = Path(__file__).resolve().parents[2] / "pyproject.toml"
    if checkout.exists():
        return str(tomllib.loads(checkout.read_text(encoding="utf-8"))["project"]["version"])
    return version("thuocdo")


RELEASE = release()


@dataclass(frozen=True, slots=True)
class Item:
    """A link of the frame; `current` marks the page itself."""

    name: str | Promise
    href: str
    code: str = ""
    current: bool = False


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context processor: all of it lazy, so that a page without a frame pays nothing."""
    return {
        "menu": SimpleLazyObject(lambda: menu(request)),
        "languages": SimpleLazyObject(lambda: languages(request)),
        "release": RELEASE,
        "unread": getattr(getattr(request, "user", None), "unread", 0),
        "installation": SimpleLazyObject(lambda: installation_of(request)),
        "identity_provider": provider_name(),
        "examples": settings.SIGN_IN_OF_EXAMPLES,
        "acts_for": SimpleLazyObject(lambda: reader_of(request).acts_for),
    }


def menu(request: HttpRequest) -> list[Item]:
    """The pages this reader may open."""
    reader = reader_of(request)
    here = getattr(request.resolver_match, "view_name", "")
    return [
        Item(word, addresses.to(request, name), current=name == here)
        for name, word, permission in MENU
        if reader.may(permission)
    ]


def languages(request: HttpRequest) -> list[Item]:
    """This very address in each language."""
    path = request.get_full_path()
    here = getattr(request, "LANGUAGE_CODE", settings.LANGUAGE_CODE)
    return [
        Item(name, addresses.in_language(path, code), code, current=code == here) for code, name in LANGUAGES
    ]

"""docs/access.md: what each role may do, what each page requires."""

import importlib
import importlib.util
from pathlib import Path

from thuocdo.accounts.enums import Permission, Role
from thuocdo.accounts.rules.roles import OF_ANYBODY, PERMISSIONS
from thuocdo.config.documents.markdown import table

PAGES = "thuocdo.web.access"


def page(checkout: Path) -> str:
    """The table of roles, then that of pages."""
    parts = ["# Who may do what\n", "## Roles\n", _roles()]
    if importlib.util.find_spec(PAGES):
        parts += ["## Pages\n", "The scope (whose agency) is asked of the object besides.\n", _pages()]
    return "\n".join(parts)


def _roles() -> str:
    head = ("may", "anybody", *(role.value for role in Role))
    rows = [
        (
            f"`{permission}`",
            _mark(permission in OF_ANYBODY),
            *(_mark(permission in PERMISSIONS[role]) for role in Role),
        )
        for permission in Permission
    ]
    return table(head, rows)


def _mark(holds: bool) -> str:  # noqa: FBT001 - the value is the argument
    return "yes" if holds else ""


def _pages() -> str:
    rows = importlib.import_module(PAGES).rows()
    return table(
        ("address", "name", "requires"),
        [(f"`{row.address}`", row.name, f"`{row.permission}`" if row.permission else "") for row in rows],
    )

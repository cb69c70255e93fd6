"""docs/access.md: what each role may do, what each page and each operation of the interface requires."""

from pathlib import Path

from thuocdo.accounts.enums import Permission, Role
from thuocdo.accounts.rules.roles import OF_ANYBODY, OF_WHO_SIGNED_IN, PERMISSIONS
from thuocdo.api.operations import TABLE
from thuocdo.api.urls import api
from thuocdo.config.documents.markdown import table
from thuocdo.web import access


def page(checkout: Path) -> str:
    """The table of roles, then those of pages and of operations."""
    scope = "The scope (whose agency) is asked of the object besides.\n"
    parts = ["# Who may do what\n", "## Roles\n", _roles(), "## Pages\n", scope, _pages()]
    told = "Below `/api/v1`. A token narrows what its account may; what it may not reach is not there.\n"
    return "\n".join([*parts, "## Operations of the interface\n", told, _operations()])


def _roles() -> str:
    head = ("may", "anybody", *(role.value for role in Role))
    rows = [
        (
            f"`{permission}`",
            _mark(permission in OF_ANYBODY),
            *(_mark(permission in PERMISSIONS[role] | OF_WHO_SIGNED_IN) for role in Role),
        )
        for permission in Permission
    ]
    return table(head, rows)


def _mark(holds: bool) -> str:  # noqa: FBT001 - the value is the argument
    return "yes" if holds else ""


def _pages() -> str:
    rows = access.rows()
    shown = [(f"`{row.address}`", row.name, f"`{row.permission}`" if row.permission else "") for row in rows]
    return table(("address", "name", "requires"), shown)


def _operations() -> str:
    described = api.get_openapi_schema(path_prefix="")
    said = {
        one["operationId"]: one["summary"]
        for methods in described["paths"].values()
        for one in methods.values()
    }
    rows = [
        (f"{row.method} `{row.address}`", said[row.name], f"`{row.permission}`")
        for row in sorted(TABLE, key=lambda row: (row.address, row.method))
    ]
    return table(("operation", "what it does", "requires"), rows)

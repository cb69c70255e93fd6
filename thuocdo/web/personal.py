"""What is held of a person: in which tables, why, how long, who sees it; the same as an export (2.22).

docs/privacy.md prints this; a test compares it with the tables. Who did what stands in the log and in each
fact (`by`): those columns are found in the tables themselves.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from thuocdo.accounts import actions
from thuocdo.accounts.models import User
from thuocdo.accounts.rules.retention import PERIODS, Period
from thuocdo.audit.models import Entry
from thuocdo.notices import actions as notice_actions
from thuocdo.notices.actions.forgetting import KEPT


@dataclass(frozen=True, slots=True)
class Holding:
    """Some columns of a table that tell of a person."""

    table: str  # as Django names it
    owner: tuple[str, ...]  # the columns by which its rows belong to an account; empty: to none
    columns: tuple[str, ...]
    what: str | Promise
    why: str | Promise
    how_long: str | Promise
    who: str | Promise
    secret: tuple[str, ...] = ()  # columns held that are given to nobody, the person neither


NAMED = ("agency", "deputy", "principal")  # columns that point at something with a name
SELF_AND_STEWARD = _("the person; stewards of their agencies")
HOLDINGS = (
    Holding(
        "accounts.User", ("id",),
        ("email", "name", "language", "is_active", "is_example", "created_at", "last_login"),
        _("name, e-mail address, language"),
        _("to sign in, to write to, to answer for what one does"),
        _("until erased on somebody's decision"),
        _("whoever sees an act of the person; the address: themselves and stewards"),
        secret=("password",),
    ),
    Holding(
        "accounts.Membership", ("user",), ("agency", "role", "kind", "opened_on", "closed_on"),
        _("roles, from day to day"),
        _("rights; to know later in what capacity somebody acted"),
        _("as long as the acts that rest on them"),
        SELF_AND_STEWARD,
    ),
    Holding(
        "accounts.Substitution", ("deputy", "principal"),
        ("deputy", "principal", "agency", "basis", "opened_on", "closed_on"),
        _("who stands in for whom"),
        _("rights; both names stand beside an act"),
        _("as long as the acts that rest on them"),
        SELF_AND_STEWARD,
    ),
    Holding(
        "accounts.Erasure", ("user",), ("decision", "happened_on", "recorded_at"),
        _("that the data were erased, on whose decision"),
        _("to answer for the erasure"),
        _("always"),
        _("stewards of their agencies"),
    ),
    Holding(
        "accounts.Token", ("user",),
        ("name", "hint", "scope", "agency", "expires_at", "revoked_at", "created_at", "created_by"),
        _("tokens with which programs act for the account"),
        _("to know what acted, how far, until when"),
        _("as long as the acts that rest on them"),
        SELF_AND_STEWARD,
        secret=("digest",),
    ),
    Holding(
        "accounts.Answer", ("user",), ("status", "headers", "body", "recorded_at"),
        _("answers to what programs wrote"),
        _("the same write sent twice is one act"),
        _("7 days"),
        _("the person"),
        secret=("key", "digest"),
    ),
    Holding(
        "accounts.Sending", ("user",), ("address", "recorded_at"),
        _("forms that were sent"),
        _("the same form sent twice is one act"),
        _("30 days"),
        _("the person"),
        secret=("key",),
    ),
    Holding(
        "usersessions.UserSession", ("user",), ("ip", "user_agent", "created_at", "last_seen_at"),
        _("browsers in which one is signed in, with their address"),
        _("so that one sees a stranger's"),
        _("until signed out; two weeks at most"),
        _("the person"),
        secret=("session_key", "data"),
    ),
    Holding(
        "mfa.Authenticator", ("user",), ("type", "created_at", "last_used_at"),
        _("that one signs in with codes"),
        _("the second step of signing in; the secret is encrypted"),
        _("until turned off, taken away or erased"),
        _("the person; stewards see that there are codes"),
        secret=("data",),
    ),
    Holding(
        "socialaccount.SocialAccount", ("user",), ("provider", "extra_data", "date_joined", "last_login"),
        _("the identity kept elsewhere: issuer and subject"),
        _("to sign in with it"),
        _("until unlinked or erased"),
        _("the person"),
        secret=("uid",),
    ),
    Holding(
        "account.EmailAddress", ("user",), ("email", "verified", "primary"),
        _("the e-mail address once more, as the library of signing in notes it"),
        _("to sign in"),
        _("until erased"),
        _("the person"),
    ),
    Holding(
        "notices.Notice", ("user",),
        ("kind", "key", "values", "link", "made_at", "read_at", "by_mail", "by_sms", "mail", "sms"),
        _("what the person was told"),
        _("so that they know what waits for them"),
        _("400 days after it was read"),
        _("the person"),
    ),
    Holding(
        "notices.Letter", ("user",),
        ("channel", "day", "address", "subject", "text", "language", "state", "tries", "problem", "next_at",
         "made_at", "sent_at"),
        _("e-mail and text messages that were sent"),
        _("to know whether somebody was told"),
        _("400 days, and as long as a notice that went out in it"),
        _("the person; stewards see whether they were sent"),
        secret=("key",),
    ),
    Holding(
        "notices.Choice", ("user",), ("mail", "sms", "phone"),
        _("by which channels the person wants to be told, with the telephone number"),
        _("to tell them there"),
        _("until changed or erased"),
        _("the person"),
    ),
    Holding(
        "notices.Feed", ("user",), ("made_at", "revoked_at"),
        _("that the person has a calendar address"),
        _("so that it can be revoked"),
        _("always"),
        _("the person"),
        secret=("digest",),
    ),
    Holding(
        "accounts.Attempt", (), ("cache_key",),
        _("network addresses of attempts to sign in"),
        _("so that nobody guesses passwords"),
        _("minutes"),
        _("nobody"),
    ),
    Holding(
        "assignments.Assignment", (), ("head_name",),
        _("the head who answers for a duty, by name and post"),
        _("who answers is part of a public duty (1.10)"),
        _("as long as the duty"),
        _("inside; never the public"),
    ),
    Holding(
        "assignments.CapacityChange", (), ("head_name",),
        _("a head who came to answer for a duty, by name and post"),
        _("who answers is part of a public duty (1.10)"),
        _("as long as the duty"),
        _("inside; never the public"),
    ),
)  # fmt: skip


PERIODS_OF_ALL: dict[str, Period] = {
    **PERIODS,
    "notices": Period(KEPT.days, "whoever was away for a year still finds what they were told"),
}


def forget_expired(at: datetime) -> dict[str, int]:
    """Delete everywhere what has been kept as long as it may be; how much of each kind."""
    return {**actions.forget_expired(at=at), "notices": notice_actions.forget(at=at)}


@dataclass(frozen=True, slots=True)
class Part:
    """What an export says of one holding."""

    holding: Holding
    rows: list[dict[str, Any]]


def parts(user: User) -> Iterator[Part]:
    """Every holding that belongs to the account, with its rows but no secrets; one statement each."""
    for holding in HOLDINGS:
        if holding.owner:
            mine = Q()
            for column in holding.owner:
                mine |= Q(**{column: user.pk})
            model = model_of(holding)
            points = [name for name in holding.columns if model._meta.get_field(name).is_relation]
            names = {f"{name}_name": F(f"{name}__name") for name in points if name in NAMED}
            rows = model._default_manager.filter(mine).order_by("pk").values(*holding.columns, **names)
            yield Part(holding, list(rows))


def acts(user: User) -> "models.QuerySet[Entry, dict[str, Any]]":
    """What the person did, or somebody in their place, as the log names it; the latest first."""
    mine = Entry.objects.filter(Q(by_id=user.pk) | Q(for_id=user.pk)).order_by("-id")
    found: models.QuerySet[Entry, dict[str, Any]] = mine.values("at", "verb", "table", "row_id")
    return found


def model_of(holding: Holding) -> type[models.Model]:
    """The table of a holding."""
    return apps.get_model(holding.table)


def columns_of_acts() -> list[str]:
    """The columns that say who did something: found in the tables, `Table.by` and its like."""
    found = []
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if field.related_model is User and field.name in ("by", "created_by"):
                found.append(f"{model._meta.label}.{field.name}")
    return sorted(found)


def heads_named(name: str) -> int:
    """How many duties name a head of this name: public office, which an erasure leaves."""
    tables = [model_of(holding) for holding in HOLDINGS if holding.columns == ("head_name",)]
    return sum(table._default_manager.filter(head_name=name).count() for table in tables) if name else 0

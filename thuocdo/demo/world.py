"""Loads the whole demo world, once, in one transaction."""

from datetime import date, datetime

from django.db import transaction

from thuocdo.accounts.models import User
from thuocdo.agencies import actions as agency_actions
from thuocdo.agencies import reference
from thuocdo.agencies.models import Agency
from thuocdo.demo import duties, example, measuring, register, upward
from thuocdo.directives.models import Directive, Source

OPENS_ON = date(2025, 9, 30)  # the day the richest source, on Lai Châu, speaks of
MARK = "VIDU"  # the source that only this world has


def is_loaded() -> bool:
    """Whether the demo world stands in this database."""
    return Source.objects.filter(key=MARK).exists()


def is_in_use() -> bool:
    """Whether somebody works with this database: it has texts or accounts. The demo is not mixed in."""
    return Directive.objects.exists() or User.objects.exists()


def is_empty() -> bool:
    """Whether nothing at all was entered, not even the map."""
    return not is_in_use() and not Agency.objects.exists()


@transaction.atomic
def load(*, at: datetime) -> None:
    """Enter map, texts, duties, counts, difficulties; say the day it opens at."""
    agency_actions.load_reference(reference=reference.read(), by=None, at=at)
    sources = register.load_sources(at)
    texts = register.load_texts(sources, at)
    register.load_targets(texts, at)
    duties.load(sources, texts, at)
    register.load_tallies(sources, texts, at)
    register.load_difficulties(sources, at)
    upward.load(sources, texts, at)
    measuring.load(sources, at)
    example.load(sources[MARK], at)
    agency_actions.describe_installation(opens_on=OPENS_ON, is_synthetic=False, by=None, at=at)

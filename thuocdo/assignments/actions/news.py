"""Telling people what the log says was done: once, in the order of the sealed batches (2.07)."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime

from django.db import transaction

from thuocdo.assignments import offices
from thuocdo.assignments.actions import escalating
from thuocdo.assignments.models import Watch
from thuocdo.assignments.queries import between
from thuocdo.assignments.queries import news as reads
from thuocdo.assignments.queries.news import Item
from thuocdo.notices import actions as notices
from thuocdo.notices.enums import Kind
from thuocdo.notices.queries import people
from thuocdo.notices.terms import News

FEW = 5  # duties given at once to one agency that are told one by one
MY_WORK = "/my-work/"  # the page that shows what waits for a person


def tell_news(*, day: date, at: datetime) -> int:
    """Tell what was sealed since the last time; how many notices. Each batch is told in one transaction."""
    escalating.begin(day=day)
    made = 0
    while (told := _tell_batch(day, at)) is not None:
        made += told
    return made


@transaction.atomic
def _tell_batch(day: date, at: datetime) -> int | None:
    """Tell the next batch and note that it is told; None: there is none."""
    watch = Watch.objects.select_for_update().get()
    batch = reads.next_batch(watch.batch)
    if batch is None:
        return None
    items = [*reads.items(batch, watch.after_entry), *between.items(batch, watch.after_entry)]
    watch.batch = batch
    watch.save(update_fields=["batch"])
    news = _to_people(items, day, batch) if items else []
    return notices.tell(news=news, at=at) if news else 0


def _to_people(items: list[Item], day: date, batch: int) -> list[News]:
    """The notices of each person; who did it themselves is not told."""
    found = [(item, user) for item, user in of_items(items, day) if user != item.by_id]
    given = Counter((user, item.values["agency"]) for item, user in found if item.kind is Kind.GIVEN)
    many = {person for person, number in given.items() if number > FEW}
    rest = [
        News(user, item.kind, item.key, item.link, item.values)
        for item, user in found
        if item.kind is not Kind.GIVEN or (user, item.values["agency"]) not in many
    ]
    return [*rest, *_in_one(((*person, given[person]) for person in sorted(many, key=str)), batch)]


def of_items(items: Collection[Item], day: date) -> Iterator[tuple[Item, int]]:
    """Who is told each: the people of its posts, those of the heirs of an agency that ended included."""
    agencies = {agency for item in items for agency, _ in item.posts if agency is not None}
    heirs = offices.carried_on(agencies, day)
    holders = people.holders(day, agencies.union(*heirs.values()))
    deputies = people.standing_in(day, {item.rather_id for item in items if item.rather_id is not None})
    for item in items:
        posts = [(one, role) for agency, role in item.posts for one in (agency, *heirs.get(agency or 0, ()))]
        for user in people.rather(item.rather_id, people.of_posts(posts, holders), deputies):
            yield item, user


def _in_one(many: Iterable[tuple[int, object, int]], batch: int) -> list[News]:
    """A table was imported or a duty given to many: one notice that leads to the list."""
    return [
        News(user, Kind.GIVEN_MANY, f"given:{batch}:{agency}"[:80], MY_WORK, {"agency": agency, "n": number})
        for user, agency, number in many
    ]

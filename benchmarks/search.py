"""How long a question takes, on a database of its own (1.32: p95 ≤ 100 ms at 1,000,000 assignments).

    python -m benchmarks.search [N]          SQLite (20,000), or what DATABASE_URL names (1,000,000)

Every assignment has words of its own, which is harder than a load of duties for many. Prints the middle and
the 95th of a hundred for each kind of question, and the rate of a page.
"""

import os
import statistics
import sys
import time
from datetime import UTC, date, datetime

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thuocdo.config.settings_test")

import django

django.setup()

from django.db import connection, transaction  # noqa: E402

from tests.assignments import factory  # noqa: E402
from tests.directives import factory as directives  # noqa: E402
from thuocdo.accounts.permissions import PUBLIC, reader_of  # noqa: E402
from thuocdo.assignments.models import Assignment  # noqa: E402
from thuocdo.lib.moments import AsOf  # noqa: E402
from thuocdo.lib.say import Say  # noqa: E402
from thuocdo.search.queries import Results, search  # noqa: E402

TODAY = AsOf(date(2025, 12, 1))
AT = datetime(2025, 6, 1, tzinfo=UTC)
ROUNDS = 100
VERBS = ("xay dung", "ra soat", "trinh ban hanh", "nang cap", "tap huan", "cong bo", "danh gia", "so hoa")
THINGS = (
    "co so du lieu dat dai", "nen tang dinh danh", "he thong mot cua", "quy trinh noi bo", "ha tang mang",
    "chu ky so", "ho so suc khoe", "bien phap an toan", "kho du lieu dung chung", "chien luoc nhan luc",
)  # fmt: skip
QUESTIONS = {
    "rare word": "so hieu 7123",
    "common words": "nang cap he thong",
    "very common": "du lieu",
    "beginnings": "nang cap ha tang ma",
    "symbol": "71/nq-cp",
    "agency": "lai chau",
    "nothing": "khong co trong kho",
    "rare and common": "du lieu 16000",
}


def fill(count: int) -> None:
    """So many assignments of one public text, in portions."""
    world = factory.world()
    text = world.obligation.directive
    directives.actions.publish(
        directive=text, shown=directives.ALL, decided_on=date(2025, 5, 1), by=None, at=AT
    )
    for start in range(0, count, 20_000):
        rows = []
        for number in range(start, min(start + 20_000, count)):
            words = f"{VERBS[number % 8]} {THINGS[number // 8 % 10]} giai doan {number % 97} so hieu {number}"
            rows.append(
                Assignment(
                    obligation=world.obligation,
                    directive=text,
                    assigner=world.government,
                    lead=world.lai_chau,
                    confirming=world.office,
                    work=words,
                    limit_class="undated",
                    given_on=date(2025, 4, 1),
                    given_recorded_at=AT,
                    folded=words,
                    recorded_at=AT,
                )
            )
        with transaction.atomic():
            Assignment.objects.bulk_create(rows, batch_size=1_000)


def ask(text: str, reader: object) -> tuple[float, Results]:
    """Seconds, and what was found."""
    started = time.perf_counter()
    found = search(text, reader, TODAY)  # type: ignore[arg-type]
    assert not isinstance(found, Say)
    return time.perf_counter() - started, found


def main() -> None:
    """Fill, ask, print."""
    vendor = connection.vendor
    count = int(sys.argv[1]) if len(sys.argv) > 1 else (1_000_000 if vendor == "postgresql" else 20_000)
    connection.settings_dict["TEST"]["NAME"] = None if vendor == "sqlite" else "thuocdo_bench_search"
    usual = str(connection.settings_dict["NAME"])
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        started = time.perf_counter()
        fill(count)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE" if vendor == "postgresql" else "ANALYZE")
        print(f"{vendor}: {count:,} assignments, filled in {time.perf_counter() - started:.0f} s")
        an = factory.User.objects.get(name="an")
        for who, reader in (("public", PUBLIC), ("focal point", reader_of(an, TODAY.day))):
            every = []
            for kind, text in QUESTIONS.items():
                asked = [ask(text, reader) for _ in range(ROUNDS)]
                times = sorted(seconds for seconds, _ in asked)
                every += times
                found = asked[0][1].assignments
                p95 = times[int(ROUNDS * 0.95)]
                print(
                    f"  {who:12} {kind:16} middle {statistics.median(times) * 1000:7.1f} ms  "
                    f"p95 {p95 * 1000:7.1f} ms  {found.count:>4}{'+' if found.more else ' '}"
                )
            every.sort()
            print(f"  {who:12} all kinds        p95 {every[int(len(every) * 0.95)] * 1000:.1f} ms")
    finally:
        connection.creation.destroy_test_db(usual, verbosity=0)


if __name__ == "__main__":
    main()

"""Line 1.31: overviews of random agencies and days under load L while a writer confirms two claims a second.

    python -m benchmarks.overview_load [seconds of a round]

Three rounds; the middle one counts. Nothing keeps whole pages. The processor time of one request, server and
database together, tells what two cores can serve even where other work disturbs the rate.
"""

import os
import sys
from collections.abc import Callable
from datetime import date, timedelta
from random import Random

import psycopg

from benchmarks import _world as world

CLIENTS, ROUNDS, A_SECOND = 4, 3, 2
FIRST, DAYS = date(2025, 1, 10), 500  # the days of load L on which something happens


def paths(codes: list[str]) -> Callable[[int], str]:
    """The overview of an agency on a day, one time in ten of the installation; the same for the same turn."""

    def path(turn: int) -> str:
        random = Random(turn)
        day = FIRST + timedelta(days=random.randrange(DAYS))
        return f"/?as_of={day}" if random.random() < 0.1 else f"/agencies/{random.choice(codes)}/?as_of={day}"

    return path


def main(seconds: float) -> None:
    """Load, serve, ask, print."""
    with world.server_of_databases() as server:
        env = world.loaded(server, world.L)
        with psycopg.connect(env["DATABASE_URL"]) as connection:
            codes = [code for (code,) in connection.execute("SELECT code FROM agencies_agency ORDER BY code")]
        with world.serving(env) as (port, pid), world.beside(env, "benchmarks._confirming", str(A_SECOND)):
            world.clients(port, CLIENTS, 3, paths(codes))  # warm: each thread opens its connection
            rounds = [measured(port, pid, env, seconds, paths(codes)) for _ in range(ROUNDS)]
            report(rounds)
            workers = [one for one in world.family(pid) if one != pid]
            most = max(world.memory(one) for one in workers) / 2**20
            world.show("memory of a worker after it (1.34)", f"{most:.0f} MB", "≤ 200 MB", met=most <= 200)


def measured(
    port: int, pid: int, env: dict[str, str], seconds: float, path: Callable[[int], str]
) -> tuple[float, ...]:
    """Of a round: requests a second, 95th percentile of the first byte, processor time of one; times in ms.

    The last is of the server and of the database apart.
    """
    both = world.family(pid), world.backends(env)
    before = [world.processor_seconds(pids) for pids in both]
    answers = world.clients(port, CLIENTS, seconds, path)
    used = [world.processor_seconds(pids) - was for pids, was in zip(both, before, strict=True)]
    slowest = world.at(0.95, [answer.first for answer in answers])
    return len(answers) / seconds, slowest * 1000, *(each / len(answers) * 1000 for each in used)


def report(rounds: list[tuple[float, ...]]) -> None:
    """Print the middle of the rounds."""
    rate, slowest, server, database = (world.middle(column) for column in zip(*rounds, strict=True))
    busy = os.getloadavg()[0]
    world.show("overviews a second, 4 clients, a writer beside", f"{rate:.0f}", "≥ 100", met=rate >= 100)
    world.show("first byte, 95th percentile", f"{slowest:.0f} ms", "≤ 100 ms", met=slowest <= 100)
    used = server + database
    world.show("processor time of one, server and database", f"{used:.1f} ms", "≤ 20 ms", met=used <= 20)
    print(
        f"  two cores busy with nothing else could serve {2000 / used:.0f} a second; load average {busy:.1f}"
    )


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 10)

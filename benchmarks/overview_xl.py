"""Line 1.32: today's overview with a million assignments against ten thousand, and past days of the million.

    python -m benchmarks.overview_xl

Making the million takes ten minutes once, the tallies of its past days as many (`thuocdo tally`, which a
later run only brings up to date). The days are one of a tally, one near, the farthest of the busiest month.
"""

from benchmarks import _world as world

TURNS, PAST = 30, ("2026-02-01", "2025-09-30", "2025-04-16")


def main() -> None:
    """Load both, serve both, ask in turns, print."""
    with world.server_of_databases() as server:
        small, large = (world.loaded(server, load) for load in (world.TEN_THOUSAND, world.XL))
        for env in (small, large):
            world.manage(env, "tally", "--days", "1")
        with world.serving(small) as (one, _), world.serving(large) as (other, _):
            report(one, other)


def report(one: int, other: int) -> None:
    """Ask the two servers in turns, so that a busy machine disturbs both."""
    for port in (one, other) * 8:
        world.get(port, "/")
    pairs = [(world.get(one, "/").first, world.get(other, "/").first) for _ in range(TURNS)]
    ratio = world.middle([large / small for small, large in pairs])
    small, large = (world.middle(column) * 1000 for column in zip(*pairs, strict=True))
    world.show("today's overview: 1,000,000 against 10,000", f"{ratio:.2f} x", "≤ 1.5 x", met=ratio <= 1.5)
    print(f"  {large:.0f} ms against {small:.0f} ms, the middle of {TURNS}")
    for day in PAST:
        taken = world.middle([world.get(other, f"/?as_of={day}").first for _ in range(5)])
        world.show(f"overview of {day}, 1,000,000", f"{taken:.2f} s", "≤ 1 s", met=taken <= 1)


if __name__ == "__main__":
    main()

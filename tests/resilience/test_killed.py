"""Server, worker and sealer are killed at random moments under load: nothing acknowledged is lost (2.16)."""

import os
import random
import signal
from collections import Counter

import pytest

from tests.conftest import SOAK
from tests.marks import covers
from tests.resilience.clients import FORMS, Crowd, Officer
from tests.resilience.installation import LONG, until

ROUNDS = 20
RUNS = 10 if SOAK else 1  # each with an installation of its own: 200 rounds in the long run
DURABLE = {
    "sqlite": {"journal_mode": "wal", "synchronous": "2"},
    "postgresql": {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"},
}


class Rounds:
    """One installation under load, killed again and again."""

    def __init__(self, installation, seed: int) -> None:
        self.installation, self.dice = installation, random.Random(seed)
        made = installation.inside("world")
        self.leads = [Officer(installation, session, made["duties"]) for session in made["leads"]]
        self.reviewer = Officer(installation, made["reviewer"], [])
        self.heard = installation.folder / "acknowledged.txt"
        self.kinds: Counter[str] = Counter()

    def play(self, number: int) -> dict:
        """Load, a kill in the middle of it, all that is there afterwards."""
        self.installation.start()
        victim = self.dice.choice([self.server, self.server, self.worker, self.sealer, self.work])
        with Crowd(self.leads, self.reviewer, self.dice.getrandbits(32), f"{number}") as crowd:
            wanted = self.dice.randrange(1, 25)
            until(lambda: crowd.acknowledged >= wanted, f"{wanted} acknowledged writes")
            victim(crowd)
        crowd.write_down(self.heard)
        self.kinds.update(answer.kind for answer in crowd.answers if answer.acknowledged)
        return self.installation.inside("check", str(self.heard))

    def server(self, _crowd: Crowd) -> None:
        self.installation.kill_server()

    def worker(self, crowd: Crowd) -> None:
        """The other worker goes on, and another one takes the place of the one that was killed."""
        os.kill(self.dice.choice(self.installation.workers()), signal.SIGKILL)
        self.goes_on(crowd)

    def sealer(self, crowd: Crowd) -> None:
        """Nobody who writes waits for it."""
        self.installation.kill_sealer()
        self.goes_on(crowd)

    def work(self, crowd: Crowd) -> None:
        """The job it was at is tried again when it is started the next time."""
        self.installation.kill_work()
        self.goes_on(crowd)

    def is_worked_off(self) -> bool:
        """Whether nothing is left to do after one look; the log is sealed once a minute."""
        self.installation.manage("work", "--once")
        return self.installation.inside("jobs") == {"running": 0, "unsealed": 0}

    def goes_on(self, crowd: Crowd) -> None:
        before = crowd.acknowledged
        until(lambda: crowd.acknowledged > before, "a write after the kill")


@covers("2.16")
@pytest.mark.parametrize("run", range(RUNS))
def test_nothing_acknowledged_is_lost_and_nothing_is_half_there(installation, seed, run, record_property):
    rounds = Rounds(installation, seed)
    for number in range(ROUNDS):
        found = rounds.play(number)
        assert found["problems"] == [], f"round {number}, seed {seed}"
    record_property("kills", ROUNDS)
    record_property("acknowledged writes", rounds.kinds.total())
    assert found["durable"] in DURABLE.values()
    installation.kill_work()
    until(lambda: rounds.is_worked_off(), "no job is left half done, no entry unsealed")
    assert set(rounds.kinds) == {*FORMS, "review"}, "not every act was among those acknowledged"


@covers("2.16")
def test_a_killed_worker_is_replaced(installation):
    installation.start()
    victim = installation.workers()[0]
    os.kill(victim, signal.SIGKILL)
    until(lambda: len(set(installation.workers()) - {victim}) == 2, "another worker")
    assert installation.answers()


class Late:
    """A writer in a process of its own that has written but does not commit until told."""

    def __init__(self, installation) -> None:
        self.told = installation.folder / "late.txt"
        self.process = installation.begin("-m", "tests.resilience.inside", "late", str(self.told))
        until(lambda: self.told.exists() and self.told.read_text(), "the late writer has written")
        self.entry = self.told.read_text()

    def commit(self) -> None:
        self.process.communicate(b"commit\n", timeout=LONG)


@covers("2.16")
@pytest.mark.parametrize("installation", ["postgresql"], indirect=True)
def test_what_commits_after_its_neighbours_were_sealed_is_sealed_next(installation, seed):
    rounds = Rounds(installation, seed)
    late = Late(installation)
    for number, victim in enumerate([rounds.server, rounds.sealer, rounds.server]):
        rounds.dice = random.Random(seed + number)
        installation.start()
        with Crowd(rounds.leads, rounds.reviewer, seed + number, f"{number}") as crowd:
            until(lambda: crowd.acknowledged >= 10, "ten acknowledged writes")
            victim(crowd)
        crowd.write_down(rounds.heard)
    installation.manage("seal")
    before = installation.inside("sealed", late.entry)
    assert before["batch"] is None
    assert before["neighbours"]
    late.commit()
    installation.manage("seal")
    assert installation.inside("sealed", late.entry)["batch"] == max(before["neighbours"]) + 1

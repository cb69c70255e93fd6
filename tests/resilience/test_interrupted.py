"""An upgrade or a job is killed midway: the next start takes it up, nothing is half done (2.17)."""

import random
import sqlite3
import time
from contextlib import suppress

import psycopg
import pytest
import requests

from tests.conftest import SOAK
from tests.marks import covers
from tests.resilience.installation import LONG, until

ROUNDS = 10 if SOAK else 2
ROWS = 400
HEAD = "TT,Nhiệm vụ,Cơ quan chủ trì,Cơ quan phối hợp,Sản phẩm,Thời hạn\n"
COUNT = "SELECT count(*) FROM django_migrations"


def steps(installation) -> int:
    """How many steps of the upgrade stand in the database, seen from outside."""
    url = installation.environment.get("DATABASE_URL")
    connect = psycopg.connect if url else sqlite3.connect
    with suppress(sqlite3.OperationalError, psycopg.errors.UndefinedTable):
        connection = connect(url or installation.folder / "thuocdo.sqlite3")
        try:
            return int(connection.execute(COUNT).fetchone()[0])
        finally:
            connection.close()
    return 0


@covers("2.17")
@pytest.mark.parametrize("number", range(ROUNDS))
def test_an_upgrade_that_was_killed_is_taken_up_by_the_next_start(bare, seed, number):
    dice = random.Random(seed)
    wanted = dice.randrange(1, 30)
    upgrade = bare.begin("manage.py", "prepare", "--empty")
    until(lambda: steps(bare) >= wanted, f"{wanted} steps of the upgrade")
    bare.kill(upgrade)
    assert wanted <= steps(bare)
    bare.manage("prepare", "--empty")
    found = bare.inside("schema")
    assert found["waiting"] == []
    assert found["guarded"], "the log is not guarded against changes"
    assert bare.inside("world")["duties"]


@covers("2.17")
def test_a_server_whose_tables_are_not_ready_says_so(bare):
    upgrade = bare.begin("manage.py", "prepare", "--empty")
    until(lambda: steps(bare) >= 1, "the first step of the upgrade")
    bare.kill(upgrade)
    bare.start(ready=bare.listens)
    answer = requests.get(f"{bare.address}/en/", timeout=LONG)
    assert answer.status_code == 503
    assert "being brought up to date, or that was interrupted" in answer.text
    bare.manage("prepare", "--empty")
    until(lambda: requests.get(f"{bare.address}/en/", timeout=LONG).ok, "the page once all is ready")


@covers("2.17")
def test_a_rebuild_that_was_killed_leaves_the_read_model_as_it_was(installation, seed):
    dice = random.Random(seed)
    installation.inside("world", "1500")
    before = installation.inside("claims")["digest"]
    for _ in range(ROUNDS * 2):
        job = installation.begin("-u", "manage.py", "rebuild")
        until(lambda: b"closure of agencies" in installation.told().read_bytes(), "the rebuild has begun")
        time.sleep(dice.random())  # any moment will do
        installation.kill(job)
        assert installation.inside("digest")["digest"] == before
    assert before in installation.manage("rebuild").stdout


@covers("2.17")
def test_an_import_that_was_killed_entered_all_or_nothing_and_can_be_run_again(installation, seed):
    dice = random.Random(seed)
    installation.inside("world")
    table = installation.folder / "bang.csv"
    rows = (
        f"{n},Ban hành kế hoạch {n},UBND tỉnh Lai Châu,,Kế hoạch,2025\n" for n in range(1001, 1001 + ROWS)
    )
    table.write_text(HEAD + "".join(rows))
    words = ["import", str(table), "--directive", "71/NQ-CP"]
    there = installation.inside("duties")["duties"]
    for _ in range(ROUNDS * 2):
        job = installation.begin("manage.py", *words)
        time.sleep(1 + 2 * dice.random())  # any moment will do; it is done or not
        installation.kill(job)
        assert installation.inside("duties")["duties"] in (there, there + ROWS)
    installation.manage(*words)
    assert installation.inside("duties")["duties"] == there + ROWS
    assert installation.inside("claims")["problems"] == []

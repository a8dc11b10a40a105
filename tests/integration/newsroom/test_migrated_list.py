"""A home that is older than the desk's list gets, by migrating, the list a new home has."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.servers import migrated
from tests.servers.postgres import new_database

pytestmark = pytest.mark.xdist_group("migrated list")  # migrating takes half a minute

REPOSITORY = Path(__file__).parents[3]

Told = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Told:
    """Return what the list says on the way, from a filled home on each kind of database."""
    address = ""
    if request.param == "postgres":
        address = new_database(request.getfixturevalue("postgres_cluster"))
    home = tmp_path_factory.mktemp("newspaper") / "home"
    shutil.copytree(migrated.home(), home)
    done = subprocess.run(
        [sys.executable, "-m", "tests.integration.newsroom.filling"],
        env=os.environ | {"BROADSHEET_HOME": str(home), "BROADSHEET_DATABASE": address},
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found: Told = json.loads(done.stdout)
    return found


def test_every_state_is_there(told: Told):
    """The home that is migrated holds stories of every state a row can be in."""
    states = {"draft", "live", "changed", "unpublished", "expired", "retracted", "erased"}

    assert states == {row["state"] for row in told["kept"]}


def test_list_is_that_of_a_new_home(told: Told):
    """Kicker, authors, embargo, state and times are those the desk itself keeps."""
    assert told["kept"] == told["migrated"]


def test_sweep_finds_nothing_to_mend(told: Told):
    """The minute's sweep, which reads every story, leaves all as it was migrated."""
    assert told["migrated"] == told["swept"]


def test_batches_lose_nothing(told: Told):
    """An archive larger than what is read at once is listed as a small one."""
    assert told["migrated"] == told["in batches"]


def test_migration_that_reads_no_drafts_is_found(told: Told):
    """Broken twin: the rows alone say what readers have, and not what the list shows."""
    differ = [
        row["headline"]
        for row, other in zip(told["kept"], told["without drafts"], strict=True)
        if row != other
    ]

    assert {
        "Live, and changed: the draft",
        "Down, and changed: the draft",
        "Retracted, and changed: the draft",
        "Changed, and due: the draft",
    } == set(differ)

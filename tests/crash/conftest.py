"""Starts the processes that fork the ones to be killed: one for each database."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.servers import migrated
from tests.servers.postgres import drop_database, new_database

ROOT = Path(__file__).parents[2]
Ask = Callable[..., Any]


@pytest.fixture(scope="session")
def on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """Give a function that asks the zygote of a newspaper on SQLite."""
    yield from _zygote(tmp_path_factory.mktemp("crash-sqlite"), database="")


@pytest.fixture(scope="session")
def on_postgres(
    tmp_path_factory: pytest.TempPathFactory, postgres_cluster: str
) -> Iterator[Ask]:
    """Give a function that asks the zygote of a newspaper on PostgreSQL."""
    template = migrated.postgres_template(postgres_cluster)
    database = new_database(postgres_cluster, template=template)
    yield from _zygote(tmp_path_factory.mktemp("crash-postgres"), database=database)
    drop_database(database)


@pytest.fixture(params=["sqlite", "postgres"])
def ask(request: pytest.FixtureRequest) -> Ask:
    """Give a function that asks the zygote, of each kind of database in turn."""
    found: Ask = request.getfixturevalue(f"on_{request.param}")
    return found


def _zygote(folder: Path, *, database: str) -> Iterator[Ask]:
    root = shutil.copytree(migrated.home(), folder / "home")
    told = os.environ | {
        "BROADSHEET_HOME": str(root),
        "BROADSHEET_DATABASE": database,
        "BROADSHEET_WIRING": "tests.crash.wired.wiring",
        "BROADSHEET_HOSTS": "testserver",
        "DJANGO_SETTINGS_MODULE": "broadsheet.config.settings",
    }
    hears, says = os.pipe()
    log = folder / "log"
    with (
        log.open("w") as output,
        subprocess.Popen(
            # Its answers come by descriptor 3; it ends with the test process, however that ends.
            ["sh", "-c", f"exec setpriv --pdeathsig KILL {sys.executable} -m tests.crash.zygote 3>&{says}"],
            cwd=ROOT,
            env=told,
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=output,
            pass_fds=[says],
            text=True,
        ) as process,
        os.fdopen(hears, encoding="utf-8") as answers,
    ):
        os.close(says)

        def ask(do: str, **asked: Any) -> Any:
            assert process.stdin is not None
            process.stdin.write(json.dumps({"do": do, **asked}) + "\n")
            process.stdin.flush()
            line = answers.readline()
            assert line, f"the zygote ended:\n{log.read_text()[-4000:]}"
            answered = json.loads(line)
            assert "error" not in answered, answered["error"]
            return answered["answer"]

        yield ask
        assert process.stdin is not None
        process.stdin.close()

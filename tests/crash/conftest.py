"""Starts the processes that fork the ones to be killed: one for each database."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import httpx
import psycopg
import pytest
from psycopg import sql

from broadsheet.surfaces.sandbox.server.serving import admin_token
from tests.counts import Count
from tests.servers import migrated
from tests.servers.processes import a_free_port, running

ROOT = Path(__file__).parents[2]
MEMORY = Path("/dev/shm")  # a kill cuts no power: nothing needs to reach a disk
Ask = Callable[..., Any]

_steps: Counter[str] = Counter()  # of the test that runs, by what took them
_deaths: Counter[str] = Counter()  # the same, by what was killed


@pytest.fixture(autouse=True)
def _counted(count: Count) -> Iterator[None]:
    """Count steps and deaths of each test; of a broken twin the first finding is enough."""
    _steps.clear()
    _deaths.clear()
    yield
    for what, numbers in (("crash steps looked at", _steps), ("crash deaths", _deaths)):
        for name, number in numbers.items():
            count(what, name, number)


def _note(do: str, asked: dict[str, Any], found: Any) -> None:
    if isinstance(found, dict) and "steps" in found and "twin" not in asked:
        what = (asked.get(each) for each in ("path", "exactness", "act"))
        name = " ".join((do.removeprefix("kill_").replace("_", "-"), *filter(None, what)))
        _steps[name] += len(found["steps"])
        _deaths[name] += found["deaths"]


@pytest.fixture(scope="session")
def folder() -> Iterator[Path]:
    """Give a folder, in memory where there is one."""
    with tempfile.TemporaryDirectory(
        prefix="broadsheet-crash-", dir=MEMORY if MEMORY.is_dir() else None
    ) as made:
        yield Path(made)


@pytest.fixture(scope="session")
def on_sqlite(folder: Path) -> Iterator[Ask]:
    """Give a function that asks the zygote of a newspaper on SQLite."""
    yield from _zygote(folder / "sqlite", database="")


@pytest.fixture(scope="session")
def on_postgres(folder: Path, postgres_cluster: str) -> Iterator[Ask]:
    """Give a function that asks the zygote of a newspaper on PostgreSQL."""
    template = migrated.postgres_template(postgres_cluster)
    with psycopg.connect(postgres_cluster, autocommit=True) as connection:
        copy = sql.SQL("CREATE DATABASE crash TEMPLATE {}").format(sql.Identifier(template))
        connection.execute(copy)
    database = urlunsplit(urlsplit(postgres_cluster)._replace(path="/crash"))
    yield from _zygote(folder / "postgres", database=database)


@pytest.fixture(
    params=[
        pytest.param("sqlite", marks=pytest.mark.xdist_group("crash-sqlite")),
        pytest.param("postgres", marks=pytest.mark.xdist_group("crash-postgres")),
    ]
)
def ask(request: pytest.FixtureRequest) -> Ask:
    """Give a function that asks the zygote, of each kind of database in turn."""
    found: Ask = request.getfixturevalue(f"on_{request.param}")
    return found


@pytest.fixture(scope="session")
def network(folder: Path) -> Iterator[tuple[str, str]]:
    """Give the address of a running sandbox network, and its administrator's token."""
    home, port = folder / "network", a_free_port()
    home.mkdir()
    address = f"http://127.0.0.1:{port}"
    module = "broadsheet.surfaces.sandbox.server"
    command = [sys.executable, "-m", module, "--home", str(home), "--port", str(port)]
    with running(command, log=home / "log", answers=lambda: _answers(address)):
        yield address, admin_token(home)


def _answers(address: str) -> bool:
    try:
        return httpx.get(f"{address}/health", verify=False, trust_env=False).is_success  # noqa: S501  # loopback
    except httpx.TransportError:
        return False


def _zygote(folder: Path, *, database: str) -> Iterator[Ask]:
    folder.mkdir()
    home = shutil.copytree(migrated.home(), folder / "home")
    told = os.environ | {
        "BROADSHEET_HOME": str(home),
        "BROADSHEET_DATABASE": database,
        "BROADSHEET_WIRING": "tests.crash.wired.wiring",
        "BROADSHEET_HOSTS": "testserver",
        "DJANGO_SETTINGS_MODULE": "broadsheet.config.settings",
    }
    hears, says = os.pipe()
    # The zygote ends with the test process, however that ends.
    command = ["setpriv", "--pdeathsig", "KILL", sys.executable, "-m", "tests.crash.zygote"]
    with (
        (folder / "log").open("w") as log,
        os.fdopen(hears, encoding="utf-8") as answers,
        subprocess.Popen(
            [*command, str(says)],
            cwd=ROOT,
            env=told,
            stdin=subprocess.PIPE,
            stdout=log,
            stderr=log,
            pass_fds=[says],
            text=True,
        ) as process,
    ):
        os.close(says)

        def ask(do: str, **asked: Any) -> Any:
            assert process.stdin is not None
            process.stdin.write(json.dumps({"do": do, **asked}) + "\n")
            process.stdin.flush()
            answered = json.loads(answers.readline() or '{"error": "the zygote ended"}')
            words = (folder / "log").read_text(encoding="utf-8")[-3000:]
            assert "error" not in answered, f"{answered['error']}\n{words}"
            _note(do, asked, answered["answer"])
            return answered["answer"]

        yield ask

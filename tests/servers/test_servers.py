"""The servers the tests lean on do what the tests lean on them for."""

import os
import select
import signal
import subprocess
import sys
import urllib.request
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from tests.servers import postgres, processes

ROOT = Path(__file__).parents[2]


def test_each_test_gets_an_empty_postgres_database(postgres_url):
    """A test's PostgreSQL database is empty, UTF-8, and takes writes."""
    with psycopg.connect(postgres_url) as connection:
        tables = connection.execute(
            "select count(*) from information_schema.tables where table_schema = 'public'"
        ).fetchone()
        encoding = connection.execute("show server_encoding").fetchone()
        connection.execute("create table story (headline text)")

    assert (0,) == tables
    assert ("UTF8",) == encoding


def test_nginx_serves_with_the_directives_of_the_test(serve_with_nginx, tmp_path):
    """A test hands nginx a server block, and reads files through it."""
    (tmp_path / "page.html").write_text("<p>news</p>", encoding="utf-8")

    base_url = serve_with_nginx(f"root {tmp_path};")

    with urllib.request.urlopen(f"{base_url}/page.html", timeout=5) as answer:
        assert b"<p>news</p>" == answer.read()
        assert "text/html" == answer.headers["Content-Type"]


def test_wrong_nginx_directives_are_shown(serve_with_nginx):
    """A server that does not start fails the test with its own words."""
    with pytest.raises(processes.ServerDidNotStart, match="unknown directive"):
        serve_with_nginx("front_page on;")


def test_a_missing_server_names_its_package():
    """A missing server fails the test, and the message says what to install."""
    with pytest.raises(processes.ServerMissing, match="Debian package broadsheet-press"):
        processes.program("no-such-server", package="broadsheet-press")


def test_a_home_is_ready_for_processes(a_home):
    """A test's home has its tables, and is the test's own."""
    told = os.environ | {"BROADSHEET_HOME": str(a_home), "BROADSHEET_DATABASE": ""}
    command = [sys.executable, "-m", "broadsheet.config.main", "status"]

    said = subprocess.run(command, env=told, capture_output=True, text=True, check=True).stdout

    assert "0 entries" in said


def test_a_command_runs_with_a_postgres_of_its_own():
    """scripts/with-postgres names a database to the command, and passes on its exit code."""
    script = "import os, sys; sys.exit(40 + (os.environ['BROADSHEET_DATABASE'] > ''))"

    code = postgres.main([sys.executable, "-c", script])

    assert 41 == code


def test_a_server_does_not_outlive_a_killed_test():
    """When a test process is killed, the kernel ends its servers too."""
    script = (
        "import time\n"
        "from tests.servers.postgres import cluster\n"
        "with cluster() as address:\n"
        "    print(address, flush=True)\n"
        "    time.sleep(300)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as test:
        address = test.stdout.readline().strip()
        with closing(psycopg.connect(address)) as connection:
            server = connection.execute("select pg_backend_pid()").fetchone()[0]

            test.send_signal(signal.SIGKILL)

            assert _ends(server)


def _ends(pid: int) -> bool:
    """Return whether a process that is not our child ends within ten seconds."""
    descriptor = os.pidfd_open(pid)
    ready, _, _ = select.select([descriptor], [], [], 10)
    os.close(descriptor)
    return bool(ready)

"""A database that is away, damaged or not there is told in words by every process."""

import os

import pytest

from tests.servers.newspaper import broadsheet, two_free_ports
from tests.servers.processes import a_free_port

pytestmark = pytest.mark.xdist_group("database refuses")
DATABASE = "broadsheet.sqlite3"
COMMANDS = [("status",), ("story", "list"), ("rebuild", "--check"), ("work", "--until-quiet")]


def away() -> str:
    """Return the address of a PostgreSQL nobody runs."""
    return f"postgresql://paper:secret-word@127.0.0.1:{a_free_port()}/paper"


def says_in_words(done, *words):
    """Assert that a command ended with these words and no traceback."""
    said = done.stdout + done.stderr
    assert 1 == done.returncode, said
    assert "Traceback" not in said
    for each in words:
        assert each in said


@pytest.mark.parametrize("arguments", COMMANDS)
def test_database_that_does_not_answer(a_home, arguments):
    """The database is named without its password, with why and what to see to."""
    address = away()

    done = broadsheet(a_home, *arguments, BROADSHEET_DATABASE=address)

    shown = address.replace("paper:secret-word@", "")
    says_in_words(done, f"Error: the newspaper's database {shown} does not answer", "refused")
    assert "secret-word" not in done.stdout + done.stderr


def test_run_with_a_database_that_does_not_answer(a_home):
    """`run` ends with the reason instead of starting processes that cannot work."""
    port = str(two_free_ports())

    done = broadsheet(a_home, "run", "--port", port, BROADSHEET_DATABASE=away())

    says_in_words(done, "does not answer", "could not be readied; the reason is above")


def test_init_with_a_database_that_does_not_answer(a_home):
    """`init` says the same, and works once the database is there."""
    done = broadsheet(a_home, "init", BROADSHEET_DATABASE=away())

    says_in_words(done, "does not answer", "could not be readied; the reason is above")
    assert 0 == broadsheet(a_home, "init").returncode


@pytest.mark.parametrize("arguments", COMMANDS[:2])
def test_damaged_database(a_home, arguments):
    """A damaged file is named as such; it is not touched."""
    (a_home / DATABASE).write_bytes(damaged := os.urandom(20_000))

    done = broadsheet(a_home, *arguments)

    says_in_words(done, f"{a_home / DATABASE} is damaged", "restore it from a backup")
    assert damaged == (a_home / DATABASE).read_bytes()


def test_database_without_tables(a_home):
    """A database file that is gone, or from before, names what makes its tables."""
    (a_home / DATABASE).unlink()

    done = broadsheet(a_home, "status")

    says_in_words(done, "has not all the tables it needs", "broadsheet init")


def test_home_nobody_may_make(tmp_path):
    """A home in a place that is no folder is named, with the reason."""
    (tmp_path / "file").write_text("mine")

    done = broadsheet(tmp_path / "file" / "home", "init", cwd=tmp_path)

    says_in_words(done, f"{tmp_path / 'file' / 'home'}", "Not a directory")

"""
Turns what the machine refuses into messages: the edge of every process a person starts.

A database that does not answer or is damaged, a full disk, a folder that may not be
written, a theme that cannot be used: each ends the process with what happened, what to
do, and exit status 1. An error of ours keeps its traceback.
"""

import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.db.utils import DatabaseError, DataError, IntegrityError, NotSupportedError

from broadsheet.config import home

_OURS = (IntegrityError, DataError, NotSupportedError)  # what only a mistake of ours brings up
_NO_TABLE = ("no such table", "does not exist", "no such column")
_DAMAGED = ("not a database", "malformed")
_FULL = ("disk is full", "No space left")


@contextmanager
def refusals_of_the_machine() -> Iterator[None]:
    """
    Do something; end with a message if the machine refuses.

    Raises:
        SystemExit: the database or the file system refused; the message is on stderr.

    """
    try:
        yield
    except _OURS:
        raise
    except (DatabaseError, sqlite3.DatabaseError) as error:
        _end(_about_database(str(error).strip()))
    except OSError as error:
        _end(_about_files(error))
    except home.Unusable as error:
        _end(str(error))


def _end(message: str) -> None:
    sys.stderr.write(f"Error: {message}\n")
    sys.exit(1)


def _about_database(said: str) -> str:
    where = _database()
    if any(words in said for words in _NO_TABLE):
        return (
            f"{where} has not all the tables it needs ({said}): `broadsheet init` makes them; "
            "if stories were in it, restore it from a backup first"
        )
    if any(words in said for words in _DAMAGED):
        return (
            f"{where} is damaged ({said}): restore it from a backup; "
            "what readers see is served without it"
        )
    if any(words in said for words in _FULL):
        return f"{where} cannot grow ({said}): nothing was changed; make room and try again"
    if "locked" in said:
        return f"{where} is in use by another program ({said}): nothing was changed; try again"
    return (
        f"{where} does not answer ({said}): see that it runs, and that BROADSHEET_DATABASE is right"
    )


def _database() -> str:
    """Return the database in words, without its password."""
    address = os.environ.get("BROADSHEET_DATABASE", "")
    if not address:
        return f"the newspaper's database {home.current().database}"
    parts = urlsplit(address)
    port = f":{parts.port}" if parts.port else ""
    return f"the newspaper's database {parts.scheme}://{parts.hostname}{port}{parts.path}"


def _about_files(error: OSError) -> str:
    said = error.strerror or str(error)
    return f"{error.filename}: {said}" if error.filename else said

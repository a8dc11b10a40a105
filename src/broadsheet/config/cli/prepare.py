"""
Readies a home for its processes: tables, the desk's own files, an editor to sign in as.

Run by `broadsheet run` in a process of its own (python -m broadsheet.config.cli.prepare).
Doing it again changes nothing; after a crash at any step, doing it again completes it.
"""

import logging
import os
import secrets
from pathlib import Path

import django
from django.apps import apps
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.utils.module_loading import import_string

from broadsheet.config import home
from broadsheet.config.edge import refusals_of_the_machine

EDITOR = "editor"
# What is printed at the end.
EMPTY = "The newspaper is ready, and empty."
WRITTEN = "The newspaper is ready."


def main() -> None:
    """Ready the current home, and say whether its newspaper is empty."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "broadsheet.config.settings")
    django.setup()
    here = home.current()
    import_string("broadsheet.press.ports.wiring")()  # before anything changes: the theme is usable
    # Making tables takes long by nature, and nobody waits for the database yet.
    logging.getLogger("broadsheet.press.slow_writes").setLevel(logging.ERROR)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    _make_editor(here.desk_password)
    _make_groups()
    print(EMPTY if _is_empty() else WRITTEN)


def _make_editor(password_file: Path) -> None:
    """
    Make the first user, with a password of its own, written down before it is set.

    An editor that exists is left alone: the password may have been changed at the desk.
    """
    users = get_user_model().objects
    if users.filter(username=EDITOR).exists():
        return
    if not password_file.exists():
        write_closed(password_file, secrets.token_urlsafe(12))
    password = password_file.read_text(encoding="ascii").strip()
    users.create_superuser(username=EDITOR, email="", password=password)


def _make_groups() -> None:
    """Give every role its group, and stories their flow. By name: rows need Django set up."""
    import_string("broadsheet.newsroom.roles.readying.ready_roles")()


def write_closed(file: Path, text: str) -> None:
    """Write a file only its owner can read, whole or not at all."""
    unfinished = file.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as opened:
        opened.write(f"{text}\n")
    unfinished.replace(file)


def _is_empty() -> bool:
    """Return whether nothing was ever published: `broadsheet demo` wants such a paper."""
    return not apps.get_model("press", "LogEntry").objects.exists()


if __name__ == "__main__":
    with refusals_of_the_machine():
        main()

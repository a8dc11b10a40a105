"""
Notices that this database is not the one that made what is out there.

Each home has an id outside the database, with the newest log entry the site was made
from and the folder it lies in. A restored database, a home that was copied or moved to
another folder, or a shorter log shows by it; then every network account is put on hold,
since the ledger may not know of posts that are out, until posts/releasing.py has read them.
Nothing shows that a home was copied to the same folder of another machine: delete its
instance file first.
"""

import json
import uuid
from pathlib import Path
from typing import NamedTuple

from django.db import transaction

from broadsheet.press import log
from broadsheet.press.models import Account, Cursor

_ROW = "instance"  # of Cursor: its generation is the id the database believes in


def check(path: Path) -> str:
    """
    Compare the home's id with the database's; put accounts on hold when they disagree.

    Returns why they are on hold, "" when all is well.
    """
    known = Cursor.objects.filter(name=_ROW).values_list("generation", flat=True).first()
    if known is None and _is_new(path):
        _adopt(path, seq=0)
        return ""
    why = _disagreement(path, known or "")
    if why:
        with transaction.atomic():
            Account.objects.filter(on_hold="").update(on_hold=why)
            _adopt(path, seq=log.length())
    return why


def note_seq(path: Path, seq: int) -> None:
    """Note up to which log entry the site has been made."""
    note = _note(path)
    if note is not None and note.seq < seq:
        _write(path, note.id, seq)


class _Note(NamedTuple):
    id: str
    seq: int  # newest log entry the site was made from
    folder: str  # of the home; "" in notes of before it was noted


def _note(path: Path) -> _Note | None:
    """Return what is noted outside the database; None if it is missing or damaged."""
    try:
        note = json.loads(path.read_text(encoding="utf-8"))
        return _Note(str(note["id"]), int(note["seq"]), str(note.get("folder", "")))
    except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _disagreement(path: Path, known: str) -> str:
    note = _note(path)
    if note is None:
        return "the home's instance file is missing or damaged: was the database moved here?"
    if note.id != known:
        return "this database was made in another home: was it copied or restored?"
    if note.folder not in {"", _folder(path)}:
        return f"this home lay in {note.folder[:100]}: was it copied? Both would post."
    if note.seq > log.length():
        return f"the log ends at {log.length()}, but the site knew {note.seq}: was it restored?"
    return ""


def _folder(path: Path) -> str:
    return str(path.resolve().parent)


def _is_new(path: Path) -> bool:
    """Return whether nothing was ever made in this home, whose founding may have been cut short."""
    note = _note(path)
    return not path.exists() or (note is not None and (note.seq, note.folder) == (0, _folder(path)))


@transaction.atomic
def _adopt(path: Path, *, seq: int) -> None:
    """Let home and database know each other; the file is first, so that a crash leaves no row."""
    fresh = str(uuid.uuid4())
    Cursor.objects.update_or_create(name=_ROW, defaults={"generation": fresh})
    _write(path, fresh, seq)


def _write(path: Path, instance: str, seq: int) -> None:
    fresh = path.with_suffix(".new")
    fresh.write_text(
        json.dumps({"id": instance, "seq": seq, "folder": _folder(path)}), encoding="utf-8"
    )
    fresh.replace(path)

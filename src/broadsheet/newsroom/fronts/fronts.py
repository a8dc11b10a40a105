"""Finds fronts, and how they are, or were, arranged: by the log, which alone knows."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from broadsheet.newsroom.fronts.arranging import Board, board_of
from broadsheet.newsroom.models.front import Front
from broadsheet.newsroom.models.section import SectionPage
from broadsheet.press import log
from broadsheet.press.models import LogEntry
from broadsheet.story import records
from broadsheet.story.records import PAPER
from broadsheet.story.versions import decoded


class Edition(NamedTuple):
    """How a front was arranged by one entry of the log; seq 0: it never was."""

    seq: int
    board: Board
    by: str
    at: datetime | None


def every_front() -> list[Front]:
    """Return the paper's front and that of each live section, in the menu's order; not saved."""
    known = {front.key: front for front in Front.objects.select_related("section")}
    sections = SectionPage.objects.filter(live=True).order_by("position", "pk")
    found = [known.get(PAPER, Front(key=PAPER))]
    return [*found, *(known.get(str(each.uuid), _of_section(each)) for each in sections)]


def front_at(key: str) -> Front | None:
    """Return the front with a key, saved or not; None when there is none."""
    kept_fronts = Front.objects.select_related("section")
    if key == PAPER:
        return kept_fronts.filter(key=PAPER).first() or Front(key=PAPER)
    try:
        uuid = UUID(key)
    except ValueError:
        return None
    front = kept_fronts.filter(key=str(uuid)).first()
    section = None if front else SectionPage.objects.filter(uuid=uuid, live=True).first()
    return front if section is None else _of_section(section)


def kept(front: Front) -> Front:
    """Return the front's row, made when there is none."""
    if front.pk is not None:
        return front
    row, _ = Front.objects.get_or_create(key=front.key, defaults={"section": front.section})
    return row


def newest_edition(key: str) -> Edition:
    """Return how a front is arranged now."""
    return _edition(LogEntry.objects.filter(kind="front", record_id=key).order_by("-seq").first())


def edition(key: str, seq: int) -> Edition | None:
    """Return how a front was arranged by one entry of the log; None if that is not one of its."""
    if seq == 0:
        return _edition(None)
    entry = LogEntry.objects.filter(kind="front", record_id=key, seq=seq).first()
    return None if entry is None else _edition(entry)


def editions(key: str, *, limit: int, before: int | None = None) -> Sequence[Edition]:
    """Return how a front was arranged, newest first; all before an entry if one is given."""
    entries = LogEntry.objects.filter(kind="front", record_id=key).order_by("-seq")
    if before is not None:
        entries = entries.filter(seq__lt=before)
    return [_edition(entry) for entry in entries[:limit]]


def newest_seq(key: str) -> int:
    """Return which entry of the log arranged a front last, 0 if none did."""
    return log.newest_seq("front", key)


def _of_section(section: SectionPage) -> Front:
    return Front(key=str(section.uuid), section=section)


def _edition(entry: LogEntry | None) -> Edition:
    if entry is None:
        return Edition(0, board_of(None), "", None)
    record = decoded(bytes(entry.version))
    front = record if isinstance(record, records.Front) else None
    return Edition(entry.seq, board_of(front), entry.by, entry.at)

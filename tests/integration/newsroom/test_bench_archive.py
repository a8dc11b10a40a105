"""The archives of the benches have as many stories as their name says, whatever interrupts."""

import pytest

from bench import archive
from broadsheet.press.actions.import_archive import import_archive
from broadsheet.press.models import LogEntry

pytestmark = pytest.mark.django_db


class Interrupted(Exception):
    """The run was broken off."""


def _slugs():
    """Return the slugs of the stories in the log, oldest entry first."""
    addresses = LogEntry.objects.filter(kind="story").order_by("seq")
    return [bytes(entry.version).decode().split('"slug":"')[1].split('"')[0] for entry in addresses]


def test_an_interrupted_archive_is_taken_up_where_it_stood(monkeypatch):
    """Stories that were put in stay, the others follow, and none comes twice."""
    monkeypatch.setattr(archive, "BATCH", 2)
    batches = []

    def import_one_batch(*args, **options):
        if batches:
            raise Interrupted
        batches.append(import_archive(*args, **options))

    monkeypatch.setattr(archive, "import_archive", import_one_batch)
    with pytest.raises(Interrupted):
        archive.fill(5)
    monkeypatch.setattr(archive, "import_archive", import_archive)

    archive.fill(5)

    assert [f"story-{place}" for place in range(5)] == _slugs()


def test_a_whole_archive_is_left_as_it_is():
    """Filling again adds nothing."""
    archive.fill(3)
    before = LogEntry.objects.count()

    archive.fill(3)

    assert before == LogEntry.objects.count()

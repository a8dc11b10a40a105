"""Every path that publishes a story commits exactly one version, with the row."""

import pytest

from broadsheet.press.models import LogEntry
from tests.factories import rows

pytestmark = pytest.mark.django_db


def acts_of(story) -> list[str]:
    """Return the acts in a story’s log, oldest first."""
    return list(
        LogEntry.objects.filter(kind="story", record_id=str(story.uuid))
        .order_by("seq")
        .values_list("act", flat=True)
    )


def test_a_draft_writes_no_version():
    """Saving a draft, and saving it again, leaves the log as it was."""
    story = rows.a_draft()

    story.title = "Another headline"
    story.save_revision()
    story.save()

    assert [] == acts_of(story)


def test_publishing_a_revision_writes_one_version():
    """A revision's publication is one entry in the log."""
    story = rows.a_live_story()

    assert ["publish"] == acts_of(story)
    assert story.live

"""An embargo holds as soon as it is saved, whatever was scheduled before."""

from datetime import UTC, datetime, timedelta

import pytest

from broadsheet.newsroom.acting import acting
from broadsheet.newsroom.adapter import WagtailNewsroom
from broadsheet.newsroom.models import Story
from broadsheet.press import scheduling
from broadsheet.press.models import Schedule
from tests.factories import rows
from tests.factories.press import Clock

pytestmark = [pytest.mark.both_databases, pytest.mark.django_db]


def test_embargo_extended_in_a_draft_holds_what_was_scheduled(clock: Clock) -> None:
    """A story scheduled for the end of its embargo stays in when a draft extends the embargo."""
    clock.now = start = datetime.now(UTC)  # Wagtail's clock, which nobody can hand in
    with acting("ada", now=clock()):
        story = rows.a_draft(embargo_until=start + timedelta(hours=1))
        story.save_revision().publish()
        extended = story.get_latest_revision_as_object()
        extended.embargo_until = start + timedelta(hours=3)
        extended.save_revision()

    clock.move(hours=2)
    scheduling.do_due(WagtailNewsroom(), now=clock(), owner="test")

    assert not Story.objects.get(pk=story.pk).live
    assert "is embargoed until" in Schedule.objects.get().reason

    clock.move(hours=2)
    scheduling.do_due(WagtailNewsroom(), now=clock(), owner="test")

    assert Story.objects.get(pk=story.pk).live

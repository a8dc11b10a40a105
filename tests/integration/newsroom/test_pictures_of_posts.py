"""A story that goes live right after an upload is posted with its picture."""

import msgspec
import pytest

from broadsheet.newsroom.models import SizesWanted
from broadsheet.press.models import LedgerRow
from broadsheet.projections.posts import Post
from tests.factories import rows
from tests.factories.pictures import an_uploaded_picture, make_sizes
from tests.factories.previewed import an_account

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def shows_a_picture(row: LedgerRow) -> bool:
    """Say whether what would be posted has a picture."""
    return bool(msgspec.json.decode(bytes(row.payload), type=Post).pictures)


def test_a_post_gets_the_picture_when_the_press_has_made_it():
    """The post waits until the first sizes are committed, and is due at once with the picture."""
    an_account("daily", "mastodon")
    rows.a_live_story(lead=an_uploaded_picture())
    waiting = LedgerRow.objects.get(surface="sandbox")

    make_sizes(is_first_only=True)

    ready = LedgerRow.objects.get(surface="sandbox")
    assert (False, True) == (shows_a_picture(waiting), shows_a_picture(ready))
    assert (True, None) == (waiting.due_at is not None, ready.due_at)


def test_a_post_waits_no_longer_for_a_picture_that_cannot_be_made():
    """Nothing but the minute holds a post: sizes parked for a person do not."""
    an_account("daily", "mastodon")
    story = rows.a_live_story(lead=an_uploaded_picture())
    before = LedgerRow.objects.get(surface="sandbox").due_at

    SizesWanted.objects.update(problem="no picture at all")
    make_sizes()

    row = LedgerRow.objects.get(surface="sandbox")
    assert (before, "", False) == (row.due_at, row.parked, shows_a_picture(row))
    assert story.live

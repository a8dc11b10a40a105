"""
Mends the rows of the list that no longer say what their stories say.

Wagtail moves and updates by queryset in places, and so may a person with a shell: what they
did behind the desk's back is found a slice at a time, once a minute.
"""

from collections.abc import Iterable

from django.db import transaction
from wagtail.models import Revision

from broadsheet.newsroom.desk import listing
from broadsheet.newsroom.models.listed_story import ListedStory
from broadsheet.newsroom.models.story import Story

STORIES_A_SLICE = 1_000  # compared in one sweep; some 15 ms


def mend(*, after_pk: int) -> int:
    """Mend the rows of the next stories after a key; return where to go on, 0 at the end."""
    following = Story.objects.filter(pk__gt=after_pk).order_by("pk")
    slim = following.defer("body", "standfirst").prefetch_related("bylines")
    stories = list(slim[:STORIES_A_SLICE])
    _give_drafts(stories)
    rows = ListedStory.objects.in_bulk([story.pk for story in stories])
    for story in stories:
        row = rows.get(story.pk)
        if row is None or not _is_true(row, story):
            with transaction.atomic():
                listing.note(Story.objects.get(pk=story.pk))
    return stories[-1].pk if len(stories) == STORIES_A_SLICE else 0


def _is_true(row: ListedStory, story: Story) -> bool:
    authors = listing.key_of(listing.authors_of(story))
    return authors == row.authors and listing.facts(story) == listing.facts_of(row)


def _give_drafts(stories: Iterable[Story]) -> None:
    """Read the newest drafts of stories that were changed since, together."""
    changed = [story for story in stories if story.has_unpublished_changes]
    drafts = Revision.objects.in_bulk([story.latest_revision_id for story in changed])
    for story in changed:
        story.latest_revision = drafts.get(story.latest_revision_id)

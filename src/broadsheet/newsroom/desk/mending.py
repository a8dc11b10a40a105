"""
Mends the rows of the list that no longer say what their stories say.

Wagtail moves and updates by queryset in places, and so may a person with a shell: what they
did behind the desk's back is found a slice at a time, once a minute. Authors are compared
when a story is saved only: those of a draft are in its revision.
"""

from django.db import transaction

from broadsheet.newsroom.desk import listing
from broadsheet.newsroom.models.listed_story import ListedStory
from broadsheet.newsroom.models.story import Story

STORIES_A_SLICE = 1_000  # compared in one sweep; some 15 ms


def mend(*, after_pk: int) -> int:
    """Mend the rows of the next stories after a key; return where to go on, 0 at the end."""
    following = Story.objects.filter(pk__gt=after_pk).order_by("pk")
    stories = list(following.defer("body", "standfirst")[:STORIES_A_SLICE])
    rows = ListedStory.objects.in_bulk([story.pk for story in stories])
    for story in stories:
        row = rows.get(story.pk)
        if row is None or listing.facts(story) != listing.facts_of(row):
            with transaction.atomic():
                listing.note(Story.objects.get(pk=story.pk))
    return stories[-1].pk if len(stories) == STORIES_A_SLICE else 0

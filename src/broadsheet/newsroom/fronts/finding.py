"""
Finds stories for a front by their words: one's own by all, others' by what readers have of them.

The desk's search knows the words of drafts and notes as well. A live story of another desk that
were found by those would tell what its draft says.
"""

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import QuerySet

from broadsheet.newsroom.models.story import Story
from broadsheet.newsroom.models.story_lines import Byline, Correction, StoryTopic
from broadsheet.newsroom.wordings import folded, pages_with

LOOKED_AT = 120  # of those with the words, the newest


def found(seen: QuerySet[Story], mine: QuerySet[Story], *, question: str, limit: int) -> list[int]:
    """Return the keys of stories with all words of a question, the newest first."""
    terms = question.split()
    for term in terms:
        seen = seen.filter(pk__in=pages_with(term))
    keys = list(seen.order_by("-pk").values_list("pk", flat=True)[:LOOKED_AT])
    own = set(mine.filter(pk__in=keys).values_list("pk", flat=True))
    words = _words_of_readers([key for key in keys if key not in own])
    return [key for key in keys if key in own or all(folded(term) in words[key] for term in terms)][
        :limit
    ]


def _words_of_readers(keys: Sequence[int]) -> Mapping[int, str]:
    """Return what readers find in live stories, as it is compared, by key."""
    if not keys:
        return {}
    texts: dict[int, list[str]] = {}
    for row in Story.objects.filter(pk__in=keys):
        lines = (row.title, row.kicker, row.standfirst, row.dateline, row.lead_caption)
        texts[row.pk] = [*lines, *Story.body.field.get_searchable_content(row.body)]
    about: Iterable[tuple[int, str]] = (
        *Byline.objects.filter(story__in=keys).values_list("story_id", "author__name"),
        *StoryTopic.objects.filter(story__in=keys).values_list("story_id", "topic__name"),
        *Correction.objects.filter(story__in=keys).values_list("story_id", "text"),
    )
    for key, text in about:
        texts[key].append(text)
    return {key: folded(" ".join(found)) for key, found in texts.items()}

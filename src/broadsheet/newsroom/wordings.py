"""
Reads the words of pages for the desk's search, after the request that changed them.

The press reads a page when it does the chore each save leaves behind, and once a minute
whatever no chore told of: rows from before, or saved by queryset. Reading twice gives the
same words. Nothing readers see depends on them.
"""

import unicodedata
from collections.abc import Iterator
from functools import partial
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import StrIndex
from wagtail.models import Page

from broadsheet.newsroom.models.story import Story
from broadsheet.newsroom.models.wording import Wording
from broadsheet.press.isolation import isolated

AT_ONCE = 8  # pages read before the press looks at the log again: about 50 ms


def folded(text: str) -> str:
    """Return a text as it is compared: without case, accents, vowel points and punctuation."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(filter(_is_compared, apart))


def pages_with(term: str) -> QuerySet[Wording, int]:
    """
    Return the keys of the pages whose words a term is a part of.

    A part, since Chinese has no spaces and German few: no list of words begins with it.
    """
    found = Wording.objects.annotate(at=StrIndex("words", Value(folded(term)))).filter(at__gt=0)
    return found.values_list("page_id", flat=True)


def read(app_label: str, model_name: str, key: str) -> None:
    """Read the words of a row that was saved, if it is a page; the arguments are the chore's."""
    if issubclass(apps.get_model(app_label, model_name), Page):
        read_page(int(key))


def read_page(key: int) -> None:
    """Read the words of a page; forget those of one that is gone."""
    with transaction.atomic():
        # Whoever saves or erases it meanwhile waits: words of an older save never win.
        page = Page.objects.select_for_update().filter(pk=key).first()
        if page is None:
            return
        Wording.objects.update_or_create(
            page_id=key,
            defaults={
                "words": "\n".join(dict.fromkeys(folded(_text_of(page)).split())),
                "draft_at": page.latest_revision_created_at,
            },
        )


def read_outdated(*, after_pk: int) -> int:
    """
    Read some pages that were saved since, or never read, in the order of their keys.

    Returns the last one's key, 0 when there are none.
    """
    is_newer = Q(latest_revision_created_at__gt=F("wording__draft_at")) | Q(
        latest_revision_created_at__isnull=False, wording__draft_at=None
    )
    outdated = Page.objects.filter(Q(wording=None) | is_newer, depth__gt=1, pk__gt=after_pk)
    keys = list(outdated.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    for key in keys:
        isolated(f"words of page {key}", partial(read_page, key))
    return keys[-1] if keys else 0


def _is_compared(char: str) -> bool:
    category = unicodedata.category(char)
    is_dropped = unicodedata.combining(char) or category[0] == "P" or category == "Cf"
    return not is_dropped and char != "\0"  # which PostgreSQL can neither keep nor be asked for


def _text_of(page: Page) -> str:
    row = page.specific
    if not isinstance(row, Story):
        return str(page.title)
    versions = [row]
    if row.latest_revision_id is not None:
        versions.append(row.get_latest_revision_as_object())
    return " ".join(text for version in versions for text in _texts_of(version))


def _texts_of(story: Any) -> Iterator[str]:
    yield from (story.title, story.kicker, story.standfirst, story.dateline, story.lead_caption)
    yield from (story.social_text, story.desk_notes)
    yield from Story.body.field.get_searchable_content(story.body)
    yield from (byline.author.name for byline in story.bylines.all())
    yield from (row.topic.name for row in story.topics.all())
    yield from (note.text for note in story.corrections.all())

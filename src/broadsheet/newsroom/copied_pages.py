"""
Remembers which pages were copied in, and knows one of them again.

Two pages are the same if their files are, or their headlines and bodies: the furniture
around a story changes from one hour to the next.
"""

from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

import msgspec
from django.db.models import Q

from broadsheet.intake.drafts import Draft, DraftPicture
from broadsheet.newsroom import acting, publishing
from broadsheet.newsroom.models import CopiedPage, Story


class CopiedBefore(NamedTuple):
    """Says which story was made of a page before, and when."""

    story: UUID
    address: str  # "" while it is a draft
    at: datetime  # UTC


def copied_before(draft: Draft, *, file: bytes) -> CopiedBefore | None:
    """Return the newest story that was made of this page, None if none was."""
    same = Q(file=sha256(file).hexdigest()) | Q(words=_words_hash(draft))
    found = CopiedPage.objects.filter(same).select_related("story").order_by("-pk").first()
    if found is None:
        return None
    version = publishing.newest_story(found.story)
    address = version.address if version is not None else ""
    return CopiedBefore(story=found.story.uuid, address=address, at=found.at)


def remember(draft: Draft, *, file: bytes, story: Story) -> None:
    """Note, in the transaction that makes a draft, which page it was made of."""
    CopiedPage.objects.create(
        story=story,
        file=sha256(file).hexdigest(),
        words=_words_hash(draft),
        at=acting.current().now,
    )


def _words_hash(draft: Draft) -> str:
    return sha256(msgspec.json.encode([draft.headline, *_body_words(draft)])).hexdigest()


def _body_words(draft: Draft) -> Iterator[str]:
    for block in draft.body:
        if isinstance(block, DraftPicture):
            yield from (block.agency_caption, block.caption)
        else:
            yield block.text

"""
Refuses to publish a story while a picture in it may not be shown, on every path.

At the desk the complaint stands beside the picture, with a link to it.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError

from broadsheet.newsroom import to_version
from broadsheet.newsroom.pictures.rights import Hindrance, hindrances

if TYPE_CHECKING:
    # The rows import this module; only the checker needs them here.
    from broadsheet.newsroom.models.picture import Picture
    from broadsheet.newsroom.models.story import Story


class PicturesHinder(ValidationError):
    """Pictures of a story may not be shown; the message says which, why and what to do."""

    def __init__(self, story: "Story", found: Iterable[Hindrance]) -> None:
        """Keep where each picture is, for a form."""
        self._in_words = {hindrance.picture.pk: hindrance.words for hindrance in found}
        self._lead = self._in_words.get(story.lead_id or 0, "")
        self._blocks = {
            number: words
            for number, child in enumerate(story.body)
            if child.block_type == "picture"
            and (words := self._in_words.get(child.value["picture"].pk))
        }
        elsewhere = dict.fromkeys(w for w in self._in_words.values() if w != self._lead)
        places = {"lead": [self._lead] if self._lead else [], "body": list(elsewhere)}
        super().__init__({field: words for field, words in places.items() if words})

    def show_in(self, form: Any) -> None:
        """Put each complaint beside its picture, with a link to the picture."""
        linked = {words: _linked(pk, words) for pk, words in self._in_words.items()}
        if self._lead:
            form.add_error("lead" if "lead" in form.fields else None, linked[self._lead])
        if self._blocks and "body" in form.fields:
            form.add_error("body", _beside_blocks(self._blocks, linked))
        shown = {self._lead, *self._blocks.values()}
        for words in self._in_words.values():
            if words not in shown:
                form.add_error("body" if "body" in form.fields else None, linked[words])


def refuse_hindered(story: "Story", pictures: Iterable["Picture"], *, at: datetime) -> None:
    """
    Do nothing if every picture in a story may be shown at a time.

    Raises:
        PicturesHinder: one has no credit, or is embargoed for longer.

    """
    found = list(hindrances(pictures, at=at))
    if found:
        raise PicturesHinder(story, found)


def refuse_hindered_draft(draft: "Story", *, now: datetime) -> None:
    """
    Do nothing if a story's pictures may be shown when it is to go live: now, or at its time.

    Raises:
        PicturesHinder: one has no credit, or is embargoed for longer.

    """
    times = (now, draft.go_live_at, draft.embargo_until)
    pictures = to_version.pictures_of(draft)
    refuse_hindered(draft, pictures, at=max(at for at in times if at is not None))


def _linked(pk: int, words: str) -> str:
    return format_html(
        '{} <a href="{}">Open the picture</a>', words, reverse("wagtailimages:edit", args=[pk])
    )


def _beside_blocks(blocks: Mapping[int, str], linked: Mapping[str, str]) -> ValidationError:
    return StreamBlockValidationError(
        block_errors={
            number: StructBlockValidationError(
                block_errors={"picture": ValidationError(linked[words])}
            )
            for number, words in blocks.items()
        }
    )

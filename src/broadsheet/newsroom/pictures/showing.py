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
from wagtail.blocks import ListBlock, StructBlock
from wagtail.blocks.list_block import ListBlockValidationError
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageChooserBlock

from broadsheet.newsroom import to_version
from broadsheet.newsroom.pictures.rights import Hindrance, hindrances

if TYPE_CHECKING:
    # The rows import this module; only the checker needs them here.
    from broadsheet.newsroom.models.picture import Picture
    from broadsheet.newsroom.models.story import Story


class PicturesHinder(ValidationError):
    """Pictures of a story may not be shown; the message says which, why and what to do."""

    def __init__(self, story: "Story", found: Iterable[Hindrance]) -> None:
        """Keep which pictures, for a form."""
        self._story = story
        self._words = {hindrance.picture.pk: hindrance.words for hindrance in found}
        lead = [words for pk, words in self._words.items() if pk == story.lead_id]
        others = [words for pk, words in self._words.items() if pk != story.lead_id]
        places = {"lead": lead, "body": others}
        super().__init__({field: words for field, words in places.items() if words})

    def show_in(self, form: Any) -> None:
        """Put each complaint beside its picture, with a link to the picture."""
        linked = {pk: _linked(pk, words) for pk, words in self._words.items()}
        beside = {
            number: complaint
            for number, child in enumerate(self._story.body)
            if (complaint := complaint_at(child.block, child.value, linked)) is not None
        }
        lead = linked.pop(self._story.lead_id or 0, None)
        if lead is not None:
            form.add_error("lead" if "lead" in form.fields else None, lead)
        if beside and "body" in form.fields:
            form.add_error("body", StreamBlockValidationError(block_errors=beside))
            return
        for words in linked.values():
            form.add_error(None, words)


def complaint_at(block: Any, value: Any, words: Mapping[int, str]) -> ValidationError | None:
    """Return what is said of the pictures in a block, at their places in it; None for nothing."""
    match block:
        case ImageChooserBlock():
            said = words.get(value.pk) if value else None
            return ValidationError(said) if said else None
        case StructBlock():
            parts = block.child_blocks.items()
            found = {n: e for n, part in parts if (e := complaint_at(part, value.get(n), words))}
            return StructBlockValidationError(block_errors=found) if found else None
        case ListBlock():
            places = enumerate(value or ())
            found = {n: e for n, v in places if (e := complaint_at(block.child_block, v, words))}
            return ListBlockValidationError(block_errors=found) if found else None
    return None


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

"""
Makes newsroom rows of a draft that copy intake read: a story, its pictures and authors.

Everything is kept code point for code point. Pictures wait for their files; until those
come, readers see neither the pictures nor their captions.
"""

from collections.abc import Sequence
from html import escape
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.rich_text import RichText

from broadsheet.intake.drafts import Draft, DraftBlock, DraftHeading, DraftParagraph, DraftPicture
from broadsheet.newsroom.acting import acting
from broadsheet.newsroom.commands import author_named
from broadsheet.newsroom.models import Byline, Picture, SectionPage, Story

DESK_NAME_LIMIT = 80  # characters of a caption that become the picture's name at the desk


def take_in(draft: Draft, *, section: SectionPage, language: str, by: str) -> Story:
    """
    Make a draft in a section, with one revision; no reader can see it.

    Raises:
        ValidationError: it holds what may not be written; nothing is made then.

    """
    with acting(by, now=timezone.now()), transaction.atomic():
        lead = _picture(draft.lead) if draft.lead else None
        story = Story(
            title=draft.headline,
            standfirst=draft.standfirst,
            language=language,
            lead=lead,
            body=[_block(block) for block in draft.body],
        )
        section.add_child(instance=story)
        for order, byline in enumerate(draft.bylines):
            author = author_named(byline.name, role=byline.role, by=by)
            role = "" if author.role == byline.role else byline.role
            story.bylines.add(Byline(author=author, role=role, sort_order=order))
        story.save_revision()
    return story


def waiting_pictures(draft: Draft) -> Sequence[DraftPicture]:
    """Return the places for pictures whose files must still come."""
    pictures = [block for block in draft.body if isinstance(block, DraftPicture)]
    return [draft.lead, *pictures] if draft.lead else pictures


def _block(block: DraftBlock) -> tuple[str, Any]:
    match block:
        case DraftParagraph(text=text):
            return "text", RichText(f"<p>{escape(text, quote=False)}</p>")
        case DraftHeading(text=text):
            return "heading", text
        case DraftPicture():
            return "picture", {"picture": _picture(block), "caption": ""}


def _picture(place: DraftPicture) -> Picture:
    name = place.caption or place.agency_caption or "Picture without a caption"
    picture = Picture.waiting_for_file(
        name[:DESK_NAME_LIMIT],
        caption=place.caption,
        agency_caption=place.agency_caption,
        credit=place.credit,
        alternative_text=place.alternative_text,
    )
    picture.save()
    return picture

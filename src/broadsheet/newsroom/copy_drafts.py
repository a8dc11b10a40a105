"""
Makes rows of what copy intake read: a draft story, pictures that wait for their files.

Every word stands in the rows as it stood on the page. Nothing is published here.

Errors: PageCopiedBefore
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.rich_text import RichText

from broadsheet.intake.drafts import Draft, DraftHeading, DraftParagraph, DraftPicture
from broadsheet.newsroom import commands
from broadsheet.newsroom.acting import acting
from broadsheet.newsroom.copied_pages import CopiedBefore, copied_before, remember
from broadsheet.newsroom.models import Byline, PaperPage, Picture, Story
from broadsheet.newsroom.rich_text import html_of
from broadsheet.story.body import Paragraph, Run

PICTURE_NAME_CHARACTERS = 120  # of the caption, for the desk's lists; the caption keeps all


class PageCopiedBefore(ValueError):
    """A page was copied in before; another story of it is made only when told."""

    def __init__(self, before: CopiedBefore) -> None:
        """Keep which story it became."""
        super().__init__(f"this page was copied in before, as story {before.story}")
        self.before = before


def create_draft_from(
    draft: Draft, *, file: bytes, section_slug: str, language: str, by: str
) -> Story:
    """
    Make a draft story of a page's words; section and authors are found by name, or made.

    The file is the page's bytes, by which it is known when it comes again.

    Raises:
        PageCopiedBefore: there is a story of this page.
        ValidationError: the page holds what may not be written.

    """
    with acting(by, now=timezone.now()), transaction.atomic():
        # Two people with the same page: the second waits here for the first, and sees it.
        PaperPage.objects.select_for_update().first()
        before = copied_before(draft, file=file)
        if before is not None:
            raise PageCopiedBefore(before)
        return _made(draft, file=file, section_slug=section_slug, language=language, by=by)


def create_another_draft_from(
    draft: Draft, *, file: bytes, section_slug: str, language: str, by: str
) -> Story:
    """
    Make a draft story of a page's words, also if there is one of this page.

    Raises:
        ValidationError: the page holds what may not be written.

    """
    with acting(by, now=timezone.now()), transaction.atomic():
        return _made(draft, file=file, section_slug=section_slug, language=language, by=by)


def waiting_pictures(draft: Draft) -> Sequence[DraftPicture]:
    """Return the places for pictures whose files must still come, in the page's order."""
    pictures = [block for block in draft.body if isinstance(block, DraftPicture)]
    return [draft.lead, *pictures] if draft.lead else pictures


def _made(draft: Draft, *, file: bytes, section_slug: str, language: str, by: str) -> Story:
    section = commands.section_named(section_slug, by=by)
    authors = [commands.author_named(each.name, by=by, role=each.role) for each in draft.bylines]
    story = Story(
        title=draft.headline,
        standfirst=draft.standfirst,
        language=language,
        lead=None if draft.lead is None else _waiting(draft.lead),
        body=list(_blocks(draft)),
    )
    for number, (author, line) in enumerate(zip(authors, draft.bylines, strict=True)):
        story.bylines.add(Byline(author=author, role=line.role, sort_order=number))
    section.add_child(instance=story)
    story.save_revision()
    remember(draft, file=file, story=story)
    return story


def _blocks(draft: Draft) -> Iterator[tuple[str, Any]]:
    paragraphs: list[Paragraph] = []
    for block in draft.body:
        if isinstance(block, DraftParagraph):
            paragraphs.append(Paragraph(runs=(Run(text=block.text),)))
            continue
        yield from _text(paragraphs)
        paragraphs = []
        if isinstance(block, DraftHeading):
            yield ("heading", block.text)
        else:
            yield ("picture", {"picture": _waiting(block), "caption": ""})
    yield from _text(paragraphs)


def _text(paragraphs: list[Paragraph]) -> Iterator[tuple[str, Any]]:
    if paragraphs:
        yield ("text", RichText(html_of(paragraphs)))


def _waiting(place: DraftPicture) -> Picture:
    name = place.caption or place.agency_caption or "Picture without a caption"
    picture = Picture.waiting_for_file(
        name[:PICTURE_NAME_CHARACTERS],
        alternative_text=place.alternative_text,
        caption=place.caption,
        agency_caption=place.agency_caption,
        credit=place.credit,
    )
    picture.save()
    return picture

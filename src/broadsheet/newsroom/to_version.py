"""
Maps the newsroom's rows to the records of the log. The only place that does.

Reads rows and returns values; commits nothing, and knows neither clock nor press.
"""

from typing import TYPE_CHECKING, Any
from uuid import UUID

import msgspec

from broadsheet.newsroom.pictures import focus
from broadsheet.newsroom.rich_text import PageHref
from broadsheet.newsroom.writing.body import blocks_of, id_of_picture, pictures_in
from broadsheet.newsroom.writing.placing import original_of
from broadsheet.story.body import Heading, Paragraph, PictureUse, Points
from broadsheet.story.ids import AuthorId, PictureId, SectionId, StoryId, TopicId
from broadsheet.story.records import (
    PAPER,
    Byline,
    Correction,
    CorrectionKind,
    Coverage,
    Front,
    Picture,
    Rendition,
    Settings,
    Slot,
    StoryContent,
    Syndication,
)

if TYPE_CHECKING:
    # The rows import this module through publishing; only the checker needs them here.
    from broadsheet.newsroom import models as rows


def story_id(uuid: UUID) -> StoryId:
    """Return a story's id as the log writes it."""
    return StoryId(str(uuid))


def story_content(
    story: "rows.Story", *, section: UUID, language: str, page_href: PageHref
) -> StoryContent:
    """
    Return what a story's row says. Language is the paper's, for a story that names none.

    Every correction must have its time.
    """
    lead = None
    if story.lead is not None:
        lead = PictureUse(picture=picture_id(story.lead), caption=story.lead_caption)
    original = original_of(story)
    return StoryContent(
        section=SectionId(str(section)),
        language=story.language or language,
        headline=story.title,
        slug=story.address_words,
        standfirst=story.standfirst,
        lead=lead,
        body=tuple(blocks_of(story.body, page_href=page_href)),
        bylines=tuple(
            Byline(author=AuthorId(str(byline.author.uuid)), role=byline.role)
            for byline in story.bylines.all()
        ),
        dateline=story.dateline,
        corrections=_corrections(story),
        kicker=story.kicker,
        aliases=tuple(
            sorted(SectionId(str(row.uuid)) for row in story.aliases.all() if row.uuid != section)
        ),
        topics=tuple(dict.fromkeys(topic_id(row.topic) for row in story.topics.all())),
        related=tuple(
            dict.fromkeys(
                story_id(row.to.uuid) for row in story.related.all() if row.to_id != story.pk
            )
        ),
        translation_of=None if original is None else story_id(original.uuid),
        social_text=story.social_text,
        coverage=Coverage(story.coverage),
        source=story.source,
        syndication=Syndication(story.syndication),
    )


def pictures_of(story: "rows.Story") -> "tuple[rows.Picture, ...]":
    """Return the pictures a story's row shows, each once, lead first."""
    shown = {story.lead.pk: story.lead} if story.lead is not None else {}
    shown.update((picture.pk, picture) for picture in pictures_in(story.body) if picture)
    return tuple(shown.values())


def picture(row: "rows.Picture") -> Picture:
    """
    Return what a picture's row says; without renditions while there are none.

    One whose rights have ended has no size either: no page keeps a place for it.
    """
    is_to_see = not (row.waiting or row.have_rights_ended)
    return Picture(
        id=picture_id(row),
        alternative_text=row.alternative_text,
        caption=row.caption,
        agency_caption=row.agency_caption,
        credit=row.credit,
        renditions=msgspec.convert(row.sizes if is_to_see else (), tuple[Rendition, ...]),
        is_decorative=row.is_decorative,
        width_px=row.width if is_to_see else 0,
        height_px=row.height if is_to_see else 0,
        focus_x_percent=focus.percents(row)[0],
        focus_y_percent=focus.percents(row)[1],
        creator=row.creator,
        copyright=row.copyright,
        license_url=row.license_url,
        licensor_url=row.licensor_url,
        digital_source_type=row.digital_source_type,
    )


def picture_id(row: "rows.Picture") -> PictureId:
    """Return a picture's id as the log writes it."""
    return id_of_picture(row)


def topic_id(row: "rows.Topic") -> TopicId:
    """Return a topic's id as the log writes it."""
    return TopicId(str(row.uuid))


def settings(row: "rows.PaperSettings") -> Settings:
    """Return what the paper's settings say."""
    return Settings(
        id=PAPER,
        name=row.name,
        tagline=row.tagline,
        base_url=row.base_url.rstrip("/"),  # as the press keeps it, or the sweep mends it for ever
        language=row.language,
        time_zone=row.time_zone,
        profiles=lines(row.profiles),
        websub_hub=row.websub_hub,
    )


def policy_body(
    row: "rows.Policy", *, page_href: PageHref
) -> tuple[Paragraph | Points | Heading, ...]:
    """Return the text of a policy."""
    blocks = blocks_of(row.body, page_href=page_href)
    return tuple(each for each in blocks if isinstance(each, Paragraph | Points | Heading))


def front(key: str, slots: Any) -> Front:
    """Return the front that rows arrange so: the slots of a draft or a change, as JSON."""
    return Front(id=key, slots=msgspec.convert(slots, tuple[Slot, ...]))


def lines(text: str) -> tuple[str, ...]:
    """Return the lines of a field that holds one thing a line."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _corrections(story: "rows.Story") -> tuple[Correction, ...]:
    found = [
        Correction(id=str(row.uuid), kind=CorrectionKind(row.kind), at=row.at, text=row.text)
        for row in story.corrections.all()
    ]
    return tuple(sorted(found, key=lambda correction: (correction.at, correction.id)))

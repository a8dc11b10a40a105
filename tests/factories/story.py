"""Builds frozen records with plain defaults; a test names only what matters to it."""

from datetime import UTC, datetime

import msgspec

from broadsheet.projections.layouts import FRONT, places_of
from broadsheet.story.body import Paragraph, Run
from broadsheet.story.ids import Address, AuthorId, PictureId, SectionId, Sha256, StoryId, TopicId
from broadsheet.story.records import (
    PAPER,
    Author,
    Byline,
    Correction,
    CorrectionKind,
    Front,
    Picture,
    Policy,
    PolicyPurpose,
    Rendition,
    Section,
    Settings,
    Slot,
    Story,
    StoryContent,
    StoryState,
    Topic,
)

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def an_id(number: int) -> str:
    """Return a well-formed UUIDv7 that sorts by number."""
    return f"01900000-0000-7000-8000-{number:012x}"


def a_paragraph(text: str = "The council met on Tuesday.") -> Paragraph:
    """Return a paragraph without marks."""
    return Paragraph(runs=(Run(text=text),))


def a_content(**changes: object) -> StoryContent:
    """Return what a newsroom would write."""
    content = StoryContent(
        section=SectionId(an_id(1)),
        language="en",
        headline="Council approves the new tram line",
        slug="council-approves-the-new-tram-line",
        standfirst="Work starts in spring.",
        lead=None,
        body=(a_paragraph(),),
        bylines=(Byline(author=AuthorId(an_id(2)), role=""),),
        dateline="",
        corrections=(),
    )
    return msgspec.structs.replace(content, **changes)


def a_story(number: int = 100, *, content: StoryContent | None = None, **changes: object) -> Story:
    """Return a live story; number gives its id."""
    story = Story(
        id=StoryId(an_id(number)),
        state=StoryState.LIVE,
        content=content or a_content(),
        address=Address(f"/2026/11/22/story-{number}/"),
        former_addresses=(),
        first_published_at=NOON,
        updated_at=NOON,
        retraction=None,
    )
    return msgspec.structs.replace(story, **changes)


def a_section(number: int = 1, **changes: object) -> Section:
    """Return a section; number gives its id."""
    section = Section(
        id=SectionId(an_id(number)),
        name="World",
        address=Address("/world/"),
        former_addresses=(),
        position=number,
        description="",
    )
    return msgspec.structs.replace(section, **changes)


def an_author(number: int = 2, **changes: object) -> Author:
    """Return an author; number gives the id."""
    author = Author(
        id=AuthorId(an_id(number)),
        name="Ada Reporter",
        role="City reporter",
        bio="",
        address=Address("/authors/ada-reporter/"),
        former_addresses=(),
        links=(),
        avatar=None,
    )
    return msgspec.structs.replace(author, **changes)


def a_topic(number: int = 4, **changes: object) -> Topic:
    """Return a topic; number gives its id."""
    topic = Topic(
        id=TopicId(an_id(number)),
        name="Trams",
        description="Lines, rails and who pays for them.",
        address=Address("/topics/trams/"),
        former_addresses=(),
    )
    return msgspec.structs.replace(topic, **changes)


def a_picture(number: int = 3, **changes: object) -> Picture:
    """Return a picture with one rendition; number gives its id."""
    rendition = Rendition(
        sha256=Sha256("ab" * 32), width_px=1200, height_px=800, format="jpeg", bytes=90_000
    )
    picture = Picture(
        id=PictureId(an_id(number)),
        alternative_text="A tram crossing a bridge",
        caption="The first tram crosses the old bridge.",
        agency_caption="",
        credit="Ada Reporter",
        renditions=(rendition,),
    )
    return msgspec.structs.replace(picture, **changes)


def a_front(*placed: Slot | int | None, of: str = PAPER) -> Front:
    """Return a front: stories by number in reading order, None for the newest, or whole slots."""
    slots = [
        each
        if isinstance(each, Slot)
        else Slot(place=place.name, story=None if each is None else StoryId(an_id(each)))
        for place, each in zip(places_of(FRONT), placed, strict=False)
    ]
    return Front(id=of, slots=tuple(slots))


def paper_settings(**changes: object) -> Settings:
    """Return the settings of a paper in a zone that is not UTC."""
    settings = Settings(
        id=PAPER,
        name="The Daily Test",
        tagline="All the tests that fit",
        base_url="https://paper.example",
        language="en",
        time_zone="Europe/Berlin",
        profiles=(),
    )
    return msgspec.structs.replace(settings, **changes)


def a_policy(purpose: PolicyPurpose = PolicyPurpose.CORRECTIONS, **changes: object) -> Policy:
    """Return a policy."""
    policy = Policy(
        id=purpose.value,
        purpose=purpose,
        title="How we correct ourselves",
        body=(a_paragraph("Write to the desk."),),
        changed_at=NOON,
    )
    return msgspec.structs.replace(policy, **changes)


def a_correction(number: int = 1, *, at: datetime = NOON, **changes: object) -> Correction:
    """Return a note to readers; number gives its id and its words."""
    correction = Correction(
        id=f"note-{number}", kind=CorrectionKind.CORRECTION, at=at, text=f"It was {number}."
    )
    return msgspec.structs.replace(correction, **changes)

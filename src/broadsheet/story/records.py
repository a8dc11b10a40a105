"""
Says what each kind of record is. A record is everything the log knows of one thing.

Every record is immutable and complete: the newest version of each record, folded
over the log, is all a projection may read. Lifecycle (state, address, dates) is
part of a story's record, so the log alone can rebuild the site.
"""

from datetime import datetime
from enum import Enum

import msgspec

from broadsheet.story.body import Block, PictureUse
from broadsheet.story.ids import Address, AuthorId, PictureId, SectionId, Sha256, StoryId


class StoryState(Enum):
    """Where a story that was ever live now stands. Drafts are not in the log."""

    LIVE = "live"
    UNPUBLISHED = "unpublished"  # to fix: 404 until it returns
    EXPIRED = "expired"  # 410, no note
    RETRACTED = "retracted"  # 410 with a reason and a time
    ERASED = "erased"  # as retracted; by law its words are gone from every version


class CorrectionKind(Enum):
    """What a note at the top of a story is."""

    CORRECTION = "correction"
    CLARIFICATION = "clarification"
    EDITORS_NOTE = "editors-note"
    UPDATE = "update"


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """A note to readers about a change, shown at the top of the story."""

    id: str  # given once; a later edit of its words keeps it
    kind: CorrectionKind
    at: datetime
    text: str


class Byline(msgspec.Struct, frozen=True, kw_only=True):
    """One author's place in the byline."""

    author: AuthorId
    role: str  # for this story; "" shows the author's own


class StoryContent(msgspec.Struct, frozen=True, kw_only=True):
    """What the newsroom writes: a story without its lifecycle."""

    section: SectionId
    language: str  # BCP 47: "en", "ar"
    headline: str
    slug: str  # wanted address part; the address is assigned at first publication
    standfirst: str
    lead: PictureUse | None
    body: tuple[Block, ...]
    bylines: tuple[Byline, ...]
    dateline: str
    corrections: tuple[Correction, ...]  # oldest first


class Retraction(msgspec.Struct, frozen=True, kw_only=True):
    """Why and when a story was withdrawn, worded for readers."""

    reason: str
    at: datetime


class Story(msgspec.Struct, frozen=True, kw_only=True, tag="story", tag_field="kind"):
    """A story that is, or was, live."""

    id: StoryId
    state: StoryState
    content: StoryContent
    address: Address
    former_addresses: tuple[Address, ...]  # oldest first; each leads to address in one hop
    first_published_at: datetime
    updated_at: datetime  # newest significant update; first publication if none
    retraction: Retraction | None  # set when retracted or erased


class Section(msgspec.Struct, frozen=True, kw_only=True, tag="section", tag_field="kind"):
    """A section of the paper."""

    id: SectionId
    name: str
    address: Address  # "/world/"
    former_addresses: tuple[Address, ...]
    position: int  # order in the menu; ties by id
    description: str


class Author(msgspec.Struct, frozen=True, kw_only=True, tag="author", tag_field="kind"):
    """A person (or desk) that stories are by."""

    id: AuthorId
    name: str
    role: str
    bio: str
    address: Address  # "/authors/name/"
    former_addresses: tuple[Address, ...]
    links: tuple[str, ...]  # https addresses of profiles elsewhere
    avatar: PictureId | None


class Rendition(msgspec.Struct, frozen=True, kw_only=True):
    """One size of a picture, already made, lying in private storage by its hash."""

    sha256: Sha256
    width_px: int
    height_px: int
    format: str  # "jpeg", "webp", "avif"
    bytes: int


class Picture(msgspec.Struct, frozen=True, kw_only=True, tag="picture", tag_field="kind"):
    """A picture with its four texts. Without renditions it waits, and is not shown."""

    id: PictureId
    alternative_text: str
    caption: str  # display caption
    agency_caption: str  # as received; never shown
    credit: str
    renditions: tuple[Rendition, ...]  # widest first; none while the file has not come


class Settings(msgspec.Struct, frozen=True, kw_only=True, tag="settings", tag_field="kind"):
    """The paper itself. There is one; its id is PAPER."""

    id: str
    name: str
    tagline: str
    base_url: str  # "https://paper.example", no slash at the end
    language: str
    time_zone: str  # IANA name; for display, months and new addresses
    profiles: tuple[str, ...]  # "Connect with us": addresses of the paper's accounts elsewhere


class NewsWindow(msgspec.Struct, frozen=True, kw_only=True, tag="news-window", tag_field="kind"):
    """
    Says from when on stories are news (Google: 48 hours). Its id is PAPER.

    Projections have no clock: the scheduler appends a new window when a story falls out.
    """

    id: str
    opens_at: datetime


class Slot(msgspec.Struct, frozen=True, kw_only=True):
    """One place on a front, and what somebody put there by hand."""

    place: str  # one that the layout offers: "lead", "second", "list"
    story: StoryId | None  # None: the newest story that is not on the page yet
    headline: str = ""  # for this front; "" shows the story's own
    kicker: str = ""  # above the headline; "" shows the story's section
    shows_picture: bool = True


class Front(msgspec.Struct, frozen=True, kw_only=True, tag="front", tag_field="kind"):
    """
    How the stories of a front page are arranged: the paper's, with the id PAPER, or a section's.

    Slots are in reading order. A place has as many as its layout offers, and those no slot is
    given for show the newest stories.
    """

    id: str  # PAPER, or the section's
    slots: tuple[Slot, ...]


PAPER = "paper"  # id of the records there is one of

Record = Story | Section | Author | Picture | Settings | NewsWindow | Front
KINDS = {
    Story: "story",
    Section: "section",
    Author: "author",
    Picture: "picture",
    Settings: "settings",
    NewsWindow: "news-window",
    Front: "front",
}


class Act(Enum):
    """What somebody, or the clock, did. The log keeps it beside the version."""

    PUBLISH = "publish"  # first publication, or back after unpublishing
    UPDATE = "update"  # changed words of a live story, not significant
    SIGNIFICANT_UPDATE = "significant-update"
    CORRECT = "correct"
    UNPUBLISH = "unpublish"
    RETRACT = "retract"
    EXPIRE = "expire"
    ERASE = "erase"
    CHANGE_ADDRESS = "change-address"
    EDIT = "edit"  # of anything that is not a story
    CLOCK = "clock"  # something fell due
    IMPORT = "import"  # like PUBLISH, but posts nothing

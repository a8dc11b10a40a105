"""
Says what each kind of record is. A record is everything the log knows of one thing.

Every record is immutable and complete: the newest version of each record, folded
over the log, is all a projection may read. Lifecycle (state, address, dates) is
part of a story's record, so the log alone can rebuild the site.
"""

from datetime import datetime
from enum import Enum

import msgspec

from broadsheet.story.body import Block, Heading, Paragraph, PictureUse, Points
from broadsheet.story.ids import (
    Address,
    AuthorId,
    PictureId,
    SectionId,
    Sha256,
    StoryId,
    TopicId,
)


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


class Coverage(Enum):
    """Whether a story follows something while it happens, by timestamped updates."""

    NONE = ""
    RUNNING = "running"
    ENDED = "ended"


class Syndication(Enum):
    """Whether partners may take a story over."""

    BY_SOURCE = ""  # our own copy may be taken, what an agency wrote may not
    ALLOWED = "allowed"
    REFUSED = "refused"


class Byline(msgspec.Struct, frozen=True, kw_only=True):
    """One author's place in the byline."""

    author: AuthorId
    role: str  # for this story; "" shows the author's own


class StoryContent(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """
    What the newsroom writes: a story without its lifecycle.

    What has a default is left out of a version's bytes while it is that: a story that says
    nothing new has the bytes, and the hash, it had before there was more to say.
    """

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
    kicker: str = ""  # the word or two above the headline
    aliases: tuple[SectionId, ...] = ()  # other sections that list it; by id, never its own
    topics: tuple[TopicId, ...] = ()  # in the editor's order
    related: tuple[StoryId, ...] = ()  # chosen by hand, in the editor's order; live or not
    translation_of: StoryId | None = None  # the original, whose id names the group
    social_text: str = ""  # what its first posts say; "" is the headline
    coverage: Coverage = Coverage.NONE
    source: str = ""  # the agency that wrote it; "" is our own copy
    syndication: Syndication = Syndication.BY_SOURCE

    @property
    def may_be_taken(self) -> bool:
        """Say whether partners may take the story over."""
        if self.syndication is Syndication.BY_SOURCE:
            return not self.source
        return self.syndication is Syndication.ALLOWED


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


class Topic(msgspec.Struct, frozen=True, kw_only=True, tag="topic", tag_field="kind"):
    """What stories of several sections are about."""

    id: TopicId
    name: str
    description: str
    address: Address  # "/topics/name/"
    former_addresses: tuple[Address, ...]


class Rendition(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """
    One size of a picture, already made, lying in private storage by its hash.

    A shape that is not said is not written either: versions from before there were
    shapes keep their bytes.
    """

    sha256: Sha256
    width_px: int
    height_px: int
    format: str  # "jpeg", "webp", "avif"
    bytes: int
    shape: str = ""  # the whole picture; or a part of it: "16:9", "4:3", "1:1"


class Picture(
    msgspec.Struct, frozen=True, kw_only=True, tag="picture", tag_field="kind", omit_defaults=True
):
    """
    A picture with its four texts, and what else outputs tell of it.

    Without renditions it waits: a page keeps its place free if its size is known, and does
    not show it if not. What is not said is not written: versions from before keep their bytes.
    """

    id: PictureId
    alternative_text: str
    caption: str  # display caption
    agency_caption: str  # as received; never shown
    credit: str
    renditions: tuple[Rendition, ...]  # widest first; none while the file has not come
    is_decorative: bool = False  # says nothing that the story does not: its alternative is silence
    width_px: int = 0  # of the whole picture, upright; 0 is not known
    height_px: int = 0
    focus_x_percent: int = 50  # where to look, from the left and from the top
    focus_y_percent: int = 50
    creator: str = ""
    copyright: str = ""
    license_url: str = ""  # the page that says how it may be used
    licensor_url: str = ""  # the page where a license can be had
    digital_source_type: str = ""  # IPTC's address for how it was made: by camera, by machine ...


class Settings(
    msgspec.Struct, frozen=True, kw_only=True, tag="settings", tag_field="kind", omit_defaults=True
):
    """The paper itself. There is one; its id is PAPER."""

    id: str
    name: str
    tagline: str
    base_url: str  # "https://paper.example", no slash at the end
    language: str
    time_zone: str  # IANA name; for display, months and new addresses
    profiles: tuple[str, ...]  # "Connect with us": addresses of the paper's accounts elsewhere
    websub_hub: str = ""  # the https address that tells subscribers of new feed items; "" is none


class PolicyPurpose(Enum):
    """What a policy page is about. A paper has one of each at most."""

    CORRECTIONS = "corrections"
    ETHICS = "ethics"
    OWNERSHIP = "ownership"
    CONTACT = "contact"
    PRIVACY = "privacy"


class Policy(msgspec.Struct, frozen=True, kw_only=True, tag="policy", tag_field="kind"):
    """What the paper says of itself on one matter. Its id is the purpose; without text, nowhere."""

    id: str  # the purpose's value
    purpose: PolicyPurpose
    title: str
    body: tuple[Paragraph | Points | Heading, ...]
    changed_at: datetime

    @property
    def address(self) -> Address:
        """Return where it stands, whatever its title."""
        return Address(f"/about/{self.purpose.value}/")


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
    kicker: str = ""  # above the headline; "" shows the story's own
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

Record = Story | Section | Author | Topic | Picture | Settings | NewsWindow | Front | Policy
KINDS = {
    Story: "story",
    Section: "section",
    Author: "author",
    Topic: "topic",
    Picture: "picture",
    Settings: "settings",
    NewsWindow: "news-window",
    Front: "front",
    Policy: "policy",
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

"""
Says what copy intake hands to the newsroom: a draft, and a report on how it was read.

A draft holds words, not records: pictures are places for pictures whose files have not
come. Every word of it stands on the page exactly so; nothing is invented or repaired.
"""

from datetime import datetime

import msgspec

from broadsheet.copydesk.findings import Finding, blocking


class DraftParagraph(msgspec.Struct, frozen=True, kw_only=True, tag="paragraph", tag_field="block"):
    """A paragraph of the page's story."""

    text: str


class DraftHeading(msgspec.Struct, frozen=True, kw_only=True, tag="heading", tag_field="block"):
    """A cross-heading of the page's story."""

    text: str


class DraftPicture(msgspec.Struct, frozen=True, kw_only=True, tag="picture", tag_field="block"):
    """A place for a picture: its texts, apart from each other."""

    agency_caption: str  # without its credit; "" where the page had one caption only
    caption: str  # display caption, without its credit
    credit: str  # without brackets
    alternative_text: str = ""  # a page never says; a person must
    received: tuple[str, ...] = ()  # the page's lines, untouched


DraftBlock = DraftParagraph | DraftHeading | DraftPicture


class DraftByline(msgspec.Struct, frozen=True, kw_only=True):
    """One author as the page names them."""

    name: str
    role: str  # "" where the page gives none


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A page's story, ready to become newsroom rows."""

    headline: str
    section_label: str  # as the page names it; "" where it does not
    standfirst: str
    lead: DraftPicture | None  # the picture in front of the text
    body: tuple[DraftBlock, ...]
    bylines: tuple[DraftByline, ...]
    published_at: datetime | None  # UTC; None where the page gives no date
    findings: tuple[Finding, ...]


class Guess(msgspec.Struct, frozen=True, kw_only=True):
    """Something the reader of a page took for what it may not be."""

    field: str  # "headline", "section_label", "body/3", "lead"
    taken: str  # the words it is about
    reason: str
    confidence: float  # 0 to 1


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """How a page was read: what is suspicious, what is uncertain, what was left out."""

    findings: tuple[Finding, ...]  # the draft's
    guesses: tuple[Guess, ...]
    left_out: tuple[str, ...]  # lines of the page that belong to the site, in order

    @property
    def blocks_publication(self) -> bool:
        """Say whether readers would see something that is surely wrong: leave it a draft."""
        return bool(blocking(self.findings))


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What reading a page gives."""

    draft: Draft
    report: Report

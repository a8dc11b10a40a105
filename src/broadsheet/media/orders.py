"""What is asked of the darkroom, and what it answers: one JSON object each."""

import msgspec

from broadsheet.media.formats import Format
from broadsheet.story.records import Rendition


class Focus(msgspec.Struct, frozen=True):
    """Where to look in the upright picture: shares of its width and height, 0 to 1."""

    x: float
    y: float


class Inspect(msgspec.Struct, frozen=True, kw_only=True, tag="inspect"):
    """Decode the picture to its end and say what it is; keep nothing."""


class MakeFirst(msgspec.Struct, frozen=True, kw_only=True, tag="make-first"):
    """Make and keep what a page needs to go out."""

    folder: str  # where renditions are kept
    packet: bytes  # XMP; may be empty
    segment: bytes  # IPTC-IIM, for JPEG; may be empty


class MakeRest(msgspec.Struct, frozen=True, kw_only=True, tag="make-rest"):
    """Make and keep what makes a page better: smaller formats, and parts for cards."""

    folder: str
    packet: bytes
    segment: bytes
    focus: Focus | None


class Inspected(msgspec.Struct, frozen=True, kw_only=True, tag="inspected"):
    """What a file that can be used is."""

    format: Format
    width_px: int  # of the upright picture
    height_px: int
    remarks: tuple[str, ...]  # in words, for whoever uploads it; often none

    @property
    def megapixels(self) -> float:
        """Return how many million pixels it has."""
        return self.width_px * self.height_px / 1e6


class Made(msgspec.Struct, frozen=True, kw_only=True, tag="made"):
    """The renditions that were made and kept."""

    renditions: tuple[Rendition, ...]


class Refused(msgspec.Struct, frozen=True, kw_only=True, tag="refused"):
    """Why the file cannot be used: the name of the error, and its message."""

    error: str
    message: str


Order = Inspect | MakeFirst | MakeRest
Answer = Inspected | Made | Refused

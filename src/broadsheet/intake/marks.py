"""Marks each line of a page with what its shape and its words say it is."""

from collections.abc import Callable, Sequence
from enum import Enum
from typing import NamedTuple

from broadsheet.copydesk.credits import Caption, parted
from broadsheet.intake.authors import bylines_of, is_author_label
from broadsheet.intake.furniture import is_furniture, opens_related
from broadsheet.intake.lines import Line, is_prose
from broadsheet.intake.publication_dates import is_date, is_date_label


class Kind(Enum):
    """What a line seems to be, by itself."""

    FURNITURE = "furniture"
    RELATED = "related"  # heads a list of other stories
    DATE_LABEL = "date-label"
    DATE = "date"
    BYLINE = "byline"
    AUTHOR_LABEL = "author-label"
    CAPTION = "caption"  # a credit stands at its end
    PROSE = "prose"
    PLAIN = "plain"  # headline, heading, label, or a caption without a credit


class Mark(NamedTuple):
    """A line, what it seems to be, and its words apart from its credits."""

    line: Line
    kind: Kind
    caption: Caption

    @property
    def text(self) -> str:
        """Return the line as it stands on the page."""
        return self.line.text


def marked(lines: Sequence[Line]) -> list[Mark]:
    """Return the lines of a page with their marks."""
    return [_mark(line) for line in lines]


def _mark(line: Line) -> Mark:
    caption = parted(line.text)
    return Mark(line, _kind(line.text, has_credit=bool(caption.credits)), caption)


def _kind(text: str, *, has_credit: bool) -> Kind:
    for is_such, kind in _BY_WORDS:
        if is_such(text):
            return kind
    if has_credit:
        return Kind.CAPTION
    return Kind.PROSE if is_prose(text) else Kind.PLAIN


_BY_WORDS: tuple[tuple[Callable[[str], object], Kind], ...] = (
    (opens_related, Kind.RELATED),
    (is_date_label, Kind.DATE_LABEL),
    (is_author_label, Kind.AUTHOR_LABEL),
    (is_furniture, Kind.FURNITURE),
    (is_date, Kind.DATE),
    (bylines_of, Kind.BYLINE),
)

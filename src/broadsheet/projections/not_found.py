"""Makes the page the site server shows for an address where nothing is."""

from typing import NamedTuple

from broadsheet.projections.facts import Facts
from broadsheet.projections.frame import Frame, Place, frame_of
from broadsheet.projections.objects import Page
from broadsheet.projections.theme.loading import Theme


class NotFound(NamedTuple):
    """The page for an address where nothing is."""

    frame: Frame


def not_found(facts: Facts, theme: Theme) -> Page:
    """Return the page for an address where nothing is."""
    frame = frame_of(facts, theme, Place("", "", "", "", None))
    return Page(theme.page("not_found.html", NotFound(frame._replace(title=frame.words.not_found))))

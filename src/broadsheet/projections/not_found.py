"""Makes the pages the site server shows where it has no other: nothing is, or nobody answers."""

from typing import NamedTuple

from broadsheet.projections.facts import Facts
from broadsheet.projections.frame import Frame, Place, frame_of
from broadsheet.projections.objects import Object, Page, Recipe
from broadsheet.projections.search_page import NOT_ASKED, search_closed
from broadsheet.projections.theme.loading import Theme


class NotFound(NamedTuple):
    """The page for an address where nothing is."""

    frame: Frame


def instead_of_page(obj: Object, facts: Facts, theme: Theme) -> Page:
    """Return the page that stands in for one that cannot be shown."""
    if obj.recipe is Recipe.SEARCH_CLOSED:
        return search_closed(facts, theme, NOT_ASKED)
    return not_found(facts, theme)


def not_found(facts: Facts, theme: Theme) -> Page:
    """Return the page for an address where nothing is."""
    frame = frame_of(facts, theme, Place("", "", "", "", None))
    return Page(theme.page("not_found.html", NotFound(frame._replace(title=frame.words.not_found))))

"""
Makes the "Trending" slot: a page of its own, and the part of it that story pages load.

Until reads are counted both list the newest stories, and say so. Story pages read no open list:
they name the fragment's address, and a publication rewrites these two objects alone.
"""

from typing import NamedTuple

from broadsheet.projections import addresses
from broadsheet.projections.cards import Card, cards
from broadsheet.projections.facts import Facts
from broadsheet.projections.frame import Frame, Place, frame_of
from broadsheet.projections.lists import HOME
from broadsheet.projections.objects import Page
from broadsheet.projections.page_heads import list_head
from broadsheet.projections.theme.loading import Theme

SHOWN_IN_SLOT = 5
SHOWN_ON_PAGE = 20


class Trending(NamedTuple):
    """What readers read most; until that is known, what is newest."""

    frame: Frame
    cards: tuple[Card, ...]


def trending_page(facts: Facts, theme: Theme) -> Page:
    """Return the page: where readers without scripts are led."""
    view = _view(facts, theme, SHOWN_ON_PAGE)
    head = list_head(view.frame, facts, theme, cards=view.cards)
    return Page(theme.page("trending.html", view._replace(frame=view.frame._replace(head=head))))


def trending_slot(facts: Facts, theme: Theme) -> Page:
    """Return the part that story pages load."""
    return Page(theme.page("trending_slot.html", _view(facts, theme, SHOWN_IN_SLOT)))


def _view(facts: Facts, theme: Theme, limit: int) -> Trending:
    frame = frame_of(facts, theme, Place("", "", "", addresses.TRENDING, None))
    members = facts.newest(HOME, limit=limit)
    return Trending(frame._replace(title=frame.words.trending), cards(facts, members))

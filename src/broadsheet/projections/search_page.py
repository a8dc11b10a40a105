"""
Makes the readers' search: the page with the form, and with what was found for a question.

It is rendered when somebody asks, by the same theme and from the same facts as every other
page, and stored nowhere. What is stored is the page that stands there while nobody answers.
"""

from enum import Enum
from typing import NamedTuple
from urllib.parse import urlencode

from broadsheet.projections import addresses
from broadsheet.projections.cards import Card, card_of_live
from broadsheet.projections.facts import Facts
from broadsheet.projections.frame import Frame, Place, frame_of
from broadsheet.projections.objects import Page
from broadsheet.projections.searched_words import Stretch, marked, question
from broadsheet.projections.theme.loading import Theme
from broadsheet.story.ids import StoryId


class Outcome(Enum):
    """What came of a question."""

    NOT_ASKED = "not-asked"
    FOUND = "found"
    NOTHING = "nothing"
    CLOSED = "closed"  # nobody answers, or too many ask


class Order(Enum):
    """What comes first."""

    NEWEST = "newest"
    BEST = "best"


class Asked(NamedTuple):
    """What a reader asked, and which page of the answer this is."""

    words: str  # as they were typed
    order: Order
    is_further: bool  # not the first page


class Answered(NamedTuple):
    """What the index says to it."""

    stories: tuple[StoryId, ...]
    onward: tuple[tuple[str, str], ...]  # what asks for the next page besides; empty: there is none


class Result(NamedTuple):
    """A story that was found, its words with those that were asked for set apart."""

    card: Card
    headline: tuple[Stretch, ...]
    standfirst: tuple[Stretch, ...]


class SearchPage(NamedTuple):
    """The search, as a reader sees it."""

    frame: Frame
    outcome: Outcome
    asked: Asked
    results: tuple[Result, ...]
    newest_first: str  # the same question in each order, from its beginning
    best_first: str
    onward: str  # "" is the end


def search_page(facts: Facts, theme: Theme, asked: Asked, answered: Answered) -> Page:
    """Return the page that answers a question; one without words has the form alone."""
    terms = question(asked.words)
    cards = [card_of_live(facts, story) for story in answered.stories]
    results = tuple(
        Result(card, marked(card.headline, terms), marked(card.standfirst, terms))
        for card in cards
        if card is not None
    )
    outcome = Outcome.FOUND if results else Outcome.NOTHING
    if not asked.words.strip():
        outcome = Outcome.NOT_ASKED
    view = _view(facts, theme, outcome, asked)
    onward = _href(asked, asked.order, *answered.onward) if answered.onward else ""
    return Page(theme.page("search.html", view._replace(results=results, onward=onward)))


def search_closed(facts: Facts, theme: Theme, asked: Asked) -> Page:
    """Return the page for readers whose question nobody can answer now."""
    return Page(theme.page("search.html", _view(facts, theme, Outcome.CLOSED, asked)))


NOT_ASKED = Asked("", Order.NEWEST, is_further=False)


def _view(facts: Facts, theme: Theme, outcome: Outcome, asked: Asked) -> SearchPage:
    frame = frame_of(facts, theme, Place("", "", "", "", None))
    title = frame.words.search
    if asked.words.strip():
        title = f"{title}: {asked.words.strip()}"
    return SearchPage(
        frame=frame._replace(title=title),
        outcome=outcome,
        asked=asked,
        results=(),
        newest_first=_href(asked, Order.NEWEST),
        best_first=_href(asked, Order.BEST),
        onward="",
    )


def _href(asked: Asked, order: Order, *more: tuple[str, str]) -> str:
    said = [("q", asked.words), *([("by", order.value)] if order is Order.BEST else []), *more]
    return f"{addresses.SEARCH}?{urlencode(said)}"

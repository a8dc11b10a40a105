"""
Makes what a story's page shows of other things: its topics, related stories, translations.

Each is read by exact facts: a change of a related story's card, of a topic's name or of a
translation's address renders this page again, and nothing else does.
"""

from typing import NamedTuple

from broadsheet.projections import addresses
from broadsheet.projections.cards import Card, card_of_live
from broadsheet.projections.facets import StoryBody, StoryCard
from broadsheet.projections.facts import Facts
from broadsheet.projections.frame import Link
from broadsheet.projections.lists import translations_list
from broadsheet.projections.locales import direction_of, language_name
from broadsheet.story.ids import StoryId
from broadsheet.story.records import StoryState

MOST_TRANSLATIONS = 50  # more languages than any paper of ours writes in


class Translation(NamedTuple):
    """The story in a language: this page itself, or another."""

    language: str
    direction: str
    name: str  # of the language, in the language
    href: str
    url: str  # for search engines, which want it whole
    is_here: bool
    is_original: bool


def topics_of(body: StoryBody, facts: Facts) -> tuple[Link, ...]:
    """Return the story's topics, in the editor's order."""
    found = (facts.topic_card(topic) for topic in body.topics)
    return tuple(Link(addresses.href_of(each[1]), each[0]) for each in found if each is not None)


def related_to(body: StoryBody, facts: Facts) -> tuple[Card, ...]:
    """Return the related stories that are live, in the editor's order."""
    found = (card_of_live(facts, story) for story in body.related)
    return tuple(card for card in found if card is not None)


def translations_of(
    card: StoryCard, body: StoryBody, facts: Facts, *, base_url: str
) -> tuple[Translation, ...]:
    """
    Return the story in each language it is live in, itself included; none if only in one.

    Of several in one language one stands: this page itself, else the original, else the oldest.
    Search engines drop all of two equal languages.
    """
    members = facts.newest(translations_list(body.original), limit=MOST_TRANSLATIONS)
    group = {body.original, card.id, *(member.story for member in members)}
    order = sorted(group, key=lambda story: (story != card.id, story != body.original, story))
    by_language: dict[str, Translation] = {}
    for story in order:
        found = _translation(story, card, facts, base_url)
        if found is not None:
            found = found._replace(is_original=story == body.original)
            by_language.setdefault(found.language.lower(), found)
    live = sorted(by_language.values(), key=lambda each: each.language)
    return tuple(live) if len(live) > 1 else ()


def _translation(
    story: StoryId, here: StoryCard, facts: Facts, base_url: str
) -> Translation | None:
    if story == here.id:
        state, language, address = here.state, here.language, here.address
    else:
        known = facts.story_translation(story)
        if known is None:
            return None
        state, language, address = known
    if state is not StoryState.LIVE:
        return None
    return Translation(
        language=language,
        direction=direction_of(language),
        name=language_name(language),
        href=addresses.href_of(address),
        url=addresses.url_of(base_url, address),
        is_here=story == here.id,
        is_original=False,
    )

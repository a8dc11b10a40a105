"""
Makes the front page of the paper and of each section.

What an editor placed by hand stands in its slot while it is live; every other slot shows the
newest story that is not on the page yet. So a placed story that is retracted, expired or not
live yet leaves no hole and needs no editor, and no story stands on a page twice. A front that
nobody arranged shows the newest stories. Below them the paper's front has a strip of each section.
"""

from collections.abc import Sequence
from typing import NamedTuple

from broadsheet.projections import addresses
from broadsheet.projections.cards import Card, card_of_live
from broadsheet.projections.facts import Facts
from broadsheet.projections.frame import Frame, Link, Place, frame_of, text_setting
from broadsheet.projections.layouts import FRONT, slots_of, stories_in
from broadsheet.projections.lists import HOME, ListName, section_list
from broadsheet.projections.objects import Absent, Moved, Object, ObjectKey, Page, Rendered
from broadsheet.projections.page_heads import home_head, list_head
from broadsheet.projections.theme.loading import Theme
from broadsheet.story.ids import SectionId, StoryId
from broadsheet.story.records import PAPER, Front, Slot, StoryState

LAYOUT = FRONT
MOST_STRIPS = 8  # sections of the paper's front: what it reads is bounded however many there are
STORIES_IN_A_STRIP = 3


class Strip(NamedTuple):
    """A section's newest stories that are not above, on the paper's own front."""

    section: Link
    cards: tuple[Card, ...]


class FrontPage(NamedTuple):
    """The stories of the paper's front, or of one section's."""

    frame: Frame
    heading: str  # "" on the paper's own front, whose masthead is its heading
    description: str
    top: Card | None
    beside: tuple[Card, ...]
    cards: tuple[Card, ...]
    strips: tuple[Strip, ...]
    archive: str


def home(facts: Facts, theme: Theme) -> Rendered:
    """Return the paper's front page."""
    shown = arranged(facts, facts.front(PAPER), HOME)
    place = Place("", "", text_setting(facts, "tagline"), addresses.FRONT, None)
    frame = frame_of(facts, theme, place)
    view = FrontPage(
        frame=frame._replace(head=home_head(frame, facts, theme, cards=shown)),
        heading="",
        description="",
        top=shown[0] if shown else None,
        beside=shown[1 : _list_begins()],
        cards=shown[_list_begins() :],
        strips=_strips(facts, [card.story for card in shown]),
        archive=addresses.archive_index(addresses.FRONT),
    )
    return Page(theme.page("front.html", view))


def section_front(obj: Object, facts: Facts, theme: Theme) -> Rendered:
    """Return what stands at one of a section's addresses, past or present."""
    section = facts.section(SectionId(obj.subject))
    if section is None:
        return Absent()
    if ObjectKey(section.address) != obj.key:
        return Moved(section.address)
    # The page's heading names the section; its stories need not.
    own = Link(addresses.href_of(section.address), section.name)
    found = arranged(facts, facts.front(section.id), section_list(section.id))
    shown = tuple(card._replace(section=None) if card.section == own else card for card in found)
    place = Place("", section.name, section.description, section.address, section.address)
    frame = frame_of(facts, theme, place)
    view = FrontPage(
        frame=frame._replace(head=list_head(frame, facts, theme, cards=shown)),
        heading=section.name,
        description=section.description,
        top=shown[0] if shown else None,
        beside=shown[1 : _list_begins()],
        cards=shown[_list_begins() :],
        strips=(),
        archive=addresses.href_of(addresses.archive_index(section.address)),
    )
    return Page(theme.page("front.html", view))


def arranged(facts: Facts, front: Front | None, name: ListName) -> tuple[Card, ...]:
    """Return the stories of a front in reading order, each once."""
    slots = slots_of(front.slots if front else (), LAYOUT)
    found = zip(slots, filling(facts, slots, name), strict=True)
    cards = ((slot, card_of_live(facts, story)) for slot, story in found if story is not None)
    return tuple(_worded(card, slot) for slot, card in cards if card is not None)


def filling(facts: Facts, slots: Sequence[Slot], name: ListName) -> tuple[StoryId | None, ...]:
    """Return which story stands in each slot; None where there are no more."""
    by_hand = _live_by_hand(facts, slots)
    there = frozenset(by_hand.values())
    free = len(slots) - len(there)
    newest = facts.newest_besides(name, there, limit=free, most_besides=len(there))
    others = (member.story for member in newest)
    return tuple(by_hand.get(number) or next(others, None) for number in range(len(slots)))


def _live_by_hand(facts: Facts, slots: Sequence[Slot]) -> dict[int, StoryId]:
    """Return what stands where an editor put it, by the slot's number."""
    found: dict[int, StoryId] = {}
    for number, slot in enumerate(slots):
        if slot.story is None or slot.story in found.values():
            continue
        card = facts.story_card(slot.story)
        if card is not None and card.state is StoryState.LIVE:
            found[number] = slot.story
    return found


def _strips(facts: Facts, above: Sequence[StoryId]) -> tuple[Strip, ...]:
    """Return a strip for each section that has stories which are not above, in the menu's order."""
    there = set(above)
    strips = []
    for entry in facts.menu()[:MOST_STRIPS]:
        # All of those above may stand in its list: it has other sections' stories as well.
        newest = facts.newest_besides(
            section_list(entry.id), there, limit=STORIES_IN_A_STRIP, most_besides=len(there)
        )
        found = tuple(
            card._replace(section=None)
            for card in (card_of_live(facts, member.story) for member in newest)
            if card is not None
        )
        there |= {card.story for card in found}
        if found:
            link = Link(addresses.href_of(entry.address), entry.name)
            strips.append(Strip(link, found))
    return tuple(strips)


def _worded(card: Card, slot: Slot) -> Card:
    """Return a card as its slot words it for this front; of another story it says nothing."""
    if slot.story != card.story:
        return card
    return card._replace(
        kicker=slot.kicker or card.kicker,
        headline=slot.headline or card.headline,
        picture=card.picture if slot.shows_picture else None,
    )


def _list_begins() -> int:
    return stories_in(LAYOUT[:2])

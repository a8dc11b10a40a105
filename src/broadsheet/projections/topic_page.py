"""
Makes a topic's page: what it is about, and the newest stories on it.

It stands while something live is on it: a name on the desk's list may be that of a story
under embargo.
"""

from typing import NamedTuple

from broadsheet.projections.author_page import STORIES_SHOWN, older_by
from broadsheet.projections.cards import Card, cards
from broadsheet.projections.facts import Facts
from broadsheet.projections.frame import Frame, Place, frame_of, offering
from broadsheet.projections.lists import topic_list
from broadsheet.projections.objects import Absent, Moved, Object, ObjectKey, Page, Rendered
from broadsheet.projections.page_heads import list_head
from broadsheet.projections.theme.loading import Theme
from broadsheet.story.ids import TopicId


class TopicPage(NamedTuple):
    """A topic's page."""

    frame: Frame
    heading: str
    description: str
    cards: tuple[Card, ...]
    more: str  # where older stories are found; "" if these are all


def topic_page(obj: Object, facts: Facts, theme: Theme) -> Rendered:
    """Return what stands at one of a topic's addresses, past or present."""
    topic = facts.topic(TopicId(obj.subject))
    written = facts.newest(topic_list(TopicId(obj.subject)), limit=STORIES_SHOWN + 1)
    if topic is None or not written:
        return Absent()
    if ObjectKey(topic.address) != obj.key:
        return Moved(topic.address)
    place = Place("", topic.name, topic.description, topic.address, None)
    frame = frame_of(facts, theme, place)
    shown = cards(facts, written[:STORIES_SHOWN])
    frame = frame._replace(head=list_head(frame, facts, theme, cards=shown))
    view = TopicPage(
        frame=offering(frame, topic.address, topic.name),
        heading=topic.name,
        description=topic.description,
        cards=shown,
        more=older_by(topic.name, written),
    )
    return Page(theme.page("topic.html", view))

"""
Makes what the read API says of one story, in full or in a line.

In full where the newest are read again and again; in a line where whole months are read
once, to find out what there is. Which words there are, projections.api_description says.
"""

from typing import Any

from broadsheet.projections import addresses, partner_addresses
from broadsheet.projections.facets import StoryCard
from broadsheet.projections.facts import Facts
from broadsheet.projections.frame import text_setting
from broadsheet.projections.lists import author_list, section_list, topic_list
from broadsheet.projections.locales import instant
from broadsheet.projections.objects import ObjectKey
from broadsheet.projections.pictures import shown
from broadsheet.story.body import PictureUse
from broadsheet.story.ids import Address, SectionId, TopicId
from broadsheet.story.records import Byline

Said = dict[str, Any]


def line(card: StoryCard, facts: Facts) -> Said:
    """Return what there is to know of a story before asking for it."""
    return {
        "id": card.id,
        "url": url(card.address, facts),
        "item": url(partner_addresses.item(card.id), facts) if card.may_be_taken else None,
        "language": card.language,
        "headline": card.headline,
        "published": instant(card.first_published_at),
        "updated": instant(card.updated_at),
    }


def entry(card: StoryCard, facts: Facts) -> Said:
    """Return what lists show of a story."""
    authors = (_author(byline, facts) for byline in card.bylines)
    topics = (_topic(topic, facts) for topic in card.topics)
    return {
        **line(card, facts),
        "kicker": card.kicker,
        "standfirst": card.standfirst,
        "dateline": card.dateline,
        "coverage": card.coverage.value or None,
        "section": _section(card.section, facts),
        "authors": [author for author in authors if author],
        "topics": [topic for topic in topics if topic],
        "picture": _picture(card.lead, facts),
    }


def section(of: SectionId, name: str, address: Address, facts: Facts) -> Said:
    """Return what every mention of a section says."""
    stories = partner_addresses.newest(section_list(of))
    return {"id": of, "name": name, "url": url(address, facts), "stories": url(stories, facts)}


def url(path: Address | ObjectKey, facts: Facts) -> str:
    """Return a path of the site as an address anybody can follow."""
    return addresses.url_of(text_setting(facts, "base_url"), path)


def _section(of: SectionId, facts: Facts) -> Said | None:
    found = facts.section_card(of)
    return section(of, found.name, found.address, facts) if found else None


def _author(byline: Byline, facts: Facts) -> Said | None:
    found = facts.author_card(byline.author)
    if found is None:
        return None
    name, address, role = found
    return {
        "id": byline.author,
        "name": name,
        "role": byline.role or role,
        "url": url(address, facts),
        "stories": url(partner_addresses.newest(author_list(byline.author)), facts),
    }


def _topic(topic: TopicId, facts: Facts) -> Said | None:
    found = facts.topic_card(topic)
    if found is None:
        return None
    name, address = found
    stories = partner_addresses.newest(topic_list(topic))
    return {"id": topic, "name": name, "url": url(address, facts), "stories": url(stories, facts)}


def _picture(use: PictureUse | None, facts: Facts) -> Said | None:
    found = shown(facts, use)
    if found is None or not found.href:
        return None
    return {
        "url": f"{text_setting(facts, 'base_url')}{found.href}",
        "width": found.width_px,
        "height": found.height_px,
        "alternative_text": found.alternative_text,
        "caption": found.caption,
        "credit": found.credit,
    }

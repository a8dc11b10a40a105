"""
Makes what other sites show of a story somebody links to: an oEmbed answer.

It is a quotation of headline and standfirst, without a script and without a style: it may be
put into any page, and into a frame that allows nothing. The site server hands it out to those
who ask by the story's address, and makes it smaller for those who have less room.
"""

from collections.abc import Iterator
from html import escape
from typing import Any

from broadsheet.projections import addresses, partner_addresses
from broadsheet.projections.facets import StoryCard
from broadsheet.projections.facts import Facts
from broadsheet.projections.frame import text_setting
from broadsheet.projections.json_files import written
from broadsheet.projections.locales import date_of, direction_of
from broadsheet.projections.objects import Absent, Moved, Object, Page, Rendered
from broadsheet.projections.pictures import Crop, crops
from broadsheet.story.ids import StoryId
from broadsheet.story.records import StoryState

SHAPE = "16:9"
# What a headline of two lines and a standfirst of three take up; the quotation itself flows.
WIDTH_PX, HEIGHT_PX = 600, 240
_KEPT_S = 3600  # for how long others may keep it: a retraction reaches them within the hour


def oembed(obj: Object, facts: Facts) -> Rendered:
    """Return what is said of a story that is live; where it moved to, at a former address."""
    where = facts.story_address(StoryId(obj.subject))
    if where is None or where.state is not StoryState.LIVE:
        return Absent()
    here = partner_addresses.oembed(where.address)
    if here is not None and here != obj.key:
        return Moved(here)
    card = facts.story_card(StoryId(obj.subject))
    return Page(written(_answer(card, facts))) if card and here else Absent()


def _answer(card: StoryCard, facts: Facts) -> dict[str, Any]:
    base_url = text_setting(facts, "base_url")
    authors = [author for author in map(facts.author_card, _authors(card)) if author is not None]
    return {
        "version": "1.0",
        "type": "rich",
        "title": card.headline,
        **_by([(name, addresses.url_of(base_url, address)) for name, address, _ in authors]),
        "provider_name": text_setting(facts, "name"),
        "provider_url": addresses.url_of(base_url, addresses.FRONT),
        "cache_age": _KEPT_S,
        "html": _html(card, facts, ", ".join(name for name, _, _ in authors)),
        "width": WIDTH_PX,
        "height": HEIGHT_PX,
        **_thumbnails(card, facts),
    }


def _authors(card: StoryCard) -> Iterator[Any]:
    return (byline.author for byline in card.bylines)


def _by(authors: list[tuple[str, str]]) -> dict[str, str]:
    if not authors:
        return {}
    # One address cannot lead to several people.
    leads = {"author_url": authors[0][1]} if len(authors) == 1 else {}
    return {"author_name": ", ".join(name for name, _ in authors), **leads}


def _html(card: StoryCard, facts: Facts, authors: str) -> str:
    base_url = text_setting(facts, "base_url")
    url = escape(addresses.url_of(base_url, card.address))
    published = date_of(card.first_published_at, zone=facts.zone(), language=card.language)
    by = f"<bdi>{escape(authors)}</bdi>, " if authors else ""
    standfirst = f"<p>{escape(card.standfirst)}</p>" if card.standfirst else ""
    return (
        f'<blockquote cite="{url}" lang="{escape(card.language)}"'
        f' dir="{direction_of(card.language)}">'
        f'<p><a href="{url}">{escape(card.headline)}</a></p>{standfirst}'
        f"<footer>{by}<bdi>{escape(text_setting(facts, 'name'))}</bdi>,"
        f' <time datetime="{published.iso}">{escape(published.text)}</time></footer>'
        "</blockquote>"
    )


def _files(card: StoryCard, facts: Facts) -> Iterator[Crop]:
    """Give the picture's files in links' shape; then, for less room, those of the whole of it."""
    cut = crops(facts, card.lead, SHAPE)
    yield from cut
    narrowest = min((each.width_px for each in cut), default=0)
    yield from (each for each in crops(facts, card.lead, "") if each.width_px < narrowest)


def _thumbnails(card: StoryCard, facts: Facts) -> dict[str, Any]:
    base_url = text_setting(facts, "base_url")
    found = [
        {
            "thumbnail_url": f"{base_url}{each.href}",
            "thumbnail_width": each.width_px,
            "thumbnail_height": each.height_px,
        }
        for each in _files(card, facts)
    ]
    # All of them, widest first: who has less room than the first takes is given another.
    return {**found[0], "thumbnails": found} if found else {}

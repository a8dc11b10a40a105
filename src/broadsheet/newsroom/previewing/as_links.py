"""
Shows what others make of a draft: a feed reader of its entry, a search engine of its page's head.

Read from the very bytes of the feed and the page, as they would read them.
"""

import json
from html import unescape
from typing import NamedTuple

from lxml import etree, html

from broadsheet.newsroom.previewing.drafting import NoPreviewYet
from broadsheet.press import previewing
from broadsheet.press.ports import Press
from broadsheet.projections.locales import direction_of
from broadsheet.projections.objects import Page, Rendered
from broadsheet.projections.xml import DC, XML_LANG


class FeedItem(NamedTuple):
    """A story as feed readers show it, and what they are sent."""

    title: str
    link: str
    summary: str
    authors: tuple[str, ...]
    section: str
    published: str
    language: str
    direction: str
    rss: str  # the source
    atom: str
    json: str


class LinkCard(NamedTuple):
    """What the head of a story's page says of it to search engines and link previews."""

    title: str
    description: str
    url: str
    site: str  # the host
    paper: str
    card_title: str
    card_description: str
    picture: str  # "" has none
    alternative_text: str
    language: str
    direction: str
    tags: tuple[tuple[str, str], ...]  # every property of the head, as it stands there


def feed_item(draft: previewing.Draft, printing: Press) -> FeedItem:
    """
    Return the draft's entry in the paper's feeds.

    Raises:
        NoPreviewYet: the paper has no feed, or the story stands in none.

    """
    rss = _page(previewing.feed_of_paper(draft, "rss", printing=printing))
    atom = _page(previewing.feed_of_paper(draft, "atom", printing=printing))
    json_feed = _page(previewing.feed_of_paper(draft, "json", printing=printing))
    item = etree.fromstring(rss, _parser()).find("channel/item")
    if item is None:
        raise NoPreviewYet(["the story would stand in no feed"])
    language = item.get(XML_LANG, "")
    return FeedItem(
        title=item.findtext("title", ""),
        link=item.findtext("link", ""),
        summary=unescape(item.findtext("description", "")),
        authors=tuple(creator.text or "" for creator in item.findall(f"{{{DC}}}creator")),
        section=item.findtext("category", ""),
        published=item.findtext("pubDate", ""),
        language=language,
        direction=direction_of(language),
        rss=_first(rss, "item"),
        atom=_first(atom, "entry"),
        json=json.dumps(json.loads(json_feed)["items"][0], ensure_ascii=False, indent=1),
    )


def link_card(draft: previewing.Draft, printing: Press) -> LinkCard:
    """
    Return what the head of the draft's page says of it.

    Raises:
        NoPreviewYet: readers would get no page.

    """
    page = html.document_fromstring(
        _page(previewing.story_page(draft, printing=printing)).decode(),
        parser=html.HTMLParser(no_network=True),
    )
    tags = tuple(
        (str(tag.get("property") or tag.get("name")), str(tag.get("content", "")))
        for tag in page.iterfind(".//head/meta[@content]")
        if tag.get("property") or tag.get("name")
    )
    said = dict(tags)
    url = said.get("og:url", "")
    return LinkCard(
        title=page.findtext(".//head/title", ""),
        description=said.get("description", ""),
        url=url,
        site=url.partition("://")[2].partition("/")[0],
        paper=said.get("og:site_name", ""),
        card_title=said.get("og:title", ""),
        card_description=said.get("og:description", ""),
        picture=_on_the_desk(said.get("og:image", ""), draft),
        alternative_text=said.get("og:image:alt", ""),
        language=page.get("lang", ""),
        direction=page.get("dir", "auto"),
        tags=tuple((name, said) for name, said in tags if ":" in name or name == "description"),
    )


def _page(rendered: Rendered) -> bytes:
    if not isinstance(rendered, Page):
        raise NoPreviewYet(["readers would get no page of this story"])
    return rendered.data


def _first(feed: bytes, element: str) -> str:
    """Return the source of the first element of a kind: the draft opens its feeds."""
    end = f"</{element}>".encode()
    start = feed.index(f"<{element}".encode())
    return feed[start : feed.index(end) + len(end)].decode()


def _on_the_desk(picture: str, draft: previewing.Draft) -> str:
    """Return a picture's address as a preview asks for it: at the desk, wherever the paper is."""
    _, under, path = picture.partition(draft.pictures_under)
    return f"{under}{path}"


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True)

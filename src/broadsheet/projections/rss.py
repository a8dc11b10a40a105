"""
Writes a feed as RSS 2.0.

RSS readers take a description as HTML, so ours is text written as HTML; titles and
names are plain text. The full text is HTML in content:encoded, after the description: readers
that know only one of them take that. Source: RSS Advisory Board, RSS Best Practices Profile.
"""

from email.utils import format_datetime
from html import escape

from lxml import etree

from broadsheet.projections.feed_entries import Entry
from broadsheet.projections.feeds import Feed
from broadsheet.projections.locales import instant
from broadsheet.projections.media_rss import add_picture
from broadsheet.projections.xml import ATOM, CONTENT, DC, MEDIA, XML_LANG, child, written

_NAMESPACES = {"atom": ATOM, "content": CONTENT, "dc": DC, "media": MEDIA}


def rss(feed: Feed) -> bytes:
    """Return the feed as RSS."""
    root = etree.Element("rss", version="2.0", nsmap=_NAMESPACES)
    channel = etree.SubElement(root, "channel")
    child(channel, "title", feed.title)
    child(channel, "link", feed.page_url)
    child(channel, "description", escape(feed.subtitle, quote=False))
    child(channel, "language", feed.language)
    etree.SubElement(
        channel, f"{{{ATOM}}}link", href=feed.url, rel="self", type="application/rss+xml"
    )
    if feed.hub:
        etree.SubElement(channel, f"{{{ATOM}}}link", href=feed.hub, rel="hub")
    if feed.updated_at is not None:
        child(channel, "lastBuildDate", format_datetime(feed.updated_at, usegmt=True))
    for entry in feed.entries:
        _item(channel, entry)
    return written(root)


def _item(channel: etree._Element, entry: Entry) -> None:
    item = etree.SubElement(channel, "item", {XML_LANG: entry.language})
    child(item, "title", entry.title)
    child(item, "link", entry.url)
    child(item, "guid", entry.id).set("isPermaLink", "false")
    child(item, "pubDate", format_datetime(entry.published_at, usegmt=True))
    # RSS itself knows one date, and readers sort by it.
    child(item, f"{{{ATOM}}}updated", instant(entry.updated_at))
    for author in entry.authors:
        child(item, f"{{{DC}}}creator", author.name)
    for category in entry.categories:
        child(item, "category", category)
    child(item, "description", escape(entry.summary, quote=False))
    child(item, f"{{{CONTENT}}}encoded", entry.content)
    for picture in entry.pictures:
        add_picture(item, picture)

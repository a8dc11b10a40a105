"""
Writes a feed as RSS 2.0.

RSS readers take a description as HTML, so ours is text written as HTML; titles and
names are plain text. Source: RSS Advisory Board, RSS Best Practices Profile.
"""

from email.utils import format_datetime
from html import escape

from lxml import etree

from broadsheet.projections.feeds import Entry, Feed
from broadsheet.projections.xml import ATOM, DC, XML_LANG, child, written

_NAMESPACES = {"atom": ATOM, "dc": DC}


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
    for author in entry.authors:
        child(item, f"{{{DC}}}creator", author)
    if entry.section:
        child(item, "category", entry.section)
    child(item, "description", escape(entry.summary, quote=False))

"""Writes a feed as Atom (RFC 4287). Every text says whether it is text or HTML."""

from lxml import etree

from broadsheet.projections.feed_entries import Entry, EntryAuthor
from broadsheet.projections.feeds import NO_ENTRY_YET, Feed
from broadsheet.projections.locales import instant
from broadsheet.projections.media_rss import add_picture
from broadsheet.projections.xml import ATOM, MEDIA, XML_LANG, child, written

_A = f"{{{ATOM}}}"
_NAMESPACES = {None: ATOM, "media": MEDIA}


def atom(feed: Feed) -> bytes:
    """Return the feed as Atom."""
    root = etree.Element(f"{_A}feed", {XML_LANG: feed.language}, nsmap=_NAMESPACES)
    child(root, f"{_A}id", feed.id)
    child(root, f"{_A}title", feed.title).set("type", "text")
    if feed.subtitle:
        child(root, f"{_A}subtitle", feed.subtitle).set("type", "text")
    child(root, f"{_A}updated", instant(feed.updated_at or NO_ENTRY_YET))
    etree.SubElement(root, f"{_A}link", href=feed.url, rel="self", type="application/atom+xml")
    etree.SubElement(root, f"{_A}link", href=feed.page_url, rel="alternate", type="text/html")
    if feed.hub:
        etree.SubElement(root, f"{_A}link", href=feed.hub, rel="hub")
    # A feed must name an author wherever an entry does not: the paper.
    _author(root, EntryAuthor(feed.paper, feed.paper_url, ""))
    for entry in feed.entries:
        _entry(root, entry)
    return written(root)


def _entry(root: etree._Element, entry: Entry) -> None:
    element = etree.SubElement(root, f"{_A}entry", {XML_LANG: entry.language})
    child(element, f"{_A}id", entry.id)
    child(element, f"{_A}title", entry.title).set("type", "text")
    etree.SubElement(element, f"{_A}link", href=entry.url, rel="alternate", type="text/html")
    child(element, f"{_A}published", instant(entry.published_at))
    child(element, f"{_A}updated", instant(entry.updated_at))
    for author in entry.authors:
        _author(element, author)
    for category in entry.categories:
        etree.SubElement(element, f"{_A}category", term=category)
    child(element, f"{_A}summary", entry.summary).set("type", "text")
    child(element, f"{_A}content", entry.content).set("type", "html")
    for picture in entry.pictures:
        add_picture(element, picture)


def _author(parent: etree._Element, author: EntryAuthor) -> None:
    element = etree.SubElement(parent, f"{_A}author")
    child(element, f"{_A}name", author.name)
    child(element, f"{_A}uri", author.url)

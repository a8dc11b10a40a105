"""
Writes a feed as JSON Feed 1.1.

Pictures stand in the text with all their words, and the first of them as the entry's image;
attachments are for what the text does not hold, such as a podcast, so we have none.
Source: JSON Feed 1.1, jsonfeed.org.
"""

import msgspec

from broadsheet.projections.feed_entries import Entry, EntryAuthor
from broadsheet.projections.feeds import Feed
from broadsheet.projections.locales import instant

_VERSION = "https://jsonfeed.org/version/1.1"

_Object = dict[str, object]


def json_feed(feed: Feed) -> bytes:
    """Return the feed as JSON."""
    said: _Object = {
        "version": _VERSION,
        "title": feed.title,
        "home_page_url": feed.page_url,
        "feed_url": feed.url,
        "description": feed.subtitle,
        "language": feed.language,
        "authors": [_author(EntryAuthor(feed.paper, feed.paper_url, ""))],
        "hubs": [{"type": "WebSub", "url": feed.hub}] if feed.hub else [],
        "items": [_item(entry) for entry in feed.entries],
    }
    # A feed without entries still has a list of them.
    whole = _with_something(said) | {"items": said["items"]}
    return msgspec.json.format(msgspec.json.encode(whole), indent=1) + b"\n"


def _item(entry: Entry) -> _Object:
    return _with_something(
        {
            "id": entry.id,
            "url": entry.url,
            "title": entry.title,
            "summary": entry.summary,
            "content_html": entry.content,
            "image": entry.pictures[0].widest.url if entry.pictures else "",
            "date_published": instant(entry.published_at),
            "date_modified": instant(entry.updated_at),
            "authors": [_author(author) for author in entry.authors],
            "tags": list(entry.categories),
            "language": entry.language,
        }
    )


def _author(author: EntryAuthor) -> _Object:
    return _with_something({"name": author.name, "url": author.url, "avatar": author.avatar})


def _with_something(said: _Object) -> _Object:
    """Return what says something: what is empty is better left out."""
    return {name: value for name, value in said.items() if value not in ("", [])}

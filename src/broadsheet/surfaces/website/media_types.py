"""Says what kind of thing a file of the site is, by the ending of its name."""

from typing import NamedTuple


class MediaType(NamedTuple):
    """A file's type as HTTP says it, and whether encoding makes it smaller."""

    content_type: str
    is_text: bool


HTML = MediaType("text/html; charset=utf-8", is_text=True)
UNKNOWN = MediaType("application/octet-stream", is_text=False)

# Source: IANA media types, read 2026-11-22; XML types carry no charset: the declaration rules.
_BY_ENDING = {
    "html": HTML,
    "txt": MediaType("text/plain; charset=utf-8", is_text=True),
    "css": MediaType("text/css; charset=utf-8", is_text=True),
    "js": MediaType("text/javascript; charset=utf-8", is_text=True),
    "json": MediaType("application/json", is_text=True),
    "map": MediaType("application/json", is_text=True),
    "webmanifest": MediaType("application/manifest+json", is_text=True),
    "xml": MediaType("application/xml; charset=utf-8", is_text=True),
    "xsl": MediaType("application/xml; charset=utf-8", is_text=True),
    "rss": MediaType("application/rss+xml; charset=utf-8", is_text=True),
    "atom": MediaType("application/atom+xml; charset=utf-8", is_text=True),
    "svg": MediaType("image/svg+xml", is_text=True),
    "avif": MediaType("image/avif", is_text=False),
    "gif": MediaType("image/gif", is_text=False),
    "ico": MediaType("image/vnd.microsoft.icon", is_text=False),
    "jpeg": MediaType("image/jpeg", is_text=False),
    "jpg": MediaType("image/jpeg", is_text=False),
    "png": MediaType("image/png", is_text=False),
    "webp": MediaType("image/webp", is_text=False),
    "woff2": MediaType("font/woff2", is_text=False),
}
ENDINGS = tuple(_BY_ENDING)
# What a feed reader is told of by this name; other JSON is read by other programs.
_JSON_FEED = MediaType("application/feed+json", is_text=True)
_FEEDS = "/feeds/"


def media_type_of(path: str) -> MediaType:
    """Return the type of a key or file; a name without an ending is a page of an old address."""
    name = path.rpartition("/")[2]
    stem, dot, ending = name.rpartition(".")
    if not (stem and dot):
        return HTML
    if ending == "json" and path.startswith(_FEEDS):
        return _JSON_FEED
    return _BY_ENDING.get(ending.lower(), UNKNOWN)

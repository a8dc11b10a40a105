"""
Says which site objects there are, and what rendering one of them can give.

An object has a key (its path on the site), and a recipe: what to render, of what. The
recipes a record calls for are a function of the record; those a calendar period calls
for, of the list and the period. Objects are never deleted: one that shows nothing
any more renders to Absent, Gone or Moved.
"""

import hashlib
from enum import Enum
from typing import NamedTuple, NewType

ObjectKey = NewType("ObjectKey", str)  # "/2026/11/22/slug/", "/feeds/world.rss"
Identity = NewType("Identity", str)  # SHA-256 (hex) over status and identity bytes


class Recipe(Enum):
    """What an object shows."""

    STORY = "story"
    MOVED_STORY = "moved-story"
    HOME = "home"
    SECTION = "section"
    MOVED_SECTION = "moved-section"
    AUTHOR = "author"
    MOVED_AUTHOR = "moved-author"
    TOPIC = "topic"
    MOVED_TOPIC = "moved-topic"
    ARCHIVE_INDEX = "archive-index"  # the months of a list
    ARCHIVE_MONTH = "archive-month"
    ARCHIVE_DAY = "archive-day"
    CORRECTIONS = "corrections"  # the newest notes and retractions of the paper
    CORRECTIONS_MONTH = "corrections-month"
    TRENDING = "trending"
    TRENDING_SLOT = "trending-slot"  # the part of it that story pages load
    POLICY = "policy"
    RSS = "rss"
    ATOM = "atom"
    JSON_FEED = "json-feed"
    SITEMAP_INDEX = "sitemap-index"
    SITEMAP_PERIOD = "sitemap-period"
    SITEMAP_PAGES = "sitemap-pages"  # what is no story: fronts, corrections, policies
    NEWS_SITEMAP = "news-sitemap"
    ROBOTS = "robots"
    NINJS = "ninjs"  # a story for partners to take
    OEMBED = "oembed"
    API_INDEX = "api-index"
    API_SECTIONS = "api-sections"
    API_NEWEST = "api-newest"  # the newest stories of a list
    API_PERIOD = "api-period"  # those of a month or a day
    API_DESCRIPTION = "api-description"
    NOT_FOUND = "not-found"
    SEARCH_CLOSED = "search-closed"  # while nobody answers what readers search for
    ASSET = "asset"  # a file of the theme: style sheet, script, icon
    RENDITION = "rendition"


class Object(NamedTuple):
    """One site object: where it is and what it shows."""

    key: ObjectKey
    recipe: Recipe
    subject: str  # the record's id, the list's name, "<list> <period>", or "" for the paper


class Page(NamedTuple):
    """Says 200, with these bytes."""

    data: bytes


class Gone(NamedTuple):
    """Says 410, with these bytes."""

    data: bytes


class Moved(NamedTuple):
    """Says 301 to another path of the site."""

    location: str


class Absent(NamedTuple):
    """Says 404: nothing is stored here."""


class Stored(NamedTuple):
    """Says 200, with the bytes that lie in private storage under this hash."""

    sha256: str


Rendered = Page | Gone | Moved | Absent | Stored


def identity_of(rendered: Rendered) -> Identity:
    """Return the fingerprint of what a reader would get; encodings do not count."""
    match rendered:
        case Page(data=data):
            return Identity(hashlib.sha256(b"200\n" + data).hexdigest())
        case Gone(data=data):
            return Identity(hashlib.sha256(b"410\n" + data).hexdigest())
        case Moved(location=location):
            return Identity(hashlib.sha256(b"301\n" + location.encode()).hexdigest())
        case Stored(sha256=sha256):
            return Identity(sha256)
        case Absent():
            return Identity("absent")

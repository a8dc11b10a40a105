"""
Says where on the site each kind of output lives, and how its address is written in a link.

Addresses and object keys are plain Unicode paths, as a web server sees them after
decoding; `href_of` and `url_of` percent-encode them. Everything that belongs to a
section hangs off the section's address, so a section that moves takes its feeds and
its archive with it, and each old path leads to the new one (projections.catalog). Which
first segments are not for sections, story.slugs says.
"""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from urllib.parse import quote

from broadsheet.projections.lists import HOME, ListName, Period
from broadsheet.projections.objects import ObjectKey
from broadsheet.story.ids import Address, PictureId, SectionId
from broadsheet.story.records import Rendition

FRONT = Address("/")
SITE_FEED_STEM = "/feeds/site"
SITEMAP_INDEX = ObjectKey("/sitemap.xml")
PAGES_SITEMAP = ObjectKey("/sitemaps/pages.xml")
NEWS_SITEMAP = ObjectKey("/sitemaps/news.xml")
ROBOTS = ObjectKey("/robots.txt")
CORRECTIONS = ObjectKey("/corrections/")
TRENDING = ObjectKey("/trending/")
TRENDING_SLOT = ObjectKey("/_fragments/trending.html")
NOT_FOUND = ObjectKey("/404.html")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)  # from which searches count microseconds
SEARCH = "/search/"  # answered by a process, made of no object
SEARCH_CLOSED = ObjectKey("/503.html")

_SECTION_LIST = "section/"
_SUFFIXES = {"jpeg": "jpg", "png": "png", "webp": "webp", "avif": "avif"}
_PATH_SAFE = "/:@!$&'()*+,;=~"  # RFC 3986, what a path may hold besides letters and digits
_REMEMBERED = 16_384  # links: each story's stands on a dozen pages


def search_for(words: str, *, before: datetime) -> str:
    """Return a link to what readers find by these words, first published before a time."""
    place = (before - EPOCH) // timedelta(microseconds=1)
    return f"{SEARCH}?q={quote(words, safe='')}&before={place}"


def archive_index(root: Address) -> ObjectKey:
    """Return where the months of the list that lives at root are listed."""
    return ObjectKey(f"{root}archive/")


def archive_period(root: Address, period: Period) -> ObjectKey:
    """Return where one month or day of the list that lives at root is listed."""
    return ObjectKey(f"{root}archive/{period.replace('-', '/')}/")


def corrections_month(month: Period) -> ObjectKey:
    """Return where the corrections of one month are."""
    return ObjectKey(f"{CORRECTIONS}{month.replace('-', '/')}/")


def feed(page: Address | None, suffix: str) -> ObjectKey:
    """Return where a feed is: that of the page at this address, or the paper's."""
    stem = SITE_FEED_STEM if page is None else f"/feeds/{page.strip('/')}"
    return ObjectKey(f"{stem}.{suffix}")


def sitemap_period(period: Period) -> ObjectKey:
    """Return where the sitemap of one month or day is."""
    return ObjectKey(f"/sitemaps/{period}.xml")


def rendition(picture: PictureId, size: Rendition) -> ObjectKey:
    """Return where one size of a picture is; other bytes get another address."""
    suffix = _SUFFIXES.get(size.format, size.format)
    return ObjectKey(f"/media/{picture}/{size.sha256[:12]}-{size.width_px}.{suffix}")


def section_of(name: ListName) -> SectionId | None:
    """Return the section whose list this is; None for every other list."""
    if name == HOME or not name.startswith(_SECTION_LIST):
        return None
    return SectionId(name.removeprefix(_SECTION_LIST))


@lru_cache(maxsize=_REMEMBERED)
def href_of(path: str) -> str:
    """Return a path of the site as a link on the site."""
    return quote(path, safe=_PATH_SAFE)


def url_of(base_url: str, path: str) -> str:
    """Return a path of the site as an address anybody can follow."""
    return f"{base_url}{href_of(path)}"

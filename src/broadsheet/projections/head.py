"""
Makes what a page's head tells those who do not look at the page: search engines, link cards.

A page that says nothing here asks not to be indexed: what stands where a story was, or where
nothing is, says nothing. The rest is open to search engines, with pictures in full.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from broadsheet.projections.links import x_handle
from broadsheet.projections.locales import card_locale
from broadsheet.projections.structured.images import CardPicture
from broadsheet.projections.structured.nodes import DataBlock, Node, as_data

# Source: Google, Robots meta tag; Discover takes stories whose picture may be shown large.
INDEXED = "max-image-preview:large, max-snippet:-1, max-video-preview:-1"
NOT_INDEXED = "noindex"
# Source: X, Cards: a large image is at least 300 by 157 pixels, and about twice as wide as high.
LARGE_CARD_PX = (300, 157)
LARGE_CARD_RATIO = 1.5


class Tag(NamedTuple):
    """One thing said of the page, under a name."""

    name: str
    content: str


class Alternate(NamedTuple):
    """The page in a language, or for every other language: "x-default"."""

    language: str
    url: str


class Head(NamedTuple):
    """What a page's head says beyond its title, description and address."""

    names: tuple[Tag, ...]  # of HTML: robots, author, and X's
    properties: tuple[Tag, ...]  # of Open Graph
    alternates: tuple[Alternate, ...]  # itself included
    earlier: str  # the pages before and after in a row of pages; "" is none
    later: str
    data: DataBlock  # JSON-LD; "" is none


SILENT = Head((Tag("robots", NOT_INDEXED),), (), (), "", "", DataBlock(""))


class Shared(NamedTuple):
    """What a page is to those who share its address."""

    kind: str  # of Open Graph: "website", "article", "profile"
    title: str
    description: str
    url: str
    paper: str
    language: str
    picture: CardPicture | None
    profiles: tuple[str, ...]  # the paper's accounts elsewhere


def head_of(shared: Shared, graph: Sequence[Node]) -> Head:
    """Return the head of a page that search engines may index."""
    return Head(
        names=(Tag("robots", INDEXED), *_card(shared)),
        properties=tuple(_properties(shared)),
        alternates=(),
        earlier="",
        later="",
        data=as_data(graph),
    )


def first_x_handle(profiles: Sequence[str]) -> str:
    """Return the first account on X among some profiles; "" if there is none."""
    return next(filter(None, map(x_handle, profiles)), "")


def _properties(shared: Shared) -> Iterator[Tag]:
    yield Tag("og:type", shared.kind)
    yield Tag("og:site_name", shared.paper)
    yield Tag("og:title", shared.title)
    yield Tag("og:url", shared.url)
    if shared.description:
        yield Tag("og:description", shared.description)
    locale = card_locale(shared.language)
    if locale:
        yield Tag("og:locale", locale)
    if shared.picture is not None:
        yield from _picture(shared.picture)


def _picture(picture: CardPicture) -> Iterator[Tag]:
    yield Tag("og:image", picture.url)
    yield Tag("og:image:type", picture.media_type)
    yield Tag("og:image:width", str(picture.width_px))
    yield Tag("og:image:height", str(picture.height_px))
    if picture.alternative_text:
        yield Tag("og:image:alt", picture.alternative_text)


def _card(shared: Shared) -> Iterator[Tag]:
    """Yield what X reads of its own; the rest it takes from Open Graph."""
    picture = shared.picture
    yield Tag("twitter:card", "summary_large_image" if _is_large(picture) else "summary")
    account = first_x_handle(shared.profiles)
    if account:
        yield Tag("twitter:site", account)
    if picture is not None and picture.alternative_text:
        yield Tag("twitter:image:alt", picture.alternative_text)


def _is_large(picture: CardPicture | None) -> bool:
    if picture is None:
        return False
    width, height = picture.width_px, picture.height_px
    is_wide = width >= LARGE_CARD_RATIO * height
    return is_wide and width >= LARGE_CARD_PX[0] and height >= LARGE_CARD_PX[1]

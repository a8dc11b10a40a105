"""What the tests' public tree holds: every kind of object, in several scripts and spellings."""

import hashlib
from pathlib import Path

from broadsheet.projections.objects import Gone, Moved, ObjectKey, Page, Rendered, Stored
from broadsheet.surfaces.website.media_types import ENDINGS

LIVE = "/2026/11/22/tram-line/"
ARABIC = "/2026/11/22/خط-الترام/"
OLD = "/2026/11/21/old-tram/"
RETRACTED = "/2026/11/20/wrong/"
PICTURE = "/media/ab/tram-640.jpg"
TRAM = b"<!doctype html><title>Tram</title>" + b"<p>tram</p>" * 200
NOTICE = b"<!doctype html><title>Retracted</title>"
NOT_FOUND = b"<!doctype html><title>Not found</title>"
SEARCH_CLOSED = b"<!doctype html><title>Search cannot answer now</title>" + b"<p>later</p>" * 99
SAID = b'{\n "version": "1.0",\n "provider_url": "https://paper.example/"\n}\n'
_JPEG = b"\xff\xd8\xff" + bytes(range(256)) * 8

_TEXT = b"news " * 400

WHAT_IS_SAID: dict[ObjectKey, Rendered] = {
    ObjectKey(key): rendered
    for key, rendered in {
        "/": Page(TRAM),
        LIVE: Page(TRAM),
        ARABIC: Page(TRAM),
        "/2026/11/22/தமிழ்/": Page(TRAM),
        "/2026/11/22/a b+c&d'e/": Page(TRAM),
        "/2026/11/22/100%/": Page(TRAM),
        "/2026/11/22/what?#/": Page(TRAM),
        '/2026/11/22/"said"/': Page(TRAM),
        "/2026/11/22/{set}$uri/": Page(TRAM),
        "/2026/11/22/[a]*/": Page(TRAM),
        "/about": Page(TRAM),
        "/old/Story.HTML": Page(TRAM),
        "/favicon.ico": Page(_JPEG),
        "/404.html": Page(NOT_FOUND),
        "/503.html": Page(SEARCH_CLOSED),
        PICTURE: Stored(hashlib.sha256(_JPEG).hexdigest()),
        **{f"/assets/0123456789ab/file.{ending}": Page(_TEXT) for ending in ENDINGS},
        "/assets/file.unheard-of": Page(_TEXT),
        **{f"/feeds/home.{ending}": Page(_TEXT) for ending in ("rss", "atom", "json")},
        "/api/index.json": Page(SAID),
        f"/api/oembed{LIVE}oembed.json": Page(SAID),
        f"/api/oembed{ARABIC}oembed.json": Page(SAID),
        OLD: Moved(LIVE),
        "/2026/11/21/OLD-TRAM/": Moved(ARABIC),  # differs from the one above in case only
        "/2026/11/21/Upper/": Moved(LIVE),
        "/2026/11/21/قديم/": Moved("/2026/11/22/100%/"),
        '/2026/11/21/"q" {a} $b [c]*/': Moved("/2026/11/22/{set}$uri/"),
        "/old/page.php": Moved(ARABIC),
        "/api/oembed/2026/11/21/old-tram/oembed.json": Moved(f"/api/oembed{LIVE}oembed.json"),
        f"/2026/11/21/{'w' * 240}/{'x' * 240}/{'y' * 240}/": Moved(LIVE),
        RETRACTED: Gone(NOTICE),
        "/2026/11/20/خطأ/": Gone(NOTICE),
        "/old/retracted.html": Gone(NOTICE),
        "/old/retracted": Gone(NOTICE),
    }.items()
}


def keys_of(kind: type) -> list[str]:
    """Return the keys of one kind of object."""
    return [key for key, rendered in WHAT_IS_SAID.items() if isinstance(rendered, kind)]


def a_picture(renditions: Path) -> None:
    """Put the tree's one picture where the store takes it from."""
    sha256 = hashlib.sha256(_JPEG).hexdigest()
    (renditions / sha256[:2]).mkdir(parents=True)
    (renditions / sha256[:2] / sha256).write_bytes(_JPEG)

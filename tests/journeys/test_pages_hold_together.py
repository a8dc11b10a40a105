"""Pages of what no page was drawn for hold together: on a phone and a desk, light and dark."""

import io
import json
import os
import re
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Route

from broadsheet.projections.theme.loading import load_theme
from broadsheet.surfaces.website.media_types import media_type_of
from broadsheet.web.headers import SECURITY
from tests.factories.story import an_id
from tests.factories.strange import SIZES_PX, pages_of
from tests.servers.axe import violations
from tests.servers.browser import Browser, Screen, Tab
from tests.servers.holding_together import columns_of, faults_in

pytestmark = pytest.mark.xdist_group("journeys")
PAPER = "http://paper.test"
PHONE, DESK = Screen(390, 844), Screen(1280, 900)
SCREENS = (PHONE, PHONE._replace(is_dark=True), DESK, DESK._replace(is_dark=True))
LANGUAGES = ("en", "ar")
PAGES = (
    "/",
    "/world/",
    "/empty/",
    "/authors/ada-reporter/",
    "/one-word/",
    "/emoji/",
    "/two-directions/",
    "/no-picture/",
    "/sixty-pictures/",
    "/thirty-thousand-words/",
    "/wide-table/",
    "/long-caption/",
    "/odd-pictures/",
    "/panorama/",
    "/tower/",
)
PINNED = ("/", "/one-word/", "/wide-table/", "/odd-pictures/", "/tower/")
PINS = Path(__file__).parents[1] / "data" / "columns.json"
_MEDIA = re.compile(r"/media/([^/]+)/.*")


@pytest.fixture(scope="module")
def papers() -> Mapping[str, Mapping[str, bytes]]:
    """Give the pages of the strange paper in each language."""
    return {language: pages_of(language, load_theme()) for language in LANGUAGES}


@pytest.fixture
def tab(browser: Browser) -> Iterator[Tab]:
    """Give a tab of its own."""
    tab = browser.tab()
    yield tab
    tab.page.close()


def served(paper: Mapping[str, bytes], route: Route) -> None:
    """Answer as the site server would; a picture is a gray one of its size."""
    path = route.request.url.removeprefix(PAPER)
    headers = {**dict(SECURITY), "content-type": media_type_of(path).content_type}
    if picture := _MEDIA.fullmatch(path):
        size = {an_id(number): size for number, size in SIZES_PX.items()}[picture[1]]
        route.fulfill(body=_gray(*size), headers=headers | {"content-type": "image/jpeg"})
    elif path in paper:
        route.fulfill(body=paper[path], headers=headers)
    else:
        route.fulfill(status=404)


def _gray(width_px: int, height_px: int) -> bytes:
    file = io.BytesIO()
    Image.new("L", (width_px, height_px), 128).save(file, "JPEG")
    return file.getvalue()


def read(tab: Tab, paper: Mapping[str, bytes], path: str) -> None:
    """Open a page of a paper."""
    tab.page.unroute_all()
    tab.page.route("**/*", partial(served, paper))
    tab.go(PAPER + path)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_page_holds_together(tab, papers, photograph, *, language, path):
    """Nothing sticks out, is cut off, lies on something else or has no size; axe finds nothing."""
    found = {}
    for screen in SCREENS:
        tab.put_on(screen)
        read(tab, papers[language], path)

        found[screen] = faults_in(tab) + violations(tab.page)
        photograph(tab, "dark" if screen.is_dark else "light", screen)

    assert {screen: [] for screen in SCREENS} == found


@pytest.mark.parametrize(
    ("style", "fault"),
    [
        (
            "main h1 { overflow-wrap: normal !important; hyphens: none !important }",
            "off the screen: h1",
        ),
        ("main h1 { overflow: hidden; white-space: nowrap !important }", "cut off: h1"),
        ("h1 + .standfirst { margin-block-start: -4rem }", "lie on each other: h1"),
        (".lead img { max-width: none; width: 200vw }", "outside what holds it: img"),
        (".lead img { height: 0 }", "of no size: img"),
        (".foot { display: none }", "not there: .foot"),
        ("main { width: 200vw }", "wider than the screen: the page"),
    ],
)
def test_page_that_falls_apart_is_found(tab, papers, *, style, fault):
    """The broken twins: a style that breaks the page in one way is told of by that way."""
    tab.put_on(PHONE)
    read(tab, papers["en"], "/one-word/")
    sheet = "const sheet = new CSSStyleSheet(); document.adoptedStyleSheets.push(sheet);"
    tab.run(f"(() => {{ {sheet} sheet.replaceSync({json.dumps(style)}) }})()")

    found = faults_in(tab)

    assert any(each.startswith(fault) for each in found), found


def test_columns_are_where_they_were(tab, papers):
    """The main parts of strange pages begin where they did, and are as wide, to 8 px."""
    found = {}
    for language in LANGUAGES:
        for path in PINNED:
            for screen in (PHONE, DESK):
                tab.put_on(screen)
                read(tab, papers[language], path)
                found[f"{path} {language} {screen.width}"] = columns_of(tab)

    if os.environ.get("BROADSHEET_UPDATE_GOLDEN") == "1":
        PINS.write_text(json.dumps(found, indent=1) + "\n")
    assert json.loads(PINS.read_text()) == found

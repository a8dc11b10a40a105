"""Every kind of page, looked at on a phone and on a desk, in light and in dark."""

import io
import re

import pytest
from PIL import Image

from tests.servers.browser import Screen

pytestmark = pytest.mark.xdist_group("journeys")
SCREENS = {
    "phone": Screen(390, 844),
    "phone-dark": Screen(390, 844, is_dark=True),
    "desktop": Screen(1280, 900),
    "desktop-dark": Screen(1280, 900, is_dark=True),
}
COLORS = 40  # edges of letters alone make more
DARK, LIGHT = 60, 200  # of 255
# What sticks out of the page to either side; a reader would have to push it about.
STICKS_OUT = """[...document.querySelectorAll("body *")].filter(each => {
  const box = each.getBoundingClientRect();
  return box.width > 1 && !each.closest(".skip, .unseen") &&
    (box.right > document.documentElement.clientWidth + 1 || box.left < -1);
}).map(each => each.outerHTML.slice(0, 200))"""


@pytest.fixture(scope="module")
def addresses(newspaper) -> dict[str, str]:
    """Give an address of each kind of page."""
    listed = newspaper.does("story", "list", "--limit", "1000")

    def story(words: str) -> str:
        return re.search(rf"/\S*{words}\S*/", listed)[0]

    year, month = story("ferry-returns").split("/")[1:3]
    return {
        "home": "/",
        "section": "/city/",
        "story": story("ferry-returns"),
        "arabic": story("الساحل"),
        "tamil": story("மழை"),
        "author": "/authors/amara-okoye/",
        "archive": f"/archive/{year}/{month}/",
        "gone": story("six-neighbors"),
        "not-found": "/nothing/",
    }


@pytest.fixture(scope="module")
def tab(browser):
    """Give one tab for all looks."""
    return browser.tab()


@pytest.mark.parametrize(
    "page",
    ["home", "section", "story", "arabic", "tamil", "author", "archive", "gone", "not-found"],
)
def test_page_fits_every_screen(tab, newspaper, addresses, tmp_path, *, count, page):
    """No page is blank or wider than its screen, and the dark one is dark."""
    for name, screen in SCREENS.items():
        tab.put_on(screen)
        tab.go(newspaper.url + addresses[page])
        look = tab.look(screen)
        (tmp_path / f"{page}-{name}.png").write_bytes(look)  # kept by pytest, for people

        picture = Image.open(io.BytesIO(look)).convert("RGB")
        corner = picture.convert("L").getpixel((2, 2))
        assert (screen.width, screen.height) == picture.size
        assert len(picture.getcolors(1 << 20) or range(1 << 20)) > COLORS, (page, name)
        assert (corner < DARK) if screen.is_dark else (corner > LIGHT), (page, name)
        assert [] == tab.run(STICKS_OUT), (page, name)
    count("looks at pages, each on every screen", page, len(SCREENS))


def test_page_that_sticks_out_is_found(tab, newspaper):
    """The broken twin: with a column as wide as two screens, a page does not fit."""
    tab.put_on(SCREENS["phone"])
    tab.go(newspaper.url)
    tab.run("document.querySelector('main').style.inlineSize = '200vw'")

    assert 1 <= len(tab.run(STICKS_OUT))


def test_arabic_story_runs_from_the_right(tab, newspaper, addresses):
    """An Arabic story begins at the right edge, its furniture in Arabic."""
    tab.put_on(SCREENS["phone"])
    tab.go(newspaper.url + addresses["arabic"])

    assert "rtl" == tab.run("getComputedStyle(document.querySelector('h1')).direction")
    assert "نُشر" in tab.text()

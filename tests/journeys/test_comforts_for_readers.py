"""What the site's script adds for a reader, and that a page asks nobody else for anything."""

import pytest

from tests.servers.browser import Screen

pytestmark = pytest.mark.xdist_group("journeys")
ASKED = "performance.getEntriesByType('resource').map(each => each.name)"


@pytest.fixture(scope="module")
def poster(newspaper) -> str:
    """Give the address of a story with a video from elsewhere."""
    listed = newspaper.does("story", "list", "--limit", "1000")
    return next(line.split()[2] for line in listed.splitlines() if "hand-painted" in line)


@pytest.fixture(scope="module")
def tab(browser):
    """Give one tab, a phone's."""
    opened = browser.tab()
    opened.put_on(Screen(390, 844))
    return opened


def test_a_page_asks_nobody_else(tab, newspaper, poster):
    """Reading a story with a video asks the paper alone; the video is a link with an offer."""
    tab.go(f"{newspaper.url}{poster}")

    asked = tab.run(ASKED)

    assert asked
    assert [] == [url for url in asked if not url.startswith(newspaper.url)]
    assert [] == tab.run("[...document.querySelectorAll('iframe')].map(each => each.src)")
    assert "Play here" == tab.run("document.querySelector('.embed button').textContent")
    assert "YouTube" in tab.run("document.querySelector('.embed small').textContent")


def test_a_player_comes_when_it_is_asked_for(tab, newspaper, poster):
    """The button puts the player in its place, and it alone."""
    tab.go(f"{newspaper.url}{poster}")

    tab.run("document.querySelector('.embed button').click()")

    (src,) = tab.run("[...document.querySelectorAll('.embed iframe')].map(each => each.src)")
    assert src.startswith("https://www.youtube-nocookie.com/embed/")
    assert "Big Buck Bunny" == tab.run("document.querySelector('.embed iframe').title")


def test_the_slot_is_filled_and_says_what_it_lists(tab, newspaper, poster):
    """Below the story the newest are listed, and it is said that they are the newest."""
    tab.go(f"{newspaper.url}{poster}")

    tab.run("document.querySelector('.slot').scrollIntoView()")
    tab.page.locator(".slot .ranked li").nth(4).wait_for()  # the site lets no tool evaluate text

    assert 5 == tab.run("document.querySelectorAll('.slot .ranked li').length")
    assert "newest" in tab.run("document.querySelector('.slot .note').textContent")


def test_text_is_enlarged_and_stays_so(tab, newspaper, poster):
    """A+ enlarges the text, on the next page too; A− takes it back."""
    tab.go(f"{newspaper.url}{poster}")
    size = "parseFloat(getComputedStyle(document.querySelector('.body p')).fontSize)"
    before = tab.run(size)

    tab.run("document.querySelectorAll('.tools button')[1].click()")
    larger = tab.run(size)
    tab.go(f"{newspaper.url}/")
    kept = tab.run("document.documentElement.style.fontSize")
    tab.go(f"{newspaper.url}{poster}")
    tab.run("document.querySelectorAll('.tools button')[0].click()")

    assert before < larger
    assert "118%" == kept
    assert before == tab.run(size)


def test_times_say_how_long_ago(tab, newspaper):
    """On fronts a fresh story says how long ago it came; its date and hour stay in the title."""
    tab.go(f"{newspaper.url}/")

    first = "document.querySelector('.top .meta time')"

    said = tab.run(f"{first}.textContent")
    year = tab.run(f"{first}.dateTime.slice(0, 4)")
    assert said.endswith(" ago") or said in {"this minute", "now"}
    assert year not in said
    assert year in tab.run(f"{first}.title")

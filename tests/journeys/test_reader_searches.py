"""A reader goes from the front page to the search, asks in two scripts, and opens a story."""

import pytest

from tests.servers.browser import Screen
from tests.servers.newspaper import until

pytestmark = pytest.mark.xdist_group("journeys")

RESULTS = "document.querySelectorAll('.results article').length"


def _ask(tab, words):
    tab.run(f"document.querySelector('#q').value = '{words}'")
    tab.submit("main form[role=search] button")
    # The address changes before what was found is there.
    tab.wait_for(f"document.querySelector('#q')?.defaultValue === '{words}'")
    tab.wait_for("document.readyState === 'complete'")


def test_reader_finds_a_story(browser, newspaper):
    """From the front page by way of the search to a story, at the width of a phone."""
    until(
        lambda: "<mark>" in newspaper.get("/search/?q=market").text,
        what="the search of a paper that came all at once",
    )
    tab = browser.tab()
    tab.put_on(Screen(390, 844))
    tab.go(f"{newspaper.url}/")
    tab.go(tab.run("document.querySelector('.seek a').href"))

    _ask(tab, "水")
    found_in_chinese = tab.run(RESULTS)
    _ask(tab, "market")
    marked = tab.run("document.querySelector('.results mark').innerText")
    is_cut_off = tab.run("document.documentElement.scrollWidth > innerWidth")
    wanted = tab.run("document.querySelector('.results h2').innerText")
    tab.go(tab.run("document.querySelector('.results h2 a').href"))

    assert found_in_chinese
    assert marked.lower().startswith("market")
    assert not is_cut_off
    assert wanted == tab.run("document.querySelector('h1').innerText")


def test_reader_is_led_on_where_nothing_is_found(browser, newspaper):
    """A reader who asks for what nobody wrote is told so, and led to the archive."""
    tab = browser.tab()
    tab.go(f"{newspaper.url}/search/?q=zzzzzz")

    assert "/archive/" == tab.run("document.querySelector('.nothing a').pathname")

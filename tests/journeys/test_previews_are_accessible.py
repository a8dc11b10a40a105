"""Previews and preview links, in a browser: nobody is kept out, and a link does what it says."""

import pytest

from tests.journeys.people import at_the_desk, find_a_live_story
from tests.servers.axe import on_every_screen, violations
from tests.servers.browser import Screen, Tab

pytestmark = pytest.mark.xdist_group("journeys")


@pytest.fixture(scope="module")
def tab(browser, newspaper) -> Tab:
    """Give a tab in which the editor has signed in through the form."""
    return at_the_desk(browser, newspaper, "editor")


@pytest.fixture(scope="module")
def story(tab, newspaper) -> str:
    """Give the key of a story that has a lead picture, whatever other journeys have retracted."""
    find_a_live_story(tab, newspaper)
    key = "document.querySelector('main a[href*=\"/desk/pages/\"]').href.match(/pages.(\\d+)/)[1]"
    return str(tab.run(key))


def found_at(tab: Tab, url: str) -> list[str]:
    """Return what axe finds at an address on any screen."""
    tab.go(url)
    return on_every_screen(tab)


@pytest.mark.parametrize("mode", ["", "all"])
def test_previews_keep_nobody_out(tab, newspaper, story, mode):
    """The preview's page, and what its frame shows of cards, break no rule."""
    assert [] == found_at(tab, f"{newspaper.url}/desk/stories/{story}/preview/?mode={mode}")
    assert [] == found_at(tab, f"{newspaper.url}/desk/pages/{story}/view_draft/?mode={mode}")


def test_widths_are_chosen_by_keyboard(tab, newspaper, story):
    """Arrow keys make the frame as wide as a phone, a tablet and a desktop."""
    tab.put_on(Screen(1280, 900))
    tab.go(f"{newspaper.url}/desk/stories/{story}/preview/")
    width = "document.querySelector('.previewing iframe').offsetWidth"
    tab.page.locator("input[name=width][value='1280']").focus()

    seen = [tab.run(width)]
    for _ in range(2):
        tab.page.keyboard.press("ArrowUp")
        seen.append(tab.run(width))

    assert [1280, 820, 390] == seen


def test_a_link_is_made_opened_and_revoked(tab, browser, newspaper, story):
    """A person without an account reads the draft by the link, until it is revoked."""
    page = f"{newspaper.url}/desk/stories/{story}/preview/links/"
    assert [] == found_at(tab, page)
    tab.put_on(Screen(1280, 900))
    tab.write("input[name=note]", "Dr. Okoye")
    tab.submit("form[action=''] button[type=submit]")
    assert [] == violations(tab.page)
    link = str(tab.run("document.querySelector('#made-address').value"))
    outside = browser.tab(browser.person())

    assert [] == found_at(outside, link)
    assert "Draft, not for publication." in outside.text()
    assert tab.run("document.querySelector('#made-address').readOnly")

    tab.submit("button.no")
    assert [] == found_at(outside, link)
    assert "shows nothing any more" in outside.text()


def test_a_field_without_a_label_is_found(tab, newspaper, story):
    """The broken twin: a field put into the page without its label is named."""
    tab.go(f"{newspaper.url}/desk/stories/{story}/preview/links/")
    tab.run("document.querySelector('main').append(document.createElement('textarea'))")

    assert any(line.startswith("label: ") for line in violations(tab.page))

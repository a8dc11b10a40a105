"""Two editors on one story: each knows of the other, and nobody's words are lost unasked."""

import pytest

from tests.journeys.people import BODY, IS_SAVED, add_block, at_the_desk, begin_story
from tests.journeys.test_desk_journey import IS_WATCHED
from tests.photographs import DESK, PHONE, TABLET, Photograph
from tests.servers.browser import Browser, Tab
from tests.servers.newspaper import Newspaper

pytestmark = pytest.mark.xdist_group("journeys")
SCREENS = (DESK, TABLET, PHONE)
HEADLINE = "A clock tower strikes thirteen"
HEADLINE_NOW = "document.querySelector('#id_title').value"
# An unwanted save by itself would come three seconds after the last key.
WOULD_HAVE_SAVED_MS = 8_000
LOCK = "[data-side-panel=status] [data-w-action-url-value$='/lock/']"
OTHERS = (
    "[...document.querySelectorAll('button.w-editing-sessions__session')]"
    ".map((each) => each.getAttribute('aria-label')).join()"
)


def a_draft(tab: Tab) -> str:
    """Write a story that saves itself; return its form's address."""
    begin_story(tab, "City")
    tab.wait_for(IS_WATCHED)
    tab.write("#id_title", HEADLINE)
    add_block(tab, "Text")
    tab.write(BODY, "It struck at noon.")
    tab.wait_for(IS_SAVED)
    return str(tab.run("location.href"))


def test_the_second_editor_is_told_and_nobodys_words_are_lost(
    browser: Browser, newspaper: Newspaper, photograph: Photograph
) -> None:
    """Who saves second hears of the first, keeps their own words, and decides by a press."""
    amara = at_the_desk(browser, newspaper, "amara")
    form = a_draft(amara)
    salma = at_the_desk(browser, newspaper, "salma")
    salma.go(form)
    salma.wait_for(f"{OTHERS}.includes('Amara')")
    photograph(salma, "somebody else is here", *SCREENS)
    salma.wait_for(IS_WATCHED)
    amara.come_forward()
    amara.write("#id_title", f"{HEADLINE}, once")
    amara.submit("footer .action-save")

    salma.come_forward()
    salma.write("#id_title", f"{HEADLINE}, twice")
    salma.submit("footer .action-save")
    said = salma.text()
    photograph(salma, "somebody was faster", *SCREENS)
    salma.page.wait_for_timeout(WOULD_HAVE_SAVED_MS)

    assert "Not saved: Amara Okoye saved this story" in said
    assert f"{HEADLINE}, twice" == salma.run(HEADLINE_NOW)
    amara.come_forward()
    amara.go(form)
    assert f"{HEADLINE}, once" == amara.run(HEADLINE_NOW)

    salma.come_forward()
    salma.submit("footer .action-save")
    assert "Not saved" not in salma.text()
    assert f"{HEADLINE}, twice" == salma.run(HEADLINE_NOW)
    salma.go(form.replace("/edit/", "/history/"))
    photograph(salma, "history", *SCREENS)


def test_a_locked_story_is_written_by_one_alone(
    browser: Browser, newspaper: Newspaper, photograph: Photograph
) -> None:
    """Whoever locks a story is named to everybody else, who can read it and save nothing."""
    amara = at_the_desk(browser, newspaper, "amara")
    form = a_draft(amara)
    amara.click("[data-side-panel-toggle=status]")
    with amara.another_page():
        amara.page.locator(LOCK).evaluate("(box) => box.click()")  # its switch lies over it

    salma = at_the_desk(browser, newspaper, "salma")
    salma.go(form)
    photograph(salma, "locked", *SCREENS)

    assert "locked by" in salma.text().lower()
    assert salma.page.get_by_role("button", name="Story locked").is_disabled()

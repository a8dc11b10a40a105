"""A publisher arranges a section's front in a real browser, by mouse and by keyboard."""

import pytest

from tests.servers.browser import Screen, Tab
from tests.servers.newspaper import Newspaper, until

pytestmark = pytest.mark.xdist_group("journeys")
DESK, PHONE = Screen(1400, 1200), Screen(390, 844)

# What a mouse that drags a story sends; the slot's own script does the rest.
DRAG = """([from, to]) => {
  const dataTransfer = new DataTransfer();
  const send = (selector, kind) => document.querySelector(selector).dispatchEvent(
    new DragEvent(kind, {dataTransfer, bubbles: true, cancelable: true}));
  send(from, "dragstart");
  send(to, "dragover");
  send(to, "drop");
}"""
IS_DONE = "!document.querySelector('[data-front-board]').inert"
FOCUS = """(focused => focused.closest("[data-slot]").dataset.slot + focused.dataset.act)(
  document.activeElement)"""


@pytest.fixture
def board(browser, newspaper) -> Tab:
    """Give a tab in which the editor has opened the front of Business."""
    tab = browser.tab()
    tab.put_on(DESK)
    tab.go(f"{newspaper.url}/desk/login/?next=/desk/fronts/")
    if "/login/" in tab.run("location.href"):
        tab.write("input[name=username]", "editor")
        tab.write("input[name=password]", newspaper.password)
        tab.submit("form button[type=submit]")
    links = "[...document.querySelectorAll('tbody a')].find(a => a.innerText.endsWith('Business'))"
    tab.go(tab.wait_for(f"{links}?.href"))
    return tab


def said(tab: Tab) -> str:
    """Return what is announced once the desk has answered."""
    tab.wait_for(IS_DONE)
    return str(tab.run("document.querySelector('[data-front-said]').innerText"))


def headline(tab: Tab, slot: int) -> str:
    """Return the headline in a slot."""
    return str(tab.run(f"document.querySelector('#slot-{slot} .front-headline').innerText"))


def test_front_is_arranged_and_published(board: Tab, newspaper: Newspaper):
    """Drag a story to the lead, move it down by keyboard, publish: readers get it so."""
    last = "document.querySelectorAll('.front-offer')[3]"
    board.run(f"{last}.id = 'dragged'")
    dragged = board.run(f"{last}.querySelector('.front-headline').innerText")

    board.run(f"({DRAG})(['#dragged', '#slot-0'])")

    assert f"“{dragged}” stands in Lead." == said(board)
    assert dragged == headline(board, 0)

    board.run("document.querySelector('#slot-0 [data-act=down]').focus()")
    board.run("document.activeElement.click()")

    assert f"“{dragged}” moved to Second row 1." == said(board)
    assert "1down" == board.run(FOCUS)  # so that it can be pressed again

    board.run(f"({DRAG})(['#slot-1', '#slot-0'])")
    assert f"“{dragged}” moved to Lead." == said(board)

    board.submit("[formaction$='/publish/']")
    assert "is committed as you arranged it" in board.text()
    until(
        lambda: dragged in newspaper.get("/business/").text.split('class="beside"')[0],
        what="the lead of the front",
    )


def test_board_fits_a_phone(board: Tab):
    """At the width of a phone nothing is cut off, and the acts come before the slots."""
    board.put_on(PHONE)

    assert not board.run("document.documentElement.scrollWidth > innerWidth")
    assert board.run(
        "document.querySelector('.front-acts').getBoundingClientRect().top"
        " < document.querySelector('#slot-0').getBoundingClientRect().top"
    )

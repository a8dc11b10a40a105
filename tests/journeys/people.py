"""What the journeys' people do at the desk: sign in, write, press buttons, look at the paper."""

from tests.photographs import DESK
from tests.servers.browser import Browser, Screen, Tab
from tests.servers.newspaper import Newspaper

BODY = ".DraftEditor-root [contenteditable=true]"
IS_SAVED = "document.querySelector('#w-autosave-indicator').dataset.wAutosaveStateValue === 'saved'"


def at_the_desk(browser: Browser, newspaper: Newspaper, name: str, *, screen: Screen = DESK) -> Tab:
    """Return the tab of one of the demo's people, signed in, in a browser of their own."""
    tab = browser.tab(browser.person())
    tab.put_on(screen)
    sign_in(tab, newspaper, name)
    return tab


def sign_in(tab: Tab, newspaper: Newspaper, name: str) -> None:
    """Sign one of the demo's people in at the desk's door."""
    password = newspaper.await_words(rf"(?:as|or as) {name}[,;].*?first password (\S+)")[1]
    tab.go(f"{newspaper.url}/desk/login/")
    tab.write("[name=username]", name)
    tab.write("[name=password]", password)
    tab.submit("form button[type=submit]")


def find_a_live_story(tab: Tab, newspaper: Newspaper) -> None:
    """
    Find a demo story in the list at the desk that no journey retracts.

    The words of a story can be searched once the press has had a quiet moment: ask again till then.
    """
    found = "Boolean(document.querySelector('main a[href*=\"/edit/\"]'))"
    for _ in range(60):
        tab.go(f"{newspaper.url}/desk/stories/?state=live&q=outer+islands")
        if tab.run(found):
            return
        tab.page.wait_for_timeout(1000)
    message = "the desk finds no live story about the outer islands"
    raise LookupError(message)


def begin_story(tab: Tab, section: str) -> None:
    """Begin a story from the desk's first page, as a person does: New story, then the section."""
    tab.submit("a.button:has-text('New story')")
    tab.submit(f"a.desk-choice:has-text('{section}')")


def add_block(tab: Tab, kind: str) -> None:
    """Add a block of a kind at the end of the body."""
    tab.page.locator(".c-sf-add-button:visible").last.click()
    tab.page.get_by_role("option", name=kind, exact=True).click()


def press(tab: Tab, act: str) -> None:
    """Press one of the acts in the menu beside a form's own button."""
    tab.click("footer .w-dropdown__toggle")
    tab.submit(f"footer [name={act}]")


def open_step(tab: Tab, name: str) -> str:
    """Show the button of a step of the review; return what finds it."""
    button = f"footer [data-workflow-action-name={name}]"
    if not tab.page.locator(button).first.is_visible():
        tab.click("footer .w-dropdown__toggle")
    return button


def begin_return(tab: Tab, comment: str) -> str:
    """Write the comment a story is to be returned with; return what finds the button to send it."""
    tab.click(open_step(tab, "reject"))
    tab.page.locator(".modal-body [name=comment]").fill(comment)
    return ".modal-body [type=submit]"

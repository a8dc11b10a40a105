"""What the journeys' people do at the desk: sign in, write, press buttons, look at the paper."""

from tests.photographs import DESK
from tests.servers.browser import Browser, Screen, Tab
from tests.servers.newspaper import Newspaper

BODY = ".DraftEditor-root [contenteditable=true]"
IS_SAVED = "document.querySelector('#w-autosave-indicator').dataset.wAutosaveStateValue === 'saved'"


def at_the_desk(browser: Browser, newspaper: Newspaper, name: str, *, screen: Screen = DESK) -> Tab:
    """Return the tab of one of the demo's people, signed in, in a browser of their own."""
    password = newspaper.await_words(rf"(?:as|or as) {name}[,;].*?first password (\S+)")[1]
    tab = browser.tab(browser.person())
    tab.put_on(screen)
    tab.go(f"{newspaper.url}/desk/login/")
    tab.write("[name=username]", name)
    tab.write("[name=password]", password)
    tab.submit("form button[type=submit]")
    return tab


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

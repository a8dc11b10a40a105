"""People sign in, with passkeys too, and lose no word when their session ends, in Chromium."""

import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import BrowserContext

from tests.servers.browser import Browser, Screen, Tab
from tests.servers.newspaper import Newspaper, until

pytestmark = pytest.mark.xdist_group("journeys")
DESK = Screen(1400, 1200)
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def own_browser(browser: Browser):
    """Sit somebody down whom nobody has signed in."""
    person = browser.person()
    yield person
    person.close()


def a_reporter(newspaper: Newspaper, name: str) -> str:
    """Make somebody who writes; return their password."""
    newspaper.does(
        *("user", "add", f"{name}@paper.example", "--name", f"{name} Reporter"),
        *("--role", "reporter", "--password-file"),
    )
    return (newspaper.home / f"password-of-{name}").read_text("ascii").strip()


def a_tab(person: BrowserContext) -> Tab:
    """Open a tab as wide as a desk's screen."""
    tab = Tab(person.new_page())
    tab.put_on(DESK)
    return tab


def sign_in(tab: Tab, name: str, password: str) -> None:
    """Fill in the sign-in page."""
    tab.write("[name=username]", name)
    tab.write("[name=password]", password)
    tab.submit("form button[type=submit]")


def begin_story(tab: Tab, newspaper: Newspaper, headline: str) -> None:
    """Open the form of a new story in a section, and type a headline."""
    database = newspaper.home / "broadsheet.sqlite3"
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as rows:
        (section,) = rows.execute("SELECT page_ptr_id FROM newsroom_sectionpage").fetchone()
    tab.go(f"{newspaper.url}/desk/pages/add/newsroom/story/{section}/")
    tab.write("#id_title", headline)


def test_words_outlive_the_session(newspaper, own_browser):
    """The session ends in mid-edit: one is told, signs in in a new tab, and nothing is lost."""
    password = a_reporter(newspaper, "wanda")
    tab = a_tab(own_browser)
    tab.go(f"{newspaper.url}/desk/login/")
    sign_in(tab, "wanda", password)
    begin_story(tab, newspaper, "The ferry that waits")
    newspaper.does("user", "sessions", "wanda", "--end")
    tab.write("#id_title", "The ferry that waits for the post")
    tab.wait_for("document.querySelector('dialog.accounts-keeping')?.open")
    assert "Your words are still here" in tab.text()

    other = a_tab(own_browser)
    other.go(tab.run("document.querySelector('.accounts-keeping a').href"))
    sign_in(other, "wanda", password)
    assert "In the other one your words wait" in other.text()
    tab.come_forward()
    if tab.run("document.querySelector('dialog.accounts-keeping').open"):  # coming back may do
        tab.run("document.querySelector('.accounts-keeping button').click()")
    tab.wait_for("!document.querySelector('dialog.accounts-keeping').open")

    other.come_forward()
    listed = f"{newspaper.url}/desk/stories/?q=ferry"
    until(lambda: _says(other, listed, "The ferry that waits for the post"), what="the draft")


def _says(tab: Tab, url: str, words: str) -> bool:
    tab.go(url)
    return words in tab.text()


def test_another_persons_session_saves_nothing(newspaper, own_browser):
    """If somebody else signs in meanwhile, the words are not saved as theirs."""
    password = a_reporter(newspaper, "wilma")
    tab = a_tab(own_browser)
    tab.go(f"{newspaper.url}/desk/login/")
    sign_in(tab, "wilma", password)
    begin_story(tab, newspaper, "A quiet pier")
    newspaper.does("user", "sessions", "wilma", "--end")
    other = a_tab(own_browser)
    other.go(f"{newspaper.url}/desk/login/")
    sign_in(other, "editor", newspaper.password)
    tab.come_forward()
    tab.write("#id_title", "A quiet pier at night")
    tab.run("document.querySelector('form[data-edit-form]').requestSubmit()")
    tab.wait_for("document.querySelector('dialog.accounts-keeping')?.open")

    assert "Now editor is signed in here, and these are the words of wilma" in tab.text()


def test_a_passkey_signs_in(newspaper, own_browser):
    """A passkey is made at the desk, and signs in alone the next time."""
    password = a_reporter(newspaper, "walt")
    place = newspaper.url.replace("127.0.0.1", "localhost")
    tab = a_tab(own_browser)
    devtools = tab.page.context.new_cdp_session(tab.page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    tab.go(f"{place}/desk/login/?next=/desk/security/passkeys/new/")
    sign_in(tab, "walt", password)
    tab.click("[name=passwordless]")
    tab.submit("#passkey_button")
    assert "Your recovery codes" in tab.text()
    tab.go(f"{place}/desk/logout/")
    tab.submit("main form button[type=submit]")

    tab.submit("#passkey_button")

    tab.wait_for("location.pathname === '/desk/'")
    tab.go(f"{place}/desk/security/")
    assert "Signed in: passkey" in tab.text()

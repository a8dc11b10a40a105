"""Pages of signing in, and of how one does: nobody is kept out of the desk by its own door."""

import re

import pytest

from tests.servers.axe import on_every_screen
from tests.servers.browser import Browser, Screen, Tab
from tests.servers.newspaper import Newspaper

pytestmark = pytest.mark.xdist_group("journeys")
DESK = Screen(1280, 900)
OUTSIDE = {
    "signing in": "/desk/login/",
    "a forgotten password": "/desk/password_reset/",
    "a mail that is on its way": "/desk/password_reset/sent/",
    "a link to a new password that is over": "/desk/password_reset/1-no-such-key/",
    "a new password that is set": "/desk/password_reset/done/",
    "an account that is closed": "/desk/login/closed/",
    "an invitation that is over": "/desk/invitation/no-such-token/",
    "a preview link that is over": "/desk/preview/no-such-token/",
}
OWN = {
    "your sign-in": "/desk/security/",
    "a password": "/desk/security/password/",
    "an authenticator app": "/desk/security/app/",
    "a passkey": "/desk/security/passkeys/new/",
    "a password asked again": "/desk/security/confirm/",
    "signed in again": "/desk/signed-in/again/",
    "signing out": "/desk/logout/",
    "an account": "/desk/account/",
}


def sign_in(tab: Tab, newspaper: Newspaper, name: str, password: str) -> None:
    """Sign in through the form."""
    tab.put_on(DESK)
    tab.go(f"{newspaper.url}/desk/login/")
    tab.write("[name=username]", name)
    tab.write("[name=password]", password)
    tab.submit("form button[type=submit]")


def an_account(newspaper: Newspaper, name: str, role: str) -> str:
    """Make an account; return its password."""
    newspaper.does(
        *("user", "add", f"{name}@paper.example", "--name", name, "--role", role),
        "--password-file",
    )
    return (newspaper.home / f"password-of-{name}").read_text("ascii").strip()


@pytest.fixture
def outside(browser: Browser):
    """Give a tab of somebody who is not signed in."""
    person = browser.person()
    yield Tab(person.new_page())
    person.close()


@pytest.fixture(scope="module")
def inside(browser: Browser, newspaper: Newspaper) -> Tab:
    """Give a tab of a publisher in the grace, who has no second factor yet."""
    tab = browser.tab(browser.person())
    sign_in(tab, newspaper, "petra", an_account(newspaper, "petra", "publisher"))
    return tab


@pytest.mark.parametrize("page", OUTSIDE)
def test_the_door_keeps_nobody_out(outside, newspaper, page):
    """No page for who is not signed in breaks a rule."""
    outside.go(newspaper.url + OUTSIDE[page])

    assert [] == on_every_screen(outside)


@pytest.mark.parametrize("page", OWN)
def test_ones_own_pages_keep_nobody_out(inside, newspaper, page):
    """No page about how one signs in breaks a rule."""
    inside.go(newspaper.url + OWN[page])

    assert [] == on_every_screen(inside)


def test_a_wrong_password_is_told_at_the_form(outside, newspaper):
    """A refused sign-in breaks no rule, and who listens is told at once."""
    sign_in(outside, newspaper, "petra", "not the password")

    assert [] == on_every_screen(outside)
    assert outside.run("document.querySelector('[role=alert]').textContent.trim()")


def test_a_first_factor_set_up_keeps_nobody_out(outside, newspaper):
    """Wrong code, recovery codes and the second step of signing in break no rule."""
    sign_in(outside, newspaper, "pia", an_account(newspaper, "pia", "publisher"))
    outside.go(f"{newspaper.url}/desk/security/app/")
    outside.write("[name=code]", "000000")
    outside.submit("main form button[type=submit]")
    assert [] == on_every_screen(outside)
    assert "true" == outside.run(
        "document.querySelector('[name=code]').getAttribute('aria-invalid')"
    )
    outside.put_on(DESK)
    outside.go(f"{newspaper.url}/desk/security/codes/new/")
    assert [] == on_every_screen(outside)


def test_an_invitation_keeps_nobody_out(browser, outside, newspaper):
    """The link to hand over, and the page it leads to, break no rule, with errors too."""
    editor = browser.tab(browser.person())
    sign_in(editor, newspaper, "editor", newspaper.password)
    editor.go(f"{newspaper.url}/desk/people/invite/")
    editor.submit("main form button[type=submit]")
    assert [] == on_every_screen(editor)
    editor.put_on(DESK)
    editor.write("[name=name]", "Ivo Invited")
    editor.write("[name=email]", "ivo@paper.example")
    editor.submit("main form button[type=submit]")
    assert [] == on_every_screen(editor)
    link = str(editor.run("document.querySelector('#link').value"))

    outside.go(re.sub(r"^https?://[^/]+", newspaper.url, link))

    assert [] == on_every_screen(outside)
    outside.put_on(DESK)
    outside.write("[name=password]", "short")
    outside.submit("main form button[type=submit]")
    assert [] == on_every_screen(outside)

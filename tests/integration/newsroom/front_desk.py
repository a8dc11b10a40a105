"""A browser at the board: opens it, fills its form in, presses its buttons."""

from datetime import UTC, datetime, timedelta

from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from broadsheet.newsroom import wordings
from broadsheet.press import deriving
from broadsheet.press.tables import Tables
from tests.factories import rows

FIRST = datetime(2026, 11, 20, 8, tzinfo=UTC)
BOARD = "/desk/fronts/paper/"


def a_browser(user):
    """Return a browser somebody is signed in with."""
    client = Client()
    client.force_login(user)
    return client


def live(*headlines):
    """Return live stories, of which a later one is newer, known to the press's lists."""
    found = [
        rows.a_live_story(title=headline, now=FIRST + timedelta(hours=n))
        for n, headline in enumerate(headlines)
    ]
    deriving.derive(Tables())
    return found


def opened(client, url=BOARD):
    """Return a page of the desk as a browser's parser reads it."""
    answer = client.get(url)
    assert answer.status_code == 200, answer.status_code
    return LexborHTMLParser(answer.content)


def form_of(client):
    """Return what the board's form sends besides its button."""
    page = opened(client)
    inputs = page.css(".front-form input")
    return {
        node.attributes["name"]: node.attributes.get("value") or "on"
        for node in inputs
        if node.attributes.get("value")
        or (node.attributes["type"] == "checkbox" and "checked" in node.attributes)
        if node.attributes["name"] != "csrfmiddlewaretoken"
    }


def press(client, do, *, form=None, **fields):
    """Press one of the board's buttons, and return the page that comes."""
    sent = {**(form_of(client) if form is None else form), "do": do, **fields}
    return client.post(BOARD, sent, follow=True)


def board_shown(client):
    """Return the placed headlines by the names of their slots."""
    return {
        node.css_first(".front-slot-name").text(strip=True): node.css_first(".front-headline").text(
            strip=True
        )
        for node in opened(client).css(".front-slot:not(.front-free)")
    }


def read_words():
    """Have the desk's search read every page, as the press does when it is idle."""
    while wordings.read_outdated(after_pk=0):
        pass

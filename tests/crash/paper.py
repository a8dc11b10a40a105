"""The newspaper whose processes are killed: small, with one story for each state."""

import io
from datetime import timedelta
from http import HTTPStatus
from itertools import count
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from PIL import Image
from wagtail.rich_text import RichText

from broadsheet.accounts.models import DeskSession
from broadsheet.config.tokens import sealed
from broadsheet.newsroom.models import Byline, Picture, SectionPage, Story
from broadsheet.press import worker as running
from broadsheet.press.models import Account
from broadsheet.press.ports import wiring
from broadsheet.press.worker import Round, Worker
from tests.crash.clock import CLOCK, NOON
from tests.factories import rows

SOON = NOON + timedelta(hours=1)
LATER = NOON + timedelta(hours=2)
ROUNDS = 5  # of a running press: an act is out after a few, the others are idle
SESSION = "crash-test-session-of-the-editor"


def write_paper() -> None:
    """Write the newspaper's rows, as editors would, and publish some."""
    rows.a_paper()
    world = rows.a_section_row("World")
    rows.a_section_row("City", position=1)
    author = rows.an_author_row("Ada Reporter")
    picture = a_picture("Tram", color="navy")
    for words in ("draft", "copied"):
        a_story(world, words)
    for words in ("live", "other", "down"):
        a_story(world, words, byline=author, lead=picture).get_latest_revision().publish()
    Story.objects.get(address_words="down").unpublish()
    a_story(world, "ending", expire_at=LATER).get_latest_revision().publish()
    a_story(world, "due", go_live_at=SOON).get_latest_revision().publish()
    editor = get_user_model()._default_manager.create_superuser("ada", "", "a-test-password")
    _sign_in(editor)


def a_story(section: SectionPage, words: str, *, byline: Any = None, **fields: Any) -> Story:
    """Write a draft called by the words of its address."""
    story = Story(
        title=f"The {words} story",
        address_words=words,
        body=[("text", RichText(f"<p>What the {words} story says on Monday.</p>"))],
        **fields,
    )
    if byline is not None:
        story.bylines.add(Byline(author=byline))
    section.add_child(instance=story)
    story.save_revision()
    return story


def a_picture(title: str, *, color: str) -> Picture:
    """Take in a small picture."""
    picture = Picture(title=title, alternative_text=title, credit=title, file=picture_file(color))
    picture.save()
    return picture


def picture_file(color: str) -> ContentFile[bytes]:
    """Return a picture's file as an editor uploads it."""
    drawn = io.BytesIO()
    Image.new("RGB", (40, 30), color).save(drawn, "PNG")
    return ContentFile(drawn.getvalue(), name=f"{color}.png")


def connect_account() -> None:
    """Connect an account that gets no posts yet, on a network nobody answers at."""
    settings = {"base_url": "http://127.0.0.1:9", "rules": "mastodon", "class": "D"}
    Account.objects.create(
        surface="sandbox", name="idle", settings=settings, secret=sealed("-"), added_at=CLOCK()
    )


def the(words: str) -> Story:
    """Return a story by the words of its address."""
    return Story.objects.get(address_words=words)


def desk() -> Client:
    """Return the browser the editor signed in with."""
    browser = Client()
    browser.cookies["sessionid"] = SESSION
    return browser


def worker() -> Worker:
    """Return the worker of this newspaper."""
    return Worker(wiring(), owner="crash", clock=CLOCK)


def work() -> Round:
    """Have the press work until it is quiet."""
    return worker().run_until_quiet()


def run() -> None:
    """Run the press as `broadsheet run` does, for some rounds; it does not wait for the bell."""
    rounds = count()
    running.IDLE_S = 0.0
    worker().run(is_stopping=lambda: next(rounds) >= ROUNDS)


def _sign_in(editor: Any) -> None:
    browser = Client()
    browser.force_login(editor)
    Session.objects.update(session_key=SESSION)
    # What a first visit notes is there before any act, and how long ago the last was, never
    # again: each act takes the same steps whenever it is tried.
    assert desk().get("/desk/").status_code == HTTPStatus.OK
    DeskSession.objects.update(seen_at=timezone.now() + timedelta(days=1))

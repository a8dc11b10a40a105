"""Builds stories worth looking at before they are published, and the accounts they would go to."""

from datetime import UTC, datetime
from typing import Any

from django.test import Client
from wagtail.rich_text import RichText

from broadsheet.newsroom.acting import acting
from broadsheet.newsroom.models import Story
from broadsheet.newsroom.roles.names import Role
from broadsheet.press.models import Account
from tests.factories import rows
from tests.factories.pictures import a_picture_file, a_picture_row

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


def a_full_story(**changes: Any) -> Story:
    """Return a live story with everything a page can show."""
    inside = a_picture_row(file=a_picture_file("blue"))
    body = [
        ("text", RichText("<p>The council met on <b>Tuesday</b>.</p>")),
        ("picture", {"picture": inside, "caption": "A tram"}),
        ("quote", {"text": "At last.", "attribution": "A passenger"}),
    ]
    story = rows.a_draft(lead=a_picture_row(), standfirst="Work starts.", body=body, **changes)
    rows.with_byline(story, rows.an_author_row())
    story.save_revision()
    with acting("ada", now=NOON):
        story.get_latest_revision().publish()
    return Story.objects.get(pk=story.pk)


def an_account(name: str, rules: str) -> Account:
    """Return an account on the sandbox network that behaves as another one does."""
    settings = {"base_url": "http://127.0.0.1:1", "rules": rules, "class": "D"}
    return Account.objects.create(surface="sandbox", name=name, settings=settings, added_at=NOON)


def a_user(name: str, role: Role = Role.ADMINISTRATOR) -> Client:
    """Return the browser of somebody who may come in; their role edits no story by default."""
    browser = Client()
    browser.force_login(rows.a_person(name, role))
    return browser

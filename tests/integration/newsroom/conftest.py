"""Gives newsroom tests a signed-in editor and stories' forms as a browser sends them."""

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.test import Client
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from broadsheet.newsroom.models import Story
from tests.factories import rows


@pytest.fixture(autouse=True)
def private_folders(settings: Any, tmp_path: Any) -> None:
    """Keep every test's pictures in a folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "originals"


@pytest.fixture
def editor(db: None) -> Any:
    """Return an editor who may do everything."""
    del db
    user = get_user_model()(username="ada", is_staff=True, is_superuser=True)
    user.password = _hashed("a-test-password")
    user.save()
    return user


@cache
def _hashed(password: str) -> str:
    """Return a hash that is made once: it takes as long as most tests."""
    return make_password(password)


@pytest.fixture
def desk(editor: Any) -> Client:
    """Return a browser the editor is signed in with, at a paper that has its settings."""
    rows.a_paper()
    client = Client()
    client.force_login(editor)
    return client


Form = Callable[..., dict[str, Any]]


@pytest.fixture
def form(desk: Client) -> Form:
    """Return a maker of what a browser sends for a story, changed as a test says."""
    del desk

    def a_form(story: Story | None = None, **changes: Any) -> dict[str, Any]:
        data = {
            "title": "Council approves the new tram line",
            "standfirst": "",
            "body": streamfield([("text", rich_text("<p>The council met on Tuesday.</p>"))]),
            "lead": "",
            "lead_caption": "",
            "dateline": "",
            "language": "",
            "address_words": "",
            "bylines": inline_formset([]),
            "kicker": "",
            "translation_of": "",
            "social_text": "",
            "desk_notes": "",
            "topics": inline_formset([]),
            "related": inline_formset([]),
            "corrections": inline_formset([]),
            "comments": inline_formset([]),
            **changes,
        }
        if story is not None and story.latest_revision is not None:
            data["loaded_revision_id"] = story.latest_revision_id
            data["loaded_revision_created_at"] = story.latest_revision.created_at.isoformat()
        return dict(nested_form_data(data))

    return a_form

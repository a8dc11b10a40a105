"""Saves of one story that arrive at the same moment, each from a form of before the others."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from broadsheet.newsroom.models import Story
from tests.factories import rows

pytestmark = [pytest.mark.both_databases, pytest.mark.django_db(transaction=True)]
PEOPLE = tuple(f"person {number}" for number in range(5))
FORMSETS = ("bylines", "topics", "related", "corrections", "comments")


@pytest.fixture
def story() -> Story:
    """Return a draft of a paper whose tables were empty: other tests like these leave them so."""
    Locale.objects.get_or_create(language_code="en")
    if Page.get_first_root_node() is None:
        Page.add_root(instance=Page(title="Root", slug="root"))
    return rows.a_draft(title="What all of them opened")


def saved_at_once(story: Story) -> dict[str, Any]:
    """Save the form of one story as several people at the same moment; return the answers."""
    url = reverse("wagtailadmin_pages:edit", args=[story.pk])
    users = get_user_model()._default_manager
    browsers = {}
    for name in PEOPLE:
        browsers[name] = Client()
        browsers[name].force_login(users.create_superuser(username=name, password="a password"))
    form = {
        "body": streamfield([("text", rich_text("<p>The council met.</p>"))]),
        **{name: inline_formset([]) for name in FORMSETS},
        "loaded_revision_id": story.latest_revision_id,
        "loaded_revision_created_at": story.latest_revision.created_at.isoformat(),
    }
    # The tests' SQLite lies in memory, where nobody waits: there they come one after another.
    several = len(PEOPLE) if connection.vendor == "postgresql" else 1
    ready = Barrier(several)

    def save(name: str) -> Any:
        data = nested_form_data(form | {"title": f"As {name} wrote it"})
        ready.wait(timeout=30)
        try:
            return browsers[name].post(url, data)
        finally:
            connection.close()

    with ThreadPoolExecutor(several) as at_once:
        return dict(zip(PEOPLE, at_once.map(save, PEOPLE), strict=True))


def test_of_saves_at_once_one_is_the_first_and_nobody_loses_a_word(story: Story):
    """One is saved; everybody else is told by whom, with their own words still in the form."""
    answers = saved_at_once(story)

    (first,) = [name for name, answer in answers.items() if answer.status_code == 302]
    later = {name: answer for name, answer in answers.items() if name != first}
    assert {409} == {answer.status_code for answer in later.values()}
    assert all(f"As {name} wrote it" in later[name].content.decode() for name in later)
    assert all(f"Not saved: {first} saved" in later[name].content.decode() for name in later)
    saved = Story.objects.get(pk=story.pk).get_latest_revision_as_object()
    assert f"As {first} wrote it" == saved.title


def test_saves_that_do_not_wait_for_each_other_are_found(
    story: Story, monkeypatch: pytest.MonkeyPatch
):
    """The broken twin: without the row's lock several are the first, where saves overlap."""
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_: rows.all())

    answers = saved_at_once(story)

    firsts = [name for name, answer in answers.items() if answer.status_code == 302]
    assert (len(firsts) > 1) == (connection.vendor == "postgresql")

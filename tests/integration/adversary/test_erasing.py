"""An erased story's words are nowhere: not in rows, revisions, comments, index, log or ledger."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from django.apps import apps
from django.contrib.auth import get_user_model
from wagtail.models import Comment
from wagtail.search.backends import get_search_backend

from broadsheet.config.main import cli
from broadsheet.newsroom import edges
from broadsheet.newsroom.acting import acting
from broadsheet.newsroom.models import Story
from tests.factories import rows

pytestmark = pytest.mark.both_databases

# Stands nowhere else. An address stays, since its 410 does, but in small letters.
SECRET = "Verwechslung"


@pytest.fixture
def erased(db: None) -> Story:
    """Return a story that was commented, indexed, published and erased by the command line."""
    del db
    story: Story = rows.a_draft(title=f"Headline with {SECRET}")
    with acting("ada", now=datetime.now(UTC)):
        story.save_revision().publish()
    user = get_user_model()._default_manager.create_user(username="ada", password="")
    Comment.objects.create(page=story, user=user, text=f"Is {SECRET} right?", contentpath="title")
    get_search_backend().add(Story.objects.get(pk=story.pk))

    command = ["erase", str(story.uuid), "--reason", "By order of the court.", "--yes"]
    answer = CliRunner().invoke(cli, ["story", *command], catch_exceptions=False)

    assert (0, "") == (answer.exit_code, answer.stderr)
    return story


def test_erased_words_are_in_no_table(erased: Story) -> None:
    """No text or bytes of any table hold a word of the erased story."""
    del erased

    assert [] == list(_places_with(SECRET))


def test_command_line_erases_at_the_desk_too(erased: Story) -> None:
    """After an erasure by the command line, newsroom and log agree: no sweep has work."""
    found = [*edges.state_edges(), *edges.word_edges(after_pk=0)[0], *edges.schedule_edges()]

    assert [] == found
    assert "(erased)" == Story.objects.get(pk=erased.pk).title


def _places_with(word: str) -> Iterator[str]:
    """Give each column that holds the word, in any row, whatever its kind."""
    for model in apps.get_models():
        for values in model._default_manager.values().iterator():
            for column, value in values.items():
                text = (
                    bytes(value).decode(errors="replace")
                    if isinstance(value, bytes | memoryview)
                    else str(value)
                )
                if word in text:
                    yield f"{model._meta.label}.{column}"

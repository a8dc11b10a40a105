"""Wagtail's housekeeping is noted with what asks for it, and done when the press is idle."""

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django_tasks import task
from wagtail.models import ReferenceIndex

from broadsheet.newsroom import chores
from broadsheet.newsroom.adapter import WagtailNewsroom
from broadsheet.newsroom.models import Chore, Picture, Story
from tests.factories import rows

pytestmark = pytest.mark.django_db


@task()
def fail(words: str) -> None:
    """Fail."""
    raise ValidationError(words)


@task()
def write(path: str, words: str) -> None:
    """Add a line to a file."""
    with Path(path).open("a", encoding="utf-8") as file:
        file.write(f"{words}\n")


@task()
def be_killed() -> None:
    """End as a process does that is told to."""
    raise KeyboardInterrupt


def never() -> bool:
    """Say that nobody waits."""
    return False


def do_all() -> None:
    """Do chores until there are none to do."""
    while WagtailNewsroom().do_chores(is_stopping=never):
        pass


def test_the_editors_request_does_no_housekeeping(desk: Client, form: Any):
    """What a saved story refers to is indexed after the request, by the press."""
    picture = Picture.waiting_for_file("Tram")
    picture.save()
    story = rows.a_live_story()
    do_all()

    desk.post(
        reverse("wagtailadmin_pages:edit", args=[story.pk]),
        form(story, lead=str(picture.pk)) | {"action-publish": "1"},
    )

    before = ReferenceIndex.get_references_to(picture).count()
    do_all()
    assert (0, 1) == (before, ReferenceIndex.get_references_to(picture).count())
    assert 0 == Chore.objects.count()


def test_usage_at_the_desk_lists_the_story(desk: Client):
    """Once the chores are done, a picture's usage names the story that shows it."""
    picture = Picture.waiting_for_file("Tram")
    picture.save()
    rows.a_live_story(lead=picture, title="A tram is shown")
    do_all()

    usage = desk.get(reverse("wagtailimages:image_usage", args=[picture.pk])).content.decode()

    assert "A tram is shown" in usage


def test_a_deleted_pictures_file_goes(django_capture_on_commit_callbacks: Any):
    """The file of a deleted picture is removed as a chore."""
    picture = Picture.waiting_for_file("Tram")
    picture.save()
    path = Path(picture.file.path)

    with django_capture_on_commit_callbacks(execute=True):
        picture.delete()

    assert path.exists()
    do_all()
    assert not path.exists()


def test_what_is_rolled_back_leaves_no_chore():
    """A chore is in the transaction that asks for it."""
    story = rows.a_draft()
    do_all()

    with pytest.raises(KeyboardInterrupt), transaction.atomic():
        Story.objects.get(pk=story.pk).save()
        assert Chore.objects.exists()
        raise KeyboardInterrupt

    assert 0 == Chore.objects.count()


def test_a_chore_asked_for_twice_is_done_once(tmp_path: Path):
    """Equal chores that wait together are one call."""
    file = tmp_path / "lines"
    for words in ("one", "two", "one"):
        write.enqueue(str(file), words=words)

    do_all()

    assert ["one", "two"] == sorted(file.read_text("utf-8").split())


def test_a_chore_that_fails_stops_no_other(tmp_path: Path):
    """What cannot be done is tried three times and then rests with its reason."""
    file = tmp_path / "lines"
    fail.enqueue("no such thing")
    write.enqueue(str(file), words="done")

    for _ in range(5):
        WagtailNewsroom().do_chores(is_stopping=never)

    resting = Chore.objects.get()
    assert ["done"] == file.read_text("utf-8").split()
    assert (chores.MOST_FAILURES, True) == (resting.failures, "no such thing" in resting.problem)


def test_chores_wait_when_the_bell_rings(tmp_path: Path):
    """A story that is published in the middle of the housekeeping waits for one chore, not all."""
    file = tmp_path / "lines"
    for words in ("one", "two", "three"):
        write.enqueue(str(file), words=words)

    done = WagtailNewsroom().do_chores(is_stopping=file.exists)

    assert (1, ["one"]) == (done, file.read_text("utf-8").split())
    assert 2 == Chore.objects.count()


def test_a_chore_about_what_is_gone_is_done():
    """An index entry asked for a story that was deleted meanwhile is no failure."""
    story = rows.a_draft()
    Story.objects.get(pk=story.pk).delete()

    do_all()

    assert 0 == Chore.objects.count()


def test_a_chore_survives_the_press():
    """A press that dies in the middle of a chore leaves it to the next."""
    be_killed.enqueue()

    with pytest.raises(KeyboardInterrupt):
        WagtailNewsroom().do_chores(is_stopping=never)

    assert 1 == Chore.objects.count()


def test_a_chore_removed_before_it_is_done_would_be_lost(monkeypatch: Any):
    """The broken twin: a press that strikes chores off first loses the one it dies in."""
    do = chores._do

    def strike_off_first(chore: Any, then: Any) -> bool:
        Chore.objects.filter(pk=chore.pk).delete()
        return do(chore, then)

    monkeypatch.setattr(chores, "_do", strike_off_first)
    be_killed.enqueue()

    with pytest.raises(KeyboardInterrupt):
        WagtailNewsroom().do_chores(is_stopping=never)

    assert 0 == Chore.objects.count()

"""Nothing half-done stays: a file without its row goes; the machine's fault is told in words."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from broadsheet.media.renditions import DarkroomFailed
from broadsheet.newsroom.models import Picture
from broadsheet.newsroom.pictures import files
from tests.factories.pictures import a_picture_file, an_uploaded_picture

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def originals() -> list[str]:
    """Return the files in the folder of originals, without the desk's thumbnails."""
    folder = Path(django_settings.MEDIA_ROOT)
    return sorted(path.name for path in folder.rglob("original_images/*"))


def upload(desk: Client, **more: str) -> Any:
    """Send one file as the upload page's script does."""
    file = SimpleUploadedFile("tram.jpg", a_picture_file(), content_type="image/jpeg")
    return desk.post(reverse("wagtailimages:add_multiple"), {"file": file, **more})


def test_a_file_whose_row_was_not_written_is_gone(monkeypatch: pytest.MonkeyPatch):
    """When the transaction fails after the file was kept, no file is left without a row."""

    def locked(*_: Any) -> None:
        message = "database is locked"
        raise OperationalError(message)

    monkeypatch.setattr(Picture, "commit", locked)
    with pytest.raises(OperationalError):
        an_uploaded_picture()

    assert not Picture.objects.exists()
    assert [] == originals()


def test_a_replacement_that_fails_leaves_the_file_before(monkeypatch: pytest.MonkeyPatch):
    """The picture has the file it had, and no other lies beside it."""
    picture = an_uploaded_picture()
    before = originals()

    def locked(*_: Any) -> None:
        message = "database is locked"
        raise OperationalError(message)

    picture.file = ContentFile(a_picture_file("blue"), name="blue.jpg")
    with monkeypatch.context() as patch:
        patch.setattr(Picture, "commit", locked)
        with pytest.raises(OperationalError):
            picture.save()

    assert before == originals()
    assert Picture.objects.get().file.storage.exists(Picture.objects.get().file.name)


def test_a_darkroom_that_fails_is_told_in_words(desk: Client, monkeypatch: pytest.MonkeyPatch):
    """The machine's fault at an upload is no server error: try again, it says; nothing is kept."""

    def fail(*_: Any, **__: Any) -> Any:
        message = "No space left on device"
        raise DarkroomFailed(message)

    monkeypatch.setattr(files, "inspect", fail)

    response = upload(desk)

    assert 422 == response.status_code
    (reason,) = response.json()["reasons"]
    assert "try again" in reason
    assert not Picture.objects.exists()

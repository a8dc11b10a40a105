"""Pictures: sizes made at upload, refused in the form, public only with a story."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse

from broadsheet.media.renditions import rendition_path
from broadsheet.newsroom.models import LiveMark, Picture
from broadsheet.newsroom.pictures import files
from broadsheet.press import log
from broadsheet.story import records
from tests.factories import rows
from tests.factories.pictures import a_picture_file, a_picture_row, make_sizes

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
TEXTS = {"alternative_text": "A tram", "caption": "", "agency_caption": "", "credit": "Ada"}


def version_of(picture: Picture) -> records.Picture | None:
    """Return a picture's newest version."""
    found = log.newest("picture", str(picture.uuid))
    assert found is None or isinstance(found, records.Picture)
    return found


def upload(desk: Client, name: str, data: bytes) -> Any:
    """Send a picture through the desk's form."""
    file = SimpleUploadedFile(name, data, content_type="image/jpeg")
    return desk.post(reverse("wagtailimages:add"), {"title": "Tram", "file": file, **TEXTS})


def test_an_uploaded_picture_gets_its_sizes(desk: Client):
    """After the upload the press keeps readers' sizes in private storage; nothing is public."""
    upload(desk, "tram.jpg", a_picture_file())
    at_once = Picture.objects.get().sizes

    make_sizes(is_first_only=True)

    picture = Picture.objects.get()
    kept = [
        rendition_path(s["sha256"], folder=django_settings.HOME.renditions) for s in picture.sizes
    ]
    assert [] == at_once
    assert [900, 800, 400] == [size["width_px"] for size in picture.sizes]
    assert all(path.is_file() for path in kept)
    assert version_of(picture) is None


def test_a_broken_picture_is_refused_in_the_form(desk: Client):
    """A file cut short is refused at its field, and no row is made."""
    response = upload(desk, "tram.jpg", a_picture_file()[:900])

    assert 200 == response.status_code
    assert "file" in response.context["form"].errors
    assert 0 == Picture.objects.count()


def test_a_text_that_may_not_be_written_is_refused_in_the_form(desk: Client):
    """A control character in a caption is refused at the caption."""
    file = SimpleUploadedFile("tram.jpg", a_picture_file(), content_type="image/jpeg")

    response = desk.post(
        reverse("wagtailimages:add"),
        {"title": "Tram", "file": file, **TEXTS, "caption": "A tram\x07"},
    )

    assert "caption" in response.context["form"].errors


def test_a_broken_picture_is_refused_in_words():
    """What the form shows of a broken file says what to do."""
    with pytest.raises(ValidationError, match="export it again as JPEG or PNG"):
        files.look_at(ContentFile(a_picture_file()[:900], name="tram.jpg"))


def test_a_picture_becomes_public_with_the_story_that_shows_it():
    """Publishing a story commits its lead and body pictures before it, once each."""
    lead, inside = a_picture_row(), a_picture_row()
    body = [("picture", {"picture": inside, "caption": ""}), ("text", rows.RichText("<p>A.</p>"))]

    rows.a_live_story(lead=lead, body=body)

    assert version_of(lead) is not None
    assert version_of(inside) is not None
    assert 2 == LiveMark.objects.filter(picture__isnull=False).count()


def test_a_draft_story_makes_no_picture_public():
    """The pictures of a draft are in no log."""
    picture = a_picture_row()

    rows.a_draft(lead=picture)

    assert version_of(picture) is None


def test_changed_texts_of_a_public_picture_are_committed():
    """A credit changed after publication is a new version."""
    picture = a_picture_row(credit="Ada")
    rows.a_live_story(lead=picture)

    picture.credit = "Ada Reporter"
    picture.save()

    version = version_of(picture)
    assert version is not None
    assert "Ada Reporter" == version.credit


def test_a_picture_in_a_body_cannot_be_deleted():
    """A picture readers have seen is protected though only a body names it."""
    picture = a_picture_row()
    rows.a_live_story(body=[("picture", {"picture": picture, "caption": ""})])

    with pytest.raises(ProtectedError):
        picture.delete()


def test_the_desk_says_why_a_picture_stays(desk: Client):
    """Deleting a public picture at the desk is answered in words."""
    picture = a_picture_row()
    rows.a_live_story(body=[("picture", {"picture": picture, "caption": ""})])

    response = desk.post(reverse("wagtailimages:delete", args=[picture.pk]), follow=True)

    assert "It cannot be deleted" in response.content.decode()
    assert Picture.objects.filter(pk=picture.pk).exists()


def test_a_picture_can_wait_for_its_file():
    """Words without a file have no sizes; the story is public, the picture waits."""
    picture = Picture.waiting_for_file("Tram", caption="The tram.", credit="Ada")
    picture.save()

    rows.a_live_story(lead=picture)

    version = version_of(picture)
    assert version is not None
    assert () == version.renditions
    assert picture.waiting


def test_the_file_that_comes_later_is_committed(desk: Client):
    """Uploading the awaited file gives the public picture its renditions."""
    picture = Picture.waiting_for_file("Tram", caption="The tram.", credit="Ada")
    picture.save()
    rows.a_live_story(lead=picture)
    file = SimpleUploadedFile("tram.jpg", a_picture_file(), content_type="image/jpeg")

    desk.post(
        reverse("wagtailimages:edit", args=[picture.pk]), {"title": "Tram", "file": file, **TEXTS}
    )
    make_sizes(is_first_only=True)

    version = version_of(picture)
    assert version is not None
    assert [900, 800, 400] == [rendition.width_px for rendition in version.renditions]
    assert not Picture.objects.get().waiting


def test_the_desk_shows_pictures_and_placeholders(desk: Client):
    """The list of pictures opens with pictures that wait among them."""
    Picture.waiting_for_file("Tram").save()
    a_picture_row()

    response = desk.get(reverse("wagtailimages:index"))

    assert 200 == response.status_code


def test_originals_are_for_signed_in_editors(desk: Client, settings: Any):
    """An editor can open an original; a stranger is sent to the sign-in page."""
    name = a_picture_row().file.name
    settings.MEDIA_ROOT = Path(settings.MEDIA_ROOT)

    answers = [browser.get(f"/desk/originals/{name}") for browser in (desk, Client())]

    assert [200, 302] == [answer.status_code for answer in answers]
    for answer in answers:
        answer.close()

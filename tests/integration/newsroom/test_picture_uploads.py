"""The upload page: a file a request, refused in words with nothing left, described in place."""

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pillow_heif
import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image, PngImagePlugin
from wagtail.models import UploadedFile

from broadsheet.newsroom.models import Picture
from tests.factories.pictures import a_picture_file, an_uploaded_picture

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def upload(desk: Client, data: bytes, name: str = "tram.jpg", **more: str) -> Any:
    """Send one file as the upload page's script does."""
    file = SimpleUploadedFile(name, data, content_type="image/jpeg")
    return desk.post(reverse("wagtailimages:add_multiple"), {"file": file, **more})


def files_kept() -> list[str]:
    """Return the files in the folder of originals."""
    folder = Path(django_settings.MEDIA_ROOT)
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


def with_xmp(said: str) -> bytes:
    """Return a JPEG whose XMP says something."""
    packet = (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF '
        'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/">'
        f'<rdf:Description rdf:about="">{said}</rdf:Description></rdf:RDF></x:xmpmeta>'
    )
    return a_picture_file(xmp=packet.encode())


CREDITED = with_xmp(
    "<photoshop:Credit>Zoë / Δίκτυο 通信社</photoshop:Credit>"
    "<photoshop:Headline>Tram at night</photoshop:Headline>"
)


def a_png_that_lies(width: int, height: int) -> bytes:
    """Return a PNG whose header promises another size than its pixels have."""
    data = bytearray(a_picture_file(kind="PNG"))
    data[16:24] = struct.pack(">II", width, height)
    data[29:33] = struct.pack(">I", zlib.crc32(bytes(data[12:29])))
    return bytes(data)


def with_much_metadata() -> bytes:
    """Return a PNG with four megabytes of text in it."""
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", "x" * 4_000_000, zip=False)
    return a_picture_file(kind="PNG", pnginfo=told)


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "cut short": (lambda: a_picture_file()[:900], "cannot be read as a picture to its end"),
    "empty but for a name": (lambda: b"\0", "cannot be read as a picture"),
    "SVG with a script": (lambda: SVG, "SVG, which is not taken"),
    "SVG called JPEG": (lambda: b"<?xml version='1.0'?>" + SVG, "SVG, which is not taken"),
    "a bomb": (lambda: a_png_that_lies(60_000, 60_000), "megapixels"),
    "a page": (lambda: b"<!doctype html><script>alert(1)</script>", "none of JPEG, PNG"),
    "a program": (lambda: b"\x7fELF" + bytes(600), "none of JPEG, PNG"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_what_is_no_picture_is_refused_and_leaves_nothing(desk: Client, what: str):
    """The answer says why and what to do; no row and no file is left, here or half-way."""
    make, why = HOSTILE[what]

    response = upload(desk, make())

    assert 422 == response.status_code
    (reason,) = response.json()["reasons"]
    assert why in reason
    assert not Picture.objects.exists()
    assert not UploadedFile.objects.exists()
    assert [] == files_kept()


@pytest.mark.parametrize("what", HOSTILE)
def test_the_single_form_refuses_the_same(desk: Client, what: str):
    """Wagtail's own page for one picture complains at the file, and leaves nothing either."""
    make, why = HOSTILE[what]
    file = SimpleUploadedFile("tram.jpg", make(), content_type="image/jpeg")

    response = desk.post(reverse("wagtailimages:add"), {"title": "Tram", "file": file})

    assert why in " ".join(response.context["form"].errors["file"])
    assert not Picture.objects.exists()
    assert [] == files_kept()


def test_leftovers_would_be_found(desk: Client):
    """The broken twin: a picture that is taken is a row and a file."""
    upload(desk, a_picture_file())

    assert Picture.objects.exists()
    assert ["tram.jpg"] == files_kept()


def test_a_picture_with_a_script_behind_its_end_is_only_a_picture(desk: Client):
    """A polyglot is kept as the picture it is, and the desk serves it as nothing else."""
    response = upload(desk, a_picture_file() + b"<script>alert(1)</script>", "evil.html")

    picture = Picture.objects.get()
    answer = desk.get(picture.file.url)
    assert 200 == response.status_code
    assert "evil.jpg" == Path(picture.file.name).name
    assert "image/jpeg" == answer["Content-Type"]
    assert "nosniff" == answer["X-Content-Type-Options"]
    answer.close()


def test_a_file_under_a_wrong_name_is_taken_with_a_remark(desk: Client):
    """A PNG called .jpg is used as what it is, and the uploader is told."""
    response = upload(desk, a_picture_file(kind="PNG"))

    assert 200 == response.status_code
    assert any("PNG" in remark for remark in response.json()["remarks"])
    assert "tram.png" == Path(Picture.objects.get().file.name).name


def test_four_megabytes_of_metadata_are_no_trouble(desk: Client):
    """A picture that carries far more text than picture is taken all the same."""
    assert 200 == upload(desk, with_much_metadata(), "tram.png").status_code


def test_a_phone_s_heic_is_taken(desk: Client):
    """What a phone's camera makes can be uploaded."""
    buffer = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (300, 200), "red")).save(buffer)

    assert 200 == upload(desk, buffer.getvalue(), "IMG_1.HEIC").status_code


def test_what_a_file_tells_fills_blanks_only(desk: Client):
    """Credit and headline come from the file, in any script; what was typed stays."""
    upload(desk, CREDITED)
    file = SimpleUploadedFile("tram.jpg", CREDITED, content_type="image/jpeg")
    desk.post(
        reverse("wagtailimages:add"), {"title": "My own name", "file": file, "credit": "Typed"}
    )

    found = Picture.objects.order_by("pk").values_list("title", "credit")
    assert [("Tram at night", "Zoë / Δίκτυο 通信社"), ("My own name", "Typed")] == list(found)


def test_a_file_that_tells_nothing_lends_its_name(desk: Client):
    """The title is the file's name without its ending, if nothing better is known."""
    upload(desk, a_picture_file(), "Straßenbahn 電車.jpg")

    assert "Straßenbahn 電車" == Picture.objects.get().title


def test_replacing_the_file_reads_blanks_anew(desk: Client):
    """A new file fills what is still blank, and changes nothing somebody wrote."""
    picture = an_uploaded_picture(title="Mine", credit="Typed", alternative_text="Typed too")
    said = {"title": "Mine", "credit": "Typed", "alternative_text": "Typed too"}
    told = with_xmp(
        "<photoshop:Credit>Other</photoshop:Credit><photoshop:Source>An agency</photoshop:Source>"
    )
    file = SimpleUploadedFile("other.jpg", told, content_type="image/jpeg")

    desk.post(reverse("wagtailimages:edit", args=[picture.pk]), {**said, "file": file})

    picture.refresh_from_db()
    assert ("Mine", "Typed", "An agency") == (picture.title, picture.credit, picture.source)


def test_the_same_file_twice_is_recognized(desk: Client):
    """The second upload names the first and keeps nothing, unless told to."""
    upload(desk, a_picture_file())
    first = Picture.objects.get()

    again = upload(desk, a_picture_file(), "copy.jpg")
    count_asked = Picture.objects.count()
    anyway = upload(desk, a_picture_file(), "copy.jpg", even_if_known="1")

    (known,) = again.json()["known"]
    assert (409, first.title, 1) == (again.status_code, known["title"], count_asked)
    assert reverse("wagtailimages:edit", args=[first.pk]) == known["edit_url"]
    assert 200 == anyway.status_code
    assert 2 == Picture.objects.count()


def test_texts_are_filled_in_place(desk: Client):
    """The answer to an upload holds the form of its texts, which saves them."""
    answer = upload(desk, a_picture_file()).json()
    prefix = f"picture-{answer['id']}"
    assert f'name="{prefix}-alternative_text"' in answer["form"]

    saved = desk.post(
        reverse("describe_picture", args=[answer["id"]]),
        {f"{prefix}-title": "Tram", f"{prefix}-credit": "Ada", f"{prefix}-caption": "A tram."},
    )

    picture = Picture.objects.get()
    assert 200 == saved.status_code
    assert ("Ada", "A tram.") == (picture.credit, picture.caption)


def test_a_wrong_text_is_complained_of_beside_its_field(desk: Client):
    """A control character is refused in place, and nothing is saved."""
    picture = an_uploaded_picture()
    prefix = f"picture-{picture.pk}"

    answer = desk.post(
        reverse("describe_picture", args=[picture.pk]),
        {f"{prefix}-title": "Tram", f"{prefix}-caption": "A tram\x07"},
    )

    assert 422 == answer.status_code
    assert "error" in answer.json()["form"]
    assert "" == Picture.objects.get().caption


def test_only_who_may_uploads_and_describes(desk: Client, django_user_model: Any):
    """A reader is asked to sign in; somebody without permission is turned away; nothing is kept."""
    picture = an_uploaded_picture()
    stranger = Client()
    guest = Client()
    guest.force_login(django_user_model.objects.create_user("guest"))
    addresses = [
        reverse("wagtailimages:add_multiple"),
        reverse("describe_picture", args=[picture.pk]),
        reverse("make_picture_again", args=[picture.pk]),
    ]

    for browser in (stranger, guest):
        for address in addresses:
            file = SimpleUploadedFile("tram.jpg", a_picture_file("blue"))
            assert browser.post(address, {"file": file}).status_code in {302, 403}

    assert 1 == Picture.objects.count()


def test_a_forged_post_is_refused(editor: Any):
    """Without the form's token nothing is taken."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(editor)

    assert 403 == upload(browser, a_picture_file()).status_code
    assert not Picture.objects.exists()


def test_the_page_has_no_script_in_it_and_names_what_it_takes(desk: Client):
    """The upload page runs no inline script of ours, and offers a phone's camera and gallery."""
    page = desk.get(reverse("wagtailimages:add_multiple")).content.decode()

    assert "pictures-upload.js" in page
    assert "image/heic" in page
    assert "capture" not in page
    assert " onclick=" not in page

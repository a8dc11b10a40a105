"""Takes pictures in as an editor does, and makes their sizes as the press does."""

import io
from datetime import UTC, datetime
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image

from broadsheet.newsroom.models import Picture
from broadsheet.newsroom.pictures import making


def a_picture_file(
    color: str = "red", *, width: int = 900, height: int = 600, kind: str = "JPEG", **options: Any
) -> bytes:
    """Return a picture's file."""
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), color).save(buffer, kind, **options)
    return buffer.getvalue()


def an_uploaded_picture(*, file: bytes | None = None, **fields: Any) -> Picture:
    """Return a picture that was taken in, with a credit; the press has not made its sizes."""
    said = {"title": "Tram", "alternative_text": "A tram", "credit": "Ada"} | fields
    picture = Picture(file=ContentFile(file or a_picture_file(), name="tram.jpg"), **said)
    picture.save()
    return picture


def a_picture_row(*, file: bytes | None = None, **fields: Any) -> Picture:
    """Return a picture with a credit and its sizes."""
    picture = an_uploaded_picture(file=file, **fields)
    make_sizes()
    picture.refresh_from_db()
    return picture


def make_sizes(*, is_first_only: bool = False, now: datetime | None = None) -> int:
    """Make what is wanted of pictures' sizes, as a press does; return for how many."""
    return making.make_some(
        now=now or datetime.now(UTC), is_first_only=is_first_only, is_stopping=lambda: False
    )

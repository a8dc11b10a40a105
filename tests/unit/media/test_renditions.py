"""Sizes of a picture: upright, in sRGB, without metadata; broken files refused in words."""

import contextlib
import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from broadsheet.media.placeholders import waiting_picture
from broadsheet.media.renditions import (
    PictureTooLarge,
    PictureUnreadable,
    PictureUnusable,
    make_renditions,
    rendition_path,
)
from broadsheet.story.records import Rendition

ORIENTATION, GPS, MAKE = 0x0112, 0x8825, 0x010F


def saved(image: Image.Image, image_format: str = "JPEG", **options: object) -> io.BytesIO:
    """Return an image as a file."""
    file = io.BytesIO()
    image.save(file, image_format, **options)
    file.seek(0)
    return file


def opened(rendition: Rendition, folder: Path) -> Image.Image:
    """Return a kept rendition as an image."""
    image = Image.open(rendition_path(rendition.sha256, folder=folder))
    image.load()
    return image


def two_halves(width: int = 2000, height: int = 1000) -> Image.Image:
    """Return a picture whose left half is red and whose right half is blue."""
    image = Image.new("RGB", (width, height), "#0000ff")
    image.paste("#ff0000", (0, 0, width // 2, height))
    return image


def is_red(pixel: tuple[int, ...]) -> bool:
    """Say whether a pixel is red, as far as JPEG keeps it."""
    return pixel[0] > 200 and pixel[1] < 60 and pixel[2] < 60


@pytest.mark.parametrize(
    ("width", "widths"),
    [
        (4000, [1600, 1200, 800, 400]),
        (1600, [1600, 1200, 800, 400]),
        (1000, [1000, 800, 400]),
        (400, [400]),
        (3, [3]),
    ],
)
def test_sizes_are_never_above_the_original(tmp_path: Path, width: int, widths: list[int]):
    """A picture gets the widths below its own, and its own."""
    made = make_renditions(saved(Image.new("RGB", (width, 30))), folder=tmp_path)

    assert widths == [rendition.width_px for rendition in made]


def test_what_is_said_of_a_rendition_is_true(tmp_path: Path):
    """Hash, size and format are those of the kept file."""
    made = make_renditions(saved(two_halves()), folder=tmp_path)

    for rendition in made:
        data = rendition_path(rendition.sha256, folder=tmp_path).read_bytes()
        image = opened(rendition, tmp_path)
        assert (rendition.width_px, rendition.height_px) == image.size
        assert (rendition.bytes, "JPEG") == (len(data), image.format)


def test_a_turned_picture_is_turned_back(tmp_path: Path):
    """The camera's orientation is applied to the pixels."""
    exif = Image.Exif()
    exif[ORIENTATION] = 3  # upside down
    made = make_renditions(saved(two_halves(), exif=exif), folder=tmp_path)

    image = opened(made[0], tmp_path)

    assert is_red(image.getpixel((image.width - 20, image.height // 2)))


def test_a_picture_taken_on_its_side_changes_places(tmp_path: Path):
    """Width and height are those readers see."""
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    made = make_renditions(saved(two_halves(), exif=exif), folder=tmp_path)

    assert (1000, 2000) == (made[0].width_px, made[0].height_px)


def test_where_and_with_what_it_was_taken_is_gone(tmp_path: Path):
    """GPS, camera and comments of the original are in no rendition."""
    exif = Image.Exif()
    exif[MAKE] = "SECRETCAMERA"
    exif.get_ifd(GPS)[1] = "N"
    exif.get_ifd(GPS)[2] = (6.0, 27.0, 11.0)
    original = saved(two_halves(), exif=exif, comment=b"SECRETCOMMENT", xmp=b"<x>SECRETXMP</x>")
    assert b"SECRET" in original.getvalue()

    made = make_renditions(original, folder=tmp_path)

    for rendition in made:
        image = opened(rendition, tmp_path)
        assert not image.getexif()
        assert {
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
            "progressive",
            "progression",
        } >= set(image.info)
        assert b"SECRET" not in rendition_path(rendition.sha256, folder=tmp_path).read_bytes()


def test_saving_the_decoded_picture_itself_would_keep_the_place(tmp_path: Path):
    """The broken twin: without a fresh image, EXIF with its GPS could be carried over."""
    exif = Image.Exif()
    exif[MAKE] = "SECRETCAMERA"
    image = Image.open(saved(two_halves(), exif=exif))

    leaky = saved(image, exif=image.getexif())

    assert b"SECRETCAMERA" in leaky.getvalue()
    assert not list(tmp_path.iterdir())


def test_transparency_becomes_paper(tmp_path: Path):
    """What is transparent in the original is white."""
    made = make_renditions(
        saved(Image.new("RGBA", (500, 300), (0, 0, 0, 0)), "PNG"), folder=tmp_path
    )

    assert (255, 255, 255) == opened(made[0], tmp_path).getpixel((5, 5))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16", "CMYK"])
def test_every_kind_of_pixel_becomes_rgb(tmp_path: Path, mode: str):
    """Grey, indexed, deep and printing colors all come out as RGB."""
    image_format = "JPEG" if mode == "CMYK" else "PNG"
    made = make_renditions(saved(Image.new(mode, (410, 300)), image_format), folder=tmp_path)

    assert "RGB" == opened(made[0], tmp_path).mode


def test_a_profile_is_applied_and_dropped(tmp_path: Path):
    """A picture with a color profile comes out in sRGB without one."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    made = make_renditions(saved(two_halves(), icc_profile=profile), folder=tmp_path)

    assert "icc_profile" not in opened(made[0], tmp_path).info


def test_a_damaged_profile_does_not_lose_the_picture(tmp_path: Path):
    """A profile that cannot be read is left out."""
    made = make_renditions(saved(two_halves(), icc_profile=b"no profile"), folder=tmp_path)

    assert is_red(opened(made[0], tmp_path).getpixel((20, 20)))


def test_making_it_twice_keeps_one_copy(tmp_path: Path):
    """The same picture gives the same files, and leaves no temporary one."""
    file = saved(two_halves())

    first = make_renditions(file, folder=tmp_path)
    second = make_renditions(file, folder=tmp_path)

    kept = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert first == second
    assert {r.sha256 for r in first} == {path.name for path in kept}


def cut_short(image_format: str) -> io.BytesIO:
    """Return the first two thirds of a picture file."""
    noise = Image.effect_noise((600, 400), 80).convert("RGB")
    data = saved(noise, image_format).getvalue()
    return io.BytesIO(data[: len(data) * 2 // 3])


def a_bomb() -> io.BytesIO:
    """Return a small PNG whose header says it is 30,000 by 30,000 pixels."""
    data = bytearray(saved(Image.new("L", (8, 8)), "PNG").getvalue())
    data[16:24] = struct.pack(">II", 30_000, 30_000)
    data[29:33] = struct.pack(">I", zlib.crc32(bytes(data[12:29])))
    return io.BytesIO(bytes(data))


@pytest.mark.parametrize(
    "broken",
    [
        lambda: cut_short("JPEG"),
        lambda: cut_short("PNG"),
        lambda: cut_short("WEBP"),
        lambda: io.BytesIO(b""),
        lambda: io.BytesIO(b"<html>not a picture</html>"),
        lambda: io.BytesIO(b"\xff\xd8\xff\xe0" + b"\x00" * 200),
        lambda: io.BytesIO(b"%PDF-1.7"),
        lambda: io.BytesIO(b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
    ],
    ids=["jpeg", "png", "webp", "empty", "html", "header-only", "pdf", "svg"],
)
def test_a_file_that_is_no_whole_picture_is_refused(
    tmp_path: Path, broken: Callable[[], io.BytesIO]
):
    """Cut short, empty, lying or no picture at all: refused in words, nothing kept."""
    with pytest.raises(PictureUnreadable, match="cannot be read as a picture to its end"):
        make_renditions(broken(), folder=tmp_path)

    assert not list(tmp_path.iterdir())


def test_a_decompression_bomb_is_refused_before_it_is_decoded(tmp_path: Path):
    """A header that asks for 900 megapixels is refused."""
    with pytest.raises(PictureTooLarge, match="pixels"):
        make_renditions(a_bomb(), folder=tmp_path)


@settings(max_examples=60, deadline=None)
@given(damage=st.data())
def test_no_damage_does_anything_but_work_or_be_refused(
    damage: st.DataObject, tmp_path_factory: pytest.TempPathFactory
):
    """Whatever bytes are changed, a picture is made or refused; nothing else is raised."""
    data = bytearray(saved(two_halves(80, 60), "PNG").getvalue())
    for _ in range(damage.draw(st.integers(1, 6))):
        data[damage.draw(st.integers(0, len(data) - 1))] = damage.draw(st.integers(0, 255))

    folder = tmp_path_factory.mktemp("damaged")
    with contextlib.suppress(PictureUnusable):
        assert make_renditions(io.BytesIO(bytes(data)), folder=folder)


def test_the_placeholder_is_a_picture():
    """What the desk shows for a picture that waits can be decoded."""
    image = Image.open(io.BytesIO(waiting_picture()))

    image.load()

    assert (640, 400) == image.size

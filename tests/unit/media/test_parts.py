"""Parts of a picture for cards: in three shapes, around the focus, as large as there is need."""

from fractions import Fraction
from pathlib import Path

import pytest
from PIL import Image

from broadsheet.media.renditions import Focus, Rights, make_rest, rendition_path
from broadsheet.story.records import Rendition
from tests.factories.picture_files import saved, two_halves


def parts(image: Image.Image, folder: Path, focus: Focus | None, **options: object):
    """Return the renditions of parts, by shape."""
    made = make_rest(saved(image, **options), folder=folder, rights=Rights(), focus=focus)
    return {rendition.shape: rendition for rendition in made if rendition.shape}


def color(rendition: Rendition, folder: Path, x: float, y: float) -> str:
    """Return which half of the picture is seen there."""
    image = Image.open(rendition_path(rendition.sha256, folder=folder))
    red, _, blue = image.getpixel((int(x * (image.width - 1)), int(y * (image.height - 1))))
    return "red" if red > blue else "blue"


def test_parts_are_as_wide_as_cards_need(tmp_path: Path):
    """Of a large picture each is 1,200 pixels wide: what search engines ask for."""
    found = parts(two_halves(3000, 2000), tmp_path, None)

    assert {"16:9": (1200, 675), "4:3": (1200, 900), "1:1": (1200, 1200)} == {
        shape: (rendition.width_px, rendition.height_px) for shape, rendition in found.items()
    }


@pytest.mark.parametrize(
    ("width", "height"), [(1600, 1067), (1065, 1600), (1600, 900), (800, 800), (800, 2000)]
)
def test_parts_of_what_agencies_send_are_wide_enough(tmp_path: Path, width: int, height: int):
    """A part that is narrower by a third at most is enlarged to what search engines ask for."""
    found = parts(two_halves(width, height), tmp_path, Focus(0.5, 0.5))

    assert {"16:9": (1200, 675), "4:3": (1200, 900), "1:1": (1200, 1200)} == {
        shape: (rendition.width_px, rendition.height_px) for shape, rendition in found.items()
    }


@pytest.mark.parametrize(("width", "height"), [(700, 500), (500, 700), (300, 300), (799, 799)])
def test_parts_of_a_small_picture_are_not_enlarged(tmp_path: Path, width: int, height: int):
    """Each is the largest part of its shape there is, to the pixel."""
    found = parts(two_halves(width, height), tmp_path, Focus(0.5, 0.5))

    for shape, rendition in found.items():
        across, down = map(int, shape.split(":"))
        assert rendition.width_px in {width, round(height * across / down)}
        assert rendition.width_px <= width
        assert rendition.height_px <= height
        assert (
            abs(Fraction(rendition.width_px, rendition.height_px) - Fraction(across, down)) < 0.01
        )


def test_a_part_lies_around_the_focus(tmp_path: Path):
    """The square around a point on the left shows the left, to its edge; likewise the right."""
    left = parts(two_halves(2000, 1000), tmp_path, Focus(0.0, 0.5))["1:1"]
    right = parts(two_halves(2000, 1000), tmp_path, Focus(1.0, 0.5))["1:1"]
    middle = parts(two_halves(2000, 1000), tmp_path, Focus(0.5, 0.5))["1:1"]

    assert ["red", "red"] == [color(left, tmp_path, x, 0.5) for x in (0, 0.95)]
    assert ["blue", "blue"] == [color(right, tmp_path, x, 0.5) for x in (0.05, 1)]
    assert ["red", "blue"] == [color(middle, tmp_path, x, 0.5) for x in (0.4, 0.6)]


def test_the_focus_is_one_of_the_upright_picture(tmp_path: Path):
    """A picture taken on its side is turned first: its bottom is where the focus says it is."""
    exif = Image.Exif()
    exif[0x0112] = 6  # its left half, red, is its top when it is upright
    top = parts(two_halves(2000, 1000), tmp_path, Focus(0.5, 0.0), exif=exif)["1:1"]
    bottom = parts(two_halves(2000, 1000), tmp_path, Focus(0.5, 1.0), exif=exif)["1:1"]

    assert ["red", "blue"] == [color(part, tmp_path, 0.5, 0.5) for part in (top, bottom)]


def test_without_a_focus_the_eye_decides(tmp_path: Path):
    """A bright face in a corner of a dull picture is in the square."""
    image = Image.new("RGB", (2000, 1000), "#808080")
    image.paste("#ff2000", (1700, 300, 1900, 700))

    square = parts(image, tmp_path, None)["1:1"]

    shown = Image.open(rendition_path(square.sha256, folder=tmp_path)).convert("RGB")
    pixels = shown.resize((50, 50)).tobytes()
    assert any(pixels[at] > pixels[at + 2] + 100 for at in range(0, len(pixels), 3))

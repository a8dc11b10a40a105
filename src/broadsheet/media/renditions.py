"""
Makes the sizes of a picture that readers get, when it is uploaded.

Never in a reader's request, and never in a write transaction: decoding costs up to a
second. What comes out says nothing of where and with what the picture was taken: only
pixels are carried over, in sRGB, the right way up.
"""

import hashlib
import io
import struct
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from broadsheet.story.ids import Sha256
from broadsheet.story.records import Rendition

WIDTHS_PX = (1600, 1200, 800, 400)  # for columns and full-width pages, at one and two pixels a dot
QUALITY = 82  # of JPEG; above it, size grows and eyes gain nothing
MAX_PIXELS = 100_000_000  # decoded, four bytes each: the most memory one picture may take is 400 MB
LONGEST_SIDE_PX = 65_500  # of a JPEG. Source: libjpeg, JPEG_MAX_DIMENSION
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")

# What Pillow's decoders raise for files that end early or lie about themselves.
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, struct.error, zlib.error)
_BOMB = (Image.DecompressionBombError, Image.DecompressionBombWarning)


class PictureUnusable(ValueError):
    """
    The file cannot become renditions; the message says why and what to do.

    PictureUnusable
    ├── PictureTooLarge     more pixels than we decode
    └── PictureUnreadable   cut short, damaged, or no picture
    """


class PictureTooLarge(PictureUnusable):
    """The picture has more pixels than we decode."""


class PictureUnreadable(PictureUnusable):
    """The file is cut short, damaged, or no picture."""


def make_renditions(original: BinaryIO, *, folder: Path) -> tuple[Rendition, ...]:
    """
    Make a picture's sizes and keep each in the folder under its hash; widest first.

    A crash leaves at most a temporary file; making the same picture again gives the
    same files.

    Raises:
        PictureTooLarge: it has more than 100 megapixels.
        PictureUnreadable: it cannot be decoded to the end.

    """
    pixels = _decoded(original)
    return tuple(_kept(_resized(pixels, width), folder=folder) for width in _widths(pixels.width))


def rendition_path(sha256: str, *, folder: Path) -> Path:
    """Return where a rendition lies in private storage."""
    return folder / sha256[:2] / sha256


def _decoded(original: BinaryIO) -> Image.Image:
    original.seek(0)
    try:
        with Image.open(original, formats=FORMATS) as image:
            _must_fit(image.width, image.height)
            image.load()
            return _in_srgb(ImageOps.exif_transpose(image))
    except _BOMB as error:
        message = f"the picture has too many pixels ({error}); make it smaller and upload it again"
        raise PictureTooLarge(message) from error
    except PictureUnusable:
        raise
    except UnidentifiedImageError as error:
        message = (
            "the file cannot be read as a picture to its end: it is none of JPEG, PNG, WebP, "
            "GIF or AVIF; export it again as JPEG or PNG, or ask for a new copy"
        )
        raise PictureUnreadable(message) from error
    except _BROKEN as error:
        message = (
            f"the file cannot be read as a picture to its end ({error}); "
            "export it again as JPEG or PNG, or ask for a new copy"
        )
        raise PictureUnreadable(message) from error


def _must_fit(width: int, height: int) -> None:
    if max(width, height) > LONGEST_SIDE_PX:
        message = (
            f"the picture is {width} by {height} pixels; no side can be longer than "
            f"{LONGEST_SIDE_PX:,}: cut it into several"
        )
        raise PictureTooLarge(message)
    if width * height > MAX_PIXELS:
        message = (
            f"the picture is {width} by {height} pixels, {width * height / 1e6:.0f} megapixels; "
            f"at most {MAX_PIXELS / 1e6:.0f} can be used: make it smaller and upload it again"
        )
        raise PictureTooLarge(message)


def _in_srgb(image: Image.Image) -> Image.Image:
    profile = image.info.get("icc_profile")
    if profile and image.mode in {"RGB", "CMYK", "L"}:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(
                image, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
        except (ImageCms.PyCMSError, OSError):
            converted = None  # A damaged profile: the numbers are the best there is.
        if converted is not None:
            return converted
    if image.mode.startswith("I;16"):
        image = image.point(lambda value: value / 256).convert("L")
    if image.mode == "P" or "A" in image.mode:
        # JPEG has no transparency; paper is white.
        layer = image.convert("RGBA")
        ground = Image.new("RGBA", layer.size, "white")
        image = Image.alpha_composite(ground, layer)
    return image.convert("RGB")


def _widths(original_px: int) -> Iterator[int]:
    widest = min(original_px, WIDTHS_PX[0])
    yield widest
    yield from (width for width in WIDTHS_PX if width < widest)


def _resized(pixels: Image.Image, width: int) -> Image.Image:
    height = max(1, round(pixels.height * width / pixels.width))
    if (width, height) == pixels.size:
        return pixels
    return pixels.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)


def _kept(image: Image.Image, *, folder: Path) -> Rendition:
    # A new image has no metadata; saving the decoded one could carry EXIF over.
    clean = Image.frombytes("RGB", image.size, image.tobytes())
    buffer = io.BytesIO()
    clean.save(buffer, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    data = buffer.getvalue()
    sha256 = hashlib.sha256(data).hexdigest()
    _write(data, rendition_path(sha256, folder=folder))
    return Rendition(
        sha256=Sha256(sha256),
        width_px=image.width,
        height_px=image.height,
        format="jpeg",
        bytes=len(data),
    )


def _write(data: bytes, path: Path) -> None:
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".new-", delete=False) as file:
        file.write(data)
    Path(file.name).chmod(0o644)
    Path(file.name).replace(path)

"""
Decodes pictures and makes smaller ones of them, by libvips. Runs in the darkroom only.

Whatever comes in (grey, indexed, 16 bits deep, in printing colors, transparent, turned,
animated) becomes one upright picture in sRGB on white paper; all sizes are made of that.
Only pixels are carried over: metadata, profiles, thumbnails, further frames and what is
appended to a file stay behind.

Only the decoders of the formats taken are let loose on a file. libvips knows more (SVG,
PDF, TIFF, a dozen of science's); those are blocked.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from typing import NamedTuple

import pillow_heif
import pyvips

from broadsheet.media.formats import Format
from broadsheet.media.orders import Focus
from broadsheet.media.unusable import PictureTooLarge

# Telephones are 360 to 430 dots wide and have two or three pixels a dot; a column of text is
# 640 dots, a tablet 820, at one or two: each finds a width at most a third above its need.
WIDTHS_PX = (1600, 1200, 800, 400)
SHAPES = {"16:9": Fraction(16, 9), "4:3": Fraction(4, 3), "1:1": Fraction(1)}
SHAPE_WIDTH_PX = 1200  # of cards, and what search engines ask for at least (Google: 1,200)
# Agencies send 1600 x 1067, whose square would miss it by a ninth, and be shown small. Half as
# wide again still looks sharp on a card; more would not, and stays as it is.
MOST_ENLARGED = Fraction(3, 2)
MAX_PIXELS = 100_000_000  # decoded, three or four bytes each: 400 MB is the most one may take
LONGEST_SIDE_PX = 65_500  # of a JPEG. Source: libjpeg, JPEG_MAX_DIMENSION

_LOADERS = ("Jpeg", "Png", "Webp", "Heif", "Nsgif")

# By measurement (docs/performance.md): about the same look at each format's number; more
# effort takes much longer for few bytes.
_ENCODERS = {
    "jpeg": lambda image, **kept: image.jpegsave_buffer(
        Q=82, optimize_coding=True, interlace=True, **kept
    ),
    "webp": lambda image, **kept: image.webpsave_buffer(Q=80, effort=4, **kept),
    "avif": lambda image, **kept: image.heifsave_buffer(
        Q=60, effort=2, compression="av1", bitdepth=8, **kept
    ),
}
_THREADS = 2
_XMP_AND_IIM = 2 | 4  # VIPS_FOREIGN_KEEP_XMP, VIPS_FOREIGN_KEEP_IPTC
_LONGEST_SIDES_PX = {"webp": 16_383, "avif": 16_384}  # of the format; of libvips


def prepare() -> None:
    """
    Let libvips read the formats taken, and nothing else, for the rest of this process.

    And have it work with the same number of threads everywhere: the bytes of an AVIF depend
    on it.
    """
    pyvips.concurrency_set(_THREADS)
    pyvips.operation_block_set("VipsForeignLoad", True)
    for name in _LOADERS:
        pyvips.operation_block_set(f"VipsForeignLoad{name}", False)
    pyvips.cache_set_max(0)


def size_of(data: bytes, found: Format) -> tuple[int, int]:
    """
    Return width and height of the upright picture, by the file's header.

    Raises:
        PictureTooLarge: it has more pixels than are decoded.
        pyvips.Error, ValueError: the header cannot be read.

    """
    if found is Format.HEIC:
        with _told_as_damage():
            width, height = _heif(data).size
    else:
        header = pyvips.Image.new_from_buffer(data, "")
        width, height = header.width, header.get_page_height()
        if header.get_typeof("orientation") and header.get("orientation") > 4:  # noqa: PLR2004  # on its side, by EXIF
            width, height = height, width
    _must_fit(width, height)
    return width, height


def decoded(data: bytes, found: Format, *, width: int, height: int) -> pyvips.Image:
    """
    Return the picture decoded to its end, at this size: upright, sRGB, on white, in memory.

    Raises:
        PictureTooLarge: it has more pixels than are decoded.
        pyvips.Error, ValueError: it cannot be decoded to its end.

    """
    wanted = {"height": height, "size": "force"}
    if found is Format.HEIC:
        image = _from_heic(data).thumbnail_image(width, **wanted)
    else:
        # Its parameter fail_on is not handed to the decoder (8.18); an option string is.
        image = pyvips.Image.thumbnail_buffer(
            data, width, option_string="[fail_on=truncated]", **wanted
        )
    return _on_paper(_in_srgb(image.copy_memory())).copy_memory()


def _from_heic(data: bytes) -> pyvips.Image:
    """Decode by libheif's own wheel: libvips as built for us has no HEVC. It turns it upright."""
    with _told_as_damage():
        photo = _heif(data).to_pillow()
        photo = photo.convert("RGBA" if "A" in photo.mode else "RGB")
    image = pyvips.Image.new_from_memory(
        photo.tobytes(), photo.width, photo.height, len(photo.getbands()), "uchar"
    ).copy(interpretation="srgb")
    profile = photo.info.get("icc_profile")
    if profile:
        image.set_type(pyvips.GValue.blob_type, "icc-profile-data", profile)
    return image


def _heif(data: bytes) -> pillow_heif.HeifFile:
    return pillow_heif.open_heif(io.BytesIO(data), convert_hdr_to_8bit=True)


@contextmanager
def _told_as_damage() -> Iterator[None]:
    """Raise ValueError for what pillow-heif raises for damaged files besides."""
    try:
        yield
    except (RuntimeError, LookupError) as error:
        raise ValueError(str(error)) from error


def _in_srgb(image: pyvips.Image) -> pyvips.Image:
    """Apply the picture's own profile. After it was made smaller: that costs a third."""
    if image.get_typeof("icc-profile-data"):
        try:
            return image.icc_transform("srgb", embedded=True).copy_memory()
        except pyvips.Error:
            pass  # A damaged profile: the numbers are the best there is.
    return image if image.interpretation == "srgb" else image.colourspace("srgb")


def _on_paper(image: pyvips.Image) -> pyvips.Image:
    if image.hasalpha():
        image = image.flatten(background=[255, 255, 255])
    return image.cast("uchar")[0:3]


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


class Size(NamedTuple):
    """One rendition to be: its format, its part of the picture, its pixels."""

    format: str
    shape: str
    pixels: pyvips.Image


def first_sizes(image: pyvips.Image) -> Iterator[Size]:
    """Return what a page needs to go out: the whole picture as JPEG, widest first."""
    yield from (Size("jpeg", "", pixels) for pixels in _whole(image))


def rest_sizes(image: pyvips.Image, focus: Focus | None) -> Iterator[Size]:
    """Return what makes it better: the smaller formats, and parts of it as JPEG."""
    whole = list(_whole(image))
    for name in ("avif", "webp"):
        longest = _LONGEST_SIDES_PX[name]
        yield from (Size(name, "", size) for size in whole if size.height <= longest)
    for shape, ratio in SHAPES.items():
        yield Size("jpeg", shape, _part(image, ratio, focus))


def _whole(image: pyvips.Image) -> Iterator[pyvips.Image]:
    widest = min(image.width, WIDTHS_PX[0])
    yield _resized(image, widest)
    yield from (_resized(image, width) for width in WIDTHS_PX if width < widest)


def _part(image: pyvips.Image, ratio: Fraction, focus: Focus | None) -> pyvips.Image:
    """Return the largest part of this shape, at the width of cards if it has nearly as much."""
    width = min(image.width, max(1, round(image.height * ratio)))
    height = min(image.height, max(1, round(image.width / ratio)))
    if focus is None:
        part = image.smartcrop(width, height, interesting="attention")
    else:
        left = _start(focus.x, length=width, of=image.width)
        top = _start(focus.y, length=height, of=image.height)
        part = image.crop(left, top, width, height)
    reaches = width * MOST_ENLARGED >= SHAPE_WIDTH_PX
    return _resized(part.copy_memory(), SHAPE_WIDTH_PX if reaches else width)


def _start(share: float, *, length: int, of: int) -> int:
    """Return where a stretch begins that has a point in its middle, as far as there is room."""
    return max(0, min(of - length, round(share * of - length / 2)))


def _resized(image: pyvips.Image, width: int) -> pyvips.Image:
    if width == image.width:
        return image
    height = max(1, round(image.height * width / image.width))
    resized = image.resize(width / image.width, vscale=height / image.height)
    return resized.copy_memory()


def enough_for_first(width: int, height: int) -> tuple[int, int]:
    """Return the size, of an upright original of this size, that first_sizes are made from."""
    return _reduced(width, height, to=Fraction(WIDTHS_PX[0], width))


def enough_for_rest(width: int, height: int) -> tuple[int, int]:
    """Return the size that rest_sizes are made from: with room for the square, too."""
    to = max(Fraction(WIDTHS_PX[0], width), Fraction(SHAPE_WIDTH_PX, min(width, height)))
    return _reduced(width, height, to=to)


def _reduced(width: int, height: int, *, to: Fraction) -> tuple[int, int]:
    share = min(Fraction(1), to)
    return max(1, round(width * share)), max(1, round(height * share))


def encoded(image: pyvips.Image, name: str, *, packet: bytes, segment: bytes) -> bytes:
    """Return a picture as a file, with the rights and nothing else said in it."""
    image = _bare(image)
    carried = {"xmp-data": packet, "iptc-data": segment if name == "jpeg" else b""}
    for key, data in carried.items():
        if data:
            image.set_type(pyvips.GValue.blob_type, key, data)
    file: bytes = _ENCODERS[name](image, keep=_XMP_AND_IIM)
    return file


def _bare(image: pyvips.Image) -> pyvips.Image:
    """Return the pixels as an image that knows nothing else."""
    pixels = image.write_to_memory()
    return pyvips.Image.new_from_memory(
        pixels, image.width, image.height, image.bands, "uchar"
    ).copy(interpretation="srgb")


def remarks(data: bytes, found: Format, *, width: int) -> Iterator[str]:
    """Return what whoever uploads a usable picture should know of it, in words."""
    if width < WIDTHS_PX[-1]:
        yield f"the picture is only {width} pixels wide: readers will see it small or blurred"
    if found in {Format.GIF, Format.WEBP}:
        frames = pyvips.Image.new_from_buffer(data, "").get_n_pages()
        if frames > 1:
            yield f"the picture moves, in {frames:,} frames: only the first is shown"

"""Files made to hurt, hide or mislead: refused in words, or only their pixels carried over."""

import functools
import io
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
import pyvips
from PIL import Image, ImageCms

from broadsheet.media.renditions import (
    PictureNotTaken,
    PictureTooLaborious,
    PictureTooLarge,
    PictureUnreadable,
    PictureUnusable,
    Rights,
    inspect,
    make_first,
    make_rest,
    rendition_path,
)
from tests.factories.picture_files import a_heic, a_png, chunk, saved, segment, two_halves

SCRIPT = b"<script>alert('SECRET')</script><?php SECRET ?>"


def an_archive() -> bytes:
    """Return a zip with a file in it."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("SECRET.txt", "SECRET" * 100)
    return file.getvalue()


def with_comment(data: bytes) -> bytes:
    """Return a JPEG that has a script for a comment."""
    return data[:2] + segment(0xFE, SCRIPT) + data[2:]


@pytest.mark.parametrize("appended", [SCRIPT, an_archive()], ids=["script", "zip"])
@pytest.mark.parametrize("image_format", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
def test_only_pixels_of_a_polyglot_are_carried_over(
    tmp_path: Path, image_format: str, appended: bytes
):
    """A picture that is a script or an archive too becomes a picture, and nothing else."""
    data = saved(two_halves(600, 400), image_format).getvalue() + appended
    file = io.BytesIO(with_comment(data) if image_format == "JPEG" else data)

    made = make_first(file, folder=tmp_path, rights=Rights(credit="Ada"))
    made += make_rest(file, folder=tmp_path, rights=Rights(credit="Ada"), focus=None)

    for rendition in made:
        kept = rendition_path(rendition.sha256, folder=tmp_path).read_bytes()
        assert b"SECRET" not in kept
        assert b"PK\x03\x04" not in kept
        assert not zipfile.is_zipfile(io.BytesIO(kept))


def test_a_copy_of_a_polyglot_would_still_be_both():
    """The broken twin: the file itself, served as it came, is an archive."""
    data = saved(two_halves(60, 40)).getvalue() + an_archive()

    assert zipfile.is_zipfile(io.BytesIO(data))


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "it is empty"),
        (b"<svg onload='alert(1)'/>", "SVG, which is not taken, since SVG can carry scripts"),
        (b"<?xml version='1.0'?>\n<!-- x -->\n<SVG xmlns='x'>", "SVG"),
        ("<svg/>".encode("utf-16"), "SVG"),
        (b"%PDF-1.7", "a PDF, which is not taken; export the page as JPEG or PNG"),
        (b"II*\x00\x08\x00", "a TIFF"),
        (b"8BPS\x00\x01", "a Photoshop document"),
        (b"BM\x00\x00", "a BMP"),
        (an_archive(), "an archive or an office document"),
        (b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2avc1mp41", "it is a film"),
        (b"#!/bin/sh\nrm -rf /", "none of JPEG, PNG, WebP, GIF, AVIF and HEIC"),
    ],
)
def test_what_is_no_picture_is_refused_by_what_it_is(tmp_path: Path, data: bytes, told: str):
    """The message says what the file is, why that is not taken, and what to do."""
    with pytest.raises(PictureUnreadable, match="cannot be read as a picture") as refused:
        make_first(io.BytesIO(data), folder=tmp_path, rights=Rights())

    assert told in str(refused.value)
    assert not list(tmp_path.iterdir())


def test_content_decides_whatever_the_name_says():
    """A JPEG called .png is taken as what it is, and the name's lie is told."""
    inspected = inspect(saved(two_halves(900, 600)), name="harbor.PNG")

    assert "JPEG" == inspected.format.value
    assert ("the file is called .png but is JPEG: it is used as what it is",) == inspected.remarks


@pytest.mark.parametrize("name", ["harbor.jpg", "harbor.JPEG", "harbor", ""])
def test_a_true_name_is_not_remarked_on(name: str):
    """A name that says what the file is, or nothing, is no remark."""
    assert () == inspect(saved(two_halves(900, 600)), name=name).remarks


def test_a_script_called_a_picture_is_refused():
    """A lying name helps nobody."""
    with pytest.raises(PictureNotTaken, match="SVG"):
        inspect(io.BytesIO(b"<svg><script/></svg>"), name="harbor.jpg")


def a_flat_png(width: int, height: int) -> io.BytesIO:
    """Return a PNG of so many black pixels: a thousandth of a byte each."""
    packer = zlib.compressobj(9)
    row = bytes(1 + width)
    packed = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return io.BytesIO(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")
    )


def a_gif_bomb() -> io.BytesIO:
    """Return a GIF of a few bytes that says it is 60,000 by 60,000."""
    data = bytearray(saved(Image.new("P", (8, 8)), "GIF").getvalue())
    size = struct.pack("<HH", 60_000, 60_000)
    frame = data.index(b"\x2c\x00\x00\x00\x00")
    data[6:10], data[frame + 5 : frame + 9] = size, size
    return io.BytesIO(bytes(data))


def an_avif_bomb() -> io.BytesIO:
    """Return an AVIF whose header says it is 30,000 by 30,000."""
    data = saved(two_halves(64, 64), "AVIF").getvalue()
    at = data.index(b"ispe") + 8
    return io.BytesIO(data[:at] + struct.pack(">II", 30_000, 30_000) + data[at + 8 :])


def a_webp_bomb() -> io.BytesIO:
    """Return a WebP whose header says it is 16,384 by 16,384."""
    data = bytearray(saved(two_halves(64, 64), "WEBP", lossless=True).getvalue())
    at = data.index(b"VP8L") + 9
    rest = int.from_bytes(data[at : at + 4], "little") & ~0x0FFFFFFF
    data[at : at + 4] = (rest | 16_383 | 16_383 << 14).to_bytes(4, "little")
    return io.BytesIO(bytes(data))


@pytest.mark.parametrize(
    "bomb",
    [lambda: a_flat_png(20_000, 20_000), a_gif_bomb, an_avif_bomb, a_webp_bomb],
    ids=["png", "gif", "avif", "webp"],
)
def test_a_decompression_bomb_is_refused_by_its_header(
    tmp_path: Path, bomb: Callable[[], io.BytesIO]
):
    """However small the file, more than 100 megapixels are not decoded."""
    with pytest.raises(PictureUnusable, match=r"pixels|memory|to its end") as refused:
        make_first(bomb(), folder=tmp_path, rights=Rights())

    assert isinstance(refused.value, PictureTooLarge | PictureTooLaborious | PictureUnreadable)
    assert not list(tmp_path.iterdir())


def test_a_hundred_megapixels_are_taken(tmp_path: Path):
    """The limit is where it is said to be."""
    made = make_first(a_flat_png(10_000, 10_000), folder=tmp_path, rights=Rights())

    assert (1600, 1600) == (made[0].width_px, made[0].height_px)


def test_a_little_more_is_not(tmp_path: Path):
    """One row more is refused, with the picture's own numbers."""
    with pytest.raises(PictureTooLarge, match="10000 by 10001 pixels, 100 megapixels; at most 100"):
        make_first(a_flat_png(10_000, 10_001), folder=tmp_path, rights=Rights())


@functools.cache
def packed_zeros(megabytes: int) -> bytes:
    """Return so many megabytes of zeros, packed."""
    packer = zlib.compressobj(1)
    block = bytes(1024**2)
    return b"".join(packer.compress(block) for _ in range(megabytes)) + packer.flush()


@pytest.mark.parametrize("kind", ["iCCP", "zTXt", "iTXt"])
def test_a_bomb_beside_the_pixels_costs_nothing(tmp_path: Path, kind: str):
    """A profile or text that unpacks to 400 MB is refused or left out within the limits."""
    heads = {"iCCP": b"x\x00\x00", "zTXt": b"x\x00\x00", "iTXt": b"x\x00\x01\x00\x00\x00"}
    bomb = a_png(chunk(kind.encode(), heads[kind] + packed_zeros(400)))

    refused = made = None
    try:
        made = make_first(bomb, folder=tmp_path, rights=Rights())
    except PictureUnusable as unusable:
        refused = str(unusable)

    assert 200 == made[0].width_px if made else "to its end" in str(refused)


@pytest.mark.parametrize("image_format", ["JPEG", "PNG", "WEBP", "GIF", "AVIF", "HEIC"])
@pytest.mark.parametrize("share", [0.02, 0.3, 0.7, 0.95])
def test_a_picture_cut_short_is_refused(tmp_path: Path, image_format: str, share: float):
    """In any format, cut anywhere: refused when it is looked at and when it is made."""
    noise = Image.effect_noise((600, 400), 80).convert("RGB")
    whole = a_heic(noise) if image_format == "HEIC" else saved(noise, image_format)
    file = io.BytesIO(whole.getvalue()[: int(len(whole.getvalue()) * share)])

    for act in (
        lambda: inspect(file, name=""),
        lambda: make_first(file, folder=tmp_path, rights=Rights()),
    ):
        with pytest.raises(PictureUnreadable, match="cannot be read as a picture to its end"):
            act()
    assert not list(tmp_path.iterdir())


def test_a_picture_that_moves_stands_still(tmp_path: Path):
    """Of an animated GIF or WebP the first frame is shown, and that is told."""
    frames = [Image.new("RGB", (500, 300), color) for color in ("#ff0000", "#00ff00", "#0000ff")]
    for image_format in ("GIF", "WEBP"):
        file = saved(frames[0], image_format, save_all=True, append_images=frames[1:], duration=90)

        inspected = inspect(file, name="")
        made = make_first(file, folder=tmp_path, rights=Rights())

        assert (500, 300) == (inspected.width_px, inspected.height_px)
        assert ("the picture moves, in 3 frames: only the first is shown",) == inspected.remarks
        image = Image.open(rendition_path(made[0].sha256, folder=tmp_path))
        assert (500, 300) == image.size
        assert image.getpixel((5, 5))[0] > 240


def test_other_decoders_of_libvips_are_blocked(tmp_path: Path):
    """In the darkroom SVG, PDF, TIFF and the rest cannot be opened by libvips at all."""
    tiff, svg, vips = tmp_path / "a.tif", tmp_path / "a.svg", tmp_path / "a.csv"
    Image.new("RGB", (9, 9)).save(tiff)
    svg.write_text("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>")
    vips.write_text("1,2\n3,4\n")
    code = """
import sys, pyvips
from broadsheet.media import pixels
if sys.argv[1] == "block": pixels.prepare()
for name in sys.argv[2:]:
    try:
        pyvips.Image.new_from_file(name).avg()
        print("opened")
    except pyvips.Error:
        print("blocked")
"""

    def said(how: str) -> list[str]:
        command = [sys.executable, "-c", code, how, tiff, svg, vips]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()

    assert ["blocked"] * 3 == said("block")
    assert ["opened"] * 3 == said("leave")  # the broken twin


@pytest.mark.parametrize(
    ("width", "height"), [(1, 1), (1, 500), (20_000, 100), (100, 20_000), (9, 16_500)]
)
def test_strange_shapes_are_made(tmp_path: Path, width: int, height: int):
    """From one pixel to a panorama: every size there can be is made, and none is empty."""
    file = saved(Image.new("RGB", (width, height), "#336699"))

    inspected = inspect(file, name="")
    made = make_first(file, folder=tmp_path, rights=Rights())
    made += make_rest(file, folder=tmp_path, rights=Rights(), focus=None)

    assert (width, height) == (inspected.width_px, inspected.height_px)
    assert {"", "16:9", "4:3", "1:1"} == {rendition.shape for rendition in made}
    assert all(rendition.width_px and rendition.height_px for rendition in made)


def test_a_tiny_picture_is_remarked_on():
    """A picture of one pixel is taken, but whoever uploads it is told."""
    (remark,) = inspect(saved(Image.new("RGB", (1, 1))), name="").remarks

    assert "only 1 pixel" in remark


def test_colors_of_every_kind_come_out_right(tmp_path: Path):
    """Red stays red from printing colors, 16 bits, an index, and HEIC."""
    red = Image.new("RGB", (500, 300), "#ff0000")
    deep = io.BytesIO(a_deep_png())
    files = [
        saved(red.convert("CMYK")),
        saved(red.convert("P"), "PNG"),
        saved(red, "WEBP"),
        saved(red, "AVIF"),
        a_heic(red),
        deep,
    ]
    for file in files:
        made = make_first(file, folder=tmp_path, rights=Rights())

        image = Image.open(rendition_path(made[0].sha256, folder=tmp_path))
        r, g, b = image.getpixel((50, 50))
        assert (r > 200, g < 60, b < 60) == (True, True, True)


def a_deep_png() -> bytes:
    """Return a red PNG of 16 bits a channel."""
    rows = (b"\x00" + struct.pack(">HHH", 0xFFFF, 0, 0) * 120) * 80
    header = struct.pack(">IIBBBBB", 120, 80, 16, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def test_grey_with_transparency_lies_on_paper(tmp_path: Path):
    """Half-transparent black on white paper is grey; all-transparent is white."""
    image = Image.new("LA", (500, 300), (0, 128))
    image.paste((0, 0), (0, 0, 100, 300))
    made = make_first(saved(image, "PNG"), folder=tmp_path, rights=Rights())

    kept = Image.open(rendition_path(made[0].sha256, folder=tmp_path))

    assert (255, 255, 255) == kept.getpixel((5, 5))
    assert 120 < kept.getpixel((300, 150))[0] < 135


def test_a_wide_gamut_is_brought_into_srgb(tmp_path: Path):
    """A profile changes the numbers, so that colors look as they did."""
    color = [200, 30, 30]
    plain = pyvips.Image.black(500, 300, bands=3) + color
    wide = plain.cast("uchar").copy(interpretation="srgb").icc_transform("p3", input_profile="srgb")
    numbers = [round(number) for number in wide(9, 9)]

    made = make_first(io.BytesIO(wide.jpegsave_buffer(Q=95)), folder=tmp_path, rights=Rights())

    shown = Image.open(rendition_path(made[0].sha256, folder=tmp_path)).getpixel((9, 9))
    assert max(abs(a - b) for a, b in zip(color, numbers, strict=True)) > 10
    assert max(abs(a - b) for a, b in zip(color, shown, strict=True)) < 6


def test_printing_colors_with_a_profile_come_out_right(tmp_path: Path):
    """A CMYK picture's own profile says which red it is."""
    color = [200, 30, 30]
    red = (pyvips.Image.black(500, 300, bands=3) + color).cast("uchar")
    printing = red.copy(interpretation="srgb").icc_transform("cmyk", input_profile="srgb")
    file = io.BytesIO(printing.jpegsave_buffer(Q=95))

    made = make_first(file, folder=tmp_path, rights=Rights())

    shown = Image.open(rendition_path(made[0].sha256, folder=tmp_path)).getpixel((9, 9))
    assert "CMYK" == Image.open(file).mode
    assert max(abs(a - b) for a, b in zip(color, shown, strict=True)) < 20


def test_a_picture_cut_short_is_refused_for_all_its_profile(tmp_path: Path):
    """A file with a profile, cut or with the profile damaged: the one is refused, not the other."""
    noise = Image.effect_noise((600, 400), 80).convert("RGB")
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    whole = saved(noise, icc_profile=profile).getvalue()

    with pytest.raises(PictureUnreadable, match="cut short or damaged"):
        make_first(io.BytesIO(whole[: len(whole) // 2]), folder=tmp_path, rights=Rights())
    damaged = io.BytesIO(whole.replace(profile, bytes(len(profile))))
    assert make_first(damaged, folder=tmp_path, rights=Rights())


def test_a_gain_map_stays_behind(tmp_path: Path):
    """A telephone's JPEG with a second picture in it, for bright screens, is taken as a JPEG."""
    bright = pyvips.Image.black(900, 600).copy(interpretation="srgb").colourspace("scrgb")
    file = io.BytesIO(bright.uhdrsave_buffer())

    inspected = inspect(file, name="")
    made = make_first(file, folder=tmp_path, rights=Rights())

    kept = rendition_path(made[0].sha256, folder=tmp_path).read_bytes()
    assert 1 < file.getvalue().count(b"\xff\xd8\xff")
    assert (900, 600) == (inspected.width_px, inspected.height_px)
    assert 1 == kept.count(b"\xff\xd8\xff")


def test_a_turned_heic_is_turned_once(tmp_path: Path):
    """HEIC says twice that it lies on its side; it is turned once."""
    exif = Image.Exif()
    exif[0x0112] = 6
    file = a_heic(two_halves(400, 200), exif=exif.tobytes())

    inspected = inspect(file, name="")
    made = make_first(file, folder=tmp_path, rights=Rights())

    assert (inspected.width_px, inspected.height_px) == (made[0].width_px, made[0].height_px)

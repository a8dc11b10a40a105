"""
Makes pictures of 24 megapixels as agencies send them: noise, shapes, and captions in IPTC.

Each has detail at every scale, as photographs have, or encoders would have nothing to do.
The same number is the same picture. Kept beside the archives, and made once.
"""

from collections.abc import Iterator
from pathlib import Path

import pyvips

from bench import sizes
from tests.factories.picture_files import (
    UTF_8,
    a_packet,
    exif_bytes,
    iim_records,
    photoshop_resources,
    segment,
)

WIDTH_PX, HEIGHT_PX = 6000, 4000
MADE_S = 2.0  # each, on a machine that does nothing else
MARGIN_PX = 512  # each picture is another part of the same noise
QUALITY = 90
SPREADS = (3, 5, 8, 12, 14, 16, 18, 20, 24)  # of the noise, by octave: about as in photographs
COLORS = ((200, 40, 30), (20, 60, 160), (240, 200, 40), (30, 120, 60), (240, 240, 235))


def made(count: int) -> list[Path]:
    """Return so many pictures, made now if they are not there."""
    folder = sizes.CACHE / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{number:03}.jpg" for number in range(count)]
    missing = [number for number, path in enumerate(paths) if not path.exists()]
    if missing:
        ground = _ground()
        for number in missing:
            part = paths[number].with_suffix(".new")
            part.write_bytes(_picture(ground, number))
            part.rename(paths[number])
    return paths


def _ground() -> pyvips.Image:
    """Return the noise all pictures are parts of."""
    width, height = WIDTH_PX + MARGIN_PX, HEIGHT_PX + MARGIN_PX
    light, tint = (_noise(width, height, seed) for seed in (1, 2))
    bands = (light + 128, light * 0.8 + tint * 0.3 + 120, light * 0.6 + 110)
    return (
        bands[0].bandjoin(list(bands[1:])).cast("uchar").copy(interpretation="srgb").copy_memory()
    )


def _noise(width: int, height: int, seed: int) -> pyvips.Image:
    octaves = []
    for number, spread in enumerate(SPREADS):
        scale = 2**number
        size = (-(-width // scale) + 2, -(-height // scale) + 2)
        octave = pyvips.Image.gaussnoise(*size, mean=0, sigma=spread, seed=100 * seed + number)
        octaves.append(octave.resize(scale, kernel="linear").crop(0, 0, width, height))
    return pyvips.Image.sum(octaves).copy_memory()


def _picture(ground: pyvips.Image, number: int) -> bytes:
    left, top = (number * 97) % MARGIN_PX, (number * 61) % MARGIN_PX
    image = ground.crop(left, top, WIDTH_PX, HEIGHT_PX)
    for shape in range(4):
        x, y = (number * 811 + shape * 1_499) % 5_000, (number * 577 + shape * 907) % 3_000
        color = list(COLORS[(number + shape) % len(COLORS)])
        image = image.draw_rect(color, x, y, 300 + 90 * shape, 500, fill=True)
        image = image.draw_circle(color, y + 700, x // 2 + 400, 120 + 60 * shape, fill=True)
    data: bytes = image.jpegsave_buffer(Q=QUALITY, keep="icc", profile="srgb")
    return data[:2] + b"".join(_segments(number)) + data[2:]


def _segments(number: int) -> Iterator[bytes]:
    exif = exif_bytes({0x010F: "Camera", 0x013B: "Ada Novak"}, {0x9003: "2026:11:27 16:20:00"})
    yield segment(0xE1, b"Exif\x00\x00" + exif)
    packet = a_packet(f"<photoshop:Credit>Ada Novak / Desk {number}</photoshop:Credit>")
    yield segment(0xE1, b"http://ns.adobe.com/xap/1.0/\x00" + packet)
    records = iim_records(
        [
            (1, 90, UTF_8),
            (2, 80, b"Ada Novak"),
            (2, 116, "© 2026 Novak".encode()),
            (2, 120, f"Picture {number} of a made-up event.".encode()),
        ]
    )
    yield segment(0xED, b"Photoshop 3.0\x00" + photoshop_resources(records))

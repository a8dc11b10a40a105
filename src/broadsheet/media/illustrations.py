"""
Draws the demo newspaper's own pictures: scenes, and portraits of its authors.

Dedicated to the public domain (CC0-1.0), and each file says so itself. The same name is the
same bytes every time.
"""

import io
from collections.abc import Callable, Mapping

import msgspec
from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo

from broadsheet.media.drawn import country, portraits, shore, town
from broadsheet.media.drawn.pen import HEIGHT_PX, WIDTH_PX, Pen
from broadsheet.media.drawn.portraits import PORTRAITS, SIDE_PX
from broadsheet.media.rights import Rights, packet

PICTURE_PX = 1600  # the longer side of a scene, and twice that of a portrait

_OURS = Rights(
    creator="The Harbor Light",
    credit="Illustration: The Harbor Light",
    copyright="The Broadsheet authors, dedicated to the public domain (CC0 1.0)",
    usage_terms="No rights reserved.",
    license_url="https://creativecommons.org/publicdomain/zero/1.0/",
    digital_source_type="http://cv.iptc.org/newscodes/digitalsourcetype/digitalCreation",
)

SCENES: Mapping[str, Callable[[Pen], None]] = {
    draw.__name__: draw
    for draw in (
        *(town.books, town.chess, town.cinema, town.classroom, town.court, town.harbor),
        *(town.market, town.rain, town.stadium, town.taxis, town.train, town.trees),
        *(country.fields, country.kites, country.lake, country.lighthouse, country.mountains),
        *(country.rowing, country.storm, country.well, country.border, shore.fleet, shore.slipway),
    )
}


def illustration(name: str, *, caption: str = "") -> bytes:
    """
    Return a scene, or the portrait of an author, as a PNG that says whose it is.

    Raises:
        KeyError: there is none of this name.

    """
    # Drawn large and made smaller, edges are smooth.
    if name in PORTRAITS:
        drawn = Image.new("RGB", (SIDE_PX, SIDE_PX))
        portraits.portrait(ImageDraw.Draw(drawn), PORTRAITS[name])
        image = drawn.resize((PICTURE_PX // 2, PICTURE_PX // 2), Image.Resampling.BICUBIC)
    else:
        drawn = Image.new("RGB", (WIDTH_PX, HEIGHT_PX), "#f4efe4")
        SCENES[name](ImageDraw.Draw(drawn))
        height_px = round(PICTURE_PX * HEIGHT_PX / WIDTH_PX)
        image = drawn.resize((PICTURE_PX, height_px), Image.Resampling.BICUBIC)
    return _signed(image, caption)


def _signed(image: Image.Image, caption: str) -> bytes:
    said = PngInfo()
    said.add_itxt(
        "XML:com.adobe.xmp", packet(msgspec.structs.replace(_OURS, caption=caption)).decode()
    )
    buffer = io.BytesIO()
    image.save(buffer, "PNG", compress_level=6, pnginfo=said)
    return buffer.getvalue()

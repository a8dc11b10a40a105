"""
Portraits of the demo's authors, whom nobody has ever met: heads and shoulders, flat.

A portrait is told by a few traits, so that no two are alike and none is a joke.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from broadsheet.media.drawn.pen import Pen, disc

SIDE_PX = 1200  # of the square that is drawn on
_MIDDLE = SIDE_PX // 2
_INK = "#231b18"


class Traits(NamedTuple):
    """What tells a portrait from the others."""

    wall: str
    skin: str
    hair: str
    coat: str
    style: str  # of the hair, by name
    has_glasses: bool = False
    has_beard: bool = False


def portrait(pen: Pen, traits: Traits) -> None:
    """Draw somebody, from the wall behind to the glasses in front."""
    pen.rectangle((0, 0, SIDE_PX, SIDE_PX), fill=traits.wall)
    behind, before = _STYLES[traits.style]
    behind(pen, traits.hair)
    pen.rounded_rectangle((190, 930, 1010, 1500), 240, fill=traits.coat)
    pen.rounded_rectangle((500, 760, 700, 1010), 90, fill=_shade(traits.skin))
    pen.polygon([(470, 935), (730, 935), (600, 1090)], fill=_shade(traits.skin))
    pen.ellipse((390, 300, 810, 860), fill=traits.skin)
    for x in (392, 808):
        disc(pen, x, 590, 48, traits.skin)
    if traits.has_beard:
        pen.pieslice((390, 430, 810, 880), 8, 172, fill=traits.hair)
        pen.ellipse((500, 680, 700, 770), fill=traits.skin)
    _face(pen, traits)
    before(pen, traits.hair)
    if traits.has_glasses:
        for x in (515, 685):
            pen.ellipse((x - 68, 512, x + 68, 648), outline=_INK, width=11)
        pen.line((583, 575, 617, 575), fill=_INK, width=11)


def _face(pen: Pen, traits: Traits) -> None:
    for x in (515, 685):
        pen.ellipse((x - 17, 562, x + 17, 600), fill=_INK)
        pen.arc((x - 55, 490, x + 55, 560), 205, 335, fill=_INK, width=11)
    pen.arc((570, 590, 632, 670), 40, 140, fill=_shade(traits.skin), width=11)
    pen.arc((530, 660, 670, 745), 25, 155, fill="#7d2f2a", width=13)


def _shade(color: str) -> str:
    channels = (int(color[at : at + 2], 16) * 82 // 100 for at in (1, 3, 5))
    return "#" + "".join(f"{channel:02x}" for channel in channels)


def _nothing(_: Pen, __: str) -> None:
    return


def _cropped(pen: Pen, color: str) -> None:
    pen.pieslice((380, 270, 820, 790), 196, 344, fill=color)


def _curls_behind(pen: Pen, color: str) -> None:
    for x, y, radius in (
        *((600, 330, 200), (430, 390, 170), (770, 390, 170)),
        *((370, 530, 150), (830, 530, 150), (380, 670, 120), (820, 670, 120)),
    ):
        disc(pen, x, y, radius, color)


def _fringe(pen: Pen, color: str) -> None:
    pen.chord((386, 286, 814, 700), 190, 350, fill=color)


def _long_behind(pen: Pen, color: str) -> None:
    pen.rounded_rectangle((340, 250, 860, 1080), 240, fill=color)


def _parted(pen: Pen, color: str) -> None:
    pen.chord((384, 280, 690, 640), 150, 318, fill=color)
    pen.chord((560, 280, 818, 640), 215, 20, fill=color)


def _bun_behind(pen: Pen, color: str) -> None:
    disc(pen, 600, 235, 110, color)


def _scarf_behind(pen: Pen, color: str) -> None:
    pen.rounded_rectangle((330, 230, 870, 1130), 260, fill=color)


def _scarf(pen: Pen, color: str) -> None:
    pen.arc((345, 245, 855, 905), 120, 60, fill=color, width=92)
    pen.polygon([(430, 850), (770, 850), (860, 1130), (340, 1130)], fill=color)
    pen.arc((440, 820, 760, 1000), 20, 160, fill=_shade(color), width=14)


def _wrap(pen: Pen, color: str) -> None:
    pen.pieslice((360, 170, 840, 760), 188, 352, fill=color)
    pen.ellipse((520, 90, 720, 270), fill=color)
    pen.arc((400, 240, 800, 560), 200, 330, fill=_shade(color), width=14)


_STYLES: Mapping[str, tuple[Callable[[Pen, str], None], Callable[[Pen, str], None]]] = {
    "cropped": (_nothing, _cropped),
    "curls": (_curls_behind, _fringe),
    "long": (_long_behind, _parted),
    "bun": (_bun_behind, _parted),
    "scarf": (_scarf_behind, _scarf),
    "wrap": (_nothing, _wrap),
}

PORTRAITS: Mapping[str, Traits] = {
    "amara": Traits("#d9b48f", "#6b4430", "#a03a2e", "#2f4d5c", "wrap"),
    "tobi": Traits("#a9c4b4", "#5a3826", "#1d1613", "#d08c2e", "cropped"),
    "salma": Traits("#d8cdb6", "#c98d66", "#3f6f6a", "#33414f", "scarf", has_glasses=True),
    "daniel": Traits("#b7c3d3", "#d2a07a", "#4a3426", "#5b3a44", "cropped", has_beard=True),
    "kavitha": Traits("#e2c6a0", "#8a5a3c", "#1a1412", "#8c2f4a", "long"),
    "lin": Traits("#c4d2c6", "#e3bd97", "#17141a", "#3c4a7a", "bun", has_glasses=True),
    "nimal": Traits("#cfc2d6", "#8f6040", "#8d8a88", "#3d5a45", "cropped", has_glasses=True),
    "esi": Traits("#e6c8b4", "#70462f", "#1b1412", "#c2542f", "curls"),
}

"""
Draws the demo newspaper's pictures: flat scenes of our own, so that no photograph is needed.

Dedicated to the public domain (CC0-1.0). The same scene is the same bytes every time.
"""

import io
from collections.abc import Callable, Mapping

from PIL import Image, ImageDraw

WIDTH_PX, HEIGHT_PX = 2400, 1600
_HORIZON = 950

Pen = ImageDraw.ImageDraw


def illustration(scene: str) -> bytes:
    """
    Return one scene as a PNG.

    Raises:
        KeyError: there is no such scene.

    """
    draw_scene = SCENES[scene]
    image = Image.new("RGB", (WIDTH_PX, HEIGHT_PX), "#f4efe4")
    draw_scene(ImageDraw.Draw(image))
    buffer = io.BytesIO()
    image.save(buffer, "PNG", compress_level=6)
    return buffer.getvalue()


def _sky(pen: Pen, top: str, low: str, *, until: int = HEIGHT_PX) -> None:
    first, last = _channels(top), _channels(low)
    for y in range(0, until, 8):
        share = y / until
        color = tuple(round(a + (b - a) * share) for a, b in zip(first, last, strict=True))
        pen.rectangle((0, y, WIDTH_PX, y + 8), fill=color)


def _channels(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def _disc(pen: Pen, x: int, y: int, radius: int, color: str) -> None:
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=color)


def _tree(pen: Pen, x: int, y: int, size: int, color: str) -> None:
    pen.rectangle((x - size // 12, y - size // 2, x + size // 12, y), fill="#6b4a35")
    _disc(pen, x, y - size, size // 2, color)
    _disc(pen, x - size // 3, y - size * 3 // 4, size // 3, color)
    _disc(pen, x + size // 3, y - size * 3 // 4, size // 3, color)


def _water(pen: Pen, y: int, color: str, ripple: str) -> None:
    pen.rectangle((0, y, WIDTH_PX, HEIGHT_PX), fill=color)
    for row in range(7):
        for start in range(-200 + 130 * (row % 2), WIDTH_PX, 420):
            top = y + 60 + row * 90
            pen.rounded_rectangle((start, top, start + 170, top + 12), 6, fill=ripple)


def _boat(pen: Pen, x: int, y: int, color: str) -> None:
    pen.polygon([(x, y), (x + 620, y), (x + 540, y + 130), (x + 80, y + 130)], fill=color)
    pen.rectangle((x + 130, y - 110, x + 470, y), fill="#fffaf0")
    for window in range(4):
        left = x + 155 + window * 78
        pen.rectangle((left, y - 85, left + 50, y - 40), fill="#3c6e8f")
    pen.rectangle((x + 330, y - 200, x + 400, y - 110), fill="#c8452f")


def _houses(pen: Pen, y: int, colors: tuple[str, ...], window: str) -> None:
    for number, left in enumerate(range(0, WIDTH_PX, 240)):
        height = 260 + (number * 137) % 330
        pen.rectangle((left, y - height, left + 240, y), fill=colors[number % len(colors)])
        for row in range(y - height + 50, y - 60, 95):
            for column in (left + 45, left + 145):
                pen.rectangle((column, row, column + 48, row + 55), fill=window)


def _harbor(pen: Pen) -> None:
    _sky(pen, "#f6c98f", "#fbe9cf", until=_HORIZON)
    _disc(pen, 1750, 700, 190, "#ee8f4e")
    pen.polygon([(0, _HORIZON), (500, 780), (1100, _HORIZON)], fill="#7d8f86")
    _water(pen, _HORIZON, "#2f6f85", "#4f8ea1")
    _boat(pen, 420, 1050, "#1f3a4d")
    _boat(pen, 1500, 1240, "#8c2f2a")


def _trees(pen: Pen) -> None:
    _sky(pen, "#bfe0ea", "#f3f5e6", until=1150)
    _houses(pen, 1150, ("#e3c9a6", "#d9a887", "#efe1c6"), "#8fa6ad")
    pen.rectangle((0, 1150, WIDTH_PX, HEIGHT_PX), fill="#b9b3a5")
    pen.rectangle((0, 1330, WIDTH_PX, 1360), fill="#f4efe4")
    for number, x in enumerate(range(180, WIDTH_PX, 420)):
        _tree(pen, x, 1240, 430, ("#4c8a55", "#5f9d5b", "#3e7a4c")[number % 3])


def _market(pen: Pen) -> None:
    _sky(pen, "#1b2140", "#3b3357")
    _houses(pen, 900, ("#2c2c4a", "#34304f"), "#f3c86a")
    pen.rectangle((0, 900, WIDTH_PX, HEIGHT_PX), fill="#4a3d4d")
    for number, left in enumerate(range(60, WIDTH_PX - 300, 580)):
        color = ("#c8452f", "#e0a030", "#3f8f83", "#d9655b")[number % 4]
        pen.rectangle((left + 40, 1020, left + 460, 1380), fill="#7b5a45")
        pen.polygon(
            [(left, 1020), (left + 500, 1020), (left + 420, 860), (left + 80, 860)], fill=color
        )
        _disc(pen, left + 250, 1090, 46, "#ffe3a0")
        for fruit in range(5):
            _disc(pen, left + 110 + fruit * 70, 1230, 34, ("#e8873a", "#b8c34a")[fruit % 2])


def _rain(pen: Pen) -> None:
    _sky(pen, "#8c9aa6", "#cfd6d8")
    _houses(pen, 1120, ("#7f8a92", "#929ca2"), "#dfe5e6")
    pen.rectangle((0, 1120, WIDTH_PX, HEIGHT_PX), fill="#667078")
    for x in range(-100, WIDTH_PX, 90):
        for y in range((x * 7) % 160, HEIGHT_PX, 210):
            pen.line((x, y, x - 26, y + 84), fill="#e8eef0", width=5)
    for x, y in ((520, 1180), (1180, 1080), (1820, 1220)):
        pen.pieslice((x - 260, y - 260, x + 260, y + 260), 180, 360, fill="#f2bf2d")
        pen.line((x, y, x, y + 220), fill="#3a3a3a", width=14)
        pen.rounded_rectangle((x - 60, y + 40, x + 60, y + 300), 40, fill="#34495a")


def _well(pen: Pen) -> None:
    _sky(pen, "#f2d7a6", "#f8ecd2", until=900)
    _disc(pen, 520, 380, 150, "#f5a94a")
    pen.polygon([(0, 900), (760, 640), (1500, 900)], fill="#c98f5c")
    pen.polygon([(1000, 900), (1850, 560), (2400, 900)], fill="#b97b4e")
    pen.rectangle((0, 900, WIDTH_PX, HEIGHT_PX), fill="#dcb47f")
    pen.rectangle((980, 1080, 1420, 1360), fill="#8d7b6a")
    pen.ellipse((980, 1020, 1420, 1140), fill="#a89682")
    pen.ellipse((1030, 1040, 1370, 1120), fill="#2f4d5c")
    pen.line((1000, 1080, 1000, 760), fill="#5c4433", width=26)
    pen.line((1400, 1080, 1400, 760), fill="#5c4433", width=26)
    pen.polygon([(940, 780), (1200, 640), (1460, 780)], fill="#a6502f")


def _mountains(pen: Pen) -> None:
    _sky(pen, "#9cc4dd", "#eef4f3", until=1200)
    for left, peak, color in (
        (-300, 480, "#7289a0"),
        (700, 300, "#5f7891"),
        (1500, 560, "#6b8299"),
    ):
        pen.polygon([(left, 1200), (left + 650, peak), (left + 1300, 1200)], fill=color)
        pen.polygon(
            [(left + 520, peak + 144), (left + 650, peak), (left + 780, peak + 144)], fill="#fbfdfd"
        )
    pen.rectangle((0, 1150, WIDTH_PX, HEIGHT_PX), fill="#8fa36a")
    pen.polygon([(1050, HEIGHT_PX), (1500, HEIGHT_PX), (1210, 1150), (1180, 1150)], fill="#d9d3c4")
    for x in range(120, WIDTH_PX, 310):
        pen.polygon([(x, 1330), (x + 70, 1120), (x + 140, 1330)], fill="#3d6149")


def _train(pen: Pen) -> None:
    _sky(pen, "#a8d3de", "#f7eed9", until=800)
    _water(pen, 800, "#4b92a8", "#74b0c1")
    pen.rectangle((0, 1200, WIDTH_PX, HEIGHT_PX), fill="#d8c39a")
    pen.rectangle((0, 1330, WIDTH_PX, 1350), fill="#5a5148")
    for left in (-80, 760, 1600):
        pen.rounded_rectangle((left, 980, left + 800, 1310), 60, fill="#f7f3ea")
        pen.rectangle((left, 1180, left + 800, 1230), fill="#1f7a8c")
        for window in range(5):
            x = left + 70 + window * 140
            pen.rounded_rectangle((x, 1030, x + 100, 1130), 16, fill="#2d4654")
        for wheel in (150, 650):
            _disc(pen, left + wheel, 1315, 44, "#3a332c")


def _lake(pen: Pen) -> None:
    _sky(pen, "#c6dfe6", "#f4f3e2", until=_HORIZON)
    pen.polygon([(0, _HORIZON), (900, 700), (1900, _HORIZON)], fill="#87a37c")
    _water(pen, _HORIZON, "#4f93a5", "#7db5c2")
    pen.polygon([(0, HEIGHT_PX), (0, 1280), (900, 1500), (1100, HEIGHT_PX)], fill="#9c7b52")
    for x in range(140, WIDTH_PX, 520):
        _tree(pen, x, _HORIZON + 10, 300, "#4d8154")


def _books(pen: Pen) -> None:
    pen.rectangle((0, 0, WIDTH_PX, HEIGHT_PX), fill="#3a2c26")
    colors = ("#c8452f", "#e0a030", "#3f8f83", "#efe1c6", "#34495a", "#8c5a7a", "#6f8f4f")
    for shelf in range(4):
        base = 360 + shelf * 390
        x, number = 50, shelf * 3
        while x < WIDTH_PX - 90:
            width, height = 46 + (number * 29) % 52, 210 + (number * 53) % 110
            pen.rectangle((x, base - height, x + width, base), fill=colors[number % len(colors)])
            x, number = x + width + 8, number + 1
        pen.rectangle((0, base, WIDTH_PX, base + 34), fill="#7b5a45")


def _fields(pen: Pen) -> None:
    _sky(pen, "#bfe0ea", "#fbf4dc", until=700)
    _disc(pen, 2000, 300, 130, "#f5c04a")
    for row in range(9):
        top = 700 + row * 100
        color = ("#9dbb57", "#86a94c", "#b4c96a")[row % 3]
        pen.polygon(
            [(0, top), (WIDTH_PX, top - 40), (WIDTH_PX, top + 140), (0, top + 120)], fill=color
        )
        for x in range(30 + (row % 2) * 40, WIDTH_PX, 90):
            pen.line((x, top + 84, x + 14, top + 22), fill="#5f8239", width=8)


def _kites(pen: Pen) -> None:
    _sky(pen, "#9fd0e6", "#f2f6ee", until=1250)
    pen.rectangle((0, 1250, WIDTH_PX, HEIGHT_PX), fill="#86b05c")
    colors = ("#c8452f", "#e0a030", "#3f5f8f", "#8c5a7a", "#2f8f73")
    for x in (260, 1180, 2080):
        _tree(pen, x, 1340, 560, "#4c8a55")
    for number in range(9):
        x, y = 200 + number * 250, 330 + (number * 271) % 520
        color = colors[number % len(colors)]
        pen.polygon([(x, y - 120), (x + 85, y), (x, y + 150), (x - 85, y)], fill=color)
        pen.line((x, y + 150, x + 50, y + 330), fill="#5a5148", width=6)


def _stadium(pen: Pen) -> None:
    _sky(pen, "#28405c", "#6d8aa0", until=800)
    pen.rectangle((0, 520, WIDTH_PX, 900), fill="#4b5563")
    colors = ("#f2bf2d", "#efe1c6", "#c8452f", "#8fb7c9")
    for row in range(7):
        for number, x in enumerate(range(20 + (row % 2) * 26, WIDTH_PX, 52)):
            _disc(pen, x, 560 + row * 50, 18, colors[(number * 7 + row * 3) % 4])
    pen.rectangle((0, 900, WIDTH_PX, HEIGHT_PX), fill="#3f8a4d")
    for stripe in range(0, WIDTH_PX, 480):
        pen.rectangle((stripe, 900, stripe + 240, HEIGHT_PX), fill="#489656")
    pen.line((900, 1180, 900, 930, 1500, 930, 1500, 1180), fill="#fffaf0", width=22)
    _disc(pen, 1260, 1330, 52, "#fffaf0")


def _chess(pen: Pen) -> None:
    pen.rectangle((0, 0, WIDTH_PX, HEIGHT_PX), fill="#5a4436")
    for row in range(8):
        for column in range(8):
            color = ("#efe1c6", "#a06f4a")[(row + column) % 2]
            left, top = 480 + column * 180, 80 + row * 180
            pen.rectangle((left, top, left + 180, top + 180), fill=color)
    for column, row, color in (
        (1, 6, "#fffaf0"),
        (4, 4, "#fffaf0"),
        (3, 3, "#2b211c"),
        (6, 1, "#2b211c"),
    ):
        x, y = 570 + column * 180, 170 + row * 180
        pen.polygon(
            [(x - 62, y + 70), (x + 62, y + 70), (x + 24, y - 20), (x - 24, y - 20)], fill=color
        )
        _disc(pen, x, y - 36, 40, color)


SCENES: Mapping[str, Callable[[Pen], None]] = {
    "harbor": _harbor,
    "trees": _trees,
    "market": _market,
    "rain": _rain,
    "well": _well,
    "mountains": _mountains,
    "train": _train,
    "lake": _lake,
    "books": _books,
    "fields": _fields,
    "kites": _kites,
    "stadium": _stadium,
    "chess": _chess,
}

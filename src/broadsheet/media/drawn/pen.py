"""What the drawn scenes are made of: a sheet, and the things that stand in several of them."""

from PIL import ImageDraw

WIDTH_PX, HEIGHT_PX = 2400, 1600  # of the sheet that is drawn on
HORIZON = 950

Pen = ImageDraw.ImageDraw


def sky(pen: Pen, top: str, low: str, *, until: int = HEIGHT_PX) -> None:
    """Draw a sky that changes color from its top down to a height."""
    first, last = _channels(top), _channels(low)
    for y in range(0, until, 8):
        share = y / until
        color = tuple(round(a + (b - a) * share) for a, b in zip(first, last, strict=True))
        pen.rectangle((0, y, WIDTH_PX, y + 8), fill=color)


def _channels(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def disc(pen: Pen, x: int, y: int, radius: int, color: str) -> None:
    """Draw a disc around its middle."""
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=color)


def tree(pen: Pen, x: int, y: int, size: int, color: str) -> None:
    """Draw a tree that stands at a place."""
    pen.rectangle((x - size // 12, y - size // 2, x + size // 12, y), fill="#6b4a35")
    disc(pen, x, y - size, size // 2, color)
    disc(pen, x - size // 3, y - size * 3 // 4, size // 3, color)
    disc(pen, x + size // 3, y - size * 3 // 4, size // 3, color)


def water(pen: Pen, y: int, color: str, ripple: str) -> None:
    """Draw water from a height down, with ripples."""
    pen.rectangle((0, y, WIDTH_PX, HEIGHT_PX), fill=color)
    for row in range(7):
        for start in range(-200 + 130 * (row % 2), WIDTH_PX, 420):
            top = y + 60 + row * 90
            pen.rounded_rectangle((start, top, start + 170, top + 12), 6, fill=ripple)


def boat(pen: Pen, x: int, y: int, color: str) -> None:
    """Draw a small ship whose deck begins at a place."""
    pen.polygon([(x, y), (x + 620, y), (x + 540, y + 130), (x + 80, y + 130)], fill=color)
    pen.rectangle((x + 130, y - 110, x + 470, y), fill="#fffaf0")
    for window in range(4):
        left = x + 155 + window * 78
        pen.rectangle((left, y - 85, left + 50, y - 40), fill="#3c6e8f")
    pen.rectangle((x + 330, y - 200, x + 400, y - 110), fill="#c8452f")


def houses(pen: Pen, y: int, colors: tuple[str, ...], window: str) -> None:
    """Draw a row of houses that stand on a line, with windows."""
    for number, left in enumerate(range(0, WIDTH_PX, 240)):
        height = 260 + (number * 137) % 330
        pen.rectangle((left, y - height, left + 240, y), fill=colors[number % len(colors)])
        for row in range(y - height + 50, y - 60, 95):
            for column in (left + 45, left + 145):
                pen.rectangle((column, row, column + 48, row + 55), fill=window)

"""Scenes from the edge of the water, where people work."""

from broadsheet.media.drawn.pen import HEIGHT_PX, WIDTH_PX, Pen, disc, houses, sky, water


def slipway(pen: Pen) -> None:
    """Draw a hull on a slipway, a crane, and somebody who welds."""
    sky(pen, "#cfe0e6", "#f7f0de", until=1000)
    houses(pen, 900, ("#b7a48c", "#c9b69b", "#a8957f"), "#6f8288")
    pen.rectangle((0, 900, WIDTH_PX, HEIGHT_PX), fill="#b3a892")
    water(pen, 1380, "#3f7a8c", "#5f97a6")
    pen.polygon([(300, 1290), (2400, 1400), (2400, 1470), (300, 1360)], fill="#7d7468")
    for x in range(560, 1900, 220):
        pen.polygon([(x, 1300), (x + 60, 1300), (x + 90, 1380), (x - 30, 1380)], fill="#6b4a35")
    pen.polygon(
        [(380, 760), (2080, 760), (1960, 1080), (1840, 1290), (620, 1290), (460, 1060)],
        fill="#a8402f",
    )
    pen.polygon([(446, 1020), (1980, 1020), (1840, 1290), (620, 1290)], fill="#5f2a24")
    for x in range(520, 2000, 150):
        pen.line((x, 780, x - 6, 1010), fill="#8c3427", width=8)
        pen.line((x, 640, x, 760), fill="#6d5a48", width=12)
    pen.line((470, 640, 2000, 640), fill="#6d5a48", width=14)
    pen.rectangle((200, 300, 260, 1300), fill="#e0a030")
    pen.rectangle((120, 300, 1500, 350), fill="#e0a030")
    for x in range(280, 1480, 120):
        pen.line((x, 350, x + 60, 300), fill="#9c6c1c", width=10)
    pen.line((1300, 350, 1300, 560), fill="#3a332c", width=8)
    pen.rectangle((1240, 560, 1360, 640), fill="#7d8790")
    pen.rounded_rectangle((1590, 1130, 1690, 1330), 40, fill="#34495a")
    disc(pen, 1640, 1080, 52, "#3a332c")
    pen.line((1600, 1190, 1500, 1160), fill="#34495a", width=36)
    for spark in range(12):
        x, y = 1490 - (spark * 37) % 130, 1160 + (spark * 53) % 150
        pen.line((1490, 1160, x, y), fill="#ffe9a0", width=6)
    disc(pen, 1490, 1160, 26, "#fffbe6")


def fleet(pen: Pen) -> None:
    """Draw fishing boats that leave at dawn."""
    sky(pen, "#24365c", "#f0a878", until=860)
    for star in range(40):
        x, y = (star * star * 131 + star * 397) % WIDTH_PX, (star * star * 89) % 470
        disc(pen, x, y, 4 + star % 3, "#f4efe4")
    pen.polygon([(0, 860), (500, 700), (900, 780), (1300, 860)], fill="#4a4a63")
    disc(pen, 1880, 850, 130, "#f7d08a")
    water(pen, 860, "#3a5878", "#6f7f98")
    pen.rectangle((1600, 866, 2160, 884), fill="#f3c58c")
    colors = ("#2f8f73", "#c8452f", "#e0a030", "#3f5f8f")
    for number, color in enumerate(colors):
        size = 1.0 + number * 0.42
        x, y = 1500 - number * 430, 930 + number * 130
        _fishing_boat(pen, x, y, size, color)


def _fishing_boat(pen: Pen, x: int, y: int, size: float, color: str) -> None:
    def at(dx: int, dy: int) -> tuple[float, float]:
        return (x + dx * size, y + dy * size)

    pen.polygon([at(0, -20), at(300, -50), at(250, 50), at(40, 50)], fill=color)
    pen.line([at(0, -20), at(300, -50)], fill="#fffaf0", width=8)
    pen.rectangle((*at(70, -110), *at(150, -25)), fill="#f4efe4")
    pen.rectangle((*at(90, -92), *at(130, -60)), fill="#24364a")
    pen.line([at(180, -35), at(180, -210)], fill="#3a2c26", width=9)
    pen.line([at(180, -200), at(280, -60)], fill="#3a2c26", width=5)
    pen.line([at(180, -200), at(20, -30)], fill="#3a2c26", width=5)
    lamp_x, lamp_y = at(180, -215)
    disc(pen, round(lamp_x), round(lamp_y), 9, "#ffe3a0")

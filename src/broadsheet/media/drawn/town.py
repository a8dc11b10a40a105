"""Scenes of the town: its harbor, streets and halls."""

from broadsheet.media.drawn.pen import (
    HEIGHT_PX,
    HORIZON,
    WIDTH_PX,
    Pen,
    boat,
    disc,
    houses,
    sky,
    tree,
    water,
)


def harbor(pen: Pen) -> None:
    """Draw two small ships on calm water."""
    sky(pen, "#f6c98f", "#fbe9cf", until=HORIZON)
    disc(pen, 1750, 700, 190, "#ee8f4e")
    pen.polygon([(0, HORIZON), (500, 780), (1100, HORIZON)], fill="#7d8f86")
    water(pen, HORIZON, "#2f6f85", "#4f8ea1")
    boat(pen, 420, 1050, "#1f3a4d")
    boat(pen, 1500, 1240, "#8c2f2a")


def trees(pen: Pen) -> None:
    """Draw a street with trees on one side."""
    sky(pen, "#bfe0ea", "#f3f5e6", until=1150)
    houses(pen, 1150, ("#e3c9a6", "#d9a887", "#efe1c6"), "#8fa6ad")
    pen.rectangle((0, 1150, WIDTH_PX, HEIGHT_PX), fill="#b9b3a5")
    pen.rectangle((0, 1330, WIDTH_PX, 1360), fill="#f4efe4")
    for number, x in enumerate(range(180, WIDTH_PX, 420)):
        tree(pen, x, 1240, 430, ("#4c8a55", "#5f9d5b", "#3e7a4c")[number % 3])


def market(pen: Pen) -> None:
    """Draw a market at night."""
    sky(pen, "#1b2140", "#3b3357")
    houses(pen, 900, ("#2c2c4a", "#34304f"), "#f3c86a")
    pen.rectangle((0, 900, WIDTH_PX, HEIGHT_PX), fill="#4a3d4d")
    for number, left in enumerate(range(60, WIDTH_PX - 300, 580)):
        color = ("#c8452f", "#e0a030", "#3f8f83", "#d9655b")[number % 4]
        pen.rectangle((left + 40, 1020, left + 460, 1380), fill="#7b5a45")
        pen.polygon(
            [(left, 1020), (left + 500, 1020), (left + 420, 860), (left + 80, 860)], fill=color
        )
        disc(pen, left + 250, 1090, 46, "#ffe3a0")
        for fruit in range(5):
            disc(pen, left + 110 + fruit * 70, 1230, 34, ("#e8873a", "#b8c34a")[fruit % 2])


def rain(pen: Pen) -> None:
    """Draw umbrellas in the rain."""
    sky(pen, "#8c9aa6", "#cfd6d8")
    houses(pen, 1120, ("#7f8a92", "#929ca2"), "#dfe5e6")
    pen.rectangle((0, 1120, WIDTH_PX, HEIGHT_PX), fill="#667078")
    for x in range(-100, WIDTH_PX, 90):
        for y in range((x * 7) % 160, HEIGHT_PX, 210):
            pen.line((x, y, x - 26, y + 84), fill="#e8eef0", width=5)
    for x, y in ((520, 1180), (1180, 1080), (1820, 1220)):
        pen.pieslice((x - 260, y - 260, x + 260, y + 260), 180, 360, fill="#f2bf2d")
        pen.line((x, y, x, y + 220), fill="#3a3a3a", width=14)
        pen.rounded_rectangle((x - 60, y + 40, x + 60, y + 300), 40, fill="#34495a")


def train(pen: Pen) -> None:
    """Draw a train along a beach."""
    sky(pen, "#a8d3de", "#f7eed9", until=800)
    water(pen, 800, "#4b92a8", "#74b0c1")
    pen.rectangle((0, 1200, WIDTH_PX, HEIGHT_PX), fill="#d8c39a")
    pen.rectangle((0, 1330, WIDTH_PX, 1350), fill="#5a5148")
    for left in (-80, 760, 1600):
        pen.rounded_rectangle((left, 980, left + 800, 1310), 60, fill="#f7f3ea")
        pen.rectangle((left, 1180, left + 800, 1230), fill="#1f7a8c")
        for window in range(5):
            x = left + 70 + window * 140
            pen.rounded_rectangle((x, 1030, x + 100, 1130), 16, fill="#2d4654")
        for wheel in (150, 650):
            disc(pen, left + wheel, 1315, 44, "#3a332c")


def books(pen: Pen) -> None:
    """Draw full shelves."""
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


def stadium(pen: Pen) -> None:
    """Draw a ball before an empty goal."""
    sky(pen, "#28405c", "#6d8aa0", until=800)
    pen.rectangle((0, 520, WIDTH_PX, 900), fill="#4b5563")
    colors = ("#f2bf2d", "#efe1c6", "#c8452f", "#8fb7c9")
    for row in range(7):
        for number, x in enumerate(range(20 + (row % 2) * 26, WIDTH_PX, 52)):
            disc(pen, x, 560 + row * 50, 18, colors[(number * 7 + row * 3) % 4])
    pen.rectangle((0, 900, WIDTH_PX, HEIGHT_PX), fill="#3f8a4d")
    for stripe in range(0, WIDTH_PX, 480):
        pen.rectangle((stripe, 900, stripe + 240, HEIGHT_PX), fill="#489656")
    pen.line((900, 1180, 900, 930, 1500, 930, 1500, 1180), fill="#fffaf0", width=22)
    disc(pen, 1260, 1330, 52, "#fffaf0")


def chess(pen: Pen) -> None:
    """Draw a board with four pawns."""
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
        disc(pen, x, y - 36, 40, color)


def cinema(pen: Pen) -> None:
    """Draw an audience before a screen."""
    pen.rectangle((0, 0, WIDTH_PX, HEIGHT_PX), fill="#241a22")
    pen.rectangle((0, 0, 330, 1180), fill="#8c2f2a")
    pen.rectangle((2070, 0, WIDTH_PX, 1180), fill="#8c2f2a")
    for fold in range(4):
        for left in (fold * 84, 2070 + fold * 84):
            pen.rectangle((left, 0, left + 26, 1180), fill="#6f2320")
    pen.polygon([(1120, 1600), (1280, 1600), (2040, 180), (360, 180)], fill="#372a33")
    pen.rectangle((360, 180, 2040, 1060), fill="#f4ead2")
    pen.rectangle((400, 220, 2000, 1020), fill="#e9c98a")
    disc(pen, 1560, 470, 130, "#c8452f")
    pen.polygon([(400, 1020), (900, 620), (1500, 1020)], fill="#7d6a55")
    pen.polygon([(1000, 1020), (1550, 720), (2000, 1020)], fill="#5f5145")
    for row in range(3):
        base = 1290 + row * 140
        for number, left in enumerate(range(-60 + row * 70, WIDTH_PX, 270)):
            pen.rounded_rectangle((left, base, left + 210, HEIGHT_PX), 50, fill="#59202a")
            if (number * 5 + row * 3) % 7:
                disc(pen, left + 105, base - 40, 62, ("#1c1418", "#2b1e1a", "#33262a")[number % 3])


def classroom(pen: Pen) -> None:
    """Draw an evening class."""
    pen.rectangle((0, 0, WIDTH_PX, HEIGHT_PX), fill="#e8d3a8")
    pen.rectangle((0, 1250, WIDTH_PX, HEIGHT_PX), fill="#b98d5e")
    pen.rectangle((420, 180, 1640, 860), fill="#5c4433")
    pen.rectangle((450, 210, 1610, 830), fill="#2f5a4a")
    for row, width in enumerate((760, 920, 620)):
        pen.rounded_rectangle(
            (540, 320 + row * 160, 540 + width, 344 + row * 160), 12, fill="#e9efe6"
        )
    pen.rectangle((1820, 200, 2240, 760), fill="#1f2a44")
    disc(pen, 2110, 340, 62, "#f3e6b8")
    pen.line((2030, 200, 2030, 760), fill="#8a6a4a", width=22)
    pen.line((1820, 480, 2240, 480), fill="#8a6a4a", width=22)
    for lamp in (700, 1400):
        pen.line((lamp, 0, lamp, 70), fill="#5c4433", width=10)
        pen.polygon(
            [(lamp - 90, 140), (lamp + 90, 140), (lamp + 40, 66), (lamp - 40, 66)], "#c8452f"
        )
    coats = ("#3f5f8f", "#8c5a7a", "#2f8f73", "#c8452f", "#34495a")
    hair = ("#2b211c", "#cfc9c0", "#4a3a30", "#8d8d8d", "#1c1418")
    for number, x in enumerate(range(280, WIDTH_PX, 450)):
        pen.rounded_rectangle((x - 150, 1090, x + 150, 1500), 110, fill=coats[number % 5])
        disc(pen, x, 1010, 92, hair[number % 5])
        pen.rectangle((x - 200, 1400, x + 200, 1450), fill="#7b5a45")
        pen.rectangle((x - 180, 1450, x - 150, HEIGHT_PX), fill="#5c4433")
        pen.rectangle((x + 150, 1450, x + 180, HEIGHT_PX), fill="#5c4433")


def court(pen: Pen) -> None:
    """Draw a basketball court with players in wheelchairs."""
    pen.rectangle((0, 0, WIDTH_PX, HEIGHT_PX), fill="#28405c")
    colors = ("#f2bf2d", "#efe1c6", "#c8452f", "#8fb7c9")
    for row in range(9):
        for number, x in enumerate(range(20 + (row % 2) * 30, WIDTH_PX, 60)):
            disc(pen, x, 120 + row * 62, 21, colors[(number * 5 + row * 3) % 4])
    pen.rectangle((0, 720, WIDTH_PX, 760), fill="#efe1c6")
    pen.rectangle((0, 760, WIDTH_PX, HEIGHT_PX), fill="#c98f5c")
    for line in range(860, HEIGHT_PX, 110):
        pen.line((0, line, WIDTH_PX, line), fill="#b97b4e", width=6)
    pen.arc((1500, 820, 2700, 1900), 120, 260, fill="#fffaf0", width=16)
    pen.rectangle((2180, 300, 2210, 1180), fill="#3a332c")
    pen.rectangle((1900, 260, 2200, 480), fill="#fffaf0")
    pen.rectangle((1990, 340, 2090, 430), outline="#c8452f", width=12)
    pen.line((1900, 490, 2060, 490), fill="#e8622d", width=18)
    for strand in range(4):
        pen.line((1910 + strand * 48, 500, 1930 + strand * 36, 590), fill="#fffaf0", width=6)
    disc(pen, 1620, 420, 62, "#e8873a")
    for x, y, shirt, skin in (
        (560, 1200, "#f2bf2d", "#7a4a30"),
        (1180, 1080, "#8fb7c9", "#c98d66"),
        (1640, 1280, "#f2bf2d", "#5a3826"),
    ):
        pen.ellipse((x - 150, y - 30, x + 150, y + 270), outline="#2b2f36", width=24)
        pen.line((x - 60, y + 250, x + 60, y - 10), fill="#aeb6bd", width=10)
        pen.rounded_rectangle((x - 80, y - 190, x + 80, y + 110), 60, fill=shirt)
        pen.rounded_rectangle((x - 40, y + 60, x + 230, y + 140), 40, fill="#34495a")
        pen.line((x + 50, y - 150, x + 150, y - 330), fill=skin, width=44)
        disc(pen, x, y - 260, 72, skin)


def taxis(pen: Pen) -> None:
    """Draw a rank of taxis at night, and a tune."""
    sky(pen, "#131a33", "#3a2f52", until=1000)
    houses(pen, 1000, ("#262a48", "#2f2b4b", "#222743"), "#e8b85c")
    pen.rectangle((0, 1000, WIDTH_PX, HEIGHT_PX), fill="#3a3a48")
    pen.rectangle((0, 1000, WIDTH_PX, 1040), fill="#6d6a78")
    for lamp in (380, 1500):
        pen.line((lamp, 1010, lamp, 460), fill="#15182a", width=18)
        disc(pen, lamp, 450, 46, "#ffe3a0")
    for left in range(-160, WIDTH_PX, 860):
        pen.polygon(
            [(left + 170, 1130), (left + 280, 980), (left + 560, 980), (left + 660, 1130)],
            fill="#f2bf2d",
        )
        pen.polygon(
            [(left + 215, 1120), (left + 298, 1005), (left + 410, 1005), (left + 410, 1120)],
            fill="#273447",
        )
        pen.polygon(
            [(left + 432, 1120), (left + 432, 1005), (left + 546, 1005), (left + 615, 1120)],
            fill="#273447",
        )
        pen.rounded_rectangle((left + 30, 1120, left + 770, 1280), 50, fill="#f2bf2d")
        pen.rectangle((left + 30, 1185, left + 770, 1215), fill="#1c1f2b")
        pen.rounded_rectangle((left + 360, 930, left + 470, 980), 14, fill="#fff3c4")
        disc(pen, left + 755, 1170, 22, "#fff3c4")
        for wheel in (190, 610):
            disc(pen, left + wheel, 1285, 74, "#15161d")
            disc(pen, left + wheel, 1285, 34, "#8d8f99")
    for number, (x, y) in enumerate(
        ((520, 700), (640, 620), (1160, 680), (1290, 590), (2010, 690))
    ):
        disc(pen, x, y, 22, "#f4efe4")
        pen.line((x + 18, y, x + 18, y - 110), fill="#f4efe4", width=9)
        if number % 2:
            pen.line((x + 18, y - 110, x + 70, y - 80), fill="#f4efe4", width=9)

"""Scenes from outside the town: fields, mountains, water."""

from broadsheet.media.drawn.pen import (
    HEIGHT_PX,
    HORIZON,
    WIDTH_PX,
    Pen,
    boat,
    disc,
    sky,
    tree,
    water,
)


def well(pen: Pen) -> None:
    """Draw a well in a dry plain."""
    sky(pen, "#f2d7a6", "#f8ecd2", until=900)
    disc(pen, 520, 380, 150, "#f5a94a")
    pen.polygon([(0, 900), (760, 640), (1500, 900)], fill="#c98f5c")
    pen.polygon([(1000, 900), (1850, 560), (2400, 900)], fill="#b97b4e")
    pen.rectangle((0, 900, WIDTH_PX, HEIGHT_PX), fill="#dcb47f")
    pen.rectangle((980, 1080, 1420, 1360), fill="#8d7b6a")
    pen.ellipse((980, 1020, 1420, 1140), fill="#a89682")
    pen.ellipse((1030, 1040, 1370, 1120), fill="#2f4d5c")
    pen.line((1000, 1080, 1000, 760), fill="#5c4433", width=26)
    pen.line((1400, 1080, 1400, 760), fill="#5c4433", width=26)
    pen.polygon([(940, 780), (1200, 640), (1460, 780)], fill="#a6502f")


def mountains(pen: Pen) -> None:
    """Draw a road to three mountains."""
    sky(pen, "#9cc4dd", "#eef4f3", until=1200)
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


def lake(pen: Pen) -> None:
    """Draw a lake with trees around it."""
    sky(pen, "#c6dfe6", "#f4f3e2", until=HORIZON)
    pen.polygon([(0, HORIZON), (900, 700), (1900, HORIZON)], fill="#87a37c")
    water(pen, HORIZON, "#4f93a5", "#7db5c2")
    pen.polygon([(0, HEIGHT_PX), (0, 1280), (900, 1500), (1100, HEIGHT_PX)], fill="#9c7b52")
    for x in range(140, WIDTH_PX, 520):
        tree(pen, x, HORIZON + 10, 300, "#4d8154")


def fields(pen: Pen) -> None:
    """Draw young rice under the sun."""
    sky(pen, "#bfe0ea", "#fbf4dc", until=700)
    disc(pen, 2000, 300, 130, "#f5c04a")
    for row in range(9):
        top = 700 + row * 100
        color = ("#9dbb57", "#86a94c", "#b4c96a")[row % 3]
        pen.polygon(
            [(0, top), (WIDTH_PX, top - 40), (WIDTH_PX, top + 140), (0, top + 120)], fill=color
        )
        for x in range(30 + (row % 2) * 40, WIDTH_PX, 90):
            pen.line((x, top + 84, x + 14, top + 22), fill="#5f8239", width=8)


def kites(pen: Pen) -> None:
    """Draw kites in trees."""
    sky(pen, "#9fd0e6", "#f2f6ee", until=1250)
    pen.rectangle((0, 1250, WIDTH_PX, HEIGHT_PX), fill="#86b05c")
    colors = ("#c8452f", "#e0a030", "#3f5f8f", "#8c5a7a", "#2f8f73")
    for x in (260, 1180, 2080):
        tree(pen, x, 1340, 560, "#4c8a55")
    for number in range(9):
        x, y = 200 + number * 250, 330 + (number * 271) % 520
        color = colors[number % len(colors)]
        pen.polygon([(x, y - 120), (x + 85, y), (x, y + 150), (x - 85, y)], fill=color)
        pen.line((x, y + 150, x + 50, y + 330), fill="#5a5148", width=6)


def lighthouse(pen: Pen) -> None:
    """Draw a fog horn beside a lighthouse."""
    sky(pen, "#8fa3ad", "#e3e4da", until=HORIZON)
    water(pen, HORIZON, "#5a7f8c", "#7b9ca6")
    pen.polygon([(1100, HEIGHT_PX), (1240, 1160), (2400, 1080), (2400, HEIGHT_PX)], fill="#6f675c")
    for left in range(1260, WIDTH_PX, 190):
        pen.rounded_rectangle((left, 1190, left + 160, 1270), 16, fill="#837a6d")
        pen.rounded_rectangle((left - 90, 1300, left + 80, 1390), 16, fill="#7a7165")
    pen.polygon([(1560, 1170), (1620, 420), (1780, 420), (1840, 1170)], fill="#f4efe4")
    for low, high in ((1050, 900), (760, 620)):
        spread = (1170 - low) * 60 // 750, (1170 - high) * 60 // 750
        pen.polygon(
            [
                (1560 + spread[0], low),
                (1560 + spread[1], high),
                (1840 - spread[1], high),
                (1840 - spread[0], low),
            ],
            fill="#c8452f",
        )
    pen.rectangle((1590, 390, 1810, 425), fill="#3a332c")
    pen.rectangle((1635, 270, 1765, 390), fill="#f9e2a0")
    pen.polygon([(1610, 270), (1700, 180), (1790, 270)], fill="#3a332c")
    pen.polygon([(1400, 880), (1560, 820), (1560, 960)], fill="#3f5f8f")
    pen.rectangle((1550, 850, 1600, 930), fill="#34495a")
    for arc in range(4):
        reach = 110 + arc * 110
        pen.arc((1400 - reach, 880 - reach, 1400 + reach, 880 + reach), 150, 210, "#f4efe4", 14)
    boat(pen, 240, 1130, "#34495a")


def storm(pen: Pen) -> None:
    """Draw a storm at a sea wall."""
    sky(pen, "#2b3440", "#7d8790", until=1050)
    for number, (x, y) in enumerate(
        ((300, 260), (760, 180), (1250, 270), (1750, 190), (2200, 270))
    ):
        color = ("#3c4652", "#46515d")[number % 2]
        for dx, dy, radius in ((-170, 50, 150), (0, 0, 200), (190, 45, 160)):
            disc(pen, x + dx, y + dy, radius, color)
    pen.line((1480, 430, 1390, 640, 1470, 640, 1350, 900), fill="#f7e7a0", width=20, joint="curve")
    for row, color in enumerate(("#3f5a68", "#355060", "#2b4453", "#223846")):
        base = 980 + row * 150
        for left in range(-300 + row * 120, WIDTH_PX, 520):
            pen.pieslice((left, base - 120, left + 560, base + 240), 180, 360, fill=color)
            pen.arc((left + 40, base - 100, left + 500, base + 200), 200, 300, "#cfdde2", 14)
        pen.rectangle((0, base + 40, WIDTH_PX, HEIGHT_PX), fill=color)
    pen.rectangle((1840, 1130, WIDTH_PX, HEIGHT_PX), fill="#57524b")
    pen.rectangle((1840, 1100, WIDTH_PX, 1150), fill="#6b655c")
    for x in range(1880, WIDTH_PX, 150):
        pen.line((x, 1100, x, 1010), fill="#2f2b27", width=16)
    pen.line((1840, 1030, WIDTH_PX, 1030), fill="#2f2b27", width=12)
    for x in range(0, WIDTH_PX + 400, 120):
        for y in range((x * 7) % 190, HEIGHT_PX, 240):
            pen.line((x, y, x - 70, y + 90), fill="#b9c6cc", width=4)


def rowing(pen: Pen) -> None:
    """Draw a boat with four rowers."""
    sky(pen, "#f3d9b0", "#f8efdd", until=800)
    disc(pen, 560, 620, 140, "#f0a35c")
    pen.polygon([(0, 800), (600, 640), (1300, 800)], fill="#8fa089")
    pen.polygon([(1000, 800), (1800, 600), (2400, 760), (2400, 800)], fill="#7a8d7c")
    water(pen, 800, "#5d95a5", "#86b4bf")
    pen.polygon([(180, 1130), (2260, 1130), (2120, 1200), (340, 1200)], fill="#7b3f2a")
    pen.line((180, 1132, 2260, 1132), fill="#f4efe4", width=10)
    skins = ("#7a4a30", "#5a3826", "#c98d66", "#6b4430")
    for number, x in enumerate(range(560, 1900, 370)):
        pen.line((x + 30, 1050, x - 260, 1330), fill="#e3c9a6", width=16)
        pen.polygon([(x - 240, 1300), (x - 330, 1370), (x - 300, 1400), (x - 215, 1330)], "#c8452f")
        pen.rounded_rectangle((x - 62, 930, x + 62, 1130), 50, fill="#f4efe4")
        pen.line((x - 20, 980, x + 80, 1060), fill=skins[number], width=34)
        disc(pen, x, 870, 58, skins[number])
    pen.rounded_rectangle((2010, 960, 2110, 1130), 44, fill="#34495a")
    disc(pen, 2060, 905, 54, "#c98d66")
    pen.polygon([(2010, 890), (2110, 890), (2080, 850), (2040, 850)], fill="#c8452f")


def border(pen: Pen) -> None:
    """Draw a café between two barriers that were sawn off."""
    sky(pen, "#cfe0e4", "#f8efdd", until=900)
    for x, top, color in ((300, 560, "#9aa99a"), (1250, 480, "#86988a"), (2100, 590, "#9aa99a")):
        pen.polygon([(x - 900, 900), (x, top), (x + 900, 900)], fill=color)
    pen.rectangle((0, 900, WIDTH_PX, HEIGHT_PX), fill="#a9b77f")
    pen.polygon([(0, 1240), (WIDTH_PX, 1240), (WIDTH_PX, 1480), (0, 1480)], fill="#8a857c")
    for left in range(60, WIDTH_PX, 300):
        pen.rectangle((left, 1352, left + 150, 1368), fill="#e9e3d2")
    pen.rectangle((850, 720, 1550, 1200), fill="#f4efe4")
    pen.polygon([(800, 720), (1200, 540), (1600, 720)], fill="#8c4a3a")
    for left in (910, 1330):
        pen.rectangle((left, 930, left + 160, 1080), fill="#3c6e8f")
    pen.rectangle((1130, 920, 1270, 1200), fill="#6b4a35")
    for stripe in range(10):
        color = ("#c8452f", "#fffaf0")[stripe % 2]
        left = 850 + stripe * 70
        pen.polygon([(left, 820), (left + 70, 820), (left + 70, 900), (left, 900)], fill=color)
        pen.pieslice((left, 865, left + 70, 935), 0, 180, fill=color)
    for x in (760, 1640):
        pen.ellipse((x - 90, 1090, x + 90, 1130), fill="#6b4a35")
        pen.rectangle((x - 10, 1110, x + 10, 1230), fill="#6b4a35")
    _barrier(pen, 420, leans=-1)
    _barrier(pen, 1980, leans=1)


def _barrier(pen: Pen, x: int, *, leans: int) -> None:
    """Draw what was left of a barrier when it was sawn off."""
    pen.rectangle((x - 45, 1060, x + 45, 1240), fill="#34495a")
    for part in range(2):
        low, high = 1070 - part * 95, 1070 - (part + 1) * 95
        start, end = x + leans * part * 34, x + leans * (part + 1) * 34
        color = ("#c8452f", "#fffaf0")[part % 2]
        pen.line((start, low, end, high), fill=color, width=34)

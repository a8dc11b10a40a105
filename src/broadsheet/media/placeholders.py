"""Draws what the desk shows while a picture's file, or its sizes, have not come."""

import io

from PIL import Image, ImageDraw, ImageFont

SIZE_PX = (640, 400)


def waiting_picture(words: str = "waiting for its file") -> bytes:
    """Return a small PNG that says what is awaited. For the desk; readers never see it."""
    image = Image.new("RGB", SIZE_PX, "#eceae6")
    draw = ImageDraw.Draw(image)
    width, height = SIZE_PX
    for x in range(-height, width, 36):
        draw.line((x, height, x + height, 0), fill="#e2dfd8", width=10)
    draw.rectangle((12, 12, width - 13, height - 13), outline="#8d877a", width=3)
    font = ImageFont.load_default(size=34)
    draw.text((width / 2, height / 2), words, "#4d483e", font=font, anchor="mm")
    buffer = io.BytesIO()
    image.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()

"""
Where to look in a picture: what its crops are cut around.

Kept in Wagtail's columns, as pixels of the original; a point, or the middle of an area.
"""

from typing import TYPE_CHECKING

from broadsheet.media.renditions import Focus

if TYPE_CHECKING:
    # The rows import this module; only the checker needs them here.
    from broadsheet.newsroom.models.picture import Picture

FIELDS = ("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height")


def of(picture: "Picture") -> Focus | None:
    """Return where to look, as shares of the picture; None if nobody has said."""
    x, y = picture.focal_point_x, picture.focal_point_y
    if x is None or y is None or not (picture.width and picture.height):
        return None
    return Focus(x=_share(x, picture.width), y=_share(y, picture.height))


def percents(picture: "Picture") -> tuple[int, int]:
    """Return where to look, in percent from left and top; the middle if nobody has said."""
    found = of(picture)
    return (round(found.x * 100), round(found.y * 100)) if found else (50, 50)


def _share(place: int, length: int) -> float:
    return min(max(place / length, 0.0), 1.0)

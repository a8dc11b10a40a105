"""Decides whether a picture's file is public: while a live story shows the picture."""

from broadsheet.projections import addresses
from broadsheet.projections.facts import Facts
from broadsheet.projections.lists import picture_list
from broadsheet.projections.objects import Absent, Object, Stored
from broadsheet.story.ids import PictureId


def rendition(obj: Object, facts: Facts) -> Stored | Absent:
    """Return one size of a picture, if a live story shows it and it still has that size."""
    picture_id = PictureId(obj.subject)
    picture = facts.picture(picture_id)
    if picture is None or not is_public(picture_id, facts):
        return Absent()
    for size in picture.renditions:
        if addresses.rendition(picture_id, size) == obj.key:
            return Stored(size.sha256)
    return Absent()


def is_public(picture: PictureId, facts: Facts) -> bool:
    """Return whether anybody may ask for a picture's file: whether a live story shows it."""
    return bool(facts.newest(picture_list(picture), limit=1))

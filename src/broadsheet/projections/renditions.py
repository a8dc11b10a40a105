"""Decides whether a picture's file is public: while something live shows the picture."""

from broadsheet.projections import addresses
from broadsheet.projections.facts import Facts
from broadsheet.projections.lists import author_list, picture_list
from broadsheet.projections.objects import Absent, Object, Stored
from broadsheet.story.ids import PictureId


def rendition(obj: Object, facts: Facts) -> Stored | Absent:
    """Return one size of a picture, if something live shows it and it still has that size."""
    picture_id = PictureId(obj.subject)
    picture = facts.picture(picture_id)
    if picture is None or not is_public(picture_id, facts):
        return Absent()
    for size in picture.renditions:
        if addresses.rendition(picture_id, size) == obj.key:
            return Stored(size.sha256)
    return Absent()


def is_public(picture: PictureId, facts: Facts) -> bool:
    """Return whether anybody may ask for a picture: a live story, or its author, shows it."""
    if facts.newest(picture_list(picture), limit=1):
        return True
    return any(facts.newest(author_list(author), limit=1) for author in facts.portrayed_in(picture))

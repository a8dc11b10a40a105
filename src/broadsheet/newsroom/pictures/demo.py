"""
Takes in the demo newspaper's pictures: free photographs, and scenes of our own.

Whose a picture is stands in its file and is read from there, as for any other upload; the
copy adds only what there is to see.
"""

from concurrent.futures import ThreadPoolExecutor

from django.core.files.base import ContentFile

from broadsheet.media.illustrations import illustration
from broadsheet.newsroom.acting import current as acting_now
from broadsheet.newsroom.models import Picture
from broadsheet.newsroom.pictures import files, making
from broadsheet.newsroom.writing.demo_files import Entry, entries, photograph

AT_ONCE = 2  # files that are drawn and looked at; more cores are rare where the demo is tried


def take_in_pictures() -> dict[str, Picture]:
    """
    Return the demo's pictures by name, each with its first sizes.

    Raises:
        ValidationError: a file cannot be used.

    """
    with ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
        found = {picture.title: picture for picture in pool.map(_picture, entries("pictures"))}
    for picture in found.values():
        picture.save()
    # Posts carry the pictures, so these are made before the stories go out.
    making.make_some(now=acting_now().now, is_first_only=True, is_stopping=lambda: False)
    return found


def _picture(entry: Entry) -> Picture:
    """Return a picture that is not saved yet, its file looked at."""
    alternative_text, *caption = entry.parts
    picture = Picture(
        title=entry.title,
        file=_file(entry, caption="".join(caption)),
        alternative_text=alternative_text,
        caption="".join(caption),
    )
    picture.looked_at = looked = files.look_at(picture.file).looked
    if "focus" in entry.facts:
        across, down = (int(percent) for percent in entry.facts["focus"].split())
        picture.focal_point_x = looked.width_px * across // 100
        picture.focal_point_y = looked.height_px * down // 100
    return picture


def _file(entry: Entry, *, caption: str) -> "ContentFile[bytes]":
    name = entry.facts.get("photograph")
    if name:
        return ContentFile(photograph(name), name=name)
    return ContentFile(illustration(entry.title, caption=caption), name=f"{entry.title}.png")

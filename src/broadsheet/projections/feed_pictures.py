"""Says what feeds tell of pictures beside the text: one file, a small one, and their words."""

from collections.abc import Iterable
from typing import NamedTuple

from broadsheet.projections.facts import Facts
from broadsheet.projections.pictures import File, files, shown
from broadsheet.projections.renditions import is_public
from broadsheet.story.body import PictureUse
from broadsheet.story.ids import PictureId
from broadsheet.story.records import Author


class FeedFile(NamedTuple):
    """One file of a picture, for whoever is not on our site."""

    url: str
    width_px: int
    height_px: int
    media_type: str
    bytes: int


class FeedPicture(NamedTuple):
    """A picture of a story, as it is told of beside the story's text."""

    widest: FeedFile
    smallest: FeedFile | None  # None if there is only one
    alternative_text: str  # "" is for decoration only
    caption: str
    credit: str
    copyright: str
    license_url: str


def pictures_of(
    uses: Iterable[PictureUse], facts: Facts, *, base_url: str
) -> tuple[FeedPicture, ...]:
    """Return the pictures that have their files, each once: by its first use."""
    first: dict[PictureId, PictureUse] = {}
    for use in uses:
        first.setdefault(use.picture, use)
    found = (_picture(use, facts, base_url) for use in first.values())
    return tuple(picture for picture in found if picture is not None)


def avatar_of(author: Author, facts: Facts, *, base_url: str) -> str:
    """Return where anybody can see an author's face, "" if nowhere."""
    picture = facts.picture(author.avatar) if author.avatar else None
    if picture is None or not is_public(picture.id, facts):
        return ""
    found = files(facts, picture)
    return f"{base_url}{found[-1].href}" if found else ""


def _picture(use: PictureUse, facts: Facts, base_url: str) -> FeedPicture | None:
    picture, as_shown = facts.picture(use.picture), shown(facts, use)
    if picture is None or as_shown is None or not as_shown.href:
        return None
    found = files(facts, picture)
    return FeedPicture(
        widest=_file(found[0], base_url),
        smallest=_file(found[-1], base_url) if len(found) > 1 else None,
        alternative_text=as_shown.alternative_text,
        caption=as_shown.caption,
        credit=picture.credit,
        copyright=picture.copyright,
        license_url=picture.license_url,
    )


def _file(file: File, base_url: str) -> FeedFile:
    return FeedFile(
        f"{base_url}{file.href}", file.width_px, file.height_px, file.media_type, file.bytes
    )

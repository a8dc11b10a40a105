"""
Lays a story's copy out for checking: every text readers would see, by field.

Checks read this and nothing else, so each is a function of words and pictures.
"""

from collections.abc import Iterator, Mapping
from itertools import count
from typing import NamedTuple

from broadsheet.story.body import pictures_in, text_of
from broadsheet.story.ids import PictureId
from broadsheet.story.records import Picture, StoryContent


class Passage(NamedTuple):
    """One text of a story, the name of its field, and its language."""

    field: str
    text: str
    language: str


class ShownPicture(NamedTuple):
    """One use of a picture and the display caption readers get with it."""

    picture: Picture
    caption: str
    field: str  # of that caption


class Copy(NamedTuple):
    """A story as the copy desk reads it: what was written, and the pictures it uses."""

    content: StoryContent
    pictures: Mapping[PictureId, Picture]

    def passages(self) -> Iterator[Passage]:
        """Return every text readers would see, in reading order, captions last."""
        for field, text in self._texts():
            yield Passage(field, text, self.content.language)

    def shown_pictures(self) -> Iterator[ShownPicture]:
        """Return the uses of pictures that are known, lead first."""
        uses = [("lead", self.content.lead)] if self.content.lead else []
        for index, block in enumerate(self.content.body):
            found = pictures_in(block)
            places = (f"body/{index}" if found[1:] == () else f"body/{index}/{n}" for n in count())
            uses += zip(places, found, strict=False)
        for place, use in uses:
            picture = self.pictures.get(use.picture)
            if picture is not None:
                own = f"picture/{picture.id}/caption"
                yield ShownPicture(picture, use.caption or picture.caption,
                                   f"{place}/caption" if use.caption else own)  # fmt: skip

    def _texts(self) -> Iterator[tuple[str, str]]:
        content = self.content
        yield "kicker", content.kicker
        yield "headline", content.headline
        yield "standfirst", content.standfirst
        yield "dateline", content.dateline
        for index, block in enumerate(content.body):
            if not pictures_in(block):
                yield f"body/{index}", text_of(block)
        for index, correction in enumerate(content.corrections):
            yield f"corrections/{index}", correction.text
        yield "social_text", content.social_text
        for shown in self.shown_pictures():
            yield shown.field, shown.caption
            yield alternative_text_field(shown.picture), shown.picture.alternative_text


def alternative_text_field(picture: Picture) -> str:
    """Return the name of the field a picture's alternative text is written in."""
    return f"picture/{picture.id}/alternative_text"

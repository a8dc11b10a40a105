"""Builds a paper of what newsrooms do write now and then, and no page was drawn for."""

from broadsheet.projections.facts import Facts
from broadsheet.projections.fold import fold_of
from broadsheet.projections.objects import Page
from broadsheet.projections.rendering import render
from broadsheet.projections.theme.loading import Theme
from broadsheet.story.body import Paragraph, PictureUse, Table
from broadsheet.story.ids import Address, PictureId, Sha256
from broadsheet.story.records import Picture, Record, Rendition, Story
from tests.factories.site import objects_in
from tests.factories.story import (
    a_content,
    a_paragraph,
    a_picture,
    a_section,
    a_story,
    an_author,
    an_id,
    paper_settings,
)

WORDS = {
    "en": "The ferry left at six and nobody on the quay had thought it would.",
    "ar": "غادرت العبّارة في السادسة ولم يكن أحد على الرصيف يظن أنها ستغادر.",
}
_DOT, _PANORAMA, _TOWER, _PLAIN = 300, 301, 302, 310
_MANY = 60
SIZES_PX = {_DOT: (1, 1), _PANORAMA: (6000, 300), _TOWER: (300, 6000)}
SIZES_PX |= {_PLAIN + n: (1200, 800) for n in range(_MANY)}


def pages_of(language: str, theme: Theme) -> dict[str, bytes]:
    """Return every page and file of the strange paper in a language, by its path."""
    fold = fold_of(_log(language))
    facts = Facts(fold)
    rendered = {key: render(each, facts, theme) for key, each in objects_in(fold).items()}
    return {key: each.data for key, each in rendered.items() if isinstance(each, Page)} | dict(
        theme.assets
    )


def _log(language: str) -> tuple[Record, ...]:
    """Return the records: the author has neither bio nor picture, one section no story."""
    empty = a_section(5, name="Empty", address=Address("/empty/"))
    pictures = [_picture(number, *size) for number, size in SIZES_PX.items()]
    paper = paper_settings(language=language)
    return (paper, a_section(), empty, an_author(role=""), *pictures, *_stories(language))


def _stories(language: str) -> list[Story]:
    """Return a story for each strange thing, at an address that names it."""
    line = WORDS[language]
    word = ("Rettungsbootsführer" if language == "en" else "المستشفياتوالمدارس") * 17
    lead = _use(_PLAIN)
    told = {
        "one-word": {"headline": word[:300], "standfirst": word[:300], "lead": lead},
        "emoji": {"headline": "🛶🌊🎉👩‍👩‍👧‍👦🏳️‍🌈" * 6, "lead": lead},
        "two-directions": {"headline": "Ferry (العبّارة 11) returns שלום to 3 מפרץ قوارب, twice"},
        "no-picture": {"headline": line, "standfirst": ""},
        "sixty-pictures": {"lead": lead, "body": _with_pictures(line)},
        "thirty-thousand-words": {"body": (a_paragraph(" ".join([line] * 6)),) * 400},
        "wide-table": {"body": (a_paragraph(line), _table(line.split()), a_paragraph(line))},
        "long-caption": {"lead": _use(_PLAIN, " ".join([line] * 40)), "body": _short(line)},
        "odd-pictures": {"lead": _use(_DOT, line), "body": _odd(line)},
        "panorama": {"lead": _use(_PANORAMA, line), "body": _short(line)},
        "tower": {"lead": _use(_TOWER, line), "body": _short(line)},
    }
    said = {"language": language, "headline": line, "standfirst": line}
    return [
        a_story(100 + n, address=Address(f"/{name}/"), content=a_content(**(said | changes)))
        for n, (name, changes) in enumerate(told.items())
    ]


def _picture(number: int, width_px: int, height_px: int) -> Picture:
    size = Rendition(
        sha256=Sha256(f"{number:064}"),
        width_px=width_px,
        height_px=height_px,
        format="jpeg",
        bytes=9,
    )
    return a_picture(number, renditions=(size,))


def _use(number: int, caption: str = "") -> PictureUse:
    return PictureUse(picture=PictureId(an_id(number)), caption=caption)


def _short(line: str) -> tuple[Paragraph, ...]:
    return (a_paragraph(line),)


def _with_pictures(line: str) -> tuple[Paragraph | PictureUse, ...]:
    return (a_paragraph(line), *(_use(_PLAIN + n, line) for n in range(_MANY)))


def _odd(line: str) -> tuple[Paragraph | PictureUse, ...]:
    return (a_paragraph(line), *map(_use, (_DOT, _PANORAMA, _TOWER)), a_paragraph(line))


def _table(words: list[str]) -> Table:
    """Return a table of forty columns."""
    row = tuple((words * 4)[:40])
    return Table(
        caption=" ".join(words), rows=(row,) * 6, has_header_row=True, has_header_column=True
    )

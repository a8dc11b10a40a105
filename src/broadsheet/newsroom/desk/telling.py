"""Tells a difference between two versions in words and rows, for a page."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

import msgspec
import regex

from broadsheet.copydesk.comparing.stories import (
    BlockChange,
    BlockDifference,
    Difference,
    FieldDifference,
)
from broadsheet.copydesk.comparing.words import Mark
from broadsheet.newsroom.desk.besides import besides, clock
from broadsheet.newsroom.models.author import Author
from broadsheet.newsroom.models.picture import Picture
from broadsheet.newsroom.models.section import SectionPage
from broadsheet.press import log
from broadsheet.story.body import Block, PictureUse, text_of
from broadsheet.story.records import Byline, Correction, Story, StoryContent

_UUID = regex.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
MOST_LOOKED_UP = 50  # records whose names are asked of the log
_LABELS = {
    "slug": "Words of the address",
    "lead": "Lead picture",
    "bylines": "By",
    "corrections": "Notes to readers",
    "social_text": "Text of posts",
    "coverage": "Live coverage",
    "syndication": "Partners may take it",
    "retraction": "Reason given to readers",
}
_BLOCKS = {"PictureUse": "Picture"}
_CHANGES = {
    BlockChange.SAME: ("Unchanged", "check"),
    BlockChange.CHANGED: ("Changed", "edit"),
    BlockChange.MOVED: ("Moved here", "order"),
    BlockChange.ADDED: ("Added", "plus"),
    BlockChange.REMOVED: ("Removed", "bin"),
}


class FieldRow(NamedTuple):
    """A field that changed."""

    label: str
    marks: list[Mark]  # of a text; else:
    before: list[str]
    after: list[str]
    pictures_before: list[Picture]
    pictures_after: list[Picture]
    direction: str


class BlockRow(NamedTuple):
    """A block of the body."""

    change: str
    word: str
    icon: str
    kind: str
    text: str
    marks: list[Mark]
    before: list[str]  # besides the words
    after: list[str]
    note: str
    pictures: list[Picture]
    direction: str


class Stretch(NamedTuple):
    """Blocks that follow each other, all unchanged, or not."""

    is_same: bool
    rows: list[BlockRow]


class Names(NamedTuple):
    """What the records two versions name are called, by id."""

    words: Mapping[str, str]
    pictures: Mapping[str, Picture]


def names_of(*contents: StoryContent) -> Names:
    """Look up what two versions name. A few questions, however much changed."""
    ids = {found for content in contents for found in _ids(msgspec.to_builtins(content))}
    words = {str(uuid): name for uuid, name in SectionPage.objects.values_list("uuid", "title")}
    authors = {byline.author for content in contents for byline in content.bylines}
    named = Author.objects.filter(uuid__in=authors).values_list("uuid", "name")
    words |= {str(uuid): name for uuid, name in named}
    pictures = {str(p.uuid): p for p in Picture.objects.filter(uuid__in=ids)}
    words |= {uuid: picture.title for uuid, picture in pictures.items()}
    for record_id in sorted(ids - words.keys())[:MOST_LOOKED_UP]:
        words[record_id] = _name_in_log(record_id)
    return Names(words, pictures)


def fields(found: Iterable[FieldDifference], names: Names) -> list[FieldRow]:
    """Return a row for each field that changed."""
    return [_field(each, names) for each in found]


def lifecycle(old: Story, new: Story) -> list[FieldRow]:
    """Return a row for what acts changed beside the words: state, address, reason, dates."""
    rows = []
    for label, one, other in (
        ("State", old.state.value, new.state.value),
        ("Address", old.address, new.address),
        (
            _LABELS["retraction"],
            old.retraction.reason if old.retraction else "",
            new.retraction.reason if new.retraction else "",
        ),
        ("First published", clock(old.first_published_at), clock(new.first_published_at)),
        ("Updated", clock(old.updated_at), clock(new.updated_at)),
    ):
        if one != other:
            rows.append(FieldRow(label, [], [one], [other], [], [], direction(other)))
    return rows


def body(found: Difference, names: Names) -> list[Stretch]:
    """Return the body's blocks in stretches, so that what stayed can be folded away."""
    rows = (_block(each, names) for each in found.blocks)
    return [
        Stretch(is_same, list(stretch))
        for is_same, stretch in groupby(rows, key=lambda row: row.change == BlockChange.SAME.value)
    ]


def direction(text: str) -> str:
    """Return which way a text is written, by its first letter that has a direction."""
    for char in text:
        match unicodedata.bidirectional(char):
            case "L":
                return "ltr"
            case "R" | "AL":
                return "rtl"
    return "ltr"


def _field(found: FieldDifference, names: Names) -> FieldRow:
    label = _LABELS.get(found.name, found.name.replace("_", " ").capitalize())
    is_id = any(value in names.words for value in (found.before, found.after))
    return FieldRow(
        label,
        [] if is_id else found.marks,
        list(_told(found.before, names)),
        list(_told(found.after, names)),
        _pictures(found.before, names),
        _pictures(found.after, names),
        direction(str(found.after)),
    )


def _told(value: object, names: Names) -> Iterator[str]:
    match value:
        case None | "":
            return
        case str():
            yield names.words.get(value, value)
        case tuple():
            for each in value:
                yield from _told(each, names)
        case Byline(author=author, role=role):
            name = names.words.get(author, author)
            yield f"{name} ({role})" if role else name
        case Correction(kind=kind, text=text):
            yield f"{kind.value}: {text}"
        case PictureUse(picture=picture, caption=caption):
            name = names.words.get(picture, picture)
            yield f"{name}: {caption}" if caption else name
        case _:
            yield str(msgspec.to_builtins(value))


def _block(found: BlockDifference, names: Names) -> BlockRow:
    block = found.after if found.after is not None else found.before
    assert block is not None, "a block was there before, or is there now"  # noqa: S101
    word, icon = _CHANGES[found.change]
    text = text_of(block)
    before, after = _told_besides(found, names)
    return BlockRow(
        found.change.value,
        word,
        icon,
        _kind(block),
        text,
        found.marks,
        before,
        after,
        "" if before or after or found.marks else _named_only(found.fields),
        _pictures(block, names),
        direction(text),
    )


def _told_besides(found: BlockDifference, names: Names) -> tuple[list[str], list[str]]:
    """Return what went and what came besides the words; both whole, if only their order did."""
    if found.change in {BlockChange.SAME, BlockChange.MOVED}:
        return [], []
    before = besides(found.before, names.words) if found.before is not None else []
    after = besides(found.after, names.words) if found.after is not None else []
    went, came = Counter(before) - Counter(after), Counter(after) - Counter(before)
    if before != after and not (went or came):
        return before, after
    return list(went.elements()), list(came.elements())


def _named_only(fields: Sequence[str]) -> str:
    """Return at least the names of what changed, where nothing more could be told."""
    names = ", ".join(name.replace("_", " ") for name in fields)
    return f"The words stay; changed: {names}." if names else ""


def _kind(block: Block) -> str:
    name = type(block).__name__
    spaced = "".join(f" {c.lower()}" if c.isupper() else c for c in name).strip()
    return _BLOCKS.get(name, spaced.capitalize())


def _pictures(value: object, names: Names) -> list[Picture]:
    found = (names.pictures.get(each) for each in _ids(msgspec.to_builtins(value)))
    return list(dict.fromkeys(picture for picture in found if picture is not None))


def _ids(value: Any) -> Iterator[str]:
    """Yield everything in a value that has the form of an id."""
    match value:
        case str() if _UUID.fullmatch(value):
            yield value
        case list() | tuple():
            for each in value:
                yield from _ids(each)
        case dict():
            for each in value.values():
                yield from _ids(each)


def _name_in_log(record_id: str) -> str:
    for kind in ("topic", "story", "section", "author"):
        record = log.newest(kind, record_id)
        if record is not None:
            return str(getattr(record, "name", "") or getattr(record, "address", record_id))
    return record_id

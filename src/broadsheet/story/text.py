"""
Says which text may be written at all, and proposes what to write instead.

Text is a sequence of Unicode scalar values without NUL, the other C0 controls but tab
and newline, the C1 controls, and noncharacters; and without what shows readers something
else than was written: characters that turn the direction of writing around or hide, and
those that stand for what was lost. What scripts and emoji need stays, seen or not:
joiners, direction marks, variation selectors, soft hyphens.

Whatever is inside this domain arrives unchanged in every output; whatever is outside is
refused at entry, with its place. Nothing else in the project normalizes, strips or
repairs text.
"""

import unicodedata
from typing import NamedTuple

import regex

# What is proposed where something stood and is lost. It may be written, and so can be saved
# until somebody knows; the copy desk stops at it.
_LOST = "[?]"

# A flag of a part of a country: a black flag, its region's code in tags, and their end.
# Source: UTS #51, emoji tag sequences; UTS #35, a region and up to four characters.
_FLAG = r"\U0001F3F4[\U000E0030-\U000E0039\U000E0061-\U000E007A]{3,7}\U000E007F"

# A surrogate pair counts as one flaw: it is one character, encoded twice.
_OUTSIDE = regex.compile(
    rf"{_FLAG}(*SKIP)(*FAIL)"
    r"|\r\n|[\uD800-\uDBFF][\uDC00-\uDFFF]"
    r"|[\x00-\x08\x0B-\x1F\x7F-\x9F\uFDD0-\uFDEF\uD800-\uDFFF]"
    r"|[" + "".join(chr(plane << 16 | low) for plane in range(17) for low in (0xFFFE, 0xFFFF)) + "]"
    # Embeddings, overrides and their end; shaping controls that Unicode took back.
    r"|[\u202A-\u202E\u206A-\u206F]"
    # A byte order mark inside text, annotations between lines, a letter that was lost, tags.
    r"|[\uFEFF\uFFF9-\uFFFB\uFFFD\U000E0000-\U000E007F]"
    # Where words have no spaces between them (Thai, Khmer ...) this one says where they end.
    r"|(?<!\p{Line_Break=SA})\u200B(?!\p{Line_Break=SA})"
)

# An isolate may be written with its partner in the same line: of itself it ends there, and
# each of these would end the line as proposed.
_ISOLATE_OR_LINE_END = regex.compile(r"[\u2066-\u2069]|[\n\r\x0B\x0C\x85\u2029]")
_ISOLATES = "\u2066\u2067\u2068"
_POP_ISOLATE = "\u2069"

_CONTROL_NAMES = {
    0x00: "NULL",
    0x0B: "LINE TABULATION",
    0x0C: "FORM FEED",
    0x0D: "CARRIAGE RETURN",
    0x1B: "ESCAPE",
    0x7F: "DELETE",
    0x85: "NEXT LINE",
}
_KINDS = {"Cc": "CONTROL", "Cs": "SURROGATE"}  # for what has no name of its own
_TAGS = range(0xE0000, 0xE0080)  # not all are assigned
_LINE_ENDS = {"\r\n", "\r", "\x0b", "\x0c", "\x85"}


class TextRefused(ValueError):
    """Text holds characters that may not be written."""


class Flaw(NamedTuple):
    """One place where text is outside the domain, and what to write instead."""

    code_point: int
    name: str
    offset: int  # code points from the start
    length: int  # code points; 2 for a pair that means one thing
    line: int  # 1 is the first
    column: int  # code points; 1 is the first of its line
    proposal: str


def flaws(text: str) -> tuple[Flaw, ...]:
    """Return every place of a text that may not be written, in order."""
    found = []
    line, line_start = 1, 0
    reached = 0
    for start, end in _stretches_outside(text):
        line += text.count("\n", reached, start)
        line_start = max(line_start, text.rfind("\n", reached, start) + 1)
        reached = start
        found.append(_flaw(text[start:end], start, line, start - line_start + 1))
    return tuple(found)


def refuse_flaws(text: str, *, where: str) -> None:
    """
    Do nothing if the text may be written; where names it for the writer: "headline".

    Raises:
        TextRefused: the text is outside the domain.

    """
    found = flaws(text)
    if not found:
        return
    first = found[0]
    more = f", and {len(found) - 1} more" if len(found) > 1 else ""
    message = (
        f"{where}, line {first.line}, column {first.column}: U+{first.code_point:04X} "
        f"{first.name} may not be written{more}; write {first.proposal!r} instead"
    )
    raise TextRefused(message)


def proposed(text: str) -> str:
    """Return the text with every flaw replaced by its proposal: what one click accepts."""
    kept, reached = [], 0
    for start, end in _stretches_outside(text):
        kept += [text[reached:start], _proposal(text[start:end])]
        reached = end
    return "".join((*kept, text[reached:]))


def _stretches_outside(text: str) -> list[tuple[int, int]]:
    """Return where the flaws of a text start and end, in order."""
    found = [match.span() for match in _OUTSIDE.finditer(text)]
    return sorted([*found, *((at, at + 1) for at in _isolates_alone(text))])


def _isolates_alone(text: str) -> list[int]:
    """Return the offsets of isolates that end nowhere in their line, and of ends of none."""
    alone: list[int] = []
    begun: list[int] = []
    for match in _ISOLATE_OR_LINE_END.finditer(text):
        if match.group() in _ISOLATES:
            begun.append(match.start())
        elif match.group() != _POP_ISOLATE:
            alone += begun
            begun = []
        elif begun:
            begun.pop()
        else:
            alone.append(match.start())
    return [*alone, *begun]


def _flaw(found: str, offset: int, line: int, column: int) -> Flaw:
    code_point = ord(found[0])
    return Flaw(code_point, _name(code_point), offset, len(found), line, column, _proposal(found))


def _proposal(found: str) -> str:
    if found in _LINE_ENDS:
        return "\n"
    if len(found) == 2:  # noqa: PLR2004  # a surrogate pair: the character it stands for
        character = found.encode("utf-16", "surrogatepass").decode("utf-16")
        return "" if flaws(character) else character
    if "\ud800" <= found <= "\udfff" or found == "\N{REPLACEMENT CHARACTER}":
        return _LOST
    if "\x80" <= found <= "\x9f":
        # Text from Windows read as Latin-1 has its quotation marks and dashes here.
        return found.encode("latin-1").decode("cp1252", "ignore")
    return ""


def _name(code_point: int) -> str:
    if code_point in _CONTROL_NAMES:
        return _CONTROL_NAMES[code_point]
    category = unicodedata.category(chr(code_point))
    name = unicodedata.name(chr(code_point), _KINDS.get(category, "NONCHARACTER"))
    if chr(code_point) in _ISOLATES + _POP_ISOLATE:
        return f"{name} without its partner"
    return "TAG" if name == "NONCHARACTER" and code_point in _TAGS else name

"""
Says which text may be written at all, and proposes what to write instead.

Text is a sequence of Unicode scalar values without NUL, the other C0 controls but tab
and newline, the C1 controls, and noncharacters. Whatever is inside this domain arrives
unchanged in every output; whatever is outside is refused at entry, with its place.
Nothing else in the project normalizes, strips or repairs text.
"""

import unicodedata
from typing import NamedTuple

import regex

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

# A surrogate pair counts as one flaw: it is one character, encoded twice.
_OUTSIDE = regex.compile(
    r"\r\n|[\uD800-\uDBFF][\uDC00-\uDFFF]"
    r"|[\x00-\x08\x0B-\x1F\x7F-\x9F\uFDD0-\uFDEF\uD800-\uDFFF]"
    r"|[" + "".join(chr(plane << 16 | low) for plane in range(17) for low in (0xFFFE, 0xFFFF)) + "]"
)

_CONTROL_NAMES = {
    0x00: "NULL",
    0x0B: "LINE TABULATION",
    0x0C: "FORM FEED",
    0x0D: "CARRIAGE RETURN",
    0x1B: "ESCAPE",
    0x7F: "DELETE",
    0x85: "NEXT LINE",
}
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
    for match in _OUTSIDE.finditer(text):
        line += text.count("\n", reached, match.start())
        line_start = max(line_start, text.rfind("\n", reached, match.start()) + 1)
        reached = match.start()
        found.append(_flaw(match.group(), match.start(), line, match.start() - line_start + 1))
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
    return _OUTSIDE.sub(lambda match: _proposal(match.group()), text)


def _flaw(found: str, offset: int, line: int, column: int) -> Flaw:
    code_point = ord(found[0])
    return Flaw(code_point, _name(code_point), offset, len(found), line, column, _proposal(found))


def _proposal(found: str) -> str:
    if found in _LINE_ENDS:
        return "\n"
    if len(found) == 2:  # noqa: PLR2004  # a surrogate pair: the character it stands for
        return found.encode("utf-16", "surrogatepass").decode("utf-16")
    if "\ud800" <= found <= "\udfff":
        return _REPLACEMENT  # something stood here and is lost; the copy desk will stop at it
    if "\x80" <= found <= "\x9f":
        # Text from Windows read as Latin-1 has its quotation marks and dashes here.
        return found.encode("latin-1").decode("cp1252", "ignore")
    return ""


def _name(code_point: int) -> str:
    if code_point in _CONTROL_NAMES:
        return _CONTROL_NAMES[code_point]
    if unicodedata.category(chr(code_point)) == "Cc":
        return "CONTROL"
    return "SURROGATE" if 0xD800 <= code_point <= 0xDFFF else "NONCHARACTER"  # noqa: PLR2004  # Unicode's bounds

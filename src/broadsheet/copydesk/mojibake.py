"""
The check for text that was read in the wrong character set: "Ã©" for "é".

Only the commonest accident is looked for, UTF-8 read as Windows-1252, because it proves
itself: a stretch that decodes as UTF-8 by chance is rare, and rarer the longer it is.
"""

from collections.abc import Iterator

import regex

from broadsheet.copydesk.copy import Passage
from broadsheet.copydesk.findings import Finding, Severity

# What the first byte of a UTF-8 character becomes, and what the others become.
_WINDOWS = bytes(range(0x80, 0xC0)).decode("cp1252", "ignore") + "\x81\x8d\x8f\x90\x9d"
_FIRST = r"[\u00C2-\u00F4]"
_OTHERS = f"[{regex.escape(_WINDOWS)}]"
_STRETCH = regex.compile(rf"(?:{_FIRST}{_OTHERS}{{1,3}})+")

_FIRST_OF_THREE_BYTES = "\u0800"
_WESTERN = regex.compile(r"[\u00DF-\u00F6\u00F8-\u00FF]")
_WRITING = regex.compile(r"[\p{Lu}\p{Ll}\p{Lo}\p{M}\p{N}\p{P}\p{So}\p{Sc}\u00A0\u200D]+")


def mojibake(passage: Passage) -> Iterator[Finding]:
    """Find text that is UTF-8 read as Windows-1252, and propose what was meant."""
    for match in _STRETCH.finditer(passage.text):
        meant = meant_by(match.group())
        if meant is not None:
            yield Finding(
                check="mojibake",
                severity=Severity.WARN,
                field=passage.field,
                start=match.start(),
                end=match.end(),
                message=f"“{match.group()}” was probably “{meant}”, read in the wrong charset.",
                proposal=meant,
            )


def meant_by(stretch: str) -> str | None:
    """Return the text whose UTF-8 bytes, read as Windows-1252, are this; None if none is."""
    try:
        data = b"".join(_byte(character) for character in stretch)
        meant = data.decode()
    except UnicodeError:
        return None
    return meant if _is_writing(meant) else None


def _byte(character: str) -> bytes:
    try:
        return character.encode("cp1252")
    except UnicodeEncodeError:
        return character.encode("latin-1")  # Windows leaves five bytes undefined


def _is_writing(meant: str) -> bool:
    """
    Say whether people write this, and write it often enough to outweigh chance.

    A lone pair of characters proves something only if it stands for a Western small
    letter: capitals before quotation marks and ellipses look just like the others.
    """
    if len(meant) == 1 and meant < _FIRST_OF_THREE_BYTES:
        return _WESTERN.fullmatch(meant) is not None
    return _WRITING.fullmatch(meant) is not None

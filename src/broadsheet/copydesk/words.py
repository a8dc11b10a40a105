"""Checks of running text: what was lost on the way here, and what slipped from the fingers."""

from collections.abc import Iterator

import regex

from broadsheet.copydesk.copy import Passage
from broadsheet.copydesk.findings import Finding, Severity
from broadsheet.story.text import flaws

# Text that went through a narrower character set comes back as question marks. Readers'
# own question marks end a sentence; lost letters stand where a word would.
_UNSPACED = r"[\p{Han}\p{Hiragana}\p{Katakana}]"  # after a question no space need follow
_LOST = regex.compile(
    r"(?:\[\?\])+"  # what story.text proposes for a letter that was lost
    r"|[#@]\?{2,}"
    r"|(?<![^\s(\[«“\"'])\?{2,}(?:\s+[#@]?\?{2,}(?![^\s)\]»”\"'.,;:|]))+"
    rf"|(?<=\p{{L}})(?<!{_UNSPACED})\?{{2,}}(?=[\p{{Ll}}\p{{Lo}}])"
    r"|^\?{3,}(?=\s+\p{L})"
    # A text of nothing else: a name, a headline. "???" alone, somebody may have written.
    r"|\A(?=[\s\p{P}]++\Z)(?s:.*?\?{4}.*)|(?<!\?)\?{2,}+(?:[,،;:、/-]\s*+\?{2,}+)+"
)
_SUSPICIOUS = regex.compile(
    rf"(?<=\p{{L}})\?(?=[\p{{Ll}}\p{{Lo}}])|(?<={_UNSPACED})\?{{2,}}(?=\p{{Lo}})"
    r"|(?<=\p{L})\s\?{4,}(?=\s\p{Ll})"
)
_ADDRESS_SIGNS = ("/", "=", "www.")
_ADDRESS_REACH = 100  # code points to either side; enough to see what a stretch belongs to

_WORD = regex.compile(r"[\p{L}\p{M}]+(?:['’][\p{L}\p{M}]+)*")

# Words a language does write twice. A language that is not here is not checked: in many,
# doubling is grammar.
DOUBLED_IN = {
    "en": {"had", "that", "very", "no", "so", "bye", "ha", "blah", "many", "really", "is"},
    "de": {"die", "der", "das", "sie", "sehr", "ja", "nein", "den", "dem", "es", "nach"},
    "fr": {"nous", "vous", "très", "non", "oui", "se"},
    "es": {"muy", "no", "sí", "que"},
    "pt": {"muito", "não", "sim", "que"},
    "nl": {"die", "dat", "heel", "nee"},
    "it": {"molto", "piano", "via", "no", "sì", "così", "quasi"},
}

_INVISIBLE = regex.compile(r"([\u00AD\u034F\u061C\u180E\u200E\u200F\u2060-\u2064\u2066-\u2069])\1*")
_DIRECTIONAL = regex.compile(r"[\u061C\u200E\u200F\u2066-\u2069]")
_RIGHT_TO_LEFT = regex.compile(r"[\p{bc=R}\p{bc=AL}]")
_SOFT_HYPHEN = "\u00ad"


def lost_text(passage: Passage) -> Iterator[Finding]:
    """Find question marks that stand for lost letters."""
    for match in _LOST.finditer(passage.text):
        yield _finding(
            "lost-text",
            Severity.BLOCK,
            passage,
            match.span(),
            f"“{match.group()}” stands where words were lost; ask the source for the original.",
        )
    for match in _SUSPICIOUS.finditer(passage.text):
        if not _is_in_address(passage.text, match.start()):
            yield _finding(
                "lost-letter",
                Severity.WARN,
                passage,
                match.span(),
                "A question mark inside a word usually stands for a lost letter.",
            )


def forbidden_characters(passage: Passage) -> Iterator[Finding]:
    """Find characters outside the text domain; rows from before it was enforced may hold some."""
    for flaw in flaws(passage.text):
        yield _finding(
            "forbidden-character",
            Severity.BLOCK,
            passage,
            (flaw.offset, flaw.offset + flaw.length),
            f"U+{flaw.code_point:04X} {flaw.name} may not be written.",
            proposal=flaw.proposal,
        )


def invisible_characters(passage: Passage) -> Iterator[Finding]:
    """Find characters nobody sees. Joiners stay: scripts and emoji need them."""
    has_right_to_left = _RIGHT_TO_LEFT.search(passage.text) is not None
    for match in _INVISIBLE.finditer(passage.text):
        if not _has_a_use(match[1], has_right_to_left=has_right_to_left):
            yield _finding(
                "invisible-character",
                Severity.WARN,
                passage,
                match.span(),
                f"U+{ord(match[1]):04X} cannot be seen and has no use here.",
                proposal="",
            )


def doubled_words(passage: Passage) -> Iterator[Finding]:
    """Find a word written twice in a row, where the language does not do so."""
    allowed = DOUBLED_IN.get(passage.language.partition("-")[0])
    if allowed is None:
        return
    before = None
    for match in _WORD.finditer(passage.text):
        if before and _is_slip(passage.text, before, match) and match.group() not in allowed:
            yield _finding(
                "doubled-word",
                Severity.WARN,
                passage,
                (before.start(), match.end()),
                f"“{match.group()}” is written twice.",
                proposal=before.group(),
            )
        before = match


def _is_in_address(text: str, offset: int) -> bool:
    """Say whether the stretch without spaces around an offset looks like a web address."""
    before = text[max(0, offset - _ADDRESS_REACH) : offset].split()
    after = text[offset : offset + _ADDRESS_REACH].split()
    around = (before[-1] if before else "") + (after[0] if after else "")
    return any(sign in around for sign in _ADDRESS_SIGNS)


def _is_slip(text: str, first: regex.Match[str], second: regex.Match[str]) -> bool:
    """Say whether two equal words stand with spaces between; names may be doubled."""
    return (
        first.group().casefold() == second.group().casefold()
        and second.group().islower()
        and len(second.group()) > 1
        and text[first.end() : second.start()].isspace()
    )


def _has_a_use(character: str, *, has_right_to_left: bool) -> bool:
    if _DIRECTIONAL.match(character):
        return has_right_to_left
    return character == _SOFT_HYPHEN


def _finding(
    check: str,
    severity: Severity,
    passage: Passage,
    span: tuple[int, int],
    message: str,
    *,
    proposal: str | None = None,
) -> Finding:
    return Finding(
        check=check,
        severity=severity,
        field=passage.field,
        start=span[0],
        end=span[1],
        message=message,
        proposal=proposal,
    )

"""
Writes outcomes down as a word and a detail, and reads them back, for ledgers with columns.

The words are for ever: a journal written by an old release is read by a new one.
"""

import msgspec

from broadsheet.reconciler.outcomes import (
    Done,
    Duplicate,
    Found,
    Missing,
    NotSent,
    Ready,
    Refused,
    Seen,
    Sent,
    Throttled,
    Unknown,
    Unreadable,
)

Outcome = Sent | Seen

_WORDS: dict[str, type[Outcome]] = {
    "done": Done,
    "ready": Ready,
    "not-sent": NotSent,
    "unknown": Unknown,
    "throttled": Throttled,
    "refused": Refused,
    "duplicate": Duplicate,
    "found": Found,
    "missing": Missing,
    "unreadable": Unreadable,
}
_WORD_OF = {kind: word for word, kind in _WORDS.items()}

OPEN = ""  # the word of an attempt without an outcome


class UnknownWord(ValueError):
    """The journal holds an outcome this release does not know: it was written by a newer one."""


def written(outcome: Outcome | None) -> tuple[str, str]:
    """Return an outcome's word (at most 12 characters) and its detail, JSON."""
    if outcome is None:
        return OPEN, ""
    return _WORD_OF[type(outcome)], msgspec.json.encode(outcome).decode()


def read(word: str, detail: str) -> Outcome | None:
    """
    Return the outcome that was written so.

    Raises:
        UnknownWord: this release has no such outcome.

    """
    if word == OPEN:
        return None
    if word not in _WORDS:
        message = f"{UnknownWord.__doc__} ({word})"
        raise UnknownWord(message)
    return msgspec.json.decode(detail, type=_WORDS[word])

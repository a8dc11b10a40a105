"""
Runs all checks a sub-editor would make.

Adding a check: one function from Copy to findings, one line in CHECKS, one precision test.
"""

from collections.abc import Callable, Iterator, Mapping

from broadsheet.copydesk import captions, mojibake, parts, words
from broadsheet.copydesk.copy import Copy
from broadsheet.copydesk.findings import Finding
from broadsheet.story.ids import PictureId
from broadsheet.story.records import Picture, StoryContent

Check = Callable[[Copy], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    parts.missing_headline,
    parts.empty_body,
    words.forbidden_characters,
    words.lost_text,
    mojibake.mojibake,
    words.invisible_characters,
    words.doubled_words,
    captions.doubled_captions,
    captions.tangled_credits,
    captions.agency_slugs,
    captions.missing_credits,
    captions.alternative_texts,
)


def checked(content: StoryContent, *, pictures: Mapping[PictureId, Picture]) -> tuple[Finding, ...]:
    """Return everything the checks find in a story, in the order of the checks."""
    copy = Copy(content, pictures)
    return tuple(finding for check in CHECKS for finding in check(copy))

"""
Runs all checks a sub-editor would make.

Adding a check: one function, one line in a table below, one precision test. A check of
words reads one passage; a check of the whole story reads all of its copy.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

from broadsheet.copydesk import captions, mojibake, parts, words
from broadsheet.copydesk.copy import Copy, Passage
from broadsheet.copydesk.findings import Finding
from broadsheet.story.ids import PictureId
from broadsheet.story.records import Picture, StoryContent

WordCheck = Callable[[Passage], Iterator[Finding]]
StoryCheck = Callable[[Copy], Iterator[Finding]]

WORD_CHECKS: tuple[WordCheck, ...] = (
    words.forbidden_characters,
    words.lost_text,
    mojibake.mojibake,
    words.invisible_characters,
    words.doubled_words,
)

STORY_CHECKS: tuple[StoryCheck, ...] = (
    parts.missing_headline,
    parts.empty_body,
    captions.doubled_captions,
    captions.tangled_credits,
    captions.agency_slugs,
    captions.missing_credits,
    captions.alternative_texts,
)


def checked(content: StoryContent, *, pictures: Mapping[PictureId, Picture]) -> tuple[Finding, ...]:
    """Return everything the checks find in a story: its words first, in reading order."""
    copy = Copy(content, pictures)
    of_story = (finding for check in STORY_CHECKS for finding in check(copy))
    return (*words_checked(copy.passages()), *of_story)


def words_checked(passages: Iterable[Passage]) -> tuple[Finding, ...]:
    """Return what the checks of words find in some texts, in their order."""
    return tuple(
        finding for passage in passages for check in WORD_CHECKS for finding in check(passage)
    )

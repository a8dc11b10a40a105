"""Checks of the story as a whole: what it cannot go without."""

from collections.abc import Iterator

from broadsheet.copydesk.copy import Copy
from broadsheet.copydesk.findings import Finding, Severity
from broadsheet.story.body import pictures_in, text_of


def missing_headline(copy: Copy) -> Iterator[Finding]:
    """Find a story without a headline: no page, feed or post can be made of it."""
    if not copy.content.headline.strip():
        yield Finding(
            check="missing-headline",
            severity=Severity.BLOCK,
            field="headline",
            start=0,
            end=len(copy.content.headline),
            message="The story has no headline.",
        )


def empty_body(copy: Copy) -> Iterator[Finding]:
    """Find a story without a word of text."""
    blocks = (block for block in copy.content.body if not pictures_in(block))
    if not any(text_of(block).strip() for block in blocks):
        yield Finding(
            check="empty-body",
            severity=Severity.WARN,
            field="body",
            start=0,
            end=0,
            message="The story has no text.",
        )

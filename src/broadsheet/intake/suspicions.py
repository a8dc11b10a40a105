"""
Asks the copy desk's checks of a draft, and says what a page itself leaves in doubt.

Pictures of a draft wait for their files, so their captions are not shown yet: what would
block a story in its text is a warning there.
"""

from collections.abc import Iterator, Sequence

import msgspec
import regex

from broadsheet.copydesk.copy import Passage
from broadsheet.copydesk.credits import best_credit, parted, slug_of
from broadsheet.copydesk.desk import words_checked
from broadsheet.copydesk.findings import Finding, Severity
from broadsheet.intake.drafts import Draft, DraftParagraph, DraftPicture

# Times that mean nothing without the day they were written on.
_RELATIVE = regex.compile(
    r"\b(?:this (?:morning|afternoon|evening)|yesterday|today|tonight|tomorrow|last night"
    r"|ayer|hoy|mañana|anoche|hier|aujourd[’']hui|demain|gestern|heute|morgen|ontem|hoje|amanhã)\b"
    r"|أمس|اليوم|غدا|कल|आज|நேற்று|இன்று|நாளை",
    regex.IGNORECASE,
)


def suspicious(draft: Draft, *, language: str) -> tuple[Finding, ...]:
    """Return what a person should look at before the draft is published."""
    pictures = tuple(pictures_of(draft))
    shown = words_checked(Passage(field, text, language) for field, text in _shown_texts(draft))
    waiting = words_checked(
        Passage(field, text, language)
        for place, picture in pictures
        for field, text in _captions(place, picture)
    )
    return (
        *_of_page(draft),
        *shown,
        *_relative_times(draft),
        *(_lowered(finding) for finding in waiting),
        *(finding for place, picture in pictures for finding in _of_picture(place, picture)),
    )


def pictures_of(draft: Draft) -> Iterator[tuple[str, DraftPicture]]:
    """Return a draft's pictures with their fields, lead first."""
    if draft.lead is not None:
        yield "lead", draft.lead
    for index, block in enumerate(draft.body):
        if isinstance(block, DraftPicture):
            yield f"body/{index}", block


def _shown_texts(draft: Draft) -> Iterator[tuple[str, str]]:
    yield "headline", draft.headline
    yield "standfirst", draft.standfirst
    for index, block in enumerate(draft.body):
        if not isinstance(block, DraftPicture):
            yield f"body/{index}", block.text
    for index, byline in enumerate(draft.bylines):
        yield f"bylines/{index}", f"{byline.name}\n{byline.role}"


def _captions(place: str, picture: DraftPicture) -> Sequence[tuple[str, str]]:
    return (
        (f"{place}/agency_caption", picture.agency_caption),
        (f"{place}/caption", picture.caption),
        (f"{place}/credit", picture.credit),
    )


def _relative_times(draft: Draft) -> Iterator[Finding]:
    """Find words like "today" in a draft of which nobody knows the day."""
    if draft.published_at is not None:
        return
    for index, block in enumerate(draft.body):
        if isinstance(block, DraftParagraph):
            for match in _RELATIVE.finditer(block.text):
                yield Finding(
                    check="relative-time",
                    severity=Severity.NOTE,
                    field=f"body/{index}",
                    start=match.start(),
                    end=match.end(),
                    message=f"“{match.group()}”: of which day? The page gives no date.",
                )


def _of_page(draft: Draft) -> Iterator[Finding]:
    if not draft.headline:
        yield _finding("missing-headline", Severity.BLOCK, "headline", "The page has no headline.")
    if not any(not isinstance(block, DraftPicture) for block in draft.body):
        yield _finding("empty-body", Severity.WARN, "body", "The page has no text.")
    if draft.published_at is None:
        yield _finding(
            "no-publication-date",
            Severity.WARN,
            "published_at",
            "The page does not say when it was published; the day you publish it will count.",
        )
    if not draft.bylines:
        yield _finding("no-byline", Severity.NOTE, "bylines", "The page does not say who wrote it.")


def _of_picture(place: str, picture: DraftPicture) -> Iterator[Finding]:
    if picture.agency_caption and picture.agency_caption == picture.caption:
        yield _finding(
            "doubled-caption",
            Severity.WARN,
            f"{place}/caption",
            "The display caption only repeats the agency's; write one for your readers.",
            over=picture.caption,
        )
    for field, text in _captions(place, picture):
        slug = slug_of(text)
        if slug:
            yield _finding(
                "agency-slug",
                Severity.NOTE if field.endswith("/agency_caption") else Severity.WARN,
                field,
                f"“{slug.strip()}” is an agency's note to editors.",
                over=slug,
            )
    if any(_says_credit_twice(line) for line in picture.received):
        yield _finding(
            "doubled-credit",
            Severity.NOTE,
            f"{place}/credit",
            "The credit stood there more than once; the fuller one was kept.",
            over=picture.credit,
        )
    if not picture.credit:
        yield _finding(
            "missing-credit", Severity.WARN, f"{place}/credit", "The page credits nobody for it."
        )


def _says_credit_twice(line: str) -> bool:
    credits_found = parted(line).credits
    return len(credits_found) > 1 and best_credit(credits_found) in credits_found


def _lowered(finding: Finding) -> Finding:
    if finding.severity is not Severity.BLOCK:
        return finding
    return msgspec.structs.replace(finding, severity=Severity.WARN)


def _finding(
    check: str, severity: Severity, field: str, message: str, *, over: str = ""
) -> Finding:
    return Finding(
        check=check, severity=severity, field=field, start=0, end=len(over), message=message
    )

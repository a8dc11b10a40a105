"""Checks of pictures: captions, credits, slugs and alternative texts."""

from collections.abc import Iterator

from broadsheet.copydesk.copy import Copy, ShownPicture, alternative_text_field
from broadsheet.copydesk.credits import best_credit, parted, slug_of
from broadsheet.copydesk.findings import Finding, Severity


def doubled_captions(copy: Copy) -> Iterator[Finding]:
    """Find display captions that repeat the agency's, or another picture's."""
    seen: dict[str, ShownPicture] = {}
    for shown in copy.shown_pictures():
        words = _plain(shown.caption)
        if not words:
            continue
        if words == _plain(shown.picture.agency_caption):
            yield _of_caption(
                "doubled-caption", shown, "The display caption only repeats the agency's."
            )
        first = seen.setdefault(words, shown)
        if first.picture.id != shown.picture.id:
            yield _of_caption(
                "doubled-caption", shown, f"The same caption stands at {first.field} already."
            )


def tangled_credits(copy: Copy) -> Iterator[Finding]:
    """Find credits written into the caption, where no archive or network finds them."""
    for shown in copy.shown_pictures():
        caption = parted(shown.caption)
        if caption.credits:
            credit = best_credit(caption.credits)
            yield _of_caption(
                "tangled-credit",
                shown,
                f"“{credit}” belongs in the credit, not in the caption.",
                start=len(caption.words),
                proposal="",
            )


def agency_slugs(copy: Copy) -> Iterator[Finding]:
    """Find an agency's notes to editors in a caption readers see."""
    for shown in copy.shown_pictures():
        slug = slug_of(shown.caption)
        if slug:
            yield _of_caption(
                "agency-slug",
                shown,
                f"“{slug.strip()}” is an agency's note to editors.",
                end=len(slug),
                proposal="",
            )


def missing_credits(copy: Copy) -> Iterator[Finding]:
    """Find pictures nobody is credited for."""
    for shown in _each_picture_once(copy):
        if not shown.picture.credit.strip():
            yield Finding(
                check="missing-credit",
                severity=Severity.WARN,
                field=f"picture/{shown.picture.id}/credit",
                start=0,
                end=0,
                message="The picture has no credit; say who made it.",
            )


def alternative_texts(copy: Copy) -> Iterator[Finding]:
    """Find pictures that are not described for those who cannot see them."""
    for shown in _each_picture_once(copy):
        text = shown.picture.alternative_text
        if not text.strip():
            yield _of_alternative_text("missing-alternative-text", shown, "Describe the picture.")
        elif _plain(text) in {_plain(shown.caption), _plain(shown.picture.agency_caption)}:
            yield _of_alternative_text(
                "alternative-text-is-caption",
                shown,
                "The alternative text repeats the caption; readers who hear it hear it twice.",
            )


def _each_picture_once(copy: Copy) -> Iterator[ShownPicture]:
    seen = set()
    for shown in copy.shown_pictures():
        if shown.picture.id not in seen:
            seen.add(shown.picture.id)
            yield shown


def _plain(caption: str) -> str:
    """Return a caption's words for comparing: no credit, slug, case or spacing."""
    words = parted(caption).words
    return " ".join(words[len(slug_of(words)) :].casefold().split()).rstrip(".")


def _of_caption(
    check: str,
    shown: ShownPicture,
    message: str,
    *,
    start: int = 0,
    end: int | None = None,
    proposal: str | None = None,
) -> Finding:
    return Finding(
        check=check,
        severity=Severity.WARN,
        field=shown.field,
        start=start,
        end=len(shown.caption) if end is None else end,
        message=message,
        proposal=proposal,
    )


def _of_alternative_text(check: str, shown: ShownPicture, message: str) -> Finding:
    return Finding(
        check=check,
        severity=Severity.WARN,
        field=alternative_text_field(shown.picture),
        start=0,
        end=len(shown.picture.alternative_text),
        message=message,
    )

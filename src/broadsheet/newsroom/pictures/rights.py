"""
Says what keeps a picture from readers: no credit, an embargo, rights that have ended.

Without a credit, or a reason why there is none, no story with the picture is published.
Before its embargo ends none is either: refused, not scheduled, since only an editor knows
whether the story should wait for the picture or go without it. When its rights end, the
stories stay and are shown without it.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.core.exceptions import ValidationError
from wagtail.log_actions import log

from broadsheet.media.rights import Rights
from broadsheet.newsroom import acting
from broadsheet.newsroom.models.live_mark import LiveMark
from broadsheet.newsroom.paper_time import in_paper_time

if TYPE_CHECKING:
    # The rows import this module; only the checker needs them here.
    from broadsheet.newsroom.models.picture import Picture

OVERRIDE = "newsroom.picture.no_credit"  # as the audit log names it
NO_CREDIT = (
    "a story shows this picture to readers, so it needs a credit; "
    "write one, or say why there is none"
)
RIGHTS_ENDED = "newsroom.picture.rights_ended"
# Letters and symbols by their class that show nothing: Hangul fillers and the empty Braille cell.
_BLANK_LETTERS = "\u115f\u1160\u3164\uffa0\u2800"


class Hindrance(NamedTuple):
    """Why one picture keeps a story from being published."""

    picture: "Picture"
    words: str


def hindrances(pictures: Iterable["Picture"], *, at: datetime) -> Iterator[Hindrance]:
    """Yield why pictures cannot be shown to readers at a time."""
    for picture in pictures:
        words = why_not(picture, at=at)
        if words:
            yield Hindrance(picture, words)


def why_not(picture: "Picture", *, at: datetime) -> str:
    """
    Return why a picture cannot be shown to readers at a time, "" if it can.

    One that waits for its file is not shown: its credit is asked for when the file comes.
    """
    if not (is_credited(picture) or picture.waiting):
        return (
            f"the picture “{picture.title}” has no credit; give it one, or say in it why "
            "nobody can be credited"
        )
    return why_embargoed(picture, at=at)


def why_embargoed(picture: "Picture", *, at: datetime) -> str:
    """Return why a picture is nowhere at a time, "" if its embargo has ended."""
    if picture.embargo_until is None or picture.embargo_until <= at:
        return ""
    return (
        f"the picture “{picture.title}” is embargoed until "
        f"{in_paper_time(picture.embargo_until)}; schedule the story for then, "
        "or take the picture out"
    )


def is_credited(picture: "Picture") -> bool:
    """Say whether a picture has a credit, if only in its new file, or a reason for having none."""
    told = picture.looked_at.told.credit if picture.looked_at else ""
    return any(map(_can_be_seen, (picture.credit, told, picture.no_credit_reason)))


def _can_be_seen(text: str) -> bool:
    """Say whether a text shows a reader anything: spaces, joiners and marks alone do not."""
    return any(unicodedata.category(c)[0] in "LNPS" and c not in _BLANK_LETTERS for c in text)


def have_ended(picture: "Picture", *, now: datetime) -> bool:
    """Say whether a picture's rights have ended by now."""
    return picture.rights_end_at is not None and picture.rights_end_at <= now


def problems_of_form(picture: "Picture") -> dict[str, str]:
    """Return what is wrong with a picture's rights as a form has them, by field."""
    errors = {}
    starts_at, ends_at = picture.embargo_until, picture.rights_end_at
    if starts_at and ends_at and ends_at <= starts_at:
        errors["rights_end_at"] = "its rights would end before its embargo; check both times"
    if LiveMark.objects.filter(picture_id=picture.pk or 0).exists():
        is_shown = picture.looked_at is not None or not picture.waiting
        if is_shown and not is_credited(picture):
            errors["credit"] = NO_CREDIT
        if why_embargoed(picture, at=acting.current().now):
            errors["embargo_until"] = (
                "readers see this picture already, so no embargo can hide it; "
                "take it out of the stories that show it"
            )
    return errors


def refuse_uncredited_file(picture: "Picture") -> None:
    """
    Do nothing if the new file of a picture may be shown where readers know of the picture.

    Raises:
        ValidationError: they do, and there is no credit.

    """
    if is_credited(picture) or not LiveMark.objects.filter(picture_id=picture.pk or 0).exists():
        return
    raise ValidationError({"credit": NO_CREDIT})


def note_override(picture: "Picture", *, before: "Picture | None") -> None:
    """Write into the audit log why a picture has no credit, when somebody says so or changes it."""
    reason = picture.no_credit_reason.strip()
    if reason == (before.no_credit_reason.strip() if before is not None else ""):
        return
    note(picture, OVERRIDE, reason=reason)


def note(picture: "Picture", action: str, **said: Any) -> None:
    """Write an act on a picture into the audit log, with who and when."""
    who = acting.current()
    log(instance=picture, action=action, data={"by": who.by, **said}, timestamp=who.now)


def refuse_embargoed(picture: "Picture") -> None:
    """
    Do nothing if a picture may be known to readers now.

    Raises:
        ValidationError: its embargo lasts.

    """
    words = why_embargoed(picture, at=acting.current().now)
    if words:
        raise ValidationError(words)


def in_files(picture: "Picture") -> Rights:
    """Return what every file of a picture says of its owner."""
    return Rights(
        creator=picture.creator,
        credit=picture.credit,
        source=picture.source,
        copyright=picture.copyright,
        usage_terms=picture.usage_terms,
        license_url=picture.license_url,
        licensor_url=picture.licensor_url,
        digital_source_type=picture.digital_source_type,
        alternative_text="" if picture.is_decorative else picture.alternative_text,
    )


def end_if_due(picture: "Picture") -> None:
    """Note that a picture's rights have ended, where the scheduler has not come to it yet."""
    if picture.have_rights_ended or not have_ended(picture, now=acting.current().now):
        return
    picture.have_rights_ended = True
    type(picture).objects.filter(pk=picture.pk).update(have_rights_ended=True)

"""Says in a few words what keeps a picture from readers, for lists and stories at the desk."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from broadsheet.newsroom import acting
from broadsheet.newsroom.models.sizes_wanted import SizesWanted, Stage
from broadsheet.newsroom.pictures import rights

if TYPE_CHECKING:
    # The rows import this module; only the checker needs them here.
    from broadsheet.newsroom.models.picture import Picture

FAILED, MAKING, ENDED, EMBARGOED, UNCREDITED, WAITING = (
    "failed",
    "making",
    "rights-ended",
    "embargoed",
    "no-credit",
    "waiting",
)
WORDS = {
    FAILED: "Sizes cannot be made",
    MAKING: "Sizes being made",
    ENDED: "Rights ended",
    EMBARGOED: "Embargoed",
    UNCREDITED: "No credit",
    WAITING: "Waits for its file",
}


def of(picture: "Picture") -> list[str]:
    """Return what keeps a picture from readers, the gravest first; nothing if nothing does."""
    now = acting.current().now
    wanted: SizesWanted | None = getattr(picture, "sizes_wanted", None)  # lists ask for all at once
    found = {
        FAILED: wanted is not None and bool(wanted.problem),
        ENDED: rights.have_ended(picture, now=now),
        WAITING: picture.waiting,
        EMBARGOED: bool(rights.why_embargoed(picture, at=now)),
        UNCREDITED: not rights.is_credited(picture),
        MAKING: wanted is not None and not wanted.problem and wanted.stage == Stage.FIRST,
    }
    return [name for name, is_so in found.items() if is_so]


def those(pictures: "QuerySet[Picture]", name: str, *, now: datetime) -> "QuerySet[Picture]":
    """Return the pictures of which this is so."""
    conditions = {
        FAILED: Q(sizes_wanted__isnull=False) & ~Q(sizes_wanted__problem=""),
        MAKING: Q(sizes_wanted__problem="", sizes_wanted__stage=Stage.FIRST),
        ENDED: Q(rights_end_at__lte=now),
        EMBARGOED: Q(embargo_until__gt=now),
        UNCREDITED: Q(credit="", no_credit_reason=""),
        WAITING: Q(waiting=True),
    }
    return pictures.filter(conditions[name])

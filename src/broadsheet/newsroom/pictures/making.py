"""
Makes the sizes readers get, in the press, and commits them to the picture.

The queue is a table (SizesWanted), so a lost wake-up or a crash costs time and nothing
else: sizes are kept by their hash, and making them again gives the same. A picture that
cannot be made waits for a person, with its reason, and stops no other. Never called inside
a transaction: decoding takes seconds.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q

from broadsheet.media.renditions import PictureUnusable, make_first, make_rest
from broadsheet.media.rights import RightsTooLong
from broadsheet.newsroom.acting import acting
from broadsheet.newsroom.models.picture import Picture
from broadsheet.newsroom.models.sizes_wanted import SizesWanted, Stage
from broadsheet.newsroom.pictures import focus, rights
from broadsheet.press.isolation import Failed, isolated
from broadsheet.story.records import Rendition

PRESS = "press"
FIRST_RETRY_S = 2  # after a full disk, say; then twice as long each time
LONGEST_RETRY_S = 300
MOST_FAILURES = 6  # of the machine; then a person has to look

_FIRST, _REST = Stage.FIRST, Stage.REST


def make_some(*, now: datetime, is_first_only: bool, is_stopping: Callable[[], bool]) -> int:
    """
    Make what is wanted until told to stop; return for how many pictures.

    First sizes before all others, and the newest picture first: somebody waits for it.
    """
    done = 0
    while not is_stopping():
        wanted = _next(now, is_first_only=is_first_only)
        if wanted is None:
            break
        _work_on(wanted, now=now)
        done += 1
    return done


def try_again(picture: Picture) -> None:
    """Have the press try once more, at once, what could not be made of a picture."""
    SizesWanted.objects.filter(picture=picture).update(problem="", failures=0, due_at=None)


def _next(now: datetime, *, is_first_only: bool) -> SizesWanted | None:
    ready = SizesWanted.objects.filter(Q(due_at__isnull=True) | Q(due_at__lte=now), problem="")
    if is_first_only:
        ready = ready.filter(stage=_FIRST)
    return ready.select_related("picture").order_by("stage", "-picture_id").first()


def _work_on(wanted: SizesWanted, *, now: datetime) -> None:
    made = isolated(
        f"making {wanted.get_stage_display()} of {wanted.picture}", lambda: _made(wanted)
    )
    if _as_it_was(wanted) is None:
        return  # it was changed meanwhile, and is made again as it is now
    if isinstance(made, Failed):
        _note_failure(wanted, made, now=now)
    elif isinstance(made, str):
        _still_wanted(wanted).update(problem=made, failures=F("failures") + 1)
    else:
        with acting(PRESS, now=now), transaction.atomic():
            _commit(wanted, made)


def _made(wanted: SizesWanted) -> tuple[Rendition, ...] | str:
    """Return the sizes of one stage, or why there can be none."""
    picture, folder = wanted.picture, settings.HOME.renditions
    said = rights.in_files(picture)
    try:
        with picture.file.storage.open(picture.file.name) as original:
            if wanted.stage == _FIRST:
                return make_first(original, folder=folder, rights=said)
            return make_rest(original, folder=folder, rights=said, focus=focus.of(picture))
    except (PictureUnusable, RightsTooLong) as unusable:
        return str(unusable)


def _commit(wanted: SizesWanted, made: Sequence[Rendition]) -> None:
    Picture.objects.select_for_update().filter(pk=wanted.picture_id).first()
    picture = _as_it_was(wanted)
    if picture is None:
        return
    fresh: list[Any] = [msgspec.to_builtins(size) for size in made]
    kept = [size for size in picture.sizes if _stage_of(size) != wanted.stage]
    picture.sizes = [*fresh, *kept] if wanted.stage == _FIRST else [*kept, *fresh]
    Picture.objects.filter(pk=picture.pk).update(sizes=picture.sizes)
    if wanted.stage == _FIRST:
        _still_wanted(wanted).update(stage=_REST, failures=0, due_at=None)
    else:
        _still_wanted(wanted).delete()
    picture.commit()


def _note_failure(wanted: SizesWanted, failed: Failed, *, now: datetime) -> None:
    failures = wanted.failures + 1
    if not failed.is_temporary or failures >= MOST_FAILURES:
        _still_wanted(wanted).update(problem=failed.reason, failures=failures)
        return
    wait_s = min(FIRST_RETRY_S * 2 ** (failures - 1), LONGEST_RETRY_S)
    _still_wanted(wanted).update(failures=failures, due_at=now + timedelta(seconds=wait_s))


def _as_it_was(wanted: SizesWanted) -> Picture | None:
    """Return the picture as it is now, if it is what we began with."""
    picture = Picture.objects.filter(pk=wanted.picture_id).first()
    if picture is None or _made_of(picture) != _made_of(wanted.picture):
        return None
    return picture


def _still_wanted(wanted: SizesWanted) -> Any:
    """Return the row while it says what we read: one that was asked for anew stays."""
    return SizesWanted.objects.filter(pk=wanted.pk, stage=wanted.stage, failures=wanted.failures)


def _made_of(picture: Picture) -> tuple[object, ...]:
    """Return all that a picture's sizes are made of."""
    return (picture.file.name, picture.file_hash, focus.of(picture), rights.in_files(picture))


def _stage_of(size: dict[str, Any]) -> Stage:
    return _FIRST if size["format"] == "jpeg" and not size.get("shape") else _REST

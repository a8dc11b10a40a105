"""
Gives the press a moment to make a picture's first sizes before a story goes out with it.

Bounded, and only while a press is there to make them: a page that goes out sooner keeps
the picture's place free and shows it once its sizes are there. Called before any
transaction begins, since the press could not commit the sizes inside one.
"""

import re
import time
from collections.abc import Iterable, Mapping

from django.conf import settings

from broadsheet.newsroom.models.sizes_wanted import SizesWanted, Stage
from broadsheet.press.site_lock import SiteLock

AT_MOST_S = 5.0
LOOK_AGAIN_S = 0.05

# The lead's field, and the pictures of a body, as the editor's form names them.
_NAMES_A_PICTURE = re.compile(r"lead|body-.*picture")
_LONGEST_KEY = 18  # digits; no database has a longer one, and some refuse to be asked for it


def await_first_sizes(pictures: Iterable[int], *, at_most_s: float = AT_MOST_S) -> bool:
    """Wait until pictures have their first sizes, or the time is up; say whether they have."""
    keys = list(pictures)
    deadline_s = time.monotonic() + at_most_s
    while keys and _lack_sizes(keys):
        if time.monotonic() >= deadline_s or not _is_press_at_work():
            return False
        time.sleep(LOOK_AGAIN_S)
    return True


def pictures_named(form: Mapping[str, str]) -> list[int]:
    """Return the keys of the pictures a story's form names."""
    return [
        int(value)
        for name, value in form.items()
        if _is_key(value) and _NAMES_A_PICTURE.fullmatch(name)
    ]


def _is_key(value: str) -> bool:
    return value.isascii() and value.isdecimal() and len(value) <= _LONGEST_KEY


def _lack_sizes(keys: list[int]) -> bool:
    lacking = SizesWanted.objects.filter(stage=Stage.FIRST, problem="")
    return lacking.filter(picture_id__in=keys).exists()


def _is_press_at_work() -> bool:
    folder = settings.HOME.run
    lock = SiteLock(folder / "site.lock")
    if not folder.is_dir() or lock.try_to_take():
        lock.release()
        return False
    return True

"""
The one place where any error is caught: so that one bad object stops no other.

What failed is parked with its reason by the caller; nothing is passed over in silence.
"""

import logging
from collections.abc import Callable
from typing import NamedTuple, TypeVar

from django.db import OperationalError

from broadsheet.projections.theme.broken import TemplateFailed, ThemeBroken

_T = TypeVar("_T")
_OF_THE_MACHINE = (OSError, MemoryError, OperationalError)  # a database that is busy, or full
_LOG = logging.getLogger(__name__)


class Failed(NamedTuple):
    """What went wrong, in words for the person who has to act."""

    reason: str
    is_temporary: bool  # the machine's fault (disk, database), so worth trying again by itself


def isolated(what: str, action: Callable[[], _T]) -> _T | Failed:
    """Do one thing for one object; return why it failed, if it did."""
    try:
        return action()
    except Exception as error:  # noqa: BLE001  # the isolation point; see the module's docstring
        if isinstance(error, ThemeBroken):  # says itself where; there may be one for every page
            is_ours = isinstance(error, TemplateFailed) and error.is_ours
            _LOG.warning("%s failed: %s", what, error, exc_info=is_ours)
            return Failed(str(error), is_temporary=False)
        _LOG.warning("%s failed", what, exc_info=True)
        return Failed(f"{type(error).__name__}: {error}", _is_of_the_machine(error))


def _is_of_the_machine(error: Exception) -> bool:
    # Source: PostgreSQL 15, appendix A: class 54 is of what is too large for it, at any time.
    is_too_large = str(getattr(error.__cause__, "sqlstate", None) or "").startswith("54")
    return isinstance(error, _OF_THE_MACHINE) and not is_too_large

"""
Judges what the sandbox network answered: what may be trusted, and what it then means.

Only JSON of the documented form counts as the network's word. Anything else (HTML of some
machine in between, JSON cut short, a redirect, a 5xx) is no answer: after a write that is
Unknown, never a failure. Source: the server beside this module (server/api.py).
"""

from datetime import UTC, datetime, timedelta
from typing import TypeVar

import msgspec

from broadsheet.reconciler.outcomes import Done, Duplicate, Ready, Refused, Sent, Throttled, Unknown
from broadsheet.surfaces.sending import Answer

THROTTLED = 429
PAUSE_UNTOLD_S = 60.0  # when a 429 does not say how long
PAUSE_LONGEST_S = 86_400.0  # a reset further off is somebody's mistake; we look again then

LONGEST_ID = 300  # characters; the ledger keeps no more

Body = TypeVar("Body")

DUPLICATE_CODES = frozenset({"duplicate", "record-exists"})
GONE_CODES = frozenset({"no-such-post"})


class Accepted(msgspec.Struct, frozen=True):
    """The network's word that it has done as asked."""

    id: str


class Post(msgspec.Struct, frozen=True):
    """One post as the network shows it to us."""

    id: str
    payload: msgspec.Raw
    created_at: datetime
    number: int = 0  # its place in the timeline; 0 where the id is that

    @property
    def place(self) -> int | None:
        """Return where it stands in the timeline, None if it does not say."""
        if self.number > 0:
            return self.number
        return int(self.id) if self.id.isascii() and self.id.isdecimal() else None


class Page(msgspec.Struct, frozen=True):
    """One page of a timeline. `cursor` is present on every page: null on the last."""

    posts: tuple[Post, ...]
    cursor: str | None


class Reason(msgspec.Struct, frozen=True):
    """Why the network did not do as asked."""

    code: str
    message: str


class _Error(msgspec.Struct, frozen=True):
    error: Reason


def is_success(answer: Answer) -> bool:
    """Return whether the status says it was done; the body may say otherwise."""
    return 200 <= answer.status <= 299  # noqa: PLR2004  # HTTP's own numbers


def accepted(answer: Answer) -> str | None:
    """Return the id of what was done, or None if this is not the network's word for it."""
    if not is_success(answer):
        return None
    body = decoded(answer, as_type=Accepted)
    return body.id if body is not None and is_usable_id(body.id) else None


def is_usable_id(remote_id: str) -> bool:
    """Return whether an id can be kept, and asked for again."""
    return 0 < len(remote_id) <= LONGEST_ID and remote_id.isprintable()


def refused(answer: Answer) -> Reason | None:
    """Return the network's reason for not doing it, or None if it is not the network's word."""
    if not 400 <= answer.status <= 499:  # noqa: PLR2004  # HTTP's own numbers
        return None
    body = decoded(answer, as_type=_Error)
    return body.error if body is not None else None


def is_gone(answer: Answer) -> bool:
    """Return whether the network says this post is not there (and not: this account)."""
    reason = refused(answer)
    return reason is not None and reason.code in GONE_CODES


def outcome(answer: Answer, *, now: datetime) -> Sent:
    """Return what an answer to a write means."""
    if answer.status == THROTTLED:
        return Throttled(throttled_until(answer, now=now))
    done = accepted(answer)
    if done is not None:
        return Done(done)
    reason = refused(answer)
    if reason is None:
        return Unknown(untrusted(answer))
    if reason.code in DUPLICATE_CODES:
        return Duplicate(f"{reason.code}: {reason.message}")
    return Refused(f"{reason.code}: {reason.message}")


def container_outcome(answer: Answer, *, now: datetime) -> Sent:
    """Return what an answer to making a container means."""
    result = outcome(answer, now=now)
    return Ready(result.remote_id) if isinstance(result, Done) else result


def throttled_until(answer: Answer, *, now: datetime) -> datetime:
    """Return when we may ask again: what the answer says, within reason."""
    earliest = now + timedelta(seconds=1)
    latest = now + timedelta(seconds=PAUSE_LONGEST_S)
    told = _reset_time(answer.headers.get("X-RateLimit-Reset", ""))
    return min(max(told or now + timedelta(seconds=PAUSE_UNTOLD_S), earliest), latest)


def untrusted(answer: Answer) -> str:
    """Return words for an answer that is not the network's own."""
    kind = answer.headers.get("Content-Type", "no content type")
    return f"HTTP {answer.status} with {len(answer.body)} bytes of {kind}, not the network's JSON"


def decoded(answer: Answer, *, as_type: type[Body]) -> Body | None:
    """Return the answer's JSON as this type, or None if it is not that."""
    if not answer.headers.get("Content-Type", "").startswith("application/json"):
        return None
    try:
        return msgspec.json.decode(answer.body, type=as_type)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return None


def _reset_time(value: str) -> datetime | None:
    try:
        told = datetime.fromisoformat(value)
        return told.astimezone(UTC) if told.tzinfo is not None else None
    except (ValueError, OverflowError):  # the first and the last day there is, elsewhere
        return None

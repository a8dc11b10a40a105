"""
Spoils requests as real networks do: before the act, after it, or by the answer alone.

Faults wait in a queue for each account; a request takes the first one meant for its
operation. Each kind says what was really done, so a test can compare that with what a
client believes.
"""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from enum import Enum
from typing import NamedTuple

import msgspec
from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp

from broadsheet.surfaces.sandbox.server.replies import Declined, Reply
from broadsheet.surfaces.sandbox.server.severing import Severed
from broadsheet.surfaces.sandbox.server.storage import Storage, StoredFault

ANY_OPERATION = "any"
HTML = "<!doctype html><title>One moment</title><p>Checking your browser before you go on.</p>"


class FaultKind(Enum):
    """What goes wrong. "Before" means nothing was done, "after" that it was."""

    DROP_BEFORE = "drop-before"  # the connection ends without an answer
    DROP_AFTER = "drop-after"
    DELAY_BEFORE = "delay-before"  # done and answered, `seconds` later
    DELAY_AFTER = "delay-after"  # done at once, answered `seconds` later
    FAIL_BEFORE = "fail-before"  # HTTP 500, in JSON
    FAIL_AFTER = "fail-after"
    HTML_BEFORE = "html-before"  # HTTP 200 with a page of some machine in between
    HTML_AFTER = "html-after"
    TRUNCATED_AFTER = "truncated-after"  # HTTP 200 with the first half of the JSON
    DOUBLE = "double"  # done twice, answered once
    THROTTLE = "throttle"  # HTTP 429: try again in `seconds`
    LATE = "late"  # the connection ends without an answer; done `seconds` later
    DOWN = "down"  # as drop-before, for every request until the faults are cleared


NOT_DONE = frozenset(
    {
        FaultKind.DROP_BEFORE,
        FaultKind.FAIL_BEFORE,
        FaultKind.HTML_BEFORE,
        FaultKind.THROTTLE,
        FaultKind.LATE,
        FaultKind.DOWN,
    }
)


class Act(NamedTuple):
    """What a request asks for, and what a network that doubles would do besides."""

    once: Callable[[], Reply]
    again: Callable[[], Reply]


class Faults:
    """The faults of all accounts, and the requests they put off."""

    def __init__(self, storage: Storage, *, clock: Callable[[], datetime]) -> None:
        """Keep the queue and the clock a reset time is told by."""
        self._storage = storage
        self._clock = clock
        self._put_off: set[asyncio.Task[None]] = set()

    def taken(self, account: str, operation: str) -> StoredFault | None:
        """Return the fault for this request, used up by one; None if it goes well."""
        for fault in self._storage.faults(account):
            if fault.operation not in {operation, ANY_OPERATION}:
                continue
            if fault.skip:
                self._storage.set_fault(fault._replace(skip=fault.skip - 1))
                return None
            if fault.kind != FaultKind.DOWN.value:
                self._storage.set_fault(fault._replace(times=fault.times - 1))
            return fault
        return None

    async def answer(self, act: Act, fault: StoredFault | None) -> ASGIApp:
        """Carry the request out as the fault has it, and return what is sent back."""
        if fault is None:
            return json_response(done(act.once))
        kind = FaultKind(fault.kind)
        if kind is FaultKind.LATE:
            self._put_off_for(fault.seconds, act)
        if kind in NOT_DONE:
            return self._undone(kind, seconds=fault.seconds)
        if kind is FaultKind.DELAY_BEFORE:
            await asyncio.sleep(fault.seconds)
        return await _spoiled(done(act.once), kind, act=act, seconds=fault.seconds)

    def _undone(self, kind: FaultKind, *, seconds: float) -> ASGIApp:
        """Answer, or do not answer, a request that is not carried out now."""
        match kind:
            case FaultKind.FAIL_BEFORE:
                return _failed()
            case FaultKind.HTML_BEFORE:
                return HTMLResponse(HTML)
            case FaultKind.THROTTLE:
                return self._throttled(seconds)
            case _:
                return Severed()

    def _throttled(self, seconds: float) -> Response:
        reset = self._clock() + timedelta(seconds=seconds)
        response = json_response(Declined(429, "throttled", "too many requests").reply())
        response.headers["X-RateLimit-Reset"] = reset.isoformat()
        return response

    def _put_off_for(self, seconds: float, act: Act) -> None:
        async def later() -> None:
            await asyncio.sleep(seconds)
            done(act.once)

        task = asyncio.create_task(later())
        self._put_off.add(task)  # the loop itself keeps tasks only weakly
        task.add_done_callback(self._put_off.discard)


def done(act: Callable[[], Reply]) -> Reply:
    """Carry an act out and return its answer, be it that it is declined."""
    try:
        return act()
    except Declined as declined:
        return declined.reply()


def json_response(reply: Reply) -> Response:
    """Return a reply as it travels."""
    return Response(
        msgspec.json.encode(reply.body), status_code=reply.status, media_type="application/json"
    )


async def _spoiled(reply: Reply, kind: FaultKind, *, act: Act, seconds: float) -> ASGIApp:
    """Spoil the answer to what was done."""
    whole = json_response(reply)
    match kind:
        case FaultKind.DROP_AFTER:
            return Severed()
        case FaultKind.FAIL_AFTER:
            return _failed()
        case FaultKind.HTML_AFTER:
            return HTMLResponse(HTML)
        case FaultKind.TRUNCATED_AFTER:
            half = bytes(whole.body)[: len(whole.body) // 2]
            return Response(half, media_type="application/json")
        case FaultKind.DELAY_AFTER:
            await asyncio.sleep(seconds)
        case FaultKind.DOUBLE:
            done(act.again)
    return whole


def _failed() -> Response:
    return json_response(Declined(500, "failed", "something went wrong").reply())

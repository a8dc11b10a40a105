"""
Answers readers' searches at /search/, whoever asks: no cookie is read and none is set.

A few questions at a time are answered, so that readers never take the desk's own threads;
whoever comes in between is told so, and led to the archive.
"""

import threading

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from broadsheet.press import searching
from broadsheet.press.ports import wiring
from broadsheet.press.tables import Tables
from broadsheet.projections.facts import Facts
from broadsheet.projections.search_page import Answered, Asked, Order
from broadsheet.projections.searched_words import LONGEST_QUESTION, question
from broadsheet.story.records import PAPER

AT_ONCE = 2  # questions; each takes milliseconds
WAITS_S = 0.5  # for its turn
_LONGEST_PLACE = 17  # digits: microseconds until the year 5138
_turns = threading.BoundedSemaphore(AT_ONCE)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Answer what a reader typed, a page of stories at a time."""
    if Tables().record("settings", PAPER) is None:
        return HttpResponse(
            "There is no newspaper here yet.\n",
            status=404,
            content_type="text/plain; charset=utf-8",
        )
    words = "".join(filter(str.isprintable, request.GET.get("q", "")[:LONGEST_QUESTION]))
    order = Order.BEST if request.GET.get("by") == Order.BEST.value else Order.NEWEST
    before, skip = _number(request, "before"), _number(request, "skip")
    is_further = bool(skip) if order is Order.BEST else before is not None
    asked = Asked(words, order, is_further=is_further)
    if not _turns.acquire(timeout=WAITS_S):
        return _refused(asked)
    try:
        answered = _answered(asked, before=before, skip=skip or 0)
    except searching.TookTooLong:
        return _refused(asked)
    finally:
        _turns.release()
    return _page(wiring().printing.answer_search(asked, answered, _facts()), status=200)


def _answered(asked: Asked, *, before: int | None, skip: int) -> Answered:
    terms = question(asked.words)
    if asked.order is Order.BEST:
        found = searching.best(terms, skip=skip)
        onward = None if found.skipping is None else ("skip", str(found.skipping))
    else:
        found = searching.newest(terms, before=before)
        onward = None if found.older is None else ("before", str(found.older))
    return Answered(found.stories, (onward,) if onward else ())


def _number(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    digits = text.removeprefix("-")  # places of stories of before 1970 are negative
    is_number = digits.isascii() and digits.isdecimal() and len(digits) <= _LONGEST_PLACE
    return int(text) if is_number else None


def _refused(asked: Asked) -> HttpResponse:
    response = _page(wiring().printing.refuse_search(asked, _facts()), status=503)
    response["Retry-After"] = "5"
    return response


def _facts() -> Facts:
    return Facts(Tables())


def _page(data: bytes, *, status: int) -> HttpResponse:
    response = HttpResponse(data, status=status, content_type="text/html; charset=utf-8")
    response["Cache-Control"] = "no-store"
    return response

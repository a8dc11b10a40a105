"""What an answer of the sandbox network means, and which answers mean nothing."""

from datetime import UTC, datetime, timedelta

import httpx
import msgspec
import pytest

from broadsheet.reconciler.outcomes import Done, Duplicate, Ready, Refused, Throttled, Unknown
from broadsheet.surfaces.sandbox import answers
from broadsheet.surfaces.sending import Answer

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def json_answer(status, body, **headers):
    """Return an answer in JSON."""
    return Answer(status, httpx.Headers({"Content-Type": "application/json", **headers}), body)


def declined(status, code):
    """Return an answer that says why not."""
    return json_answer(status, b'{"error":{"code":"%b","message":"words"}}' % code.encode())


def test_an_id_is_done():
    """A 2xx with an id is the network's word."""
    assert Done("7") == answers.outcome(json_answer(201, b'{"id":"7"}'), now=NOW)
    assert Ready("7") == answers.container_outcome(json_answer(201, b'{"id":"7"}'), now=NOW)


@pytest.mark.parametrize("remote_id", ["9" * 400, "nine\n", "\x00"])
def test_an_id_that_cannot_be_kept_is_no_answer(remote_id):
    """What was done may be out; under which id, nobody can say."""
    assert isinstance(
        answers.outcome(json_answer(200, msgspec.json.encode({"id": remote_id})), now=NOW), Unknown
    )


@pytest.mark.parametrize("code", sorted(answers.DUPLICATE_CODES))
def test_what_is_there_already_is_a_duplicate(code):
    """That the network has it is evidence, not failure."""
    assert isinstance(answers.outcome(declined(403, code), now=NOW), Duplicate)


@pytest.mark.parametrize("status", [400, 401, 404, 409, 413, 422])
def test_a_reason_is_a_refusal(status):
    """A 4xx with a reason is a refusal, in the network's words."""
    assert Refused("why-not: words") == answers.outcome(declined(status, "why-not"), now=NOW)


@pytest.mark.parametrize(
    "answer",
    [
        json_answer(500, b'{"error":{"code":"failed","message":"words"}}'),
        json_answer(200, b'{"id":"7'),
        json_answer(200, b'{"id":""}'),
        json_answer(200, b'{"id":7}'),
        json_answer(200, b"[]"),
        json_answer(200, b"[" * 50_000),
        json_answer(404, b"<h1>Not found</h1>"),
        json_answer(200, b"\xff\xfe"),
        Answer(200, httpx.Headers({"Content-Type": "text/html"}), b'{"id":"7"}'),
        Answer(302, httpx.Headers({"Location": "https://login.example/"}), b""),
    ],
    ids=[
        "500",
        "cut short",
        "no id",
        "an id of another type",
        "another form",
        "too deep",
        "a 404 of another machine",
        "not UTF-8",
        "HTML that reads as JSON",
        "a redirect",
    ],
)
def test_anything_else_is_unknown(answer):
    """What is not the network's own word tells nothing."""
    assert isinstance(answers.outcome(answer, now=NOW), Unknown)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("2026-11-22T12:01:30+00:00", 90),
        ("2026-11-22T13:01:30+01:00", 90),
        ("2020-01-01T00:00:00+00:00", 1),
        ("2099-01-01T00:00:00+00:00", answers.PAUSE_LONGEST_S),
        ("2026-11-22T12:01:30", answers.PAUSE_UNTOLD_S),
        ("soon", answers.PAUSE_UNTOLD_S),
        ("0001-01-01T00:00:00+14:00", 60),
        ("9999-12-31T23:59:59-14:00", 60),
    ],
    ids=[
        *("told", "in another zone", "past", "far off", "without a zone", "no time"),
        *("before all time", "after all time"),
    ],
)
def test_a_pause_is_what_the_network_says_within_reason(header, seconds):
    """We wait until the time told, at least a second and at most a day."""
    answer = Answer(429, httpx.Headers({"X-RateLimit-Reset": header}), b"<h1>Slow down</h1>")

    assert Throttled(NOW + timedelta(seconds=seconds)) == answers.outcome(answer, now=NOW)


def test_an_account_that_is_gone_is_not_a_post_that_is_gone():
    """Only the network's word for a post says that the post is gone."""
    assert answers.is_gone(declined(404, "no-such-post"))
    assert not answers.is_gone(declined(401, "not-you"))
    assert not answers.is_gone(declined(404, "no-such-address"))

"""What is known of one HTTP request, and when."""

import httpcore
import pytest

from broadsheet.reconciler.outcomes import NotSent, Unknown
from broadsheet.reconciler.ports import LeaseLost
from broadsheet.surfaces.sending import ANSWER_LIMIT_BYTES, Answer
from tests.unit.surfaces.scripted_connections import Line, an_answer


def test_a_whole_answer_is_given_as_it_came():
    """Status, headers and body come back, whatever the status."""
    line = Line((0.1, an_answer(b'{"id":"1"}', status="503 Busy")))

    answer = line.send()

    assert isinstance(answer, Answer)
    assert (503, b'{"id":"1"}') == (answer.status, answer.body)
    assert answer.headers["content-type"] == "application/json"


@pytest.mark.parametrize(
    "failure",
    [httpcore.ConnectError("refused"), httpcore.ConnectTimeout("slow"), UnicodeError("label")],
    ids=["refused", "timed out", "no such host name"],
)
def test_what_fails_before_the_connection_stands_was_not_sent(failure):
    """Without a connection nothing has left."""
    line = Line()
    line.connections.connect_fails = failure

    assert isinstance(line.send(), NotSent)
    assert line.stream.written == b""


def test_a_certificate_that_fails_was_not_sent():
    """TLS that takes longer than there is time leaves nothing sent."""
    line = Line()

    outcome = line.send(within_s=0.05, url="https://network.example/posts")

    assert isinstance(outcome, NotSent)
    assert line.stream.written == b""


@pytest.mark.parametrize(
    "pieces",
    [
        [],
        [(0.1, httpcore.ReadError("reset"))],
        [(9.0, an_answer())],
        [(0.1, b"HTTP/1.1 200 OK\r\nContent-Le")],
        [(0.1, an_answer(b"{}", length=100))],
        [(0.1, b"SSH-2.0-OpenSSH_9.2\r\n\r\n")],
        [
            (0.1, an_answer(b"x" * (ANSWER_LIMIT_BYTES // 16), length=9_999_999)),
            *[(0.1, b"x" * 65_536)] * 20,
        ],
    ],
    ids=["closed", "reset", "silent", "cut in the head", "cut in the body", "not HTTP", "too long"],
)
def test_what_fails_after_bytes_left_is_unknown(pieces):
    """Once bytes have left, no failure is known to be one."""
    line = Line(*pieces)

    assert isinstance(line.send(), Unknown)
    assert line.stream.written.startswith(b"POST /posts HTTP/1.1\r\n")


def test_a_write_cut_short_is_unknown():
    """A request of which a part left may have been understood."""
    line = Line()
    line.stream.write_fails_after = 10

    assert isinstance(line.send(), Unknown)


def test_an_answer_to_a_request_cut_short_is_an_answer():
    """A network may answer, and close, before it has read everything."""
    line = Line((0.1, an_answer(b"{}", status="413 Too Large")))
    line.stream.write_fails_after = 10

    outcome = line.send(body=b"x" * 100_000)

    assert isinstance(outcome, Answer)
    assert outcome.status == 413


def test_a_dripping_head_is_given_up_at_the_limit():
    """Many short waits are one long wait."""
    drops = [(0.4, bytes([byte])) for byte in an_answer()]
    line = Line(*drops)
    began = line.clock.now_s

    outcome = line.send(within_s=2.0)

    assert isinstance(outcome, Unknown)
    assert line.clock.now_s - began == pytest.approx(2.0)


def test_a_dripping_body_is_given_up_at_the_limit():
    """The body of an answer has no time of its own either."""
    line = Line((0.1, an_answer(b"", length=1000)), *[(0.4, b"x")] * 1000)
    began = line.clock.now_s

    outcome = line.send(within_s=2.0)

    assert isinstance(outcome, Unknown)
    assert line.clock.now_s - began == pytest.approx(2.0)


def test_a_slow_connection_leaves_less_time_for_the_answer():
    """The limit is on the whole exchange, connecting included."""
    line = Line((1.2, an_answer()))
    line.connections.connects_after_s = 1.0

    assert isinstance(line.send(within_s=2.0), Unknown)
    assert isinstance(Line((1.2, an_answer())).send(within_s=2.0), Answer)


def test_the_lease_is_asked_for_when_the_connection_stands_and_nothing_was_written():
    """The last moment to stop is after connecting, before the first byte; it comes once."""
    line = Line((0.1, an_answer()))
    seen = []

    line.send(
        before_bytes_leave=lambda: seen.append((line.connections.connected, line.stream.written)),
        body=b"x" * 100_000,
    )

    assert [(1, b"")] == seen


def test_a_lost_lease_passes_through_and_nothing_is_written():
    """Whoever lost the lease is told so, and the network hears nothing."""
    line = Line((0.1, an_answer()))

    def lost():
        raise LeaseLost

    with pytest.raises(LeaseLost):
        line.send(before_bytes_leave=lost)
    assert line.stream.written == b""


def test_a_lease_that_takes_too_long_to_ask_for_sends_nothing():
    """Time spent on asking is spent; what is over is not sent."""
    line = Line((0.1, an_answer()))

    def slow():
        line.clock.now_s += 10

    assert isinstance(line.send(within_s=5.0, before_bytes_leave=slow), NotSent)
    assert line.stream.written == b""


def test_a_packed_answer_is_not_asked_for():
    """No answer may unpack to more than came."""
    line = Line((0.1, an_answer()))

    line.send()

    assert b"accept-encoding: identity" in line.stream.written.lower()


def test_one_request_is_written_once():
    """Nothing is tried again, nor is a redirect followed."""
    line = Line((0.1, an_answer(status="307 Temporary Redirect")), (0.1, an_answer()))

    answer = line.send()

    assert isinstance(answer, Answer)
    assert answer.status == 307
    assert line.stream.written.count(b"POST /posts") == 1
    assert line.connections.connected == 1

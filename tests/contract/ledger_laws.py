"""
The laws every ledger is held to, written once.

A test module subclasses LedgerLaws and gives a fixture `book`: a ledger without rows, and
the few things the newsroom does to one. The laws speak of one account, "laws/main".
"""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple, Protocol

import pytest

from broadsheet.reconciler.ledger import Claim, DesiredChanged, Ledger, Standing, Verdict
from broadsheet.reconciler.outcomes import (
    Copy,
    Done,
    Duplicate,
    Found,
    Missing,
    NotSent,
    Ready,
    Refused,
    Throttled,
    Unknown,
)
from broadsheet.reconciler.placements import Action, Attempt, Placement, Rewrite
from broadsheet.reconciler.planning import ABSENT, Absent, Fingerprint
from broadsheet.reconciler.ports import LeaseLost
from broadsheet.reconciler.rereading import READINGS_AT_ONCE

ACCOUNT = "laws/main"
KEY = "post/0197/first"
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
LEASE_S = 60.0
FIRST_WORDS = Fingerprint("1" * 64)
OTHER_WORDS = Fingerprint("2" * 64)


class Kept(NamedTuple):
    """What a ledger keeps of one placement."""

    placement: Placement
    standing: Standing
    due_at: datetime | None
    parked: str


class Book(Protocol):
    """A ledger, and what the newsroom does to it."""

    ledger: Ledger

    def place(self, placement: Placement) -> None:
        """Add a placement that was never acted on."""
        ...

    def want(self, key: str, desired: Fingerprint | Absent, payload: bytes) -> None:
        """Change what a placement should be."""
        ...

    def verify(self, key: str, *, now: datetime) -> None:
        """Ask for a placement to be read back."""
        ...

    def kept(self, key: str) -> Kept:
        """Return what is kept."""
        ...


def after(seconds: float) -> datetime:
    """Return a time by the laws' clock."""
    return NOON + timedelta(seconds=seconds)


def a_placement(key: str = KEY, **changes) -> Placement:
    """Build a placement that was never acted on."""
    fields = {
        "account": ACCOUNT,
        "key": key,
        "delivery_id": "abcdefgh",
        "desired": FIRST_WORDS,
        "payload": b'{"text":"First words"}',
        "rewrite": Rewrite.ASK,
        "attempts": (),
        "verify_at": None,
        "failures": 0,
    }
    return Placement(**{**fields, **changes})


def an_attempt(number: int = 1, **changes) -> Attempt:
    """Build an open attempt to create the post at noon."""
    fields = {
        "number": number,
        "action": Action.CREATE,
        "fingerprint": FIRST_WORDS,
        "target": "abcdefgh-1",
        "started_at": NOON,
        "deadline_at": after(30),
        "outcome": None,
        "finished_at": None,
        "worker": "one",
    }
    return Attempt(**{**fields, **changes})


def a_reading(number: int = 1, **changes) -> Attempt:
    """Build a reading that found one copy at noon."""
    found = Found((Copy(remote_id="77", fingerprint=FIRST_WORDS, created_at=NOON),))
    fields = {
        "action": Action.FIND,
        "fingerprint": "",
        "target": "",
        "outcome": found,
        "finished_at": after(1),
    }
    return an_attempt(number, **{**fields, **changes})


def a_verdict(**changes) -> Verdict:
    """Build the verdict that the first words are live and nothing more is to be done."""
    standing = Standing(live=FIRST_WORDS, remote_id="77", container_id="", container_at=None)
    fields = {"standing": standing, "due_at": None, "verify_at": None, "parked": "", "failures": 0}
    return Verdict(**{**fields, **changes})


class LedgerLaws:
    """The laws; a subclass gives the fixture `book`."""

    @pytest.fixture
    def book(self) -> Book:
        """Give an empty ledger."""
        raise NotImplementedError

    @pytest.fixture
    def claim(self, book) -> Claim:
        """Give the claim on one new placement, taken at noon by worker one."""
        book.place(a_placement())
        return self.claimed(book, owner="one", now=NOON)

    def claimed(self, book, *, owner: str, now: datetime) -> Claim:
        """Claim a row, which must be there."""
        claim = self.tried(book, owner=owner, now=now)
        assert claim is not None
        return claim

    def tried(self, book, *, owner: str, now: datetime) -> Claim | None:
        """Claim a row if there is one."""
        return book.ledger.claim(ACCOUNT, owner=owner, now=now, lease_s=LEASE_S)

    def test_new_placement_is_claimed_whole(self, book):
        """A placement comes out of the ledger as it went in."""
        book.place(a_placement())

        claim = self.claimed(book, owner="one", now=NOON)

        assert Claim(a_placement(), "one", LEASE_S) == claim

    def test_empty_ledger_gives_nothing(self, book):
        """Where there is nothing to do, there is no claim."""
        assert self.tried(book, owner="one", now=NOON) is None

    def test_other_accounts_are_left_alone(self, book):
        """A claim is for one account only."""
        book.place(a_placement())

        claim = book.ledger.claim("laws/other", owner="one", now=NOON, lease_s=LEASE_S)

        assert claim is None

    def test_row_has_one_owner(self, book, claim):
        """A row that is claimed is not claimed again within its lease."""
        assert self.tried(book, owner="two", now=after(LEASE_S - 1)) is None

    def test_lease_ends(self, book, claim):
        """A row whose owner died is claimed again when the lease has ended."""
        assert self.tried(book, owner="two", now=after(LEASE_S)) is not None

    def test_withdrawals_come_first(self, book):
        """A retraction does not wait behind new posts."""
        book.place(a_placement("post/1/first"))
        book.place(a_placement("post/2/first", desired=ABSENT, payload=b"", delivery_id="b"))

        claim = self.claimed(book, owner="one", now=NOON)

        assert claim.placement.key == "post/2/first"

    def test_intent_is_kept_before_anything_leaves(self, book, claim):
        """An attempt that was begun is in the journal, open, even if its worker dies now."""
        book.ledger.begin_attempt(claim, an_attempt())

        later = self.claimed(book, owner="two", now=after(LEASE_S))

        assert (an_attempt(),) == later.placement.attempts

    def test_beginning_renews_the_lease(self, book, claim):
        """The lease runs from the newest attempt."""
        book.ledger.begin_attempt(claim, an_attempt(started_at=after(50), deadline_at=after(80)))

        assert self.tried(book, owner="two", now=after(50 + LEASE_S - 1)) is None
        assert self.tried(book, owner="two", now=after(50 + LEASE_S)) is not None

    def test_nothing_begins_without_the_lease(self, book, claim):
        """A worker whose row was taken by another begins nothing."""
        self.claimed(book, owner="two", now=after(LEASE_S))

        with pytest.raises(LeaseLost):
            book.ledger.begin_attempt(claim, an_attempt(started_at=after(LEASE_S + 1)))

        assert () == book.kept(KEY).placement.attempts

    def test_nothing_begins_after_the_lease(self, book, claim):
        """A worker that slept through its lease begins nothing, though nobody took the row."""
        with pytest.raises(LeaseLost):
            book.ledger.begin_attempt(claim, an_attempt(started_at=after(LEASE_S)))

    def test_nothing_begins_on_an_old_journal(self, book, claim):
        """An attempt whose number is taken is refused."""
        book.ledger.begin_attempt(claim, an_attempt())

        with pytest.raises(LeaseLost):
            book.ledger.begin_attempt(claim, an_attempt())

    def test_nothing_begins_for_an_old_wish(self, book, claim):
        """A wish that changed after the claim stops the attempt."""
        book.want(KEY, ABSENT, b"")

        with pytest.raises(DesiredChanged):
            book.ledger.begin_attempt(claim, an_attempt())

        assert () == book.kept(KEY).placement.attempts

    def test_lease_is_ours_while_it_lasts(self, book, claim):
        """Asking whether a row is still ours says yes within the lease, and no from its end."""
        book.ledger.still_ours(claim, now=after(LEASE_S - 1))

        with pytest.raises(LeaseLost):
            book.ledger.still_ours(claim, now=after(LEASE_S))

    @pytest.mark.parametrize(
        "outcome",
        [
            Done("77"),
            Ready("c-1"),
            NotSent("no route"),
            Unknown("timeout \u2014 “?”"),
            Throttled(after(300)),
            Refused("too long"),
            Duplicate("said already"),
        ],
        ids=lambda outcome: type(outcome).__name__,
    )
    def test_outcomes_are_kept_whole(self, book, claim, outcome):
        """What came of an attempt is read back as it was written."""
        book.ledger.begin_attempt(claim, an_attempt())

        book.ledger.close_attempt(claim, 1, outcome, now=after(2))

        closed = an_attempt(outcome=outcome, finished_at=after(2))
        assert (closed,) == book.kept(KEY).placement.attempts

    @pytest.mark.parametrize(
        "seen",
        [
            Missing(after(-3)),
            Found((Copy("77", None, NOON), Copy("78", FIRST_WORDS, after(9)))),
        ],
        ids=lambda seen: type(seen).__name__,
    )
    def test_readings_are_kept_whole(self, book, claim, seen):
        """What a reading saw is read back as it was written."""
        book.ledger.record_reading(claim, a_reading(outcome=seen))

        assert (a_reading(outcome=seen),) == book.kept(KEY).placement.attempts

    def test_late_answer_is_evidence(self, book, claim):
        """An answer that comes after the lease is kept, and decides nothing."""
        book.ledger.begin_attempt(claim, an_attempt())
        self.claimed(book, owner="two", now=after(LEASE_S))

        with pytest.raises(LeaseLost):
            book.ledger.close_attempt(claim, 1, Done("77"), now=after(LEASE_S + 5))

        assert Done("77") == book.kept(KEY).placement.attempts[0].outcome

    def test_late_answer_wakes_the_row(self, book, claim):
        """A row that was settled and parked meanwhile is claimed again for a late answer."""
        book.ledger.begin_attempt(claim, an_attempt())
        other = self.claimed(book, owner="two", now=after(LEASE_S))
        book.ledger.release(other, a_verdict(parked="Look at it."), now=after(LEASE_S + 1))

        with pytest.raises(LeaseLost):
            book.ledger.close_attempt(claim, 1, Done("77"), now=after(LEASE_S + 5))

        assert self.tried(book, owner="three", now=after(LEASE_S + 5)) is not None

    def test_late_answer_outlasts_the_others_verdict(self, book, claim):
        """A late answer that comes while another works is not slept over by its verdict."""
        book.ledger.begin_attempt(claim, an_attempt())
        other = self.claimed(book, owner="two", now=after(LEASE_S))
        with pytest.raises(LeaseLost):
            book.ledger.close_attempt(claim, 1, Done("77"), now=after(LEASE_S + 5))

        book.ledger.release(other, a_verdict(parked="Look at it."), now=after(LEASE_S + 6))

        assert self.tried(book, owner="three", now=after(LEASE_S + 6)) is not None

    def test_late_reading_is_not_kept(self, book, claim):
        """A reading that ended after the lease is dropped: it may be older than what followed."""
        self.claimed(book, owner="two", now=after(LEASE_S))

        with pytest.raises(LeaseLost):
            book.ledger.record_reading(claim, a_reading(finished_at=after(LEASE_S + 1)))

        assert () == book.kept(KEY).placement.attempts

    def test_verdict_is_written_whole(self, book, claim):
        """What a worker leaves behind is read back as it was written."""
        standing = Standing(FIRST_WORDS, "77", "c-1", NOON)
        verdict = Verdict(standing, after(9), after(99), "Look at it.", failures=3)

        book.ledger.release(claim, verdict, now=after(1))

        kept = book.kept(KEY)
        assert verdict == Verdict(
            kept.standing,
            kept.due_at,
            kept.placement.verify_at,
            kept.parked,
            kept.placement.failures,
        )

    def test_equal_row_rests(self, book, claim):
        """A row that is as desired, with nothing to read back, is not claimed."""
        book.ledger.release(claim, a_verdict(), now=after(1))

        assert self.tried(book, owner="two", now=after(10**6)) is None

    def test_unequal_row_waits_till_due(self, book, claim):
        """A row that differs is claimed when it falls due, not before."""
        nothing = Standing(ABSENT, "", "", None)
        book.ledger.release(claim, a_verdict(standing=nothing, due_at=after(100)), now=after(1))

        assert self.tried(book, owner="two", now=after(99)) is None
        assert self.tried(book, owner="two", now=after(100)) is not None

    def test_reading_falls_due(self, book, claim):
        """A row that is as desired is claimed for its reading, not before."""
        book.ledger.release(claim, a_verdict(verify_at=after(100)), now=after(1))

        assert self.tried(book, owner="two", now=after(99)) is None
        assert self.tried(book, owner="two", now=after(100)) is not None

    def test_settled_row_is_read_again_when_asked(self, book, claim):
        """A row at rest is claimed again once its next look is due and asked for, not before."""
        book.ledger.release(claim, a_verdict(read_again_at=after(100)), now=after(1))

        early = book.ledger.read_again(ACCOUNT, now=after(99))
        unasked = self.tried(book, owner="two", now=after(10**6))
        asked = book.ledger.read_again(ACCOUNT, now=after(100))

        assert (0, None, 1) == (early, unasked, asked)
        placement = self.claimed(book, owner="two", now=after(100)).placement
        assert after(100) == placement.verify_at

    def test_few_settled_rows_are_read_again_at_once(self, book):
        """While some are being read nobody asks for more than a few, the longest overdue first."""
        for number in range(READINGS_AT_ONCE + 2):
            book.place(a_placement(f"post/{number}/first", delivery_id=f"mark{number}"))
            claim = self.claimed(book, owner="one", now=NOON)
            look = a_verdict(read_again_at=after(100 - number))
            book.ledger.release(claim, look, now=after(1))

        asked = [book.ledger.read_again(ACCOUNT, now=after(200)) for _ in range(2)]

        assert [READINGS_AT_ONCE, 0] == asked
        keys = [f"post/{number}/first" for number in range(READINGS_AT_ONCE + 2)]
        waiting = [key for key in keys if book.kept(key).placement.verify_at is None]
        assert keys[:2] == waiting

    def test_nothing_is_read_again_for_others(self, book, claim):
        """Rows that are parked, held or not as desired, or of another account, are left alone."""
        book.ledger.release(claim, a_verdict(read_again_at=after(1), parked="No."), now=after(1))
        book.place(a_placement("post/held/first", delivery_id="held"))
        held = self.claimed(book, owner="one", now=after(2))
        book.ledger.release(held, a_verdict(read_again_at=after(3)), now=after(3))
        book.ledger.read_again(ACCOUNT, now=after(3))
        self.claimed(book, owner="one", now=after(3))
        book.place(a_placement("post/waits/first", delivery_id="waits"))
        waits = self.claimed(book, owner="one", now=after(3))
        nothing = a_verdict(
            standing=Standing(ABSENT, "", "", None), due_at=after(99), read_again_at=after(3)
        )
        book.ledger.release(waits, nothing, now=after(3))

        assert 0 == book.ledger.read_again("laws/other", now=after(4))
        assert 0 == book.ledger.read_again(ACCOUNT, now=after(4))

    def test_parked_row_waits_for_a_person(self, book, claim):
        """A parked row is not claimed, however long it waits."""
        nothing = Standing(ABSENT, "", "", None)
        verdict = a_verdict(standing=nothing, verify_at=after(5), parked="Look at it.")
        book.ledger.release(claim, verdict, now=after(1))

        assert self.tried(book, owner="two", now=after(10**6)) is None

    def test_new_wish_unparks(self, book, claim):
        """New words have a parked row tried again at once, with its failures forgotten."""
        book.ledger.release(claim, a_verdict(parked="Too long.", failures=4), now=after(1))

        book.want(KEY, OTHER_WORDS, b"{}")

        assert self.claimed(book, owner="two", now=after(2)).placement.failures == 0

    @pytest.mark.parametrize("desired", [FIRST_WORDS, ABSENT], ids=["what is live", "nothing"])
    def test_wish_while_held_is_not_lost(self, book, desired):
        """A wish that changes under a worker's hands leaves the row claimable at once."""
        book.place(a_placement(desired=OTHER_WORDS))
        claim = self.claimed(book, owner="one", now=NOON)
        book.want(KEY, desired, b"")

        book.ledger.release(claim, a_verdict(due_at=after(500), parked="No."), now=after(1))

        assert self.claimed(book, owner="two", now=after(1)).placement.desired == desired

    def test_reading_asked_for_while_held_is_not_lost(self, book, claim):
        """A reading asked for under a worker's hands is still due after its verdict."""
        book.verify(KEY, now=after(1))

        book.ledger.release(claim, a_verdict(), now=after(2))

        assert self.tried(book, owner="two", now=after(2)) is not None

    def test_no_verdict_without_the_lease(self, book, claim):
        """A worker whose row was taken leaves no verdict."""
        self.claimed(book, owner="two", now=after(LEASE_S))

        with pytest.raises(LeaseLost):
            book.ledger.release(claim, a_verdict(), now=after(LEASE_S + 1))

        assert book.kept(KEY).standing.live != FIRST_WORDS

    @pytest.mark.parametrize("kind", ["attempt", "reading"])
    def test_dead_workers_row_is_never_taken_for_equal(self, book, claim, kind):
        """A row left in the middle is claimed again, even if it is now wished as it last was."""
        nothing = a_verdict(standing=Standing(ABSENT, "", "", None))
        book.ledger.release(claim, nothing, now=after(1))
        again = self.claimed(book, owner="two", now=after(2))
        if kind == "attempt":
            book.ledger.begin_attempt(again, an_attempt(started_at=after(3)))
        else:
            book.ledger.record_reading(again, a_reading(started_at=after(3), finished_at=after(3)))

        book.want(KEY, ABSENT, b"")

        assert self.tried(book, owner="three", now=after(3 + LEASE_S)) is not None

"""
The laws every surface keeps, whatever network is behind it.

A network's test file makes a class of these and gives the fixture `stage`. Each law has a
surface that breaks it in broken_surfaces.py. Where a network's class decides, the law says
what holds for that class; no law is left out for any.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime

from broadsheet.reconciler.outcomes import (
    Done,
    Duplicate,
    Found,
    Listed,
    Missing,
    NotSent,
    Ready,
    Refused,
    Sent,
    Throttled,
    Unknown,
    Unreadable,
)
from broadsheet.reconciler.ports import Exactness, LeaseLost, Order, Surface
from tests.contract.raw_servers import dripping, nobody, silent
from tests.contract.stage import (
    HASTY_S,
    PATIENT_S,
    SLACK_S,
    Stage,
    Trouble,
    begun,
    found,
    hasty,
    leased,
    listed,
    posted,
)

LATE_S = 0.8  # a late post; a read before that must be over by then
Write = Callable[[Surface, Callable[[], None]], object]

NO_ANSWERS_AFTER = (
    Trouble.DROP_AFTER,
    Trouble.FAIL_AFTER,
    Trouble.HTML_AFTER,
    Trouble.TRUNCATED_AFTER,
)
NO_ANSWERS_BEFORE = (Trouble.DROP_BEFORE, Trouble.FAIL_BEFORE, Trouble.HTML_BEFORE)


class SurfaceLaws:
    """What a surface promises the reconciler."""

    def test_what_was_created_reads_back(self, stage: Stage):
        """A post made is shown once, with exactly the words of its order, and is found."""
        order = stage.order()

        outcome = posted(stage, order)

        assert isinstance(outcome, Done)
        assert stage.world.shown() == (order.payload,)
        seen = found(stage, order)
        if stage.is_readable:
            assert isinstance(seen, Found)
            assert [outcome.remote_id] == [copy.remote_id for copy in seen.copies]
            assert seen.copies[0].fingerprint in {order.fingerprint, None}
        else:
            assert isinstance(seen, Unreadable)

    def test_the_same_order_twice(self, stage: Stage):
        """Sent twice, an order is one post (A, B, C), or each post made is answered for."""
        order = stage.order()

        first, second = _posted_twice(stage, order)

        assert isinstance(first, Done)
        if stage.traits.exactness in {Exactness.READABLE, Exactness.WRITE_ONLY}:
            assert isinstance(second, Done | Duplicate)
            done = {each for each in (first, second) if isinstance(each, Done)}
            assert len(done) == len(stage.world.shown())
        else:
            assert first == second
            assert stage.world.shown() == (order.payload,)

    def test_sending_again_after_a_lost_answer(self, stage: Stage):
        """Where the class guards against doubling (A, B, C), a retry finds the post it made."""
        order = stage.order()
        stage.world.spoil(Trouble.DROP_AFTER, stage.posting)

        first, second = _posted_twice(stage, order)

        assert isinstance(first, Unknown)
        assert isinstance(second, Done | Duplicate)
        if stage.traits.exactness not in {Exactness.READABLE, Exactness.WRITE_ONLY}:
            assert isinstance(second, Done)
            assert stage.world.shown() == (order.payload,)

    def test_an_edit_shows(self, stage: Stage):
        """An edited post shows the new words; a network without edits refuses, unchanged."""
        order, remote_id = _an_existing_post(stage)
        changed = stage.changed(order, "Corrected: the council rejected the tram line.")

        outcome = stage.surface.edit(changed, remote_id, before_bytes_leave=leased)

        if stage.traits.can_edit:
            assert outcome == Done(remote_id)
            assert stage.world.shown() == (changed.payload,)
        else:
            assert isinstance(outcome, Refused)
            assert stage.world.shown() == (order.payload,)

    def test_an_edit_twice_is_one_edit(self, stage: Stage):
        """The same edit again, also after a lost answer, changes nothing more."""
        order, remote_id = _an_existing_post(stage)
        changed = stage.changed(order, "Corrected: the council rejected the tram line.")
        stage.world.spoil(Trouble.DROP_AFTER, "edit")

        first = stage.surface.edit(changed, remote_id, before_bytes_leave=leased)
        second = stage.surface.edit(changed, remote_id, before_bytes_leave=leased)

        if stage.traits.can_edit:
            assert isinstance(first, Unknown)
            assert second == Done(remote_id)
            assert stage.world.shown() == (changed.payload,)
        else:
            assert first == second
            assert stage.world.shown() == (order.payload,)

    def test_an_edit_of_a_withdrawn_post_revives_nothing(self, stage: Stage):
        """An edit that comes after the withdrawal is refused and makes no post."""
        order, remote_id = _an_existing_post(stage)
        stage.surface.withdraw(order, remote_id, before_bytes_leave=leased)

        outcome = stage.surface.edit(order, remote_id, before_bytes_leave=leased)

        assert isinstance(outcome, Refused)
        assert stage.world.shown() == ()

    def test_a_withdrawn_post_is_gone(self, stage: Stage):
        """A withdrawn post is shown no more, and reading back says so."""
        order, remote_id = _an_existing_post(stage)

        outcome = stage.surface.withdraw(order, remote_id, before_bytes_leave=leased)

        assert outcome == Done(remote_id)
        assert stage.world.shown() == ()
        assert isinstance(found(stage, order), Missing if stage.is_readable else Unreadable)

    def test_withdrawing_twice_is_done(self, stage: Stage):
        """A post that is gone already is withdrawn, as asked; also after a lost answer."""
        order, remote_id = _an_existing_post(stage)
        stage.world.spoil(Trouble.DROP_AFTER, "withdraw")

        first = stage.surface.withdraw(order, remote_id, before_bytes_leave=leased)
        second = stage.surface.withdraw(order, remote_id, before_bytes_leave=leased)

        assert isinstance(first, Unknown)
        assert second == Done(remote_id)

    def test_what_was_never_posted_is_missing(self, stage: Stage):
        """Absence is stated from a complete read with the time it began, or not at all."""
        now = datetime.now(tz=UTC)

        seen = stage.surface.find(stage.order(), now=now)

        if stage.is_readable:
            assert seen == Missing(now)
        else:
            assert isinstance(seen, Unreadable)

    def test_a_post_below_many_others_is_found(self, stage: Stage):
        """A post is found on whatever page of the timeline it stands."""
        order, remote_id = _an_existing_post(stage)
        stage.world.crowd()

        seen = found(stage, order)

        if stage.is_readable:
            assert isinstance(seen, Found)
            assert [remote_id] == [copy.remote_id for copy in seen.copies]
        else:
            assert isinstance(seen, Unreadable)

    def test_no_answer_in_time_is_unknown(self, stage: Stage):
        """A request that was read and not answered in time is not known to have failed."""
        order = stage.order()
        stage.world.spoil(Trouble.DELAY_AFTER, "any", seconds=2 * HASTY_S)

        outcome = begun(stage.surface, hasty(order), traits=stage.traits)

        assert isinstance(outcome, Unknown)

    def test_an_unreachable_network_was_sent_nothing(self, stage: Stage):
        """Where no connection stands, nothing was sent; nothing can be read either."""
        order = stage.order()

        with nobody() as base_url:
            surface = stage.surface_at(base_url)
            outcome = begun(surface, order, traits=stage.traits)
            seen = surface.find(order, now=datetime.now(tz=UTC))

        assert isinstance(outcome, NotSent)
        assert isinstance(seen, Unreadable)

    def test_a_deadline_in_the_past_sends_nothing(self, stage: Stage):
        """An order whose time is over is not sent."""
        order = stage.order()._replace(deadline_at=datetime.now(tz=UTC))

        with silent() as network:
            outcome = begun(stage.surface_at(network.base_url), order, traits=stage.traits)

        assert isinstance(outcome, NotSent)
        assert network.received == []

    def test_a_throttled_request_names_a_time(self, stage: Stage):
        """A network that wants us to wait is told from one that refuses, and says how long."""
        order = stage.order()
        stage.world.spoil(Trouble.THROTTLE, stage.posting, seconds=90)

        asked_at = datetime.now(tz=UTC)
        outcome = posted(stage, order)

        assert isinstance(outcome, Throttled)
        assert 60 < (outcome.until - asked_at).total_seconds() < 120
        assert stage.world.shown() == ()

    def test_a_throttled_read_names_a_time(self, stage: Stage):
        """A read that must wait says until when, and never that nothing is there."""
        stage.world.spoil(Trouble.THROTTLE, "read", seconds=90)

        seen = found(stage, stage.order())

        assert isinstance(seen, Throttled if stage.is_readable else Unreadable)

    def test_a_refused_post_is_nowhere(self, stage: Stage):
        """A post the network will not have is refused, with a reason for a person."""
        payload = stage.world.unacceptable_payload(delivery_id="refused7")
        order = stage.order_of(payload, "refused7")

        outcome = posted(stage, order)

        assert isinstance(outcome, Refused)
        assert outcome.reason
        assert stage.world.shown() == ()

    def test_a_lost_answer_is_unknown_and_the_post_is_found(self, stage: Stage):
        """After any answer that cannot be trusted we do not know, until we look."""
        for trouble in NO_ANSWERS_AFTER:
            order = stage.order(f"The answer is lost: {trouble.value}.")
            stage.world.spoil(trouble, stage.posting)

            outcome = posted(stage, order)

            assert isinstance(outcome, Unknown), trouble
            assert stage.world.shown().count(order.payload) == 1, trouble
            assert isinstance(found(stage, order), Found if stage.is_readable else Unreadable)

    def test_a_lost_request_is_unknown_and_the_post_is_missing(self, stage: Stage):
        """A request lost on its way looks just like a lost answer, until we look."""
        for trouble in NO_ANSWERS_BEFORE:
            order = stage.order(f"The request is lost: {trouble.value}.")
            stage.world.spoil(trouble, stage.posting)

            outcome = posted(stage, order)

            assert isinstance(outcome, Unknown), trouble
            assert stage.world.shown() == (), trouble
            assert isinstance(found(stage, order), Missing if stage.is_readable else Unreadable)

    def test_a_late_arrival_is_found_later(self, stage: Stage):
        """A post that appears after it was missing is found by the next read."""
        order = stage.order()
        stage.world.spoil(Trouble.LATE, stage.posting, seconds=LATE_S)

        outcome, early = posted(stage, order), found(stage, order)
        was_early = not stage.world.shown()  # on a busy machine the post may be quicker
        _wait_until_shown(stage)
        late = found(stage, order)

        assert isinstance(outcome, Unknown)
        if stage.is_readable:
            assert isinstance(early, Missing) or not was_early
            assert isinstance(late, Found)
        else:
            assert isinstance(early, Unreadable)
            assert isinstance(late, Unreadable)

    def test_a_post_made_twice_is_found_twice(self, stage: Stage):
        """Where a network doubled a post, every copy is told of, the oldest first."""
        order = stage.order()
        stage.world.spoil(Trouble.DOUBLE, stage.posting)

        posted(stage, order)
        seen = found(stage, order)

        if stage.is_readable:
            assert isinstance(seen, Found)
            assert len(stage.world.shown()) == len(seen.copies)
            assert list(seen.copies) == sorted(seen.copies, key=lambda copy: copy.created_at)
        else:
            assert isinstance(seen, Unreadable)

    def test_a_read_without_an_answer_is_unreadable(self, stage: Stage):
        """A read that failed, in whatever way, never says that a post is missing."""
        order = stage.order()
        for trouble in (*NO_ANSWERS_BEFORE, *NO_ANSWERS_AFTER):
            stage.world.spoil(trouble, "read")

            assert isinstance(found(stage, order), Unreadable), trouble

    def test_a_read_cut_short_is_unreadable(self, stage: Stage):
        """What could not be read to its end never says that a post is missing."""
        order = stage.order()
        stage.world.crowd()
        is_paged = stage.traits.exactness is not Exactness.NATURAL_ID

        stage.world.spoil(Trouble.FAIL_BEFORE, "read", skip=1 if is_paged else 0)

        assert isinstance(found(stage, order), Unreadable)

    def test_every_own_post_is_listed(self, stage: Stage):
        """A list tells of each post that stands with our mark, the oldest first."""
        order = stage.order()
        outcome = posted(stage, order)
        stage.world.crowd()

        seen = listed(stage)

        if not stage.is_readable:
            assert isinstance(seen, Unreadable)
            return
        assert isinstance(seen, Listed)
        assert len(stage.world.shown()) == len(seen.posts)
        first = seen.posts[0]
        assert isinstance(outcome, Done)
        assert (outcome.remote_id, order.delivery_id) == (first.remote_id, first.delivery_id)
        assert order.delivery_id in first.link
        assert first.fingerprint in {order.fingerprint, None}
        assert first.text.encode() in order.payload
        assert sorted(seen.posts, key=lambda post: post.created_at) == list(seen.posts)

    def test_a_listing_cut_short_is_no_list(self, stage: Stage):
        """What could not be read to its end never counts as all there is."""
        stage.world.crowd()
        for trouble in (*NO_ANSWERS_BEFORE, *NO_ANSWERS_AFTER):
            stage.world.spoil(trouble, "read", skip=1)

            assert isinstance(listed(stage), Unreadable), trouble
            if stage.is_readable:
                assert isinstance(listed(stage), Listed)

    def test_a_throttled_listing_names_a_time(self, stage: Stage):
        """A list that must wait is told from one that failed."""
        stage.world.spoil(Trouble.THROTTLE, "read", seconds=30)

        seen = listed(stage)

        assert isinstance(seen, Throttled if stage.is_readable else Unreadable)

    def test_the_lease_is_asked_for_once_before_any_byte(self, stage: Stage):
        """Each request asks for its lease once, when the connection stands."""
        asked: list[int] = []

        with silent() as network:
            surface = stage.surface_at(network.base_url)
            for name, act in _writes(stage, stage.order()).items():
                before = len(asked)
                act(surface, lambda: asked.append(len(network.received)))

                assert len(asked) == before + 1, name

        assert len(network.connections) == len(asked)
        assert asked[0] == 0

    def test_a_lost_lease_stops_every_byte(self, stage: Stage):
        """When the lease is lost nothing is sent, and the caller is told so."""

        def lost() -> None:
            raise LeaseLost

        with silent() as network:
            surface = stage.surface_at(network.base_url)
            for name, act in _writes(stage, stage.order()).items():
                assert _is_stopped_by(act, surface, lost), name
            _wait_until(lambda: len(network.connections) == len(_writes(stage, stage.order())))

        assert len(network.connections) == len(_writes(stage, stage.order()))
        assert network.received == []

    def test_a_dripping_answer_meets_the_deadline(self, stage: Stage):
        """An answer that comes a byte at a time is given up at the order's deadline."""
        order = stage.order()

        with dripping() as network:
            surface = stage.surface_at(network.base_url)
            began = time.monotonic()
            outcome = begun(surface, hasty(order), traits=stage.traits)
            between = time.monotonic()
            seen = surface.find(hasty(order), now=datetime.now(tz=UTC))
            ended = time.monotonic()

        assert isinstance(outcome, Unknown)
        assert isinstance(seen, Unreadable)
        assert between - began < HASTY_S + SLACK_S
        assert ended - between < HASTY_S + SLACK_S

    def test_a_slow_timeline_meets_the_deadline(self, stage: Stage):
        """A read of many pages, each in time, is over at the order's deadline too."""
        order = stage.order()
        stage.world.crowd()
        stage.world.spoil(Trouble.DELAY_BEFORE, "read", seconds=0.7 * HASTY_S, times=9)

        began = time.monotonic()
        seen = stage.surface.find(hasty(order), now=datetime.now(tz=UTC))
        took = time.monotonic() - began

        assert took < HASTY_S + SLACK_S
        if stage.traits.exactness is not Exactness.NATURAL_ID:  # one page of one record is in time
            assert isinstance(seen, Unreadable)


def _an_existing_post(stage: Stage) -> tuple[Order, str]:
    """Return an order whose post is out, and the post's id."""
    order = stage.order()
    outcome = posted(stage, order)
    assert isinstance(outcome, Done)
    return order, outcome.remote_id


def _posted_twice(stage: Stage, order: Order) -> tuple[Sent, Sent]:
    """Send twice the request that makes the post public."""
    if stage.traits.exactness is not Exactness.CONTAINER:
        return posted(stage, order), posted(stage, order)
    container = stage.surface.prepare(order, before_bytes_leave=leased)
    assert isinstance(container, Ready)
    return (
        stage.surface.publish(order, container.container_id, before_bytes_leave=leased),
        stage.surface.publish(order, container.container_id, before_bytes_leave=leased),
    )


def _writes(stage: Stage, order: Order) -> dict[str, Write]:
    """Return every request of this network that changes something, by name."""
    writes: dict[str, Write] = {
        "withdraw": lambda on, lease: on.withdraw(hasty(order), "1", before_bytes_leave=lease)
    }
    if stage.traits.can_edit:
        writes["edit"] = lambda on, lease: on.edit(hasty(order), "1", before_bytes_leave=lease)
    if stage.traits.exactness is Exactness.CONTAINER:
        writes["prepare"] = lambda on, lease: on.prepare(hasty(order), before_bytes_leave=lease)
        writes["publish"] = lambda on, lease: on.publish(
            hasty(order), "1", before_bytes_leave=lease
        )
    else:
        writes["create"] = lambda on, lease: on.create(hasty(order), before_bytes_leave=lease)
    return writes


def _is_stopped_by(act: Write, surface: Surface, lost: Callable[[], None]) -> bool:
    try:
        act(surface, lost)
    except LeaseLost:
        return True
    return False


def _wait_until_shown(stage: Stage) -> None:
    _wait_until(lambda: bool(stage.world.shown()))


def _wait_until(is_so: Callable[[], bool]) -> None:
    """Wait for what must come; whether it came is for the law to say."""
    ends_at = time.monotonic() + PATIENT_S
    while not is_so() and time.monotonic() < ends_at:
        time.sleep(0.02)

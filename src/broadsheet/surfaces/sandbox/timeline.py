"""
Reads an account's timeline back, to find our own posts by their mark.

Absence is only what a complete read shows: every page from the newest post down to the
object's first attempt, each page joining on to the one before. Pages are asked for by the id
of the last post seen, so posts that come or go meanwhile can hide none that was there.
"""

import hashlib
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

import msgspec

from broadsheet.reconciler.outcomes import (
    Copy,
    Found,
    Listed,
    Listing,
    Missing,
    NotSent,
    OwnPost,
    Seen,
    Throttled,
    Unknown,
    Unreadable,
)
from broadsheet.story.versions import canonical
from broadsheet.surfaces.sandbox import answers, payload
from broadsheet.surfaces.sandbox.client import Received
from broadsheet.surfaces.sending import Answer

# How far the network's clock may be from ours: a read goes back this much further.
CLOCK_SKEW_S = 600.0

ReadPage = Callable[[str], Received]  # by cursor; "" is the newest page


class Search(NamedTuple):
    """What is looked for, and how far back it can be."""

    delivery_id: str
    began_at: datetime
    first_attempt_at: datetime | None  # None: to the beginning

    def goes_back_beyond(self, created_at: datetime) -> bool:
        """Return whether a post of that time may still have ours below it."""
        if self.first_attempt_at is None:
            return True
        return created_at >= self.first_attempt_at - timedelta(seconds=CLOCK_SKEW_S)


def find(search: Search, *, read_page: ReadPage, clock: Callable[[], datetime]) -> Seen:
    """Return every copy of our post, or Missing from a complete read, or why neither."""
    copies: list[Copy] = []
    for page in _pages(read_page, clock=clock):
        if not isinstance(page, answers.Page):
            # What was seen is there, however the rest of the read went.
            return _found(copies) if copies else page
        copies += [copy_of(post) for post in page.posts if _is_ours(post, search.delivery_id)]
        if page.posts and not search.goes_back_beyond(page.posts[-1].created_at):
            break
    return _found(copies) if copies else Missing(search.began_at)


def own_posts(*, began_at: datetime, read_page: ReadPage, clock: Callable[[], datetime]) -> Listing:
    """Return every post that bears a mark of ours, or why not all could be read."""
    newest_first: list[OwnPost] = []
    for page in _pages(read_page, clock=clock):
        if not isinstance(page, answers.Page):
            return page
        newest_first += [own for post in page.posts if (own := _own(post)) is not None]
    return Listed(tuple(reversed(newest_first)), began_at)


def _pages(
    read_page: ReadPage, *, clock: Callable[[], datetime]
) -> Iterator[answers.Page | Unreadable | Throttled]:
    """Yield the pages down to the oldest; last of all why one was not read, if it was not."""
    last: int | None = None
    cursor: str | None = ""
    while cursor is not None:
        page = _page(read_page(cursor), below=last, now=clock())
        yield page
        if not isinstance(page, answers.Page):
            return
        last = page.posts[-1].place if page.posts else last
        cursor = page.cursor


def copy_of(post: answers.Post) -> Copy:
    """Return the post as one copy of our object, with the fingerprint of what it shows."""
    try:
        shown = fingerprint_of(canonical(msgspec.json.decode(post.payload)))
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        shown = None  # it bears our mark, and what it says cannot be compared
    return Copy(
        remote_id=post.id,
        fingerprint=shown,
        created_at=post.created_at,
    )


def fingerprint_of(shown: bytes) -> str:
    """Return what the ledger would keep of a payload like this."""
    return hashlib.sha256(shown).hexdigest()


def not_read(received: Received, *, now: datetime) -> Unreadable | Throttled:
    """Return what an answer that holds no posts means."""
    match received:
        case NotSent(reason=reason) | Unknown(reason=reason):
            return Unreadable(reason)
        case Answer(status=answers.THROTTLED):
            return Throttled(answers.throttled_until(received, now=now))
        case Answer():
            told = answers.refused(received)
            words = f"{told.code}: {told.message}" if told else answers.untrusted(received)
            return Unreadable(words)


def _page(
    received: Received, *, below: int | None, now: datetime
) -> answers.Page | Unreadable | Throttled:
    if not isinstance(received, Answer) or not answers.is_success(received):
        return not_read(received, now=now)
    page = answers.decoded(received, as_type=answers.Page)
    if page is None:
        return Unreadable(answers.untrusted(received))
    broken = _broken_at(page, below=below)
    return Unreadable(broken) if broken else page


def _broken_at(page: answers.Page, *, below: int | None) -> str:
    """Return why this page does not join on to what was read before; "" if it does."""
    for post in page.posts:
        if not answers.is_usable_id(post.id):
            return f"a page shows a post under the id {post.id[:50]!r}, which cannot be kept"
        if post.created_at.tzinfo is None:
            return f"a page shows post {post.id} at {post.created_at}, of no time zone"
        if post.place is None:
            return f"a page shows a post under the id {post.id!r}, which is no number"
        if below is not None and post.place >= below:
            return f"a page shows post {post.place} after post {below}: the timeline moved"
        below = post.place
    if page.cursor is not None and (not page.posts or page.cursor != str(below)):
        return f"a page of {len(page.posts)} posts goes on at {page.cursor!r}, not at its last post"
    return ""


def _own(post: answers.Post) -> OwnPost | None:
    """Return a post as one of ours, None if it bears no mark."""
    try:
        said = payload.parsed(bytes(post.payload))
    except payload.PayloadUnreadable:
        return None
    marked = payload.marked_link(said)
    if marked is None:
        return None
    copy = copy_of(post)
    return OwnPost(
        remote_id=copy.remote_id,
        delivery_id=marked.delivery_id,
        link=marked.link,
        text=said.text,
        fingerprint=copy.fingerprint,
        created_at=copy.created_at,
    )


def _is_ours(post: answers.Post, delivery_id: str) -> bool:
    try:
        return delivery_id in payload.delivery_ids(payload.parsed(bytes(post.payload)))
    except payload.PayloadUnreadable:
        return False  # whatever it is, we do not write such; our mark is in all we write


def _found(copies: list[Copy]) -> Found:
    return Found(tuple(sorted(copies, key=lambda copy: (copy.created_at, int(copy.remote_id)))))

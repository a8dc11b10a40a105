"""Reading a timeline to its end, or saying that it was not."""

from datetime import UTC, datetime, timedelta

import httpx
import msgspec
import pytest

from broadsheet.reconciler.outcomes import Found, Listed, Missing, NotSent, Throttled, Unreadable
from broadsheet.story.versions import canonical
from broadsheet.surfaces.sandbox import timeline
from broadsheet.surfaces.sending import Answer

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
OURS = "abcdefgh"


def a_post(number, *, delivery_id="other234", text="words"):
    """Return a post as the network lists it: post n was made at noon and n seconds."""
    return {
        "id": str(number),
        "payload": {"text": text, "link": f"https://paper.example/s/?d={delivery_id}"},
        "created_at": NOON + timedelta(seconds=number),
        "edited_at": None,
    }


def a_page(*posts, cursor=None):
    """Return a page of posts as it comes over the wire."""
    body = msgspec.json.encode({"posts": posts, "cursor": cursor})
    return Answer(200, httpx.Headers({"Content-Type": "application/json"}), body)


def find(pages, *, first_attempt_at=None):
    """Look for our post on these pages, by cursor."""
    search = timeline.Search(delivery_id=OURS, began_at=NOON, first_attempt_at=first_attempt_at)
    return timeline.find(search, read_page=pages.__getitem__, clock=lambda: NOON)


def test_absence_is_what_every_page_shows():
    """Missing carries the time its complete read began."""
    pages = {"": a_page(a_post(9), a_post(8), cursor="8"), "8": a_page(a_post(7))}

    assert Missing(NOON) == find(pages)
    assert Missing(NOON) == find({"": a_page()})


def test_copies_are_told_oldest_first_with_what_they_show():
    """Every copy on every page counts, and its fingerprint is of what readers see."""
    old = a_post(3, delivery_id=OURS, text="old words")
    pages = {"": a_page(a_post(9, delivery_id=OURS), cursor="9"), "9": a_page(old)}

    seen = find(pages)

    assert isinstance(seen, Found)
    assert ["3", "9"] == [copy.remote_id for copy in seen.copies]
    assert timeline.fingerprint_of(canonical(old["payload"])) == seen.copies[0].fingerprint


@pytest.mark.parametrize(
    "second",
    [
        NotSent("refused"),
        a_page(a_post(9)),
        a_page(a_post(8)),
        a_page(cursor="8"),
        a_page(a_post(7), cursor="3"),
        a_page(a_post(7) | {"id": "a7"}),
        Answer(200, httpx.Headers({"Content-Type": "application/json"}), b'{"posts":[]}'),
        Answer(200, httpx.Headers({"Content-Type": "text/html"}), b"<h1>One moment</h1>"),
        Answer(502, httpx.Headers(), b""),
    ],
    ids=[
        "not read",
        "a post above the last one",
        "the last one again",
        "nothing, and more to come",
        "a cursor that leaves some out",
        "an id that is no number",
        "no word of an end",
        "HTML",
        "502",
    ],
)
def test_a_page_that_does_not_join_on_is_unreadable(second):
    """A read with a gap in it shows no absence."""
    pages = {"": a_page(a_post(9), a_post(8), cursor="8"), "8": second}

    assert isinstance(find(pages), Unreadable)


@pytest.mark.parametrize(
    "changes",
    [{"created_at": "2026-11-22T12:00:00"}, {"id": "9" * 400}, {"id": ""}],
    ids=["no time zone", "long id", "no id"],
)
def test_a_page_that_cannot_be_kept_is_unreadable(changes):
    """A time or an id that the ledger could not work with is no answer, and breaks nothing."""
    page = a_page(a_post(9, delivery_id=OURS) | changes)

    assert isinstance(find({"": page}), Unreadable)


def test_a_post_of_ours_that_says_the_unspeakable_is_found():
    """Our mark makes it ours; what it says is then not known, and equal to nothing."""
    said = {"link": f"https://paper.example/s/?d={OURS}", "n": 0}
    page = a_page(a_post(9) | {"payload": said})
    body = page.body.replace(b'"n":0', b'"n":1' + b"0" * 5000)

    seen = find({"": page._replace(body=body)})

    assert isinstance(seen, Found)
    assert [None] == [copy.fingerprint for copy in seen.copies]


def test_what_was_seen_counts_though_the_rest_failed():
    """A copy on the first page is there, whatever became of the second."""
    pages = {
        "": a_page(a_post(9), a_post(8, delivery_id=OURS), cursor="8"),
        "8": NotSent("refused"),
    }

    seen = find(pages)

    assert isinstance(seen, Found)
    assert ["8"] == [copy.remote_id for copy in seen.copies]


def test_a_throttled_page_names_a_time():
    """A read that must wait is no failed read."""
    reset = {"X-RateLimit-Reset": "2026-11-22T12:05:00+00:00"}
    pages = {
        "": a_page(a_post(9), cursor="9"),
        "9": Answer(429, httpx.Headers(reset), b""),
    }

    assert Throttled(NOON + timedelta(minutes=5)) == find(pages)


def test_a_read_ends_below_the_first_attempt():
    """Older posts than the first attempt, and a margin for clocks, cannot be ours."""
    margin = timedelta(seconds=timeline.CLOCK_SKEW_S)
    pages = {"": a_page(a_post(9), a_post(8), cursor="8")}

    assert Missing(NOON) == find(pages, first_attempt_at=NOON + timedelta(seconds=9) + margin)
    with pytest.raises(KeyError, match="8"):  # it asks for the next page
        find(pages, first_attempt_at=NOON + timedelta(seconds=8) + margin)


def test_posts_of_others_are_passed_by_whatever_they_hold():
    """A timeline may hold what we never wrote."""
    strange = a_post(8) | {"payload": {"text": 5, "link": ["?d=abcdefgh"]}}
    pages = {"": a_page(a_post(9) | {"payload": {"link": "http://[?d=abcdefgh"}}, strange)}

    assert Missing(NOON) == find(pages)


def own_posts(pages):
    """List our posts on these pages, by cursor."""
    return timeline.own_posts(began_at=NOON, read_page=pages.__getitem__, clock=lambda: NOON)


def test_posts_with_a_mark_are_listed_oldest_first():
    """A list holds what bears a mark, on every page, and passes by what bears none."""
    unmarked = a_post(8) | {"payload": {"text": "by hand", "link": "https://paper.example/s/"}}
    pages = {"": a_page(a_post(9), unmarked, cursor="8"), "8": a_page(a_post(7, delivery_id=OURS))}

    seen = own_posts(pages)

    assert isinstance(seen, Listed)
    assert [("7", OURS), ("9", "other234")] == [
        (post.remote_id, post.delivery_id) for post in seen.posts
    ]
    assert "https://paper.example/s/?d=abcdefgh" == seen.posts[0].link


def test_records_are_listed_by_their_place():
    """Where we choose the ids, pages join on by the places the network gives."""
    records = [a_post(n) | {"id": f"record{n}", "number": n} for n in (9, 8)]
    whole = {"": a_page(records[0], cursor="9"), "9": a_page(records[1])}
    moved = whole | {"9": a_page(records[0])}

    assert isinstance(own_posts(whole), Listed)
    assert isinstance(own_posts(moved), Unreadable)


def test_list_that_was_cut_short_is_no_list():
    """Unlike one post that was found, a part of a list says nothing."""
    pages = {"": a_page(a_post(9), a_post(8), cursor="8"), "8": NotSent("refused")}

    assert isinstance(own_posts(pages), Unreadable)

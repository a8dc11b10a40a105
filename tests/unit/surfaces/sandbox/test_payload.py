"""Reading a post of the sandbox network, and our mark in it."""

import pytest

from broadsheet.surfaces.sandbox.payload import (
    PayloadUnreadable,
    PostPayload,
    delivery_ids,
    parsed,
)


def test_what_is_absent_is_empty_and_what_is_unknown_is_left_alone():
    """A payload of another release reads as far as it goes."""
    post = parsed(b'{"text":"words","mood":"calm","card":{"title":"T"}}')

    assert post.text == "words"
    assert post.card is not None
    assert (post.card.title, post.card.link, post.pictures) == ("T", "", ())


@pytest.mark.parametrize(
    "data",
    [b"", b"[]", b'{"text":5}', b"\xff", b'{"x":' + b"[" * 50_000, b'{"text":"\\ud800"}'],
    ids=["nothing", "a list", "a number", "not UTF-8", "too deep", "half a character"],
)
def test_what_is_no_post_says_so(data):
    """Bytes that are no post are told from an empty post."""
    with pytest.raises(PayloadUnreadable):
        parsed(data)


@pytest.mark.parametrize(
    "post",
    [
        PostPayload(link="https://paper.example/2026/s/?d=abcdefgh"),
        PostPayload(text="Council approves\nhttps://paper.example/s/?x=1&d=abcdefgh"),
        parsed(b'{"card":{"link":"https://paper.example/s/?d=abcdefgh#top"}}'),
    ],
    ids=["link", "text", "card"],
)
def test_our_mark_is_found_wherever_the_address_stands(post):
    """The delivery id is read from the link, the text and the card."""
    assert delivery_ids(post) == {"abcdefgh"}


def test_words_that_look_like_a_mark_are_none():
    """Only an address carries a mark."""
    assert delivery_ids(PostPayload(text="?d=abcdefgh and d=abcdefgh")) == frozenset()

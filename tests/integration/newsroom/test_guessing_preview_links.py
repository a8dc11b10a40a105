"""Who guesses the tokens of preview links gets no answer for a while."""

from typing import Any

import pytest
from django.test import Client

from broadsheet.newsroom.previewing import throttle
from tests.factories import rows
from tests.integration.newsroom.test_preview_links import (
    a_link,
    address_of,
    nobody_guessed_yet,  # noqa: F401  # a fixture for every test here, too
)

pytestmark = pytest.mark.django_db


def test_guessing_is_slowed_down(desk: Client):
    """Who tried many tokens that do not exist gets no answer for a while; others do."""
    made = a_link(rows.a_draft())
    guesser = {"X-Forwarded-For": "198.51.100.7"}
    guesses = [
        Client(REMOTE_ADDR="").get(address_of(f"guess{n}"), headers=guesser).status_code
        for n in range(throttle.MISSES + 1)
    ]

    assert [404] * throttle.MISSES + [429] == guesses
    assert 429 == Client(REMOTE_ADDR="").get(address_of(made.token), headers=guesser).status_code
    other = {"X-Forwarded-For": "203.0.113.9"}
    assert 200 == Client(REMOTE_ADDR="").get(address_of(made.token), headers=other).status_code


def test_guesses_from_one_household_count_together(desk: Client):
    """Addresses of one IPv6 site are one guesser."""
    for n in range(throttle.MISSES):
        headers = {"X-Forwarded-For": f"2001:db8::{n + 1:x}"}
        Client(REMOTE_ADDR="").get(address_of(f"guess{n}"), headers=headers)

    neighbor = {"X-Forwarded-For": "2001:db8::ffff"}
    assert 429 == Client(REMOTE_ADDR="").get(address_of("guess"), headers=neighbor).status_code


def test_without_counting_misses_guessing_goes_on(desk: Client, monkeypatch: Any):
    """The broken twin: where misses are not counted, the guesser is never refused."""
    monkeypatch.setattr(throttle, "note_miss", lambda _: None)
    statuses = {
        Client(REMOTE_ADDR="").get(address_of(f"guess{n}")).status_code
        for n in range(throttle.MISSES + 5)
    }

    assert {404} == statuses

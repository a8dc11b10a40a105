"""Guessing is slowed, and nobody is locked out for ever, nor with a whole office."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from broadsheet.accounts import throttle
from broadsheet.accounts.models import AccessEntry, Kind
from tests.integration.accounts.conftest import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

WAIT = "Too many tries"


def guess(name: str, *, times: int, address: str = "198.51.100.1") -> str:
    """Try wrong passwords; return what the last answer says."""
    page = ""
    for _ in range(times):
        answer = sign_in(Client(), name, "guess", REMOTE_ADDR=address)
        page = answer.content.decode()
    return page


def comes_in(name: str, *, address: str = "198.51.100.1") -> bool:
    """Say whether the right password opens the desk."""
    return 302 == sign_in(Client(), name, REMOTE_ADDR=address).status_code


def pass_time(by: timedelta) -> None:
    """Make all that was written down so much older."""
    for entry in AccessEntry.objects.all():
        entry.at -= by
        entry.save()


@pytest.fixture(autouse=True)
def quick(settings):
    """Hash quickly: these tests try many passwords."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def test_one_home_asks_for_few_new_passwords(person):
    """Who may choose among the addresses of an IPv6 network counts as one, for rates as well."""
    person("rita")
    answers = [
        Client()
        .post(
            "/desk/password_reset/",
            {"email": f"nobody{number}@paper.example"},
            REMOTE_ADDR=f"2001:db8::{number:x}",
        )
        .status_code
        for number in range(1, 23)
    ]

    assert (302, 429) == (answers[0], answers[-1])


def guesses_that_count(person) -> int:
    """Return how many of ten guesses were looked at."""
    person("rita")
    for _ in range(10):
        guess("rita", times=1)
    return AccessEntry.objects.filter(kind=Kind.FAILED).count()


def test_guesses_are_slowed(person):
    """After five wrong passwords none is looked at, be it right, for a quarter of an hour."""
    assert 5 == guesses_that_count(person)
    page = sign_in(Client(), "rita", REMOTE_ADDR="198.51.100.1").content.decode()
    assert "Too many tries. Nothing was checked; try again in 15 minutes." in page

    pass_time(timedelta(minutes=14))
    assert not comes_in("rita")
    pass_time(timedelta(minutes=2))
    assert comes_in("rita")


def test_a_missing_throttle_is_noticed(person, monkeypatch):
    """Broken twin: a throttle that never says to wait fails the test above."""
    monkeypatch.setattr(throttle, "_wait_until", lambda *_: None)

    assert 5 != guesses_that_count(person)


def test_the_throttle_outlives_a_restart(person):
    """What a process or a cache forgets, the sign-in log holds."""
    person("rita")
    guess("rita", times=5)
    cache.clear()

    assert WAIT in guess("rita", times=1)


def test_names_nobody_has_are_slowed_alike(person):
    """The wait tells nobody which names there are."""
    person("rita")

    assert WAIT in guess("nobody", times=6)
    assert WAIT in guess("rita", times=6)


def test_name_and_mail_address_are_one_person(person):
    """Changing between them gives no second set of tries."""
    person("rita")
    guess("rita", times=3)
    guess("rita@paper.example", times=2)

    assert WAIT in guess("rita", times=1)


def test_waiting_is_not_lengthened_by_trying(person):
    """Who goes on trying waits no longer: nobody can be kept out for ever."""
    person("rita")
    guess("rita", times=5)
    pass_time(timedelta(minutes=10))
    guess("rita", times=20)
    pass_time(timedelta(minutes=6))

    assert comes_in("rita")


def test_one_address_trying_many_names_is_slowed(person):
    """A list of names tried from one address comes to its end."""
    person("rita")
    for number in range(throttle.TRIES_AT_ONE_ADDRESS):
        guess(f"name{number}", times=1)

    assert WAIT in guess("another", times=1)
    assert not comes_in("rita")
    assert comes_in("rita", address="198.51.100.2")


def test_an_office_is_not_locked_out(person):
    """Who signed in from an address lately comes in there, whatever others do from it."""
    person("rita")
    assert comes_in("rita")
    for number in range(throttle.TRIES_AT_ONE_ADDRESS):
        guess(f"name{number}", times=1)

    assert comes_in("rita")


def test_strangers_elsewhere_keep_nobody_out(person):
    """Guesses from all over the world slow the guessers, not whom they guess at."""
    person("rita")
    assert comes_in("rita", address="203.0.113.1")
    for number in range(throttle.TRIES_OF_ONE):
        guess("rita", times=1, address=f"198.51.100.{number}")

    assert WAIT in guess("rita", times=1, address="198.51.100.200")
    assert comes_in("rita", address="203.0.113.1")


def test_addresses_of_one_network_count_together(person):
    """An IPv6 client chooses from 2^64 addresses; they are one client."""
    person("rita")
    for number in range(5):
        guess("rita", times=1, address=f"2001:db8:0:1::{number + 1:x}")

    assert WAIT in guess("rita", times=1, address="2001:db8:0:1:ffff::1")
    assert comes_in("rita", address="2001:db8:0:2::1")


def test_guesses_fill_no_disk(person):
    """However often somebody tries while waiting, one line more is written."""
    person("rita")
    guess("rita", times=40)

    assert 6 == AccessEntry.objects.count()


def test_codes_are_slowed(person):
    """Who has the password may guess ten codes, then waits."""
    rita = person("rita")
    now = timezone.now()
    for _ in range(throttle.CODES_OF_ONE):
        AccessEntry.objects.create(at=now, kind=Kind.FAILED_CODE, person=rita)
    request = Client().get("/desk/login/").wsgi_request

    with pytest.raises(throttle.MustWait):
        throttle.reserve_code(request, rita)

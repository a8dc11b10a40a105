"""What is taken over keeps its address and date, unless they would break the site."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from broadsheet.press import log
from broadsheet.press.actions import edit, publish
from broadsheet.press.actions.errors import ActRefused, AddressTaken
from broadsheet.press.actions.import_archive import Imported, import_archive
from broadsheet.press.models import LedgerRow
from broadsheet.press.worker import Worker
from broadsheet.projections.facets import HIGHEST, LOWEST, instant_text, key_text
from broadsheet.projections.lists import Key
from broadsheet.story.ids import Address, SectionId, StoryId
from tests.factories.press import Clock, edit_section, newest_story
from tests.factories.story import NOON, a_content, an_id

pytestmark = pytest.mark.both_databases


def take_over(clock: Clock, *, address: str, at: datetime | None = None, number: int = 700) -> None:
    """Take a story over from elsewhere; number gives its id."""
    with transaction.atomic():
        publish.import_story(
            StoryId(an_id(number)),
            a_content(),
            first_published_at=at or clock() - timedelta(days=3),
            now=clock(),
            by="test",
            address=Address(address),
        )


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "//",
        "no-slash/",
        "/archive/2026/11/",
        "/archive/",
        "/feeds/site.rss",
        "/authors/ada-reporter-2/",
        "/media/x/",
        "/assets/x/",
        "/desk/x/",
        "/_x/",
        "/404.html",
        "/robots.txt",
        "/sitemap.xml",
        "/sitemaps/2026-11.xml",
        "/world/archive/2026/11/",
        "/2026",
        "/2026/11",
        "/2026/11/22",
        "/world",
        f"/{'long/' * 100}",
    ],
)
def test_address_of_the_sites_own_is_refused(worker: Worker, clock: Clock, address: str) -> None:
    """No story takes over an address where the site itself has, or may have, something."""
    del worker

    with pytest.raises(ActRefused):
        take_over(clock, address=address)


@pytest.mark.parametrize(
    "address", ["/story.php", "/world/story-12345", "/2026/11/19/x/", "/1999/x/", "/a/b/archive/"]
)
def test_any_other_address_is_kept(worker: Worker, clock: Clock, address: str) -> None:
    """An import keeps the path it had elsewhere, and readers find it there."""
    take_over(clock, address=address)
    done = worker.run_until_quiet()

    assert (address, 0) == (newest_story(700).address, done.parked)


def test_date_before_newspapers_is_refused(worker: Worker, clock: Clock) -> None:
    """A date no calendar page can be made for is refused, not met by the worker later."""
    del worker

    with pytest.raises(ActRefused):
        take_over(clock, address="/x/", at=datetime(1, 1, 1, tzinfo=UTC))


def test_section_whose_address_is_no_file_name_is_refused(worker: Worker, clock: Clock) -> None:
    """A section's address fits into a file's name, in every script."""
    del worker

    with pytest.raises(ActRefused), transaction.atomic():
        edit.edit_section(
            SectionId(an_id(44)),
            name="Long",
            slug="ත" * 80,
            position=1,
            description="",
            now=clock(),
            by="test",
        )


def test_bounds_of_lists_sort_alike_in_every_collation(db: None) -> None:
    """The ends of a window lie around every key, whatever language the database sorts by."""
    del db
    key = key_text(Key(NOON, StoryId(an_id(1))))
    of_the_language = '"en-US-x-icu"' if connection.vendor == "postgresql" else "NOCASE"
    bounds = [LOWEST, instant_text(NOON), key, instant_text(NOON + timedelta(seconds=1)), HIGHEST]

    with connection.cursor() as cursor:
        values = " UNION ALL ".join(["SELECT %s AS bound"] * len(bounds))
        cursor.execute(
            f"SELECT bound FROM ({values}) AS b ORDER BY bound COLLATE {of_the_language}",  # noqa: S608
            bounds[::-1],
        )
        found = [bound for (bound,) in cursor.fetchall()]

    assert bounds == found


@pytest.mark.parametrize(
    ("there", "given"),
    [("/old/tram", "/old/tram/at-last/"), ("/old/tram/at-last", "/old/tram"), ("/old", "/old/")],
)
def test_file_and_folder_of_one_name_are_refused(
    worker: Worker, clock: Clock, there: str, given: str
) -> None:
    """Of two addresses one of which would be a file where the other has its folder, one is."""
    take_over(clock, address=there)

    with pytest.raises(AddressTaken, match="file"):
        take_over(clock, address=given, number=701)

    worker.run_until_quiet()
    assert not LedgerRow.objects.exclude(parked="").exists()


def test_section_is_not_made_where_a_file_lies(worker: Worker, clock: Clock) -> None:
    """An address taken over as a file is no section's folder."""
    del worker
    take_over(clock, address="/trams")

    with pytest.raises(AddressTaken, match="/trams is a file"):
        edit_section(clock, 33, slug="trams")


def test_names_that_only_begin_alike_are_in_nobodys_way(worker: Worker, clock: Clock) -> None:
    """A name that goes on, in a letter or in a sign that sorts before the slash, lies elsewhere."""
    for number, address in enumerate(
        ["/old/tram", "/old/trams/", "/old/tram-2/", "/old/tram.html"]
    ):
        take_over(clock, address=address, number=700 + number)

    worker.run_until_quiet()
    assert not LedgerRow.objects.exclude(parked="").exists()


ONE = Imported(StoryId(an_id(900)), a_content(), Address("/old/x/"), NOON - timedelta(days=3))


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (ONE._replace(address=Address("/old/y/")), "has story .* more than once"),
        (ONE._replace(story=StoryId(an_id(901))), "has address /old/x/ more than once"),
        (
            ONE._replace(story=StoryId(an_id(901)), address=Address("/old/x")),
            "/old/x is a file",
        ),
    ],
    ids=["a story", "an address", "a file and a folder"],
)
def test_archive_that_names_something_twice_is_refused_whole(
    worker: Worker, clock: Clock, other: Imported, why: str
) -> None:
    """What an archive says twice is named, and nothing of it is taken over."""
    del worker
    length = log.length()

    with pytest.raises(ActRefused, match=why), transaction.atomic():
        import_archive([ONE, other], now=clock(), by="test")

    assert length == log.length()

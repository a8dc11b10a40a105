"""What is taken over keeps its address and date, unless they would break the site."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from broadsheet.press.actions import edit, publish
from broadsheet.press.actions.errors import ActRefused
from broadsheet.press.worker import Worker
from broadsheet.projections.facets import HIGHEST, LOWEST, instant_text, key_text
from broadsheet.projections.lists import Key
from broadsheet.story.ids import Address, SectionId, StoryId
from tests.factories.press import Clock, newest_story
from tests.factories.story import NOON, a_content, an_id

pytestmark = pytest.mark.both_databases


def take_over(clock: Clock, *, address: str, at: datetime | None = None) -> None:
    """Take a story over from elsewhere."""
    with transaction.atomic():
        publish.import_story(
            StoryId(an_id(700)),
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

"""
Asks for the desk's pages in a home, and prints what they took: see bench.desk.

Through Django's test client: middleware, view, database and template, without a socket and
without the browser. A JSON object: for each page the milliseconds of every time it was asked
for, sorted, and how many questions it put to the database.

Run in a process of its own: python -m bench.within HOME bench.desk_pages.
"""

import json
import time
from collections.abc import Iterator
from typing import NamedTuple

from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.desk_rows import EDITOR
from broadsheet.newsroom.desk import finding
from broadsheet.newsroom.desk.states import Lifecycle
from broadsheet.newsroom.models import Author, ListedStory, SectionPage

TIMES = 9  # each page is asked for, after a first time that is not counted


class Asked(NamedTuple):
    """A page, and what it is called in the table."""

    name: str
    url: str


def main() -> None:
    """Ask for every page, and print what it took."""
    client = Client(HTTP_HOST="localhost")
    client.force_login(get_user_model().objects.get(username=EDITOR))
    print(json.dumps({asked.name: _taken(client, asked.url) for asked in _pages()}))


def _taken(client: Client, url: str) -> dict[str, object]:
    with CaptureQueriesContext(connection) as queries:
        status = client.get(url).status_code
        asked = len(queries)  # before the next request begins a count of its own
    if status != 200:
        message = f"{url} answers {status}"
        raise SystemExit(message)
    took = []
    for _ in range(TIMES):
        began = time.perf_counter()
        client.get(url)
        took.append((time.perf_counter() - began) * 1000)
    return {"ms": sorted(took), "queries": asked}


def _pages() -> Iterator[Asked]:
    stories = reverse("stories:index")
    section, author = SectionPage.objects.first(), Author.objects.first()
    assert section is not None
    assert author is not None
    oldest = ListedStory.objects.order_by("changed_at", "pk")[:100][99]
    deep = finding.Place(oldest.changed_at, oldest.pk).text
    live = ListedStory.objects.filter(state=Lifecycle.LIVE.value).order_by("-changed_at")[0]
    day = f"{live.changed_at:%Y-%m-%d}"
    yield Asked("dashboard", reverse("wagtailadmin_home"))
    yield Asked("list, newest", f"{stories}?dated=changed")
    yield Asked("list, the last page", f"{stories}?before={deep}")
    yield Asked("list of a section", f"{stories}?section={section.pk}")
    yield Asked("list of an author", f"{stories}?author={author.name.replace(' ', '+')}")
    for state in ("draft", "live", "retracted", "scheduled", "trouble", "submitted"):
        yield Asked(f"list, {state}", f"{stories}?state={state}")
    yield Asked("list, published in a day", f"{stories}?dated=published&since={day}&until={day}")
    yield Asked(
        "list, all filters",
        f"{stories}?section={section.pk}&state=draft&author=Number+1&dated=created&since=2000-01-01",
    )
    yield Asked("search, in every story", f"{stories}?q=harbor")
    yield Asked("search, in no story", f"{stories}?q=zeppelin")
    yield Asked("calendar", reverse("desk_calendar"))
    yield Asked("live as", reverse("story_live_as", args=[live.pk]))
    yield Asked("versions", reverse("story_versions", args=[live.pk]))


if __name__ == "__main__":
    main()

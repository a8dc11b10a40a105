"""
Publishes stories one by one when told, and says where each will show.

Run in a paper's home: python -m bench.within HOME bench.publishing. For each line it
gets it makes a story ready ("press" or "newsroom": by which way it is published), says
what a reader should look for, waits for the next line, publishes, and says when it
began and when the act was committed. After one line more it says which files the press
wrote for it, once the press has done all that the act asks for.
"""

import json
import random
import sys
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db import transaction
from uuid6 import uuid7
from wagtail.rich_text import RichText

from bench import archive
from broadsheet.config import home
from broadsheet.newsroom import acts, commands, to_version
from broadsheet.newsroom.acting import acting
from broadsheet.newsroom.models import Author, Byline, SectionPage
from broadsheet.press import log
from broadsheet.press.actions.publish import publish
from broadsheet.press.draining import outcome
from broadsheet.press.models import LedgerRow
from broadsheet.press.models.ledger import WEBSITE
from broadsheet.press.tables import Tables
from broadsheet.projections import addresses
from broadsheet.projections.facts import days_of
from broadsheet.projections.lists import HOME
from broadsheet.projections.objects import ObjectKey
from broadsheet.story.ids import StoryId
from broadsheet.surfaces.website.layout import SIBLINGS, State, path_of

OTHERWISE = ""  # the reader looks for any change
# A round of the press dates what it writes by its own beginning, a moment before the act.
# What the story before wrote is older: stories come more than a second apart.
A_ROUND = timedelta(seconds=0.5)
SETTLES_WITHIN_S = 60.0


class Ready(NamedTuple):
    """A story that can be published, and where it will show."""

    story: StoryId
    publish: Callable[[], None]
    shows: Mapping[str, str]  # address to what will stand there


def main() -> None:
    """Publish when told."""
    chance = random.Random()
    for line in sys.stdin:
        ready = WAYS[line.strip()](chance)
        print(json.dumps(ready.shows), flush=True)
        sys.stdin.readline()
        since, began = datetime.now(UTC) - A_ROUND, time.monotonic()
        ready.publish()
        print(json.dumps([began, time.monotonic()]), flush=True)
        sys.stdin.readline()
        print(json.dumps(_written(since)), flush=True)


def _written(since: datetime) -> list[str]:
    """Return the files of the objects written since, siblings too, as paths in the tree."""
    deadline = time.monotonic() + SETTLES_WITHIN_S
    while not outcome(since=0, seq=log.length()).is_out and time.monotonic() < deadline:
        time.sleep(0.02)
    rows = LedgerRow.objects.filter(surface=WEBSITE, written_at__gte=since)
    site = home.current().site
    pages = [path_of(ObjectKey(key)) for key in rows.values_list("key", flat=True)]
    suffixes = (*SIBLINGS, *(state.value for state in State))
    files = [f"{page}{suffix}" for page in pages for suffix in suffixes]
    return [file for file in files if Path(site / file).is_file()]


def _by_press(chance: random.Random) -> Ready:
    who = archive.staff()
    section, author = chance.choice(who.sections), chance.choice(who.authors)
    story, slug = StoryId(str(uuid7())), _slug()
    content = archive.content(chance, section, author, archive.sentence(chance, 7), slug)

    def act() -> None:
        with transaction.atomic():
            publish(story, content, now=datetime.now(UTC), by="bench", significant=False)

    return Ready(story, act, _shows(slug, SectionPage.objects.get(uuid=section), author))


def _by_newsroom(chance: random.Random) -> Ready:
    section = chance.choice(list(SectionPage.objects.all()))
    author = chance.choice(list(Author.objects.all()))
    slug = _slug()
    paragraphs = "".join(f"<p>{archive.sentence(chance, 45)}</p>" for _ in range(12))
    story = commands.create_draft(
        section=section,
        headline=archive.sentence(chance, 7),
        body=[("text", RichText(paragraphs))],
        by="bench",
        standfirst=archive.sentence(chance, 14),
        address_words=slug,
    )
    with acting("bench", now=datetime.now(UTC)), transaction.atomic():
        story.bylines.add(Byline(author=author))
        story.save_revision()

    def act() -> None:
        with acting("bench", now=datetime.now(UTC)):
            acts.publish_newest(story)

    shows = _shows(slug, section, str(author.uuid))
    return Ready(to_version.story_id(story.uuid), act, shows)


def _slug() -> str:
    return f"published-{time.time_ns()}"


def _shows(slug: str, section: SectionPage, author: str) -> Mapping[str, str]:
    today = datetime.now(ZoneInfo(archive.ZONE))
    page = f"/{today:%Y/%m/%d}/{slug}/"
    tables = Tables()
    period = f"{today:%Y-%m-%d}" if days_of(tables, HOME, f"{today:%Y-%m}") else f"{today:%Y-%m}"
    record = tables.record("author", author)
    everywhere = (
        addresses.FRONT,
        f"/{section.slug}/",
        record.address,  # type: ignore[union-attr]
        addresses.feed(None, "rss"),
        addresses.feed(None, "atom"),
        addresses.sitemap_period(period),
        addresses.NEWS_SITEMAP,
    )
    return {page: slug, **dict.fromkeys(everywhere, slug), addresses.SITEMAP_INDEX: OTHERWISE}


WAYS: Mapping[str, Callable[[random.Random], Ready]] = {
    "press": _by_press,
    "newsroom": _by_newsroom,
}

if __name__ == "__main__":
    main()

"""
Makes papers with archives, for benchmarks: so many stories, spread over ten years.

Made once by a bulk act and kept in BROADSHEET_BENCH_CACHE (./build/bench/archives unless
set); what an interrupted run left is taken up where it stood. Sections, authors and
settings are the newsroom's own, so that stories can be published there too; the stories
of the archive are in the log alone.

Run in a process of its own: python -m bench.within HOME bench.archive COUNT.
"""

import random
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from django.core.management import call_command
from django.db import transaction
from uuid6 import uuid7

from broadsheet.newsroom import commands
from broadsheet.newsroom.demo import set_up_paper
from broadsheet.press.actions.import_archive import Imported, import_archive
from broadsheet.press.models import LogEntry
from broadsheet.press.ports import wiring
from broadsheet.press.worker import Worker
from broadsheet.story.body import Heading, Paragraph, Run
from broadsheet.story.ids import Address, AuthorId, SectionId, StoryId
from broadsheet.story.records import Act, Byline, StoryContent

YEARS = 10
SECTIONS = ("World", "City", "Business", "Culture", "Sport")
AUTHORS = 20
BATCH = 2_000  # stories in one transaction
ZONE = "Europe/Berlin"
WORDS = [
    "harbor",
    "council",
    "bridge",
    "market",
    "school",
    "river",
    "evening",
    "budget",
    "station",
    "garden",
    "winter",
    "library",
    "museum",
    "team",
    "coach",
    "doctor",
    "nurse",
    "road",
    "ferry",
    "island",
    "vote",
    "hall",
    "street",
    "engine",
    "signal",
    "ticket",
]


class Staff(NamedTuple):
    """Who writes the archive, and where it stands."""

    sections: tuple[SectionId, ...]
    authors: tuple[AuthorId, ...]


def make(count: int) -> None:
    """Fill the current home with so many stories, as far as it is not; put out what is not."""
    began = time.monotonic()
    fill(count)
    imported = time.monotonic()
    done = Worker(wiring()).run_until_quiet()
    took = time.monotonic() - imported
    if done.rendered:
        print(
            f"archive of {count:,}: log in {imported - began:.0f} s; derived, rendered and written"
            f" in {took:.0f} s ({done.rendered:,} objects, {done.rendered / took:.0f}/s),"
            f" {done.parked} parked",
            file=sys.stderr,
            flush=True,
        )


def fill(count: int) -> None:
    """Put so many stories into the log; those an interrupted run left are kept."""
    there = LogEntry.objects.filter(act=Act.IMPORT.value, kind="story").count()
    if there >= count:
        return
    set_up_paper(name="The Bench", tagline="News of the bench", zone=ZONE)
    now = datetime.now(UTC)
    stories = list(_stories(count, random.Random(count), staff(), now))
    for start in range(there, count, BATCH):
        with transaction.atomic():
            import_archive(stories[start : start + BATCH], now=now, by="bench")


def content(
    chance: random.Random, section: SectionId, author: AuthorId, headline: str, slug: str
) -> StoryContent:
    """Return a story of ordinary length: 12 paragraphs, 2 headings."""
    body: list[Paragraph | Heading] = [
        Paragraph(runs=(Run(text=sentence(chance, 45)),)) for _ in range(12)
    ]
    body.insert(4, Heading(text=sentence(chance, 4)))
    body.insert(9, Heading(text=sentence(chance, 5)))
    return StoryContent(
        section=section,
        language="en",
        headline=headline,
        slug=slug,
        standfirst=sentence(chance, 14),
        lead=None,
        body=tuple(body),
        bylines=(Byline(author=author, role=""),),
        dateline="",
        corrections=(),
    )


def sentence(chance: random.Random, words: int) -> str:
    """Return so many words at random."""
    text = " ".join(chance.choice(WORDS) for _ in range(words))
    return text[0].upper() + text[1:] + ("." if words > 10 else "")


def staff() -> Staff:
    """Return the newsroom's sections and authors, made now if there are none."""
    sections = (
        commands.section_named(name, by="bench", position=place)
        for place, name in enumerate(SECTIONS, start=1)
    )
    authors = (
        commands.author_named(f"Author Number {place}", by="bench", role="Reporter")
        for place in range(AUTHORS)
    )
    return Staff(
        tuple(SectionId(str(section.uuid)) for section in sections),
        tuple(AuthorId(str(author.uuid)) for author in authors),
    )


def _stories(count: int, chance: random.Random, who: Staff, now: datetime) -> Iterator[Imported]:
    span_s = YEARS * 365 * 86_400
    for place in range(count):
        at = now - timedelta(seconds=span_s * (count - place) / count)
        slug = f"story-{place}"
        headline = f"{sentence(chance, 7)} {place}"
        section, author = chance.choice(who.sections), chance.choice(who.authors)
        story = content(chance, section, author, headline, slug)
        address = Address(f"/{at:%Y/%m/%d}/{slug}/")
        yield Imported(StoryId(str(uuid7())), story, address, at)


def main() -> None:
    """Make the current home's archive, and say what it took."""
    call_command("migrate", interactive=False, verbosity=0)
    make(int(sys.argv[1]))


if __name__ == "__main__":
    main()

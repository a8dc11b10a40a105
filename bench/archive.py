"""
Makes papers with archives, for benchmarks: so many stories, spread over ten years.

Made once by a bulk act and kept (BROADSHEET_BENCH_CACHE, ./build/bench unless set); a
bench works on a copy-on-write-free plain copy only where it must, else it publishes on.
"""

import random
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from django.core.management import call_command
from django.db import transaction
from uuid6 import uuid7

from broadsheet.config import home
from broadsheet.press.actions import edit
from broadsheet.press.actions.import_archive import Imported, import_archive
from broadsheet.press.ports import wiring
from broadsheet.press.worker import Worker
from broadsheet.story.body import Heading, Paragraph, Run
from broadsheet.story.ids import Address, AuthorId, SectionId, StoryId
from broadsheet.story.records import PAPER, Byline, Settings, StoryContent

YEARS = 10
SECTIONS = ("World", "City", "Business", "Culture", "Sport")
AUTHORS = 20
BATCH = 2_000  # stories in one transaction
WORDS = (
    "harbor council bridge market school river evening budget station garden winter library "
    "museum team coach doctor nurse road ferry island vote hall street engine signal ticket"
).split()


def make(count: int) -> None:
    """Fill the current home with an archive of so many stories, and put all of it out."""
    call_command("migrate", interactive=False, verbosity=0)
    chance = random.Random(count)
    now = datetime.now(UTC)
    sections = [_section(name, place, now) for place, name in enumerate(SECTIONS)]
    authors = [_author(f"Author Number {place}", now) for place in range(AUTHORS)]
    with transaction.atomic():
        edit.edit_settings(_settings(), now=now, by="bench")
    began = time.monotonic()
    stories = list(_stories(count, chance, sections, authors, now))
    for start in range(0, count, BATCH):
        with transaction.atomic():
            import_archive(stories[start : start + BATCH], now=now, by="bench")
    imported = time.monotonic()
    done = Worker(wiring()).run_until_quiet()
    took = time.monotonic() - imported
    print(
        f"archive of {count}: log in {imported - began:.1f} s, derived, rendered and written in "
        f"{took:.1f} s ({done.rendered} objects, {done.rendered / took:.0f}/s), "
        f"parked {done.parked}",
        flush=True,
    )


def content(
    chance: random.Random, section: SectionId, author: AuthorId, headline: str, slug: str
) -> StoryContent:
    """Return a story of ordinary length: 12 paragraphs, 2 headings."""
    body: list[Paragraph | Heading] = [
        Paragraph(runs=(Run(text=_sentence(chance, 45)),)) for _ in range(12)
    ]
    body.insert(4, Heading(text=_sentence(chance, 4)))
    body.insert(9, Heading(text=_sentence(chance, 5)))
    return StoryContent(
        section=section,
        language="en",
        headline=headline,
        slug=slug,
        standfirst=_sentence(chance, 14),
        lead=None,
        body=tuple(body),
        bylines=(Byline(author=author, role=""),),
        dateline="",
        corrections=(),
    )


def _stories(
    count: int,
    chance: random.Random,
    sections: list[SectionId],
    authors: list[AuthorId],
    now: datetime,
) -> Iterator[Imported]:
    span_s = YEARS * 365 * 86_400
    for place in range(count):
        at = now - timedelta(seconds=span_s * (count - place) / count)
        slug = f"story-{place}"
        yield Imported(
            StoryId(str(uuid7())),
            content(
                chance,
                chance.choice(sections),
                chance.choice(authors),
                f"{_sentence(chance, 7)} {place}",
                slug,
            ),
            Address(f"/{at:%Y/%m/%d}/{slug}/"),
            at,
        )


def _section(name: str, place: int, now: datetime) -> SectionId:
    section = SectionId(str(uuid7()))
    with transaction.atomic():
        edit.edit_section(
            section,
            name=name,
            slug=name.lower(),
            position=place,
            description="",
            now=now,
            by="bench",
        )
    return section


def _author(name: str, now: datetime) -> AuthorId:
    author = AuthorId(str(uuid7()))
    with transaction.atomic():
        edit.edit_author(
            author,
            name=name,
            slug="",
            role="Reporter",
            bio="",
            links=(),
            avatar=None,
            now=now,
            by="bench",
        )
    return author


def _settings() -> Settings:
    return Settings(
        id=PAPER,
        name="The Bench",
        tagline="",
        base_url="http://127.0.0.1:8000",
        language="en",
        time_zone="Europe/Berlin",
        profiles=(),
    )


def _sentence(chance: random.Random, words: int) -> str:
    text = " ".join(chance.choice(WORDS) for _ in range(words))
    return text[0].upper() + text[1:] + ("." if words > 10 else "")


def main(count: int) -> None:
    """Make the current home's archive unless it is made."""
    done = home.current().root / f"archive-of-{count}"
    if not done.exists():
        make(count)
        done.touch()

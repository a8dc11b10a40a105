"""
Before its minute a story under embargo is nowhere; after it, everywhere it should be.

Through the real newsroom and the real press: each word is one that stands nowhere else, and
all that readers, networks or the press itself could show is searched for it.
"""

import gzip
import io
import logging
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast

import brotli
import pytest
from django.apps import apps
from django.conf import settings as django_settings
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from broadsheet.newsroom.acting import acting
from broadsheet.newsroom.adapter import WagtailNewsroom
from broadsheet.newsroom.models import Author, Picture, Story
from broadsheet.press import sweeps
from broadsheet.press.models import Account
from broadsheet.press.ports import Store, Wiring
from broadsheet.press.worker import Worker
from broadsheet.projections.objects import Object, Page, Rendered
from broadsheet.reconciler.outcomes import Done, Sent
from broadsheet.reconciler.ports import Exactness, Order, Surface, Traits
from broadsheet.surfaces.website.store import Store as Directory
from tests.factories import rows
from tests.factories.press import Clock, OneNetwork, a_wiring

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

HEADLINE, ADDRESS, STANDFIRST, BODY = "Quiddity", "zugzwang", "Brouhaha", "Flibbertigibbet"
CAPTION, PICTURE, CREDIT, AUTHOR = "Kerfuffle", "Lollygag", "Mugwump", "Zenobia"
# An author is a record of its own, in the log since the desk made it; readers see none of it
# before something of theirs is live.
OF_THE_STORY = (HEADLINE, ADDRESS, STANDFIRST, BODY, CAPTION, PICTURE, CREDIT)
DECODERS: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.decompress,
    ".br": brotli.decompress,
}


class Network:
    """A network that keeps what it was sent."""

    traits = Traits(Exactness.READABLE, True, True, 10, 5, 0, 60)

    def __init__(self) -> None:
        """Begin with an empty timeline."""
        self.timeline: list[bytes] = []

    def create(self, order: Order, *, before_bytes_leave: Callable[[], None]) -> Sent:
        """Show the post."""
        before_bytes_leave()
        self.timeline.append(order.payload)
        return Done(order.delivery_id)


class Desk:
    """A paper with its newsroom, its press and its account on a network."""

    def __init__(self, folder: Path) -> None:
        """Set the paper up, with another story out."""
        self.clock = Clock(timezone.now())  # Wagtail asks the machine's clock what is to come
        self.network = Network()
        renditions = django_settings.HOME.renditions
        self.site = folder / "site"
        wired = a_wiring(
            folder, networks=OneNetwork(cast("Surface", self.network), self.network.traits)
        )
        self.wired = wired._replace(
            newsroom=WagtailNewsroom(),
            store=cast("Store", Directory(self.site, renditions=renditions)),
        )
        with acting("ada", now=self.clock()):
            rows.a_live_story(now=self.clock())
        settings = {"base_url": "http://127.0.0.1:1", "rules": "mastodon", "class": "D"}
        Account.objects.create(
            surface="sandbox", name="main", settings=settings, added_at=self.clock()
        )

    def embargo(self, until: datetime) -> Story:
        """Write a story with words of its own, and publish it under embargo."""
        with acting("ada", now=self.clock()):
            author = Author.objects.create(name=AUTHOR)
            story = rows.a_draft(
                title=HEADLINE,
                address_words=ADDRESS,
                standfirst=STANDFIRST,
                body=[("heading", BODY)],
                lead=_a_picture(),
                lead_caption=CAPTION,
                embargo_until=until,
            )
            rows.with_byline(story, author)
            story.save_revision().publish()
        return cast("Story", Story.objects.get(pk=story.pk))

    def work(self, wired: Wiring | None = None) -> None:
        """Have a worker do all there is to do, the sweep of the minute included."""
        wired = wired or self.wired
        sweeps.mend_edges(wired.newsroom, now=self.clock())
        worker = Worker(wired, owner="test", clock=self.clock)
        worker.run_until_quiet()
        worker.lock.release()

    def told(self, log: str) -> Iterator[tuple[str, str]]:
        """Yield every place that could tell the words, and what it says."""
        for file in filter(Path.is_file, self.site.rglob("*")):
            name = file.relative_to(self.site).as_posix()
            data = DECODERS.get(file.suffix, bytes)(file.read_bytes())
            yield f"site {name}", name + data.decode(errors="replace")
        for number, payload in enumerate(self.network.timeline):
            yield f"post {number}", payload.decode()
        yield "worker's log", log
        for model in apps.get_app_config("press").get_models():
            for row in model._default_manager.values_list():
                yield f"press {model.__name__}", " ".join(map(_text, row))


def places(desk: Desk, words: tuple[str, ...], log: str) -> dict[str, set[str]]:
    """Return where each of some words is told, "press" tables by name."""
    told = [(place, said.lower()) for place, said in desk.told(log)]
    return {word: {place for place, said in told if word.lower() in said} for word in words}


def readers_places(desk: Desk, word: str, log: str) -> set[str]:
    """Return where a word is told outside the press's own tables."""
    return {at for at in places(desk, (word,), log)[word] if not at.startswith("press ")}


@pytest.fixture
def desk(tmp_path: Path, settings: Any) -> Desk:
    """Return a paper with one story out."""
    settings.MEDIA_ROOT = tmp_path / "originals"
    return Desk(tmp_path)


def test_embargoed_story_is_nowhere_before_its_minute_and_everywhere_after(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    """A second before the embargo ends no word of the story is told anywhere; then all are."""
    caplog.set_level(logging.INFO)
    until = (desk.clock() + timedelta(hours=2)).replace(microsecond=0)
    story = desk.embargo(until)
    caplog.clear()  # the desk tells its own log, as it tells its editors
    desk.work()
    desk.clock.now = until - timedelta(seconds=1)
    desk.work()

    before = places(desk, OF_THE_STORY, caplog.text)
    author_before = readers_places(desk, AUTHOR, caplog.text)
    posts_before = len(desk.network.timeline)
    desk.clock.now = until
    desk.work()
    after = places(desk, (*OF_THE_STORY, AUTHOR), caplog.text)

    assert {word: set() for word in OF_THE_STORY} == before
    assert set() == author_before
    assert Story.objects.get(pk=story.pk).live
    page = next(at for at in after[ADDRESS] if at.endswith(f"{ADDRESS}/index.html"))
    everywhere = {page, "site index.html", "site world/index.html", "site feeds/site.rss"}
    assert everywhere | {"site sitemaps/news.xml", f"post {posts_before}"} <= after[HEADLINE]
    assert {"site authors/zenobia/index.html", *everywhere} <= after[AUTHOR]
    assert all(page in after[word] for word in (STANDFIRST, BODY, CAPTION, CREDIT, PICTURE))
    assert [] != list((desk.site / "media").rglob("*.jpg"))


def test_embargoed_story_keeps_its_picture_files_private(desk: Desk) -> None:
    """No size of an embargoed story's picture is in the public tree before its minute."""
    desk.embargo(desk.clock() + timedelta(hours=2))

    desk.work()

    assert [] == list(desk.site.rglob("*.jpg"))
    assert Picture.objects.get().sizes


class Teasing:
    """A press whose front page knows what the newsroom is writing."""

    def __init__(self, wired: Wiring) -> None:
        """Print as the paper does, and more."""
        self._press = wired.printing
        self.generation = f"{wired.printing.generation}, teasing"
        self.objects = wired.printing.objects

    def render(self, obj: Object, facts: Any) -> Rendered:
        """Add the headlines of all rows to the front page."""
        rendered = self._press.render(obj, facts)
        if obj.key != "/" or not isinstance(rendered, Page):
            return rendered
        titles = " ".join(Story.objects.values_list("title", flat=True))
        return Page(rendered.data + f"<!-- {titles} -->".encode())


class Chatting(WagtailNewsroom):
    """A newsroom that tells the log what it has in hand."""

    def edges(self, *, limit: int) -> Any:
        """Name all stories first."""
        logging.getLogger("broadsheet").warning("in hand: %s", list(Story.objects.all()))
        return super().edges(limit=limit)


@pytest.mark.parametrize(
    ("leak", "place"),
    [("front page", "site index.html.br"), ("worker's log", "worker's log")],
)
def test_leak_is_found(desk: Desk, caplog: pytest.LogCaptureFixture, leak: str, place: str) -> None:
    """A press that reads the newsroom's rows, or logs them, is caught by the same search."""
    wired = desk.wired
    if leak == "front page":
        wired = wired._replace(printing=Teasing(wired))
    else:
        wired = wired._replace(newsroom=Chatting())
    desk.embargo(desk.clock() + timedelta(hours=2))
    caplog.clear()

    desk.work(wired)

    assert place in places(desk, (HEADLINE,), caplog.text)[HEADLINE]


def _a_picture() -> Picture:
    file = io.BytesIO()
    Image.new("RGB", (900, 600), "red").save(file, "JPEG")
    picture = Picture(
        title=PICTURE,
        file=ContentFile(file.getvalue(), name="picture.jpg"),
        alternative_text=PICTURE,
        credit=CREDIT,
    )
    picture.save()
    return picture


def _text(value: object) -> str:
    return bytes(value).decode(errors="replace") if isinstance(value, bytes) else str(value)

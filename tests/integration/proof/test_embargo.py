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
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from PIL import Image
from selectolax.lexbor import LexborHTMLParser

from broadsheet.newsroom.acting import acting
from broadsheet.newsroom.adapter import WagtailNewsroom
from broadsheet.newsroom.models import Author, Picture, Story
from broadsheet.press import sweeps
from broadsheet.press.models import Account, LogEntry
from broadsheet.press.ports import Store, Wiring
from broadsheet.press.worker import Worker
from broadsheet.projections.objects import Object, Page, Rendered
from broadsheet.reconciler.ports import Exactness
from broadsheet.surfaces.sandbox.surface import SandboxSurface
from broadsheet.surfaces.website.store import Store as Directory
from tests.contract.sandbox_world import SENDER, SandboxWorld
from tests.factories import rows
from tests.factories.press import Clock, OneNetwork, a_wiring
from tests.integration.proof.sandboxes import Sandbox

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

DESK_SEARCH = "/desk/stories/"
HEADLINE, ADDRESS, STANDFIRST, BODY = "Quiddity", "zugzwang", "Brouhaha", "Flibbertigibbet"
CAPTION, PICTURE, CREDIT, AUTHOR = "Kerfuffle", "Lollygag", "Mugwump", "Zenobia"
# An author is a record of its own, in the log since the desk made it, whatever they wrote: so
# these of the press's tables hold the name, and nothing else may. Readers see none of it before
# something of theirs is live: their page is absent, and no list, feed or sitemap leads there.
OF_THE_AUTHOR = {
    "press LogEntry": "the author's version",
    "press AssignedAddress": "the address of their page, given away once for all",
    "press LedgerRow": "the key of that page, which is absent",
}
OF_THE_STORY = (HEADLINE, ADDRESS, STANDFIRST, BODY, CAPTION, PICTURE, CREDIT)
DECODERS: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.decompress,
    ".br": brotli.decompress,
}


class Network:
    """An account on the sandbox network, a server of its own, and all that this keeps."""

    def __init__(self, sandbox: Sandbox, clock: Clock) -> None:
        """Connect an account that readers see edits of and that can be read back."""
        self._home = sandbox.home
        self.world = SandboxWorld(sandbox.server, rules="mastodon", exactness=Exactness.READABLE)
        self.surface = SandboxSurface(self.world.account, sender=SENDER, clock=clock)

    @property
    def posts(self) -> list[str]:
        """Return what its readers are shown, oldest first."""
        return [payload.decode() for payload in reversed(self.world.shown())]

    def told(self) -> Iterator[tuple[str, str]]:
        """Yield every post, and every file of the server: what it stores, what it logs."""
        for number, payload in enumerate(self.posts):
            yield f"post {number}", payload
        for file in filter(Path.is_file, self._home.rglob("*")):
            yield f"sandbox {file.name}", file.read_bytes().decode(errors="replace")


class Desk:
    """A paper with its newsroom, its press and its account on a network."""

    def __init__(self, folder: Path, sandbox: Sandbox) -> None:
        """Set the paper up, with another story out."""
        self.clock = Clock(timezone.now())  # Wagtail asks the machine's clock what is to come
        self.network = Network(sandbox, self.clock)
        renditions = django_settings.HOME.renditions
        self.site = folder / "site"
        wired = a_wiring(
            folder, networks=OneNetwork(self.network.surface, self.network.surface.traits)
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
        yield from self.network.told()
        yield "search", searched(Client())
        yield "worker's log", log
        for model in apps.get_app_config("press").get_models():
            for row in model._default_manager.values_list():
                yield f"press {model.__name__}", " ".join(map(_text, row))


def searched(browser: Client) -> str:
    """
    Return what somebody is told who searches for each word of the story.

    Readers ask the paper's own search, whose page repeats what was asked: its stories count. The
    desk's index answers behind its login.
    """
    answers = [
        browser.get(path, {"q": word}, follow=True)
        for path in ("/search", "/search/", DESK_SEARCH)
        for word in (*OF_THE_STORY, AUTHOR)
    ]
    # What was asked for stands in the links of every answer, found or not.
    return "\n".join(map(_found, answers))


def _found(answer: Any) -> str:
    page = LexborHTMLParser(answer.content)
    if answer.request["PATH_INFO"].startswith(DESK_SEARCH):
        return page.text()
    return "\n".join(story.text() for story in page.css("main article"))


def places(desk: Desk, words: tuple[str, ...], log: str) -> dict[str, set[str]]:
    """Return where each of some words is told, "press" tables by name."""
    told = [(place, said.lower()) for place, said in desk.told(log)]
    return {word: {place for place, said in told if word.lower() in said} for word in words}


@pytest.fixture
def desk(tmp_path: Path, settings: Any, sandbox: Sandbox) -> Iterator[Desk]:
    """Give a paper with one story out."""
    settings.MEDIA_ROOT = tmp_path / "originals"
    desk = Desk(tmp_path, sandbox)
    yield desk
    desk.network.world.close()


def test_embargoed_story_is_nowhere_before_its_minute_and_everywhere_after(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    """A second before the embargo ends no word of the story is told anywhere; then all are."""
    caplog.set_level(logging.INFO)
    until = (desk.clock() + timedelta(hours=2)).replace(microsecond=0)
    story = desk.embargo(until)
    call_command("update_index", verbosity=0)  # so that a search could find it
    caplog.clear()  # the desk tells its own log, as it tells its editors
    desk.work()
    desk.clock.now = until - timedelta(seconds=1)
    desk.work()

    before = places(desk, OF_THE_STORY, caplog.text)
    author_before = places(desk, (AUTHOR,), caplog.text)[AUTHOR]
    entries_before = [e.kind for e in LogEntry.objects.all() if AUTHOR in _text(e.version)]
    posts_before = len(desk.network.posts)
    desk.clock.now = until
    desk.work()
    after = places(desk, (*OF_THE_STORY, AUTHOR), caplog.text)

    assert {word: set() for word in OF_THE_STORY} == before
    assert set(OF_THE_AUTHOR) == author_before
    assert ["author"] == entries_before
    assert Story.objects.get(pk=story.pk).live
    page = next(at for at in after[ADDRESS] if at.endswith(f"{ADDRESS}/index.html"))
    everywhere = {page, "site index.html", "site world/index.html", "site feeds/site.rss"}
    everywhere_else = {"search", "site sitemaps/news.xml", f"post {posts_before}"}
    assert everywhere | everywhere_else <= after[HEADLINE]
    assert {"site authors/zenobia/index.html", *everywhere} <= after[AUTHOR]
    assert all(page in after[word] for word in (STANDFIRST, BODY, CAPTION, CREDIT, PICTURE))
    assert [] != list((desk.site / "media").rglob("*.jpg"))


def test_embargoed_story_keeps_its_picture_files_private(desk: Desk) -> None:
    """No size of an embargoed story's picture is in the public tree before its minute."""
    desk.embargo(desk.clock() + timedelta(hours=2))

    desk.work()

    assert [] == list(desk.site.rglob("*.jpg"))
    assert Picture.objects.get().sizes


def test_search_of_the_desk_would_be_found(desk: Desk, admin_client: Client) -> None:
    """The broken twin: by the same search a reader let into the desk finds the story."""
    desk.embargo(desk.clock() + timedelta(hours=2))
    call_command("update_index", verbosity=0)

    assert HEADLINE in searched(admin_client)
    assert HEADLINE not in searched(Client())


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

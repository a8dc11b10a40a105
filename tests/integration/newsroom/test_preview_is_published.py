"""Whatever a story holds, its previews say word for word what publishing it that instant gives."""

from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.conf import settings as django_settings
from django.test import Client

from broadsheet.newsroom.acting import acting
from broadsheet.newsroom.models import Story
from broadsheet.newsroom.previewing import as_links, drafting, modes
from broadsheet.press.ports import wiring
from broadsheet.surfaces.website.store import Store
from tests.factories import rows
from tests.factories.logged import version_of
from tests.factories.press import Clock, a_worker
from tests.factories.previewed import NOON
from tests.factories.varied import STORIES, on_new_topics

pytestmark = pytest.mark.django_db


class Seen(NamedTuple):
    """What the previews of a draft showed."""

    page: bytes
    item: as_links.FeedItem
    link: as_links.LinkCard


def look(story: Story) -> Seen:
    """Look at a story's newest draft as everything it can be previewed as."""
    newest = story.get_latest_revision_as_object()
    page = modes.preview_of(newest).content
    draft = drafting.draft_of(
        story.get_latest_revision_as_object(), pictures_under=modes.PICTURES_UNDER
    )
    printing = wiring().printing
    return Seen(
        page,
        as_links.feed_item(draft, printing),
        as_links.link_card(draft, printing),
    )


@pytest.fixture
def site(tmp_path: Path) -> Any:
    """Return a reader of the site's files, after the press has put out all that is committed."""
    worker = a_worker(tmp_path, Clock(NOON + timedelta(days=1)))
    worker.wired = worker.wired._replace(
        store=Store(tmp_path / "site", renditions=django_settings.HOME.renditions)
    )

    def file(path: str) -> bytes:
        worker.run_until_quiet()
        return (tmp_path / "site" / path.strip("/")).read_bytes()

    return file


def as_readers_have_it(preview: Any) -> Any:
    """Return bytes or text of a preview with its pictures where readers find them."""
    if isinstance(preview, bytes):
        return preview.replace(b"/desk/previews/media/", b"/media/")
    return preview.replace("/desk/previews/media/", "/media/")


def publish(story: Story) -> None:
    """Publish a story's newest draft at the instant at which it was looked at."""
    story.get_latest_revision().publish()


@pytest.fixture
def paper(desk: Client) -> None:
    """Have a paper with a section."""
    del desk
    rows.a_section_row()


@pytest.mark.usefixtures("paper")
@pytest.mark.parametrize("make", STORIES, ids=lambda make: make.__name__)
def test_page_feeds_and_link_are_what_comes(make: Any, site: Any):
    """Page, entries of both feeds and link card have the bytes of what publishing then gives."""
    story = make()
    with acting("ada", now=NOON):
        shown = look(story)
        publish(story)

    page = site(f"{version_of(story).address}index.html")
    assert page == as_readers_have_it(shown.page)
    assert as_readers_have_it(shown.item.rss) in site("feeds/site.rss").decode()
    assert as_readers_have_it(shown.item.atom) in site("feeds/site.atom").decode()
    assert shown.link.url.encode() in page
    assert 0 == page.count(b"/desk/")


@pytest.mark.usefixtures("paper")
def test_a_preview_without_what_the_draft_brings_is_found(site: Any, monkeypatch: Any):
    """The broken twin: a preview that knows only what the log knows already is not the page."""
    story = on_new_topics()
    monkeypatch.setattr(drafting, "_topics_of", lambda _: ())
    with acting("ada", now=NOON):
        shown = look(story)
        publish(story)

    assert as_readers_have_it(shown.page) != site(f"{version_of(story).address}index.html")

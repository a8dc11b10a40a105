"""Whatever a story holds, its previews say word for word what publishing it that instant gives."""

from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest
from django.conf import settings as django_settings
from django.test import Client
from wagtail.rich_text import RichText

from broadsheet.newsroom.acting import acting
from broadsheet.newsroom.models import (
    Correction,
    RelatedStory,
    SectionPage,
    Story,
    StoryTopic,
    Topic,
)
from broadsheet.newsroom.previewing import as_links, as_posts, drafting, modes
from broadsheet.press import previewing
from broadsheet.press.models import Account, LedgerRow
from broadsheet.press.ports import wiring
from broadsheet.press.posts import routing
from broadsheet.projections.posts import Post
from broadsheet.surfaces.website.store import Store
from tests.factories import rows
from tests.factories.logged import version_of
from tests.factories.pictures import a_picture_file, a_picture_row, an_uploaded_picture
from tests.factories.press import Clock, a_worker
from tests.factories.previewed import NOON, a_full_story, an_account

pytestmark = pytest.mark.django_db

NETWORKS = ("bluesky", "mastodon", "x")
BEFORE = NOON - timedelta(days=1)


def a_plain_story() -> Story:
    """Return a draft with a headline and a paragraph, and nothing else."""
    return rows.a_draft()


def a_gallery() -> Story:
    """Return a draft with a lead picture and a gallery of two others."""
    others = [a_picture_row(file=a_picture_file(color)) for color in ("blue", "green")]
    shown = [{"picture": other, "caption": f"Tram {n}"} for n, other in enumerate(others)]
    body = [("text", RichText("<p>Look.</p>")), ("gallery", {"pictures": shown})]
    return rows.a_draft(lead=a_picture_row(), lead_caption="The tram", body=body)


def two_bylines() -> Story:
    """Return a draft by two people, one in another role than their own."""
    story = rows.with_byline(rows.a_draft(dateline="NAIROBI"), rows.an_author_row())
    rows.with_byline(story, rows.an_author_row("Ben Editor", role="Editor"), role="Photos")
    story.save_revision()
    return story


def in_arabic() -> Story:
    """Return a draft that is read from right to left, with a number and Latin words in it."""
    body = [("text", RichText("<p>قال المجلس إن الخط T3 يبدأ في 2027.</p>"))]
    return rows.a_draft(title="المجلس يوافق", standfirst="يبدأ العمل", language="ar", body=body)


def a_translation() -> Story:
    """Return a draft that is a live story in another language."""
    original = rows.a_live_story(title="Trams return", now=BEFORE)
    return rows.a_draft(title="Die Bahn kommt", language="de", translation_of=original)


def in_two_sections() -> Story:
    """Return a draft that is listed in another section too."""
    city = rows.a_section_row("City")
    story = rows.a_draft(SectionPage.objects.get(title="World"), kicker="Transport")
    story.aliases.add(city)
    story.save_revision()
    return story


def on_new_topics() -> Story:
    """Return a draft on two topics of which readers know neither yet."""
    story = rows.a_draft()
    for name in ("Trams", "Trams"):
        story.topics.add(StoryTopic(topic=Topic.objects.create(name=name)))
    story.save_revision()
    return story


def with_related_stories() -> Story:
    """Return a draft that leads to a live story, and to one that is none yet."""
    others = rows.a_live_story(title="Trams before", now=BEFORE), rows.a_draft(title="Not yet")
    story = rows.a_draft()
    for other in others:
        story.related.add(RelatedStory(to=other))
    story.save_revision()
    return story


def with_social_text() -> Story:
    """Return a draft whose posts say something else than its headline."""
    return rows.a_draft(
        lead=a_picture_row(), social_text="Finally: a tram! 🚋 " * 30, address_words="trams"
    )


def with_updates() -> Story:
    """Return a draft with a dated update, and one that takes the minute of publishing."""
    update = {"headline": "News", "text": RichText("<p>It runs.</p>")}
    return rows.a_draft(body=[("update", update | {"at": BEFORE}), ("update", update)])


def with_a_correction() -> Story:
    """Return a live story with a draft that corrects it, significantly."""
    story = a_full_story()
    story.title = "Council approves the second tram line"
    story.corrections.add(Correction(kind="correction", text="It is the second.", significant=True))
    story.save_revision()
    return story


def live_and_changed() -> Story:
    """Return a live story with a draft that says, shows and is listed otherwise."""
    story = a_full_story()
    story.title, story.standfirst = "The council has voted", "Late at night."
    story.lead = a_picture_row(file=a_picture_file("yellow"))
    story.topics.add(StoryTopic(topic=Topic.objects.create(name="Trams")))
    story.save_revision()
    return story


def back_after_a_mistake() -> Story:
    """Return a story that was taken down to be fixed, and is."""
    story = a_full_story()
    with acting("ada", now=NOON):
        story.unpublish()
    story = Story.objects.get(pk=story.pk)
    story.title = "Council approves a tram line"
    story.save_revision()
    return story


def sizes_to_come() -> Story:
    """Return a draft whose lead picture was just uploaded: the press has made no size of it."""
    return rows.a_draft(lead=an_uploaded_picture())


STORIES = (
    a_plain_story,
    a_gallery,
    two_bylines,
    in_arabic,
    a_translation,
    in_two_sections,
    on_new_topics,
    with_related_stories,
    with_social_text,
    with_updates,
    with_a_correction,
    live_and_changed,
    back_after_a_mistake,
    sizes_to_come,
)


class Seen(NamedTuple):
    """What the previews of a draft showed."""

    page: bytes
    item: as_links.FeedItem
    link: as_links.LinkCard
    foretold: dict[str, Any]  # posts, by account
    cards: dict[str, as_posts.ShownPost]


def look(story: Story) -> Seen:
    """Look at a story's newest draft as everything it can be previewed as."""
    newest = story.get_latest_revision_as_object()
    page = modes.preview_of(newest).content
    draft = drafting.draft_of(
        story.get_latest_revision_as_object(), pictures_under=modes.PICTURES_UNDER
    )
    printing = wiring().printing
    accounts = list(Account.objects.all())
    return Seen(
        page,
        as_links.feed_item(draft, printing),
        as_links.link_card(draft, printing),
        {each.name: previewing.post(draft, each) for each in accounts},
        {each.name: as_posts.post_of(draft, each, None) for each in accounts},
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


def sent(story: Story, account: str) -> tuple[bytes, LedgerRow]:
    """Return what an account's post of a story says, without the mark of its link."""
    row = LedgerRow.objects.get(account=account, key=f"post/{story.uuid}/first")
    return row.payload.replace(row.delivery_id.encode(), routing.NO_MARK.encode()), row


@pytest.fixture
def paper(desk: Client) -> None:
    """Have a paper with an account on each network."""
    del desk
    rows.a_section_row()
    for rules in NETWORKS:
        an_account(rules, rules)


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
@pytest.mark.parametrize(
    "make",
    [make for make in STORIES if make.__name__ not in {"live_and_changed", "back_after_a_mistake"}],
    ids=lambda make: make.__name__,
)
@pytest.mark.parametrize("network", NETWORKS)
def test_post_and_its_card_are_what_is_fitted(make: Any, network: str):
    """Text, card and pictures of the foretold post are those of the one that is then committed."""
    story = make()
    with acting("ada", now=NOON):
        shown = look(story)
        publish(story)

    payload, row = sent(story, network)
    foretold, card = shown.foretold[network], shown.cards[network]
    if row.parked:
        assert (row.parked, card.problem) == (foretold, foretold)
        return
    post = msgspec.json.decode(payload, type=Post)
    assert payload == foretold.data
    assert row.rules == foretold.rules
    assert card.card is not None
    assert (post.text, post.card.title, post.card.description, bool(post.card.picture)) == (
        card.text,
        card.card.title,
        card.card.description,
        bool(card.card.picture),
    )


@pytest.mark.usefixtures("paper")
@pytest.mark.parametrize("make", [live_and_changed, back_after_a_mistake])
def test_post_that_is_out_stays(make: Any):
    """Of a story whose post was made, the preview says that it stays; and it stays."""
    story = make()
    before = {name: sent(story, name)[0] for name in NETWORKS}
    with acting("ada", now=NOON):
        shown = look(story)
        publish(story)

    assert {True} == {card.is_out for card in shown.cards.values()}
    assert before == {name: sent(story, name)[0] for name in NETWORKS}


@pytest.mark.usefixtures("paper")
def test_a_preview_without_what_the_draft_brings_is_found(site: Any, monkeypatch: Any):
    """The broken twin: a preview that knows only what the log knows already is not the page."""
    story = on_new_topics()
    monkeypatch.setattr(drafting, "_topics_of", lambda _: ())
    with acting("ada", now=NOON):
        shown = look(story)
        publish(story)

    assert as_readers_have_it(shown.page) != site(f"{version_of(story).address}index.html")

"""Previews as front page, feed item, link card and post say what publishing then says."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.urls import reverse

from broadsheet.newsroom.acting import acting
from broadsheet.newsroom.models import Story
from broadsheet.newsroom.previewing import as_links, as_posts, drafting, modes
from broadsheet.newsroom.roles.names import Role
from broadsheet.press import previewing
from broadsheet.press.models import Account, Attempt, LedgerRow
from broadsheet.press.ports import wiring
from broadsheet.press.posts import routing
from broadsheet.projections.posts import Post
from broadsheet.story.textrule import BLUESKY
from broadsheet.surfaces.website.store import Store
from tests.factories import rows
from tests.factories.pictures import a_picture_row
from tests.factories.press import Clock, a_worker
from tests.factories.previewed import NOON, a_full_story, a_user, an_account
from tests.factories.structured import DATA_BLOCK, OUR_SCRIPT

pytestmark = pytest.mark.django_db
LONG = "The council approves the new tram line " * 12


def look(browser: Client, story: Story, mode: str) -> Any:
    """Return the answer to looking at a story's newest draft in a mode."""
    url = reverse("wagtailadmin_pages:view_draft", args=[story.pk])
    return browser.get(url, {"mode": mode})


def draft_of(story: Story) -> previewing.Draft:
    """Return what publishing the newest draft would commit."""
    newest = story.get_latest_revision_as_object()
    return drafting.draft_of(newest, pictures_under=modes.PICTURES_UNDER)


@pytest.fixture
def site(tmp_path: Path) -> Any:
    """Return a reader of the site's files, after the press has put out all that is committed."""
    worker = a_worker(tmp_path, Clock(NOON + timedelta(days=1)))
    worker.wired = worker.wired._replace(
        store=Store(tmp_path / "site", renditions=django_settings.HOME.renditions)
    )

    def file(path: str) -> bytes:
        worker.run_until_quiet()
        return (tmp_path / "site" / path).read_bytes()

    return file


@pytest.mark.parametrize("rules", ["bluesky", "mastodon", "x"])
@pytest.mark.parametrize("headline", ["Trams return", LONG, "電車が戻る" * 80])
def test_what_is_previewed_is_what_is_posted(desk: Client, rules: str, headline: str):
    """The foretold post and the one in the ledger differ in nothing but the mark of the link."""
    account = an_account("daily", rules)
    # Words of its own, since X takes no link to .example for one, and counts its letters.
    words = {"address_words": "trams", "standfirst": "Work starts.", "lead": a_picture_row()}
    story = rows.a_draft(title=headline[:255], **words)
    with acting("ada", now=NOON):
        foretold = previewing.post(draft_of(story), account)
        story.get_latest_revision().publish()

    row = LedgerRow.objects.get(surface="sandbox")
    marked = row.payload.replace(row.delivery_id.encode(), routing.NO_MARK.encode())
    assert not isinstance(foretold, str)
    assert marked == foretold.data
    assert row.rules == foretold.rules


def test_a_preview_fitted_otherwise_is_found(desk: Client, monkeypatch: Any):
    """The broken twin: a preview that cuts by a rule of its own is not what is posted."""
    account = an_account("daily", "x")
    story = rows.a_draft(title=LONG[:255], lead=a_picture_row())
    published_by = routing._delivery
    with acting("ada", now=NOON):
        with monkeypatch.context() as broken:
            broken.setattr(
                routing, "_delivery", lambda *args: published_by(*args)._replace(rule=BLUESKY)
            )
            foretold = previewing.post(draft_of(story), account)
        story.get_latest_revision().publish()

    row = LedgerRow.objects.get(surface="sandbox")
    marked = row.payload.replace(row.delivery_id.encode(), routing.NO_MARK.encode())
    assert not isinstance(foretold, str)
    assert marked != foretold.data


def test_a_post_shows_its_length_and_what_was_cut(desk: Client):
    """Beside the text that fits stand its length by the network's rule and the words left out."""
    account = an_account("daily", "x")
    story = rows.a_draft(title=LONG[:255], standfirst="Work starts.", lead=a_picture_row())
    story.title = LONG * 2

    [shown] = as_posts.posts_of(
        drafting.draft_of(story, pictures_under=modes.PICTURES_UNDER),
        account,
        wiring().networks.rule(account),
    )

    [count] = shown.counts
    assert count.used <= count.at_most == 280
    kept = shown.text.partition("…")[0]
    assert kept in LONG * 2
    assert shown.left_out_words
    assert (kept + " " + shown.left_out_words).split() == (LONG * 2).split()
    assert shown.card is not None
    assert ("paper.example", "Work starts.") == (shown.card.site, shown.card.description)
    assert 200 == desk.get(shown.card.picture).status_code


def test_an_account_that_cannot_post_says_why(desk: Client):
    """An account on a network this release does not know shows the reason in its place."""
    Account.objects.create(surface="elsewhere", name="daily", added_at=NOON)

    answer = look(desk, rows.a_draft(), "all").content.decode()

    assert "this release cannot post to" in answer


def test_a_story_whose_post_is_out_says_so(desk: Client):
    """Of a live story the preview says that publishing again leaves its post as it is."""
    account = an_account("daily", "mastodon")
    story = a_full_story()

    assert b"only a correction does" in look(desk, story, f"post:{account.pk}").content


def test_front_page_is_the_one_publication_gives(desk: Client, site: Any):
    """The front with a draft on it has the bytes of the front after publishing the draft."""
    story = rows.a_draft(lead=a_picture_row(), standfirst="Work starts.")
    with acting("ada", now=NOON):
        shown = modes.preview_of(story.get_latest_revision_as_object(), modes.FRONT).content
        story.get_latest_revision().publish()

    assert site("index.html") == shown.replace(b"/desk/previews/media/", b"/media/")
    assert b"/desk/previews/media/" in shown


def test_a_front_that_leaves_the_draft_out_is_found(desk: Client, site: Any, monkeypatch: Any):
    """The broken twin: a preview over the lists as they are is not the front that comes."""
    monkeypatch.setattr(previewing, "AsNewest", lambda draft: previewing.Laid([draft.story]))
    story = rows.a_draft()
    with acting("ada", now=NOON):
        shown = modes.preview_of(story.get_latest_revision_as_object(), modes.FRONT).content
        story.get_latest_revision().publish()

    assert site("index.html") != shown


def test_feed_item_is_the_one_readers_get(desk: Client, site: Any):
    """The previewed source of a feed item stands in the feeds word for word, once published."""
    story = rows.a_draft(title="“The” <tram> & co", standfirst="Work & <play>.")
    rows.with_byline(story, rows.an_author_row())
    story.save_revision()
    with acting("ada", now=NOON):
        item = as_links.feed_item(draft_of(story), wiring().printing)
        story.get_latest_revision().publish()

    assert item.rss in site("feeds/site.rss").decode()
    assert item.atom in site("feeds/site.atom").decode()
    assert ("“The” <tram> & co", "Work & <play>.") == (item.title, item.summary)
    assert ("Ada Reporter",) == item.authors


def test_an_old_story_is_shown_as_a_feed_item_too(desk: Client):
    """A story older than what the feed holds is shown as the entry it would have."""
    with acting("ada", now=NOON):
        old = rows.a_live_story(title="Old story")
    for number in range(22):
        with acting("ada", now=NOON + timedelta(hours=number + 1)):
            rows.a_live_story(title=f"Newer {number}")

    assert "Old story" == as_links.feed_item(draft_of(old), wiring().printing).title


def test_link_card_is_what_the_head_of_the_page_says(desk: Client):
    """Title, description, host and picture of the card are read from the page's own head."""
    card = as_links.link_card(draft_of(a_full_story()), wiring().printing)

    assert "Council approves the new tram line | The Daily Test" == card.title
    assert ("Council approves the new tram line", "Work starts.") == (
        card.card_title,
        card.card_description,
    )
    assert ("paper.example", "The Daily Test") == (card.site, card.paper)
    assert "A tram" == card.alternative_text
    assert 200 == desk.get(card.picture).status_code


def test_a_draft_with_hostile_words_runs_nothing_in_any_preview(desk: Client):
    """Markup in a draft is text in every card, and no preview may run a script."""
    an_account("daily", "bluesky")
    words = '<script>alert("1")</script><img src=x onerror=alert(1)>'
    story = rows.a_draft(title=words, standfirst=words)

    for mode, _ in modes.modes():
        answer = look(desk, story, mode)
        scripts = answer.content.count(b"<script")
        known = sum(answer.content.count(each.encode()) for each in (DATA_BLOCK, OUR_SCRIPT))
        assert scripts == known, mode
        assert b"<img src=x" not in answer.content
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert "no-store" in answer["Cache-Control"]


def test_looking_in_every_mode_posts_and_saves_nothing(desk: Client):
    """No row of ledger, attempts or log comes of looking."""
    an_account("daily", "bluesky")
    story = rows.a_draft(lead=a_picture_row())

    for mode, _ in modes.modes():
        assert 200 == look(desk, story, mode).status_code

    assert (0, 0) == (LedgerRow.objects.count(), Attempt.objects.count())


def test_everything_is_shown_at_once(desk: Client):
    """The overview holds the front's card, the link's, the feed's item and every account's post."""
    for rules in ("bluesky", "mastodon", "x"):
        an_account(rules, rules)

    answer = look(desk, rows.a_draft(lead=a_picture_row()), modes.ALL).content.decode()

    for heading in ("On the front page", "As a search result", "As a feed item"):
        assert heading in answer
    assert 3 == answer.count("Post: <bdi>sandbox/")


def test_a_paper_without_accounts_is_told(desk: Client):
    """Without accounts the overview says that a story is posted nowhere."""
    assert b"no account on any network yet" in look(desk, rows.a_draft(), modes.ALL).content


def test_an_unknown_mode_says_so(desk: Client):
    """A mode that is not offered is named as such; so is an account that is gone."""
    story = rows.a_draft()

    assert b"there is no preview called" in look(desk, story, "hologram").content
    assert b"not connected any more" in look(desk, story, "post:99").content


def test_own_page_offers_modes_and_widths(desk: Client):
    """The preview's page frames each mode and offers phone, tablet and desktop."""
    story = rows.a_draft()
    url = reverse("preview_story", args=[story.pk])

    page = desk.get(url, {"mode": "feed"}).content.decode()

    assert f"/desk/pages/{story.pk}/view_draft/?mode=feed" in page
    for width in ("390", "820", "1280"):
        assert f'value="{width}"' in page
    assert 'aria-current="page"' in page


def test_own_page_is_for_who_may_edit(desk: Client):
    """Who may not edit the story is sent away from its preview; who may, sees it."""
    story = rows.a_draft()
    url = reverse("preview_story", args=[story.pk])

    assert 302 == Client().get(url).status_code
    assert 302 == a_user("guest").get(url).status_code
    assert 200 == a_user("tobi", Role.EDITOR).get(url).status_code


def test_posts_language_and_text_survive(desk: Client):
    """A post in another script is shown as it is, in its direction."""
    account = an_account("daily", "mastodon")
    story = rows.a_draft(title="المجلس يوافق", language="ar")

    [shown] = as_posts.posts_of(draft_of(story), account, None)

    made = previewing.post(draft_of(story), account)
    assert not isinstance(made, str)
    assert msgspec.json.decode(made.data, type=Post).text == shown.text
    assert ("ar", "rtl") == (shown.language, shown.direction)

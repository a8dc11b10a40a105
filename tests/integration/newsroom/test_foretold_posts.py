"""What a preview shows of an account's posts is what the account has after publishing."""

from typing import Any

import msgspec
import pytest
from django.test import Client

from broadsheet.newsroom.acting import acting
from broadsheet.newsroom.models import Story
from broadsheet.newsroom.previewing import as_posts, drafting, modes
from broadsheet.press import previewing
from broadsheet.press.models import Account, Attempt, LedgerRow
from broadsheet.press.posts import foretelling, routing
from broadsheet.press.posts.foretelling import Foretold, How
from broadsheet.projections.posts import Post
from tests.factories import rows
from tests.factories.pictures import a_picture_row
from tests.factories.previewed import NOON, an_account
from tests.factories.varied import STORIES, live_and_changed, with_a_correction

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

NETWORKS = ("bluesky", "mastodon", "x")
MARK = routing.NO_MARK.encode()


@pytest.fixture
def paper(desk: Client) -> None:
    """Have a paper with a section, and an account on each network."""
    del desk
    rows.a_section_row()
    for rules in NETWORKS:
        an_account(rules, rules)


def draft_of(story: Story) -> previewing.Draft:
    """Return what publishing the newest draft would commit."""
    newest = story.get_latest_revision_as_object()
    return drafting.draft_of(newest, pictures_under=modes.PICTURES_UNDER)


def posts_are_out() -> None:
    """Have every post stand before readers, as after the press has sent it."""
    for row in LedgerRow.objects.filter(surface="sandbox", parked=""):
        Attempt.objects.create(
            row=row,
            number=1,
            action="create",
            started_at=NOON,
            deadline_at=NOON,
            outcome="done",
            worker="test",
        )


def had(story: Story, account: str) -> list[tuple[bytes, str]]:
    """Return what an account has of a story, oldest first: payload, or why there is none."""
    found = LedgerRow.objects.filter(surface="sandbox", account=account, story=str(story.uuid))
    return [
        (bytes(row.payload).replace(row.delivery_id.encode(), MARK), row.parked)
        for row in found.order_by("id")
    ]


def without_mark(foretold: Foretold, story: Story, account: str) -> tuple[bytes, str]:
    """Return what was foretold of one post as had() returns it."""
    rows_of = LedgerRow.objects.filter(account=account, story=str(story.uuid))
    data = foretold.data
    for row in rows_of:
        data = data.replace(row.delivery_id.encode(), MARK)
    return data, foretold.problem


def looked_at_then_published(story: Story) -> dict[str, tuple[Any, Any]]:
    """Return, by account, what was foretold and what the preview showed, and publish."""
    with acting("ada", now=NOON):
        draft = draft_of(story)
        seen = {
            each.name: (previewing.posts(draft, each), as_posts.posts_of(draft, each, None))
            for each in Account.objects.all()
        }
        story.get_latest_revision().publish()
    return seen


def _is_as_foretold(story: Story) -> None:
    for name, (foretold, shown) in looked_at_then_published(story).items():
        there = had(story, name)
        assert there == [without_mark(each, story, name) for each in foretold]
        for (data, problem), card in zip(there, shown, strict=True):
            assert problem == card.problem
            if not problem:
                post = msgspec.json.decode(data, type=Post)
                assert post.text == card.text.replace(_mark_of(card), routing.NO_MARK)
                assert (post.card.title, post.card.description, bool(post.card.picture)) == (
                    card.card.title,
                    card.card.description,
                    bool(card.card.picture),
                )


def _mark_of(card: Any) -> str:
    return card.text.rpartition("?d=")[2][: len(routing.NO_MARK)]


@pytest.mark.usefixtures("paper")
@pytest.mark.parametrize("make", STORIES, ids=lambda make: make.__name__)
def test_posts_are_what_the_preview_showed(make: Any):
    """Text, card and pictures of each post are those that were shown: new, kept or corrected."""
    _is_as_foretold(make())


@pytest.mark.usefixtures("paper")
@pytest.mark.parametrize("make", [live_and_changed, with_a_correction])
def test_posts_that_are_out_are_kept_edited_or_joined(make: Any):
    """Of posts that readers have, the preview shows what becomes of each: by its network."""
    story = make()
    posts_are_out()

    _is_as_foretold(story)


@pytest.mark.usefixtures("paper")
def test_correction_is_edited_in_where_it_can_be_and_else_posted():
    """Where readers see edits the post is foretold corrected; elsewhere a note stands beside it."""
    story = with_a_correction()
    posts_are_out()

    seen = looked_at_then_published(story)

    hows = {name: [each.how for each in foretold] for name, (foretold, _) in seen.items()}
    assert [How.EDITED] == hows["mastodon"]
    assert [How.KEPT, How.NOTE] == hows["x"]
    assert "It is the second." in seen["x"][1][1].text


@pytest.mark.usefixtures("paper")
def test_an_account_that_came_later_is_foretold_no_post(desk: Client):
    """Of a story that was live before, an account without its post is told to get none; it does."""
    story = live_and_changed()
    LedgerRow.objects.filter(account="x").delete()

    [shown] = looked_at_then_published(story)["x"][1]
    page = desk.get(f"/desk/pages/{story.pk}/view_draft/", {"mode": "all"}).content.decode()

    assert ("none", "") == (shown.how, shown.text)
    assert [] == had(story, "x")
    assert "publishing again makes none" in page


@pytest.mark.usefixtures("paper")
def test_a_preview_that_fits_every_post_anew_is_found(monkeypatch: Any):
    """The broken twin: the draft's words are not those of a post that stays."""

    def anew(account: Account, story: Any, *, record: Any) -> list[Foretold]:
        made = routing.foretold(account, story, record=record)
        return [foretelling._fitted(How.FIRST, made)]

    monkeypatch.setattr(foretelling, "posts", anew)
    story = live_and_changed()
    posts_are_out()

    with pytest.raises(AssertionError):
        _is_as_foretold(story)


@pytest.mark.usefixtures("paper")
def test_kept_post_shows_the_picture_it_went_with(desk: Client):
    """The picture of a post that stays is shown, though the draft has another."""
    story = rows.a_live_story(lead=a_picture_row(), address_words="trams", now=NOON)
    story.lead = None
    story.save_revision()

    shown = as_posts.posts_of(draft_of(story), Account.objects.get(name="mastodon"), None)

    assert 200 == desk.get(shown[0].card.picture).status_code

"""No page of a front tells who may not see a story what it says before readers know."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from broadsheet.newsroom.fronts import cards, drafts, fronts, scheduling
from broadsheet.newsroom.fronts.arranging import Words, stories_on, worded
from broadsheet.newsroom.models import FrontChange, FrontDraft, Story
from broadsheet.newsroom.roles.names import Role
from tests.factories import rows
from tests.factories.fronts import a_board, a_publisher, publish_front, the_front
from tests.factories.pictures import a_picture_row
from tests.integration.newsroom.front_desk import a_browser, live, read_words

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

SECRET = "Zarathustra"  # in every word of the stories that only some may see
NOW = datetime.now(UTC)


@pytest.fixture
def world():
    """Return the section whose front is arranged; its stories are live."""
    rows.a_paper()
    section = rows.a_section_row()
    live("Trams return", "Buses too")
    return section


@pytest.fixture
def ed(world):
    """Return a browser of who arranges that section's front, and sees no other section's drafts."""
    return a_browser(rows.a_person("ed", Role.PUBLISHER, sections=[world]))


@pytest.fixture
def secret(world):
    """
    Return an embargoed story of another section, placed by who may see all stories.

    It stands, in words of the front's own, in a published edition, in a draft and in a change.
    """
    assert world
    story = rows.a_draft(
        rows.a_section_row("City"),
        title=f"{SECRET} resigns",
        embargo_until=NOW + timedelta(days=2),
        lead=a_picture_row(),
    )
    petra, front = a_publisher(), the_front(world)
    words = Words(f"{SECRET} is gone", SECRET, shows_picture=False)
    board = worded(a_board(story), 0, words).board
    publish_front(board, by=petra, section=world, at=NOW)
    other = a_board(*Story.objects.filter(live=True)[:1], story)
    drafts.save(front, petra, other, seen=drafts.draft_of(front, petra))
    due_at = NOW + timedelta(days=1)
    scheduling.schedule(the_front(world), board, based_on=0, due_at=due_at, user=petra)
    read_words()
    return story


def every_look(client, section):
    """Yield what somebody gets at each page of a front, and what each button answers."""
    at = f"/desk/fronts/{section.uuid}/"
    change, draft = FrontChange.objects.get(), FrontDraft.objects.get(editor__username="petra")
    seq = fronts.newest_seq(str(section.uuid))
    places = ["", f"?q={SECRET}", "?all=1", "preview/", "preview/page/", "history/"]
    places += [f"history/{seq}/", f"history/{seq}/page/"]
    places += [f"changes/{change.uuid}/", f"changes/{change.uuid}/page/"]
    yield from (client.get(f"{at}{place}") for place in places)
    take_overs = [f"drafts/{draft.pk}/take-over/", f"changes/{change.uuid}/take-over/"]
    for place in (*take_overs, f"history/{seq}/restore/"):
        yield client.post(f"{at}{place}", follow=True)
        yield client.get(f"{at}preview/")
        for do in ("save", "down:0", "up:1", "pin:3", "remove:0"):
            yield client.post(at, {**_numbers(section), "do": do}, follow=True)
    # Published from an edition that is not the newest: both arrangements are told.
    yield client.post(f"{at}publish/", {**_numbers(section), "over": "0"})
    yield client.get(reverse("fronts"))


def _numbers(section):
    user = rows.a_person("ed", Role.PUBLISHER, sections=[section])
    draft = drafts.draft_of(the_front(section), user)
    return {"number": str(draft.number), "based_on": str(draft.based_on)}


def _tells_nothing(client, section):
    for answer in every_look(client, section):
        assert answer.status_code in {200, 409}
        page = answer.content.decode().replace(f"q={SECRET}", "").replace(f'"{SECRET}"', "")
        assert SECRET not in page, answer.request["PATH_INFO"]
        assert "/desk/previews/media/" not in page


def test_embargoed_story_of_another_section_is_told_nowhere(ed, world, secret):
    """Who may not see a placed story gets neither headline, words, picture nor time of it."""
    assert secret

    _tells_nothing(ed, world)


def test_cards_that_ask_nobody_are_found(ed, world, secret, monkeypatch):
    """The broken twin: cards that take everybody for somebody who may see all tell the story."""
    assert secret
    monkeypatch.setattr(cards, "_seen_by", lambda *asked: asked[1])

    with pytest.raises(AssertionError, match=SECRET):
        _tells_nothing(ed, world)


def test_who_may_see_it_is_told(world, secret):
    """Who may see a placed story that is not live has its headline and words before them."""
    assert secret

    page = a_browser(a_publisher()).get(f"/desk/fronts/{world.uuid}/").content.decode()

    assert f"{SECRET} resigns" in page


def test_slot_one_may_not_see_keeps_its_words(ed, world, secret):
    """Who arranges around such a slot saves it as it was, and says that it is there."""
    change = FrontChange.objects.get()
    at = f"/desk/fronts/{world.uuid}/"
    page = ed.post(f"{at}changes/{change.uuid}/take-over/", follow=True).content.decode()

    ed.post(at, {**_numbers(world), "do": "down:0"})

    slot = FrontDraft.objects.get(editor__username="ed").slots[1]
    assert (str(secret.uuid), f"{SECRET} is gone") == (slot["story"], slot["headline"])
    assert "A story you may not see yet" in page


def test_draft_of_a_live_story_is_not_told_either(ed, world):
    """A live story stands on boards, in differences and messages as readers have its headline."""
    city, petra = rows.a_section_row("City"), a_publisher()
    story = rows.a_live_story(city, title="Mayor speaks")
    story.title = f"{SECRET} resigns"
    story.save_revision()
    publish_front(a_board(story), by=petra, section=world, at=NOW)
    at = f"/desk/fronts/{world.uuid}/"

    pages = [
        ed.get(f"{at}history/"),
        ed.post(at, {**_numbers(world), "do": "down:0"}, follow=True),
    ]

    for page in pages:
        assert SECRET not in page.content.decode()
        assert "Mayor speaks" in page.content.decode()
    assert [str(story.uuid)] == stories_on(fronts.newest_edition(str(world.uuid)).board)


def _offered(client, section, question):
    page = client.get(f"/desk/fronts/{section.uuid}/?q={question}").content.decode()
    return "Mayor speaks" in page


def test_search_tells_nothing_of_drafts_of_live_stories(ed, world):
    """A live story of another section is found by the words readers have, and by no others."""
    city = rows.a_section_row("City")
    story = rows.a_draft(city, title="Mayor speaks", desk_notes=f"Ask {SECRET}")
    rows.with_byline(story, rows.an_author_row("Zoé Writer"))
    story.save_revision().publish()
    story.refresh_from_db()
    story.standfirst = f"{SECRET} resigns"
    story.save_revision()
    read_words()

    assert [True] * 4 == [
        _offered(ed, world, words) for words in ("mayor", "COUNCIL", "zoe", "speaks+writer")
    ]
    assert not _offered(ed, world, SECRET)
    assert not _offered(ed, world, f"mayor+{SECRET}")
    assert _offered(a_browser(a_publisher()), world, SECRET)

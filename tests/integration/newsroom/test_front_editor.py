"""The board: what an editor sees of a front, and what each button does to their draft."""

from datetime import timedelta

import pytest
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from broadsheet.config.home import Unusable
from broadsheet.newsroom.fronts import drafts, fronts, preview_views
from broadsheet.newsroom.fronts import views as front_views
from broadsheet.newsroom.fronts.arranging import stories_on
from broadsheet.newsroom.models import FrontChange, FrontDraft
from broadsheet.newsroom.roles.names import Role
from broadsheet.press import log
from broadsheet.press.models import LogEntry
from tests.factories import rows
from tests.factories.fronts import a_board, a_publisher, publish_front, the_front
from tests.factories.story import an_id
from tests.integration.newsroom.front_desk import (
    BOARD,
    a_browser,
    board_shown,
    form_of,
    live,
    opened,
    press,
    read_words,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture
def petra():
    """Return a publisher."""
    rows.a_paper()
    return a_publisher()


@pytest.fixture
def desk(petra):
    """Return a browser the publisher is signed in with."""
    return a_browser(petra)


def test_board_shows_what_readers_see(desk):
    """Before anything is placed every slot shows the newest story that stands there."""
    live("Trams", "Harbor")

    page = opened(desk)

    shown = [node.text(strip=True) for node in page.css(".front-free .front-headline")]
    assert ["Harbor", "Trams"] == shown
    assert 20 == len(page.css(".front-slot"))
    assert "Nobody arranged this front" in page.text()


def test_story_is_added_moved_and_removed(desk, petra):
    """Buttons alone arrange a front: add, move up and down, keep, the newest instead."""
    trams, harbor = live("Trams", "Harbor")

    press(desk, f"add:{trams.uuid}", at="free")
    assert {"Lead": "Trams"} == board_shown(desk)

    press(desk, f"add:{harbor.uuid}", at="2")
    assert {"Lead": "Trams", "Second row 2": "Harbor"} == board_shown(desk)

    press(desk, "down:0")
    assert {"Second row 1": "Trams", "Second row 2": "Harbor"} == board_shown(desk)

    press(desk, "move:2", at="0")
    assert {"Lead": "Harbor", "Second row 2": "Trams"} == board_shown(desk)

    press(desk, "remove:0")
    assert {"Second row 2": "Trams"} == board_shown(desk)

    press(desk, "pin:0")
    assert {"Lead": "Harbor", "Second row 2": "Trams"} == board_shown(desk)

    answer = press(desk, "empty")
    assert {} == board_shown(desk)
    assert "Every slot shows the newest." in answer.content.decode()
    assert not FrontDraft.objects.exists()  # it says what readers have
    assert log.newest("front", "paper") is None


def test_acts_are_told_in_words(desk):
    """Each act says what it did and where the story stands now."""
    trams, _ = live("Trams", "Harbor")

    answer = press(desk, f"add:{trams.uuid}", at="1")
    assert "“Trams” stands in Second row 1." in answer.content.decode()

    answer = desk.post(BOARD, form_of(desk) | {"do": "up:1"}, headers={"X-Board": "1"})
    form = LexborHTMLParser(answer.content).css_first("form").attributes
    assert ("“Trams” moved to Lead.", "0") == (form["data-said"], form["data-about"])
    assert b"<html" not in answer.content


def test_script_gets_the_board_as_it_is_now(desk):
    """What comes instead of the board shows the very act, the first on a front too."""
    (trams,) = live("Trams")

    sent = form_of(desk) | {"do": f"add:{trams.uuid}", "at": "0"}
    board = LexborHTMLParser(desk.post(BOARD, sent, headers={"X-Board": "1"}).content)

    assert "Trams" == board.css_first("#slot-0:not(.front-free) .front-headline").text(strip=True)
    assert "1" == board.css_first("[name=number]").attributes["value"]


@pytest.mark.parametrize(
    ("do", "at"),
    [
        ("remove:20", ""),
        ("up:-1", ""),
        ("move:0", "²"),
        ("move:0", "9" * 5000),
        ("add:no-id", ""),
        (f"add:{an_id(999)}", "0"),
        ("pin:19", ""),
        ("launch:0", ""),
        ("", ""),
    ],
)
def test_forged_acts_do_nothing(desk, do, at):
    """A slot, story or act that is not there is refused in words, and nothing is saved."""
    live("Trams")

    answer = press(desk, do, at=at)

    assert answer.status_code == 200
    assert "Nothing was done" in answer.content.decode()
    assert not FrontDraft.objects.exists()


def test_words_are_kept_with_every_act(desk):
    """Words typed beside one slot are kept when another button is pressed."""
    trams, harbor = live("Trams", "Harbor")
    press(desk, f"add:{trams.uuid}", at="0")

    press(desk, f"add:{harbor.uuid}", at="1", **{"headline-0": "Trams, at last", "kicker-0": "New"})

    slots = opened(desk).css(".front-slot")
    assert "Trams, at last" == slots[0].css_first("#headline-0").attributes["value"]
    assert "New" == slots[0].css_first("#kicker-0").attributes["value"]
    assert "Harbor" == slots[1].css_first(".front-headline").text(strip=True)


@pytest.mark.parametrize(
    ("field", "text"),
    [("headline-0", "A \x00 in it"), ("headline-0", "x" * 256), ("kicker-0", "two\nlines")],
    ids=["forbidden", "long", "two lines"],
)
def test_words_that_cannot_stand_are_told_beside_them(desk, field, text):
    """A text that may not be written stops the act, is told beside its field, and stays there."""
    (trams,) = live("Trams")
    press(desk, f"add:{trams.uuid}", at="0")

    page = LexborHTMLParser(press(desk, "down:0", **{field: text}).content)

    assert page.css_first(f"#{field}").attributes["aria-invalid"] == "true"
    assert page.css_first(f"#{field}-error").text(strip=True)
    assert {"Lead": "Trams"} == board_shown(desk)


def test_markup_in_words_is_text(desk):
    """What looks like markup in a headline or in words is shown, not carried out."""
    (trams,) = live("<script>alert(1)</script>")
    press(desk, f"add:{trams.uuid}", at="0")
    press(desk, "save", **{"headline-0": '"><img src=x onerror=alert(1)>'})

    body = desk.get(BOARD).content.decode()

    assert "<script>alert(1)" not in body
    assert "<img src=x" not in body


def test_story_that_is_not_live_is_warned_of(petra):
    """A placed story that is scheduled says when it goes live and what stands there until then."""
    assert petra
    live("Trams")
    desk = a_browser(a_publisher("ed"))
    due = timezone.now() + timedelta(days=1)
    coming = rows.a_draft(title="Coming", go_live_at=due)
    coming.get_latest_revision().publish()

    press(desk, f"add:{coming.uuid}", at="0")

    warning = opened(desk).css_first("#slot-0 .front-warning").text()
    assert "Not live: scheduled for" in warning
    assert "“Trams” stands here" in warning


def test_stories_offered_are_those_not_on_the_front(desk):
    """The list beside the board has the newest that are not on it, and all when asked."""
    trams, _ = live("Trams", "Harbor")
    press(desk, f"add:{trams.uuid}", at="0")

    def offered(url=BOARD):
        nodes = opened(desk, url).css(".front-offer .front-headline")
        return [node.text(strip=True) for node in nodes]

    assert ["Harbor"] == offered()
    assert ["Harbor", "Trams"] == offered(f"{BOARD}?all=on")


def test_search_finds_older_stories(desk):
    """A search finds by words; one that finds nothing says so."""
    live("Trams", "Harbor")
    read_words()

    page = opened(desk, f"{BOARD}?q=tram")
    assert ["Trams"] == [n.text(strip=True) for n in page.css(".front-offer .front-headline")]
    assert "No story you may see" in opened(desk, f"{BOARD}?q=zebra").text()


def test_draft_is_not_published_by_saving(desk):
    """Readers have what they had until the front is published."""
    (trams,) = live("Trams")
    length = log.length()

    press(desk, f"add:{trams.uuid}", at="0")

    assert length == log.length()
    assert "Not published yet" in opened(desk).text()


def test_front_is_published_from_the_board(desk):
    """Publishing commits the draft with the words just typed, and lets the draft go."""
    (trams,) = live("Trams")
    press(desk, f"add:{trams.uuid}", at="0")

    form = form_of(desk) | {"kicker-0": "Streets"}
    answer = desk.post(f"{BOARD}publish/", form, follow=True)

    assert "is committed as you arranged it" in answer.content.decode()
    (slot,) = log.newest("front", "paper").slots
    assert (str(trams.uuid), "Streets") == (slot.story, slot.kicker)
    assert not FrontDraft.objects.exists()


def test_old_window_is_told(desk):
    """A form of before another window's save does nothing, and says so."""
    trams, harbor = live("Trams", "Harbor")
    old = form_of(desk)
    press(desk, f"add:{trams.uuid}", at="0")

    answer = press(desk, f"add:{harbor.uuid}", form=old, at="0")
    assert "changed in another window" in answer.content.decode()
    answer = desk.post(f"{BOARD}publish/", old, follow=True)
    assert "changed in another window" in answer.content.decode()

    assert {"Lead": "Trams"} == board_shown(desk)
    assert log.newest("front", "paper") is None


def test_two_editors_are_told_of_each_other(desk, petra):
    """The later publisher sees what the other changed, and chooses: nothing is lost unseen."""
    trams, harbor = live("Trams", "Harbor")
    ben = a_publisher("ben")
    press(desk, f"add:{trams.uuid}", at="0")
    form = form_of(desk)
    publish_front(a_board(harbor), by=ben, at=timezone.now())

    answer = desk.post(f"{BOARD}publish/", form)

    assert 409 == answer.status_code
    told = LexborHTMLParser(answer.content).text()
    assert "ben published this front" in told
    assert "“Harbor” comes to Lead" in told
    assert "“Trams” comes to Lead" in told
    assert [str(harbor.uuid)] == stories_on(fronts.newest_edition("paper").board)
    assert {"Lead": "Trams"} == board_shown(desk)

    page = LexborHTMLParser(answer.content)
    (mine,) = [f for f in page.css("form") if "publish" in (f.attributes.get("action") or "")]
    choice = {n.attributes["name"]: n.attributes["value"] for n in mine.css("input")}
    desk.post(f"{BOARD}publish/", choice)
    assert [str(trams.uuid)] == stories_on(fronts.newest_edition("paper").board)


def test_choice_of_before_a_third_change_is_asked_again(desk):
    """Who chose to replace one edition does not replace another they have not seen."""
    trams, harbor, goats = live("Trams", "Harbor", "Goats")
    ben = a_publisher("ben")
    press(desk, f"add:{trams.uuid}", at="0")
    form = form_of(desk)
    publish_front(a_board(harbor), by=ben, at=timezone.now())
    desk.post(f"{BOARD}publish/", form)
    over = fronts.newest_seq("paper")
    publish_front(a_board(goats), by=ben, at=timezone.now())

    answer = desk.post(f"{BOARD}publish/", form_of(desk) | {"over": over})

    assert 409 == answer.status_code
    assert [str(goats.uuid)] == stories_on(fronts.newest_edition("paper").board)


def test_draft_begun_before_a_change_is_based_on_what_was_seen(desk, petra):
    """A draft begun from a page that was opened before somebody published is told of that."""
    trams, harbor = live("Trams", "Harbor")
    form = form_of(desk)
    publish_front(a_board(harbor), by=a_publisher("ben"), at=timezone.now())

    press(desk, f"add:{trams.uuid}", form=form, at="1")

    assert 0 == drafts.draft_of(the_front(), petra).based_on
    assert "after you began" in opened(desk).text()


def test_colleagues_draft_is_taken_over(desk, petra):
    """A publisher takes over what an editor without the right to publish has arranged."""
    (trams,) = live("Trams")
    ria = rows.a_person("ria", Role.EDITOR)
    hers = a_browser(ria)
    press(hers, f"add:{trams.uuid}", at="0")
    assert "Publish front" not in opened(hers).css_first(".front-acts").text()

    assert "ria" in opened(desk).css_first(".front-side").text()
    draft = FrontDraft.objects.get(editor=ria)
    desk.post(f"{BOARD}drafts/{draft.pk}/take-over/")

    assert {"Lead": "Trams"} == board_shown(desk)
    assert {"Lead": "Trams"} == board_shown(hers)


def test_draft_is_discarded(desk):
    """Discarding a draft shows the front as readers have it."""
    (trams,) = live("Trams")
    press(desk, f"add:{trams.uuid}", at="0")

    desk.post(f"{BOARD}discard/")

    assert {} == board_shown(desk)


def scheduled(desk, story, **form):
    """Arrange a story, and send the form for a time to come."""
    press(desk, f"add:{story.uuid}", at="0")
    return desk.post(f"{BOARD}schedule/", form_of(desk) | form, follow=True)


def test_change_is_scheduled_in_the_papers_zone(desk):
    """A time is taken in the paper's zone, told back in it, and the change is listed."""
    (trams,) = live("Trams")
    day = timezone.now() + timedelta(days=3)

    answer = scheduled(desk, trams, due_at=f"{day:%Y-%m-%d}T09:30")

    change = FrontChange.objects.get()
    assert change.due_at.astimezone(front_views.paper_zone()).hour == 9
    assert f"changes on {day:%d %B %Y} at 09:30" in answer.content.decode()
    assert "09:30" in opened(desk).css_first(".front-changes").text()
    assert {} == board_shown(desk)

    desk.post(f"{BOARD}changes/{change.uuid}/take-over/")
    assert {"Lead": "Trams"} == board_shown(desk)
    desk.post(f"{BOARD}changes/{change.uuid}/cancel/")
    assert opened(desk).css_first(".front-changes") is None
    assert "cancelled by petra" in opened(desk, f"{BOARD}history/").text()


@pytest.mark.parametrize("due_at", ["", "soon", "2020-01-01T10:00", "2026-13-45T99:99"])
def test_time_that_is_none_is_refused(desk, due_at):
    """A time that is past or none is refused in words, and the draft stays."""
    (trams,) = live("Trams")

    answer = scheduled(desk, trams, due_at=due_at)

    assert "choose" in answer.content.decode()
    assert not FrontChange.objects.exists()
    assert {"Lead": "Trams"} == board_shown(desk)


def test_earlier_edition_is_restored_as_a_draft(desk, petra):
    """The history says who, when and what; an edition is looked at and restored as a draft."""
    trams, harbor = live("Trams", "Harbor")
    publish_front(a_board(trams), by=petra, at=timezone.now())
    first = fronts.newest_seq("paper")
    publish_front(a_board(harbor), by=a_publisher("ben"), at=timezone.now())

    history = opened(desk, f"{BOARD}history/").text()
    assert "“Harbor” comes to Lead" in history
    assert "“Trams” leaves Lead" in history
    assert "ben" in history

    entries = LogEntry.objects.count()
    desk.post(f"{BOARD}history/{first}/restore/")
    assert {"Lead": "Trams"} == board_shown(desk)
    assert entries == LogEntry.objects.count()
    assert "Restore" not in desk.get(f"{BOARD}history/{first}/").content.decode()


def test_preview_is_the_page_readers_would_get(desk):
    """The preview's page is the front with the draft on it; readers have it not."""
    trams, harbor = live("Trams", "Harbor")
    assert harbor
    press(desk, f"add:{trams.uuid}", at="0")
    press(desk, "save", **{"kicker-0": "Streets"})

    page = desk.get(f"{BOARD}preview/page/")

    top = LexborHTMLParser(page.content).css_first(".top")
    assert "Trams" == top.css_first(".headline").text(strip=True)
    assert "Streets" == top.css_first(".kicker").text(strip=True)
    assert "frame-ancestors 'self'" in page["Content-Security-Policy"]
    assert "SAMEORIGIN" == page["X-Frame-Options"]
    frame = opened(desk, f"{BOARD}preview/").css_first("iframe").attributes["src"]
    assert f"{BOARD}preview/page/" == frame


def test_preview_says_why_there_is_none(desk, monkeypatch):
    """A theme that cannot be used is told where the page would be; the desk does not fail."""

    def refuse():
        message = "the theme cannot be used: paper.css, line 1: no"
        raise Unusable(message)

    monkeypatch.setattr(preview_views, "wiring", refuse)

    page = desk.get(f"{BOARD}preview/page/")

    assert 200 == page.status_code
    assert "paper.css, line 1: no" in page.content.decode()

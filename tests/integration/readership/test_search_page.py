"""The page that answers a reader's search: made by the paper's theme, for whoever asks."""

from urllib.parse import urlencode

import lxml.html
import pytest
from django.test import Client

from broadsheet.press import search_index
from broadsheet.press.deriving import cursor
from broadsheet.press.tables import Tables
from broadsheet.readership import search_views
from tests.factories.press import Clock, a_press_paper, a_worker, publish_story

pytestmark = pytest.mark.both_databases


@pytest.fixture
def clock():
    """Return a clock that stands at noon."""
    return Clock()


@pytest.fixture
def worker(tmp_path, clock, db):
    """Return a worker whose paper is out and quiet."""
    del db
    a_press_paper(clock)
    worker = a_worker(tmp_path, clock)
    worker.run_until_quiet()
    return worker


def _publish(worker, clock, **said):
    story = publish_story(clock, 100, **said)
    worker.run_until_quiet()
    return story


def _ask(**asked):
    return Client().get(f"/search/?{urlencode(asked)}")


def _page(answer):
    return lxml.html.fromstring(answer.content.decode())


def test_what_was_found_is_shown(worker, clock):
    """A result has its headline, standfirst, section, author and date, with found words marked."""
    story = _publish(worker, clock, headline="The Tram Returns", standfirst="Trams are back.")

    page = _page(_ask(q="tram"))

    (card,) = page.cssselect(".results article")
    assert [story.address] == [link.get("href") for link in card.cssselect("h2 a")]
    assert ["Tram", "Trams"] == [mark.text for mark in card.cssselect("mark")]
    assert "Trams are back." == card.cssselect(".standfirst")[0].text_content()
    assert "World" == card.cssselect(".label")[0].text_content()
    assert card.cssselect("time[datetime]")
    assert "tram" == page.cssselect("input[name=q]")[0].get("value")


def test_a_search_is_not_indexed_and_not_kept(worker):
    """Search engines are asked not to index it, nobody keeps it, and it sets no cookie."""
    del worker

    answer = _ask(q="tram")

    assert "noindex" == _page(answer).cssselect("meta[name=robots]")[0].get("content")
    assert "no-store" == answer["Cache-Control"]
    assert not answer.cookies


def test_an_empty_question_shows_the_form(worker):
    """Without a question there is a form, and nothing that says nothing was found."""
    del worker

    page = _page(_ask())

    assert page.cssselect("main form[role=search][action='/search/'] label[for=q]")
    assert not page.cssselect(".nothing, .results, .orders")


def test_a_next_page_may_begin_before_1970(worker, clock):
    """A place below zero is one: what was published after it is not on the page that follows."""
    _publish(worker, clock, headline="The Tram Returns")

    page = _page(_ask(q="tram", before="-472345200000000"))

    assert [] == page.cssselect(".results article")


def test_nothing_found_is_said_with_a_hint(worker):
    """Where nothing is found the page says so, and leads to the archive."""
    del worker

    page = _page(_ask(q="zeppelin"))

    assert "Nothing was found" == page.cssselect(".nothing h2")[0].text
    assert page.cssselect(".nothing a[href='/archive/']")


@pytest.mark.parametrize("by", ["newest", "best"])
def test_pages_lead_on_to_all_that_was_found(worker, clock, by):
    """Following "more results" from the first page shows every story once, in either order."""
    for number in range(100, 145):
        publish_story(clock, number, headline="Harbor")
        clock.move(minutes=1)
    worker.run_until_quiet()
    while search_index.catch_up(until=cursor(), find=Tables().record):
        pass
    seen = []
    href = f"/search/?q=harbor&by={by}"

    while href:
        page = _page(Client().get(href))
        seen += [link.get("href") for link in page.cssselect(".results h2 a")]
        href = next((link.get("href") for link in page.cssselect("a[rel=next]")), None)

    assert 45 == len(seen) == len(set(seen))


@pytest.mark.parametrize(
    "query",
    [
        "q=%00tram",
        "q=%ff%fe",
        "q=%ED%A0%80",
        "q=" + "w" * 5000,
        "q=%22%20OR%20%22&by=best",
        "q=<script>alert(1)</script>",
        "q=tram&before=99999999999999999999&skip=-1",
        "q=tram&before=٣&skip=x&by=%00",
        "q=tram&by=best&skip=99999999999999999",
        "by=best",
        "q[]=tram&q=",
    ],
)
def test_hostile_questions_get_a_page(worker, query):
    """Whatever is asked, a page answers, and nothing that was typed becomes part of it."""
    del worker

    answer = Client().get(f"/search/?{query}")

    assert 200 == answer.status_code
    assert b"<script>alert" not in answer.content


def test_too_many_at_once_are_asked_to_wait(worker, monkeypatch):
    """While enough questions are being answered, one more gets a page that leads to the archive."""
    del worker
    monkeypatch.setattr(search_views, "WAITS_S", 0.01)

    with search_views._turns, search_views._turns:
        answer = _ask(q="tram")
    after = _ask(q="tram")

    assert (503, "5") == (answer.status_code, answer["Retry-After"])
    assert _page(answer).cssselect(".nothing a[href='/archive/']")
    assert 200 == after.status_code


def test_a_search_speaks_the_papers_language(worker, clock):
    """A story in another language and direction stands in a page of the paper's own."""
    _publish(worker, clock, headline="عُمدة المَدِينَة", language="ar", standfirst="")

    page = _page(_ask(q="مدينة"))

    (card,) = page.cssselect(".results article")
    assert ("ar", "rtl") == (card.get("lang"), card.get("dir"))
    assert ["المَدِينَة"] == [mark.text for mark in card.cssselect("mark")]
    assert "ltr" == page.get("dir")

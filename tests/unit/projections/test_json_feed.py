"""JSON Feed 1.1, held to the schema of the format."""

import json
from datetime import timedelta
from urllib.parse import urljoin

import jsonschema
import pytest
from referencing import Registry
from referencing.jsonschema import DRAFT4

from broadsheet.story.body import PictureUse
from broadsheet.story.ids import PictureId
from broadsheet.story.records import Retraction, StoryState
from tests.factories.feeds import json_at
from tests.factories.inputs import JSON_FEED
from tests.factories.site import a_paper
from tests.factories.story import (
    NOON,
    a_content,
    a_correction,
    a_picture,
    a_story,
    a_topic,
    an_author,
    an_id,
    paper_settings,
)

SHOWING = PictureUse(picture=PictureId(an_id(3)), caption="")
LOG = a_paper(
    paper_settings(websub_hub="https://hub.example/"),
    a_topic(),
    an_author(bio="Ada writes.", avatar=PictureId(an_id(3))),
    a_story(
        content=a_content(lead=SHOWING, topics=(a_topic().id,), corrections=(a_correction(),)),
        updated_at=NOON + timedelta(hours=1),
    ),
    a_story(101, content=a_content(standfirst="", bylines=(), language="ar")),
    a_story(
        102,
        state=StoryState.RETRACTED,
        retraction=Retraction(reason="It was not so.", at=NOON + timedelta(hours=2)),
    ),
)
FEEDS = ("site", "world", "authors/ada-reporter", "topics/trams", "corrections")


def faults_of(feed):
    """Return what the schema of the format finds wrong with a feed."""
    newest, first = (json.loads((JSON_FEED / n).read_bytes()) for n in ("feed.json", "feed-1.json"))
    known = Registry().with_resource(urljoin(newest["id"], "feed-1"), DRAFT4.create_resource(first))
    validator = jsonschema.Draft4Validator(newest, registry=known)
    return [error.message for error in validator.iter_errors(feed)]


@pytest.mark.parametrize("name", FEEDS)
def test_feed_agrees_with_the_schema(name):
    """The schema finds no fault with any feed, and each has its entries."""
    feed = json_at(f"/feeds/{name}.json", LOG)

    assert [] == faults_of(feed)
    assert feed["items"]


def test_empty_feed_agrees_with_the_schema():
    """A paper without stories has a feed without entries."""
    feed = json_at("/feeds/site.json", a_paper(paper_settings(tagline="")))

    assert [] == faults_of(feed)
    assert [] == feed["items"]


def test_fault_is_found():
    """The broken twin: the schema finds an entry without an id, and a word it does not know."""
    feed = json_at("/feeds/site.json", LOG)

    del feed["items"][0]["id"]
    feed["published"] = "today"

    assert 2 == len(faults_of(feed))


def test_feed_says_what_it_follows():
    """A feed names its page, itself, its language, the paper as its author, and its hub."""
    feed = json_at("/feeds/site.json", LOG)

    assert {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "The Daily Test",
        "home_page_url": "https://paper.example/",
        "feed_url": "https://paper.example/feeds/site.json",
        "description": "All the tests that fit",
        "language": "en",
        "authors": [{"name": "The Daily Test", "url": "https://paper.example/"}],
        "hubs": [{"type": "WebSub", "url": "https://hub.example/"}],
    } == {name: value for name, value in feed.items() if name != "items"}


def test_entry_says_what_the_story_says():
    """An entry has the story's words, dates, picture, section, topics and language."""
    items = json_at("/feeds/site.json", LOG)["items"]

    item = next(each for each in items if each["id"] == f"urn:uuid:{an_id(100)}")
    del item["content_html"]
    assert {
        "id": f"urn:uuid:{an_id(100)}",
        "url": "https://paper.example/2026/11/22/story-100/",
        "title": "Council approves the new tram line",
        "summary": "Work starts in spring.",
        "image": f"https://paper.example/media/{an_id(3)}/abababababab-1200.jpg",
        "date_published": "2026-11-22T12:00:00Z",
        "date_modified": "2026-11-22T13:00:00Z",
        "authors": [
            {
                "name": "Ada Reporter",
                "url": "https://paper.example/authors/ada-reporter/",
                "avatar": f"https://paper.example/media/{an_id(3)}/abababababab-1200.jpg",
            }
        ],
        "tags": ["World", "Trams"],
        "language": "en",
    } == item


def test_retracted_story_becomes_its_notice():
    """A retracted story keeps its id and gives nothing but the notice."""
    items = json_at("/feeds/site.json", LOG)["items"]

    item = next(each for each in items if each["id"] == f"urn:uuid:{an_id(102)}")
    assert ("Retracted: Council approves the new tram line", "It was not so.") == (
        item["title"],
        item["summary"],
    )
    assert "The council met" not in item["content_html"]


@pytest.mark.parametrize(
    ("state", "told"),
    [(StoryState.LIVE, {"name", "url", "avatar"}), (StoryState.RETRACTED, {"name", "url"})],
)
def test_face_is_told_while_it_may_be_seen(state, told):
    """An author's picture is public while a story of theirs is live; else the feed names none."""
    retraction = Retraction(reason="No.", at=NOON)
    shown = an_author(avatar=PictureId(an_id(9)))
    log = a_paper(a_picture(9), shown, a_story(state=state, retraction=retraction))

    author = json_at("/feeds/site.json", log)["items"][0]["authors"][0]

    assert told == author.keys()

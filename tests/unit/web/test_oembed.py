"""What the site server answers to those who ask what to show of a link."""

import json
from urllib.parse import quote

import pytest

from broadsheet.projections.json_files import written
from broadsheet.projections.objects import Moved, Page
from broadsheet.surfaces.website.store import Store
from tests.factories.readers import Reader

KEY = "/api/oembed/2026/11/22/خط/oembed.json"
URL = "https://paper.example/2026/11/22/خط/"
THUMBNAILS = [
    {"thumbnail_url": f"/{width}.jpg", "thumbnail_width": width, "thumbnail_height": width // 2}
    for width in (1600, 800)
]
SAID = {
    "version": "1.0",
    "type": "rich",
    "title": "خط",
    "provider_url": "https://paper.example/",
    "html": "<blockquote>خط</blockquote>",
    "width": 600,
    "height": 240,
    **THUMBNAILS[0],
    "thumbnails": THUMBNAILS,
}


@pytest.fixture
def store(tmp_path):
    """Give a store over the folder that `reader` reads, with one story's answer."""
    store = Store(tmp_path / "site", renditions=tmp_path / "renditions")
    store.put(KEY, Page(written(SAID)))
    return store


@pytest.fixture
def ask(tmp_path, store):
    """Give what asks about an address."""
    reader = Reader(tmp_path / "site")

    def asking(url, more=""):
        return reader.get("/api/oembed", query=f"url={quote(url, safe='')}{more}")

    return asking


@pytest.mark.parametrize(
    "url",
    [
        URL,
        "https://paper.example/2026/11/22/%D8%AE%D8%B7/",
        "https://paper.example/2026/11/22/%D8%AE%D8%B7",
        "http://PAPER.example:80/2026/11/22/خط/?from=mail#note-1",
    ],
)
def test_story_is_found_by_its_address(ask, url):
    """Encoded or not, with what other programs add to it, an address finds its story."""
    answer = ask(url, "&format=json")

    assert (200, "application/json") == (answer.status, answer.headers["content-type"])
    assert SAID == json.loads(answer.data)
    assert "*" == answer.headers["access-control-allow-origin"]


@pytest.mark.parametrize(
    "url",
    [
        "https://other.example/2026/11/22/خط/",
        "https://paper.example:8443/2026/11/22/خط/",
        "https://paper.example@other.example/2026/11/22/خط/",
        "ftp://paper.example/2026/11/22/خط/",
        "https://paper.example/",
        "https://paper.example/2026/11/22/no/",
        "https://paper.example/../stories/",
        "https://paper.example/%ff/",
        "https://paper.example/%00/",
        "https://[paper.example/",
        "https://paper.example:port/2026/11/22/خط/",
        "/2026/11/22/خط/",
        "خط",
        "https://paper.example/" + "a" * 5_000,
    ],
)
def test_nothing_is_said_of_what_is_not_ours(ask, url):
    """Another host, another scheme, no story, or no address at all: there is no answer."""
    assert 404 == ask(url).status


def test_former_address_is_answered_for(ask, store):
    """An address that moved is answered with what is said of the story now."""
    store.put("/api/oembed/old/oembed.json", Moved(KEY))

    answer = ask("https://paper.example/old/")

    assert SAID == json.loads(answer.data)


@pytest.mark.parametrize(
    ("more", "width", "height", "thumbnail"),
    [
        ("&maxwidth=1000", 600, 240, 800),
        ("&maxwidth=300&maxheight=200", 300, 200, None),
        ("&maxheight=400", 600, 240, 800),
        ("&maxwidth=wide&maxheight=-1", 600, 240, 1600),
        (f"&maxwidth={'9' * 5_000}", 600, 240, 1600),
    ],
)
def test_answer_takes_no_more_room_than_there_is(ask, more, width, height, thumbnail):
    """The quotation and its picture keep to the limits; a limit that is no number is none."""
    said = json.loads(ask(URL, more).data)

    assert (width, height, thumbnail) == (
        said["width"],
        said["height"],
        said.get("thumbnail_width"),
    )


def test_answers_own_address_keeps_to_the_limits(tmp_path, store):
    """Who follows the page's link to the answer may say how much room there is, too."""
    reader = Reader(tmp_path / "site")

    whole = reader.get(KEY)
    smaller = reader.get(KEY, query="maxwidth=300&format=json")
    none = reader.get("/api/oembed/no/oembed.json", query="maxwidth=300")

    assert SAID == json.loads(whole.data)
    assert 300 == json.loads(smaller.data)["width"]
    assert 404 == none.status


@pytest.mark.parametrize(
    ("query", "status"), [("", 400), ("url=", 400), (f"url={quote(URL)}&format=xml", 501)]
)
def test_what_cannot_be_answered_is_said(tmp_path, store, query, status):
    """Without an address, and in another format than JSON, nothing can be said."""
    answer = Reader(tmp_path / "site").get("/api/oembed", query=query)

    assert status == answer.status


def test_damaged_file_says_nothing(ask, store):
    """A file that is no JSON is as good as none."""
    store.put(KEY, Page(b"{"))

    assert 404 == ask(URL).status


@pytest.mark.parametrize(
    ("key", "opened"), [("/api/a.json", True), ("/feeds/a.rss", True), ("/a/", False)]
)
def test_scripts_of_other_sites_may_read_what_is_for_programs(tmp_path, store, key, opened):
    """Scripts of any site may read the API and the feeds, whatever is answered; no pages."""
    reader = Reader(tmp_path / "site")
    missing = reader.get(key)
    store.put(key, Page(b"[]"))
    there = reader.get(key)
    known = reader.get(key, if_none_match=there.headers["etag"])

    for answer in (missing, there, known):
        assert opened is ("access-control-allow-origin" in answer.headers)

"""What readers are answered, without a socket: the server's own work on a real folder."""

import os

import pytest

from broadsheet.projections.objects import Gone, Moved, Page
from broadsheet.surfaces.website.encodings import encoded
from broadsheet.surfaces.website.store import Store
from broadsheet.web import pages
from tests.factories.readers import Reader
from tests.factories.steps import before_each_step

FIRST = b"<p>The tram comes in spring.</p>" * 20
SECOND = b"<p>The tram comes in autumn.</p>" * 20
ENCODINGS = ["br", "gzip", "identity"]


@pytest.fixture
def store(tmp_path):
    """Give a store over the folder that `reader` reads."""
    return Store(tmp_path / "site", renditions=tmp_path / "renditions")


@pytest.fixture
def reader(tmp_path):
    """Give a reader of the site."""
    return Reader(tmp_path / "site")


def test_a_page_says_how_it_may_be_kept_and_shown(store, reader):
    """A page names its type, asks to be checked each time, and forbids what it does not use."""
    store.put("/world/", Page(FIRST))

    answer = reader.get("/world/")

    assert 200 == answer.status
    assert "text/html; charset=utf-8" == answer.headers["content-type"]
    assert "max-age=0, must-revalidate" == answer.headers["cache-control"]
    assert "accept-encoding" == answer.headers["vary"]
    assert "nosniff" == answer.headers["x-content-type-options"]
    assert "cross-origin" == answer.headers["cross-origin-resource-policy"]
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy


@pytest.mark.parametrize(
    ("key", "kept", "kind"),
    [
        ("/feeds/all.rss", "max-age=0, must-revalidate", "application/rss+xml; charset=utf-8"),
        ("/feeds/all.json", "max-age=0, must-revalidate", "application/feed+json"),
        ("/sitemap.xml", "max-age=0, must-revalidate", "application/xml; charset=utf-8"),
        ("/assets/paper.css", "max-age=31536000, immutable", "text/css; charset=utf-8"),
        ("/2019/old-address", "max-age=0, must-revalidate", "text/html; charset=utf-8"),
    ],
)
def test_each_kind_is_kept_its_own_time(store, reader, key, kept, kind):
    """Only theme assets are immutable; everything readers see change is asked for each time."""
    store.put(key, Page(FIRST))

    answer = reader.get(key)

    assert (kept, kind) == (answer.headers["cache-control"], answer.headers["content-type"])


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_an_encoded_page_is_the_page(store, reader, encoding):
    """Each encoding decodes to the page, has a tag of its own, and is confirmed by that tag."""
    store.put("/", Page(FIRST))

    answer = reader.get("/", accept_encoding=encoding)

    assert FIRST == answer.text
    assert answer.is_what_its_tag_says
    assert encoding == answer.headers.get("content-encoding", "identity")
    again = reader.get("/", accept_encoding=encoding, if_none_match=answer.headers["etag"])
    assert (304, b"") == (again.status, again.data)
    assert answer.headers["etag"] == again.headers["etag"]


def test_tags_of_encodings_differ(store, reader):
    """Strong tags: no two encodings of a page share one."""
    store.put("/", Page(FIRST))

    tags = {reader.get("/", accept_encoding=encoding).headers["etag"] for encoding in ENCODINGS}

    assert 3 == len(tags)


def test_an_old_tag_is_not_confirmed(store, reader):
    """A reader who knows the version before gets the page."""
    store.put("/", Page(FIRST))
    known = reader.get("/").headers["etag"]
    store.put("/", Page(SECOND))

    assert (200, SECOND) == (reader.get("/", if_none_match=known).status, reader.get("/").text)


def test_head_is_get_without_the_body(store, reader):
    """HEAD has GET's headers and the length of its body."""
    store.put("/", Page(FIRST))

    answer = reader.get("/", method="HEAD", accept_encoding="gzip")

    got = reader.get("/", accept_encoding="gzip")
    assert b"" == answer.data
    assert got.headers | {"content-length": str(len(got.data))} == answer.headers


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "get"])
def test_readers_only_read(reader, method):
    """Any other method is refused, and told what is allowed."""
    answer = reader.get("/", method=method)

    assert (405, "GET, HEAD") == (answer.status, answer.headers["allow"])


def test_a_moved_address_leads_on(store, reader):
    """A moved address answers 301, percent-encoded, and keeps the query."""
    store.put("/old/", Moved("/2026/11/22/straße-100%/"))

    answer = reader.get("/old/", query="from=feed")

    location = "/2026/11/22/stra%C3%9Fe-100%25/?from=feed"
    assert (301, location) == (answer.status, answer.headers["location"])


@pytest.mark.parametrize("location", ["//evil.example/", "https://evil.example/", "/a\r\nb/", ""])
def test_a_damaged_move_leads_nowhere(store, reader, tmp_path, location):
    """A location that is no address of this site is not followed."""
    store.put("/old/", Moved("/new/"))
    (tmp_path / "site/old/index.html.301").write_bytes(location.encode())

    assert 404 == reader.get("/old/").status


def test_a_withdrawn_page_shows_its_tombstone(store, reader):
    """A retracted address answers 410 with the notice."""
    store.put("/tram/", Page(FIRST))
    assert 200 == reader.get("/tram/").status
    store.put("/tram/", Gone(b"<p>Retracted.</p>"))

    answer = reader.get("/tram/")

    assert (410, b"<p>Retracted.</p>") == (answer.status, answer.data)
    assert "text/html; charset=utf-8" == answer.headers["content-type"]


def test_what_is_not_there_is_not_kept(store, reader):
    """An unknown address answers 404 with the paper's own page, which nobody may store."""
    store.put("/404.html", Page(b"<p>Nothing here.</p>"))

    answer = reader.get("/unpublished/")

    assert (404, b"<p>Nothing here.</p>") == (answer.status, answer.data)
    assert "no-store" == answer.headers["cache-control"]


@pytest.mark.parametrize("there", [Page(FIRST), Gone(FIRST), Moved("/news/")])
def test_a_forgotten_slash_is_added(store, reader, there):
    """An address without its slash leads to the one with it, where something is or was."""
    store.put("/world/", there)

    answer = reader.get("/world", query="a=b")

    assert (301, "/world/?a=b") == (answer.status, answer.headers["location"])
    assert 404 == reader.get("/nowhere").status


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/world/../../secret.txt",
        "//secret.txt",
        "/./world/",
        "/world/\x00",
        "/world/index.html",
        "/world/index.html.gz",
        "/gone/index.html.410",
        "/.writing/half",
        "/.hidden",
        "/link.html",
        "/world\\index.html",
        "/pipe",
        "",
        "*",
        f"/{'a' * 300}",
        "/a" * 5000,
    ],
)
def test_nothing_but_objects_is_served(store, reader, tmp_path, path):
    """Paths that climb, hide, name a sibling, follow a link or end in a pipe answer 404."""
    store.put("/world/", Page(FIRST))
    store.put("/gone/", Gone(FIRST))
    site = tmp_path / "site"
    (tmp_path / "secret.txt").write_text("embargoed")
    (site / ".hidden").write_text("embargoed")
    (site / ".writing/half").write_text("embargoed")
    (site / "link.html").symlink_to(tmp_path / "secret.txt")
    os.mkfifo(site / "pipe")

    answer = reader.get(path)

    assert (404, b"Not found.\n") == (answer.status, answer.data)


def test_an_unreadable_page_is_not_missing(store, reader, monkeypatch):
    """A page the disk does not give answers 503, never 404: search engines drop what is 404."""
    store.put("/world/", Page(FIRST))

    def broken(*_):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(pages.os, "fdopen", broken)

    assert 503 == reader.get("/world/").status


def test_the_health_address_answers_without_a_paper(reader):
    """An empty tree is served too."""
    assert (200, b"ok\n") == reader.sees("/_health")


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("budget_bytes", [10_000_000, 0])
def test_no_step_of_a_write_shows_a_stale_encoding(store, tmp_path, encoding, budget_bytes):
    """At each step of a new version, each answer is one whole version under its own tag."""
    store.put("/", Page(FIRST))
    reader = Reader(tmp_path / "site", budget_bytes=budget_bytes)
    seen = []

    def look():
        answer = reader.get("/", accept_encoding=encoding)
        assert answer.is_what_its_tag_says
        seen.append(answer.text)

    with before_each_step(look):
        store.put("/", Page(SECOND))

    look()
    assert [FIRST, SECOND] == list(dict.fromkeys(seen))
    assert seen == sorted(seen, key=[FIRST, SECOND].index)
    answer = reader.get("/", accept_encoding=encoding)
    assert encoding == answer.headers.get("content-encoding", "identity")


@pytest.mark.parametrize("order", [["", ".gz", ".br"], [".gz", ".br", ""]])
@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_a_server_that_does_not_compare_is_caught(store, tmp_path, monkeypatch, order, encoding):
    """The twin: without comparing, either order of writing shows bytes that are not the tag's."""
    monkeypatch.setattr(pages, "is_encoding_of", lambda *_, suffix: suffix in {".br", ".gz"})
    store.put("/", Page(FIRST))
    files = {"": SECOND, **encoded(SECOND)}
    is_right = []

    def look():
        fresh = Reader(tmp_path / "site")  # just started: nothing held from before
        is_right.append(fresh.get("/", accept_encoding=encoding).is_what_its_tag_says)

    for suffix in order:
        temporary = tmp_path / "temporary"
        temporary.write_bytes(files[suffix])
        temporary.replace(tmp_path / "site" / f"index.html{suffix}")
        look()

    assert False in is_right


def test_a_store_that_writes_the_page_first_is_caught(store, tmp_path):
    """The twin: written before its siblings, a new version is held without them until the next."""
    store.put("/", Page(FIRST))
    reader = Reader(tmp_path / "site")

    for suffix, data in {"": SECOND, **encoded(SECOND)}.items():
        temporary = tmp_path / "temporary"
        temporary.write_bytes(data)
        temporary.replace(tmp_path / "site" / f"index.html{suffix}")
        assert reader.get("/", accept_encoding="br").is_what_its_tag_says

    assert "content-encoding" not in reader.get("/", accept_encoding="br").headers


def test_memory_is_bounded_and_the_oldest_go_first(store, tmp_path):
    """Pages beyond the budget are let go, least lately asked for first, and are served still."""
    reader = Reader(tmp_path / "site", budget_bytes=3 * 5_000)
    for number in range(6):
        store.put(f"/{number}/", Page(os.urandom(2_500)))
    for number in (0, 1, 0, 2, 3, 4, 5):
        assert 200 == reader.get(f"/{number}/").status

    assert reader.pages.held_bytes <= 3 * 5_000
    assert 200 == reader.get("/0/").status


def test_what_is_gone_is_not_held(store, reader):
    """Pages replaced and removed give their memory back."""
    for number in range(20):
        store.put("/", Page(FIRST + str(number).encode()))
        reader.get("/")
    held = reader.pages.held_bytes
    store.put("/", Gone(b"gone"))
    reader.get("/")

    assert 0 < held < 5_000
    assert 0 == reader.pages.held_bytes

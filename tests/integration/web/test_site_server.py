"""A real site server, read by somebody else's HTTP client, over nothing but a folder."""

import hashlib
import http.client
import socket
import threading

import httpx
import pytest

from broadsheet.projections.objects import Absent, Gone, Moved, Page, Stored
from broadsheet.web.desk import LARGEST_UPLOAD_BYTES
from tests.integration.web.needing import DATABASE

STORY = b"<p>The tram comes in spring.</p>" * 100


def raw_get(port, target, **headers):
    """Return status and body of a request whose target is sent exactly as given."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.putrequest("GET", target, skip_accept_encoding=True)
    for name, value in headers.items():
        connection.putheader(name.replace("_", "-"), value)
    connection.endheaders()
    response = connection.getresponse()
    data = response.read()
    connection.close()
    return response.status, data


def test_the_newspaper_outlives_the_newsroom(site_without_desk):
    """With no desk, no press, no database and no settings, every kind of answer is given."""
    answers = kinds_of_answers(site_without_desk)

    assert [200, 301, 410, 404] == [answer.status_code for answer in answers.values()]
    assert STORY == answers["/tram/"].content
    assert "/tram/" == answers["/old/"].headers["location"]
    assert b"<p>Retracted.</p>" == answers["/retracted/"].content
    assert b"<p>Nothing here.</p>" == answers["/no/"].content


def test_a_server_that_needs_the_database_is_found(needing_site):
    """The broken twin: a server that asks the database answers nothing once that is gone."""
    before = kinds_of_answers(needing_site)
    (needing_site.folder / DATABASE).unlink()

    after = kinds_of_answers(needing_site)

    assert [200, 301, 410, 404] == [answer.status_code for answer in before.values()]
    assert [500] * 4 == [answer.status_code for answer in after.values()]


def kinds_of_answers(site):
    """Return what a site answers for a page, a moved one, a retracted one, and none."""
    site.store.put("/tram/", Page(STORY))
    site.store.put("/old/", Moved("/tram/"))
    site.store.put("/retracted/", Gone(b"<p>Retracted.</p>"))
    site.store.put("/404.html", Page(b"<p>Nothing here.</p>"))
    with site.reader() as reader:
        return {path: reader.get(path) for path in ("/tram/", "/old/", "/retracted/", "/no/")}


@pytest.mark.parametrize("encoding", ["br", "gzip", "identity"])
def test_a_client_decodes_what_it_asked_for(site, encoding):
    """Each encoding is decoded by the client to the page, confirmed by its tag, and has a HEAD."""
    site.store.put("/tram/", Page(STORY))
    asked = {"accept-encoding": encoding}
    with site.reader() as reader:
        got = reader.get("/tram/", headers=asked)
        again = reader.get("/tram/", headers=asked | {"if-none-match": got.headers["etag"]})
        head = reader.head("/tram/", headers=asked)

    assert STORY == got.content
    assert encoding == got.headers.get("content-encoding", "identity")
    assert (304, b"") == (again.status_code, again.content)
    assert "content-length" not in again.headers
    # The date is the moment's; everything else is the same.
    assert dict(got.headers) | {"date": ""} == dict(head.headers) | {"date": ""}


def test_ranges_are_not_needed(site):
    """A range request gets the whole page."""
    site.store.put("/tram/", Page(STORY))
    with site.reader() as reader:
        answer = reader.get("/tram/", headers={"range": "bytes=0-9"})

    assert (200, STORY) == (answer.status_code, answer.content)


def test_addresses_in_any_script_are_served(site):
    """Percent-encoded UTF-8 finds the page, in capitals or not; other bytes find nothing."""
    site.store.put("/தமிழ்/", Page(STORY))
    with site.reader() as reader:
        assert 200 == reader.get("/தமிழ்/").status_code
    encoded = "/%e0%ae%a4%E0%AE%AE%e0%ae%bf%e0%ae%b4%e0%af%8d/"

    assert (200, STORY) == raw_get(site.port, encoded)
    assert 404 == raw_get(site.port, "/%ff%fe/")[0]


def sent_as_bytes(port, target):
    """Return all that is answered to a request for a target of any bytes."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(b"GET " + target + b" HTTP/1.1\r\nhost: p\r\nconnection: close\r\n\r\n")
        return b"".join(iter(lambda: connection.recv(65_536), b""))


QUERIES = {  # as some program sends it, and as it may be passed on
    "UTF-8 unencoded": ("q=قارب".encode(), b"q=%D9%82%D8%A7%D8%B1%D8%A8"),
    "two scripts": (
        "q=a தமிழ்".replace(" ", "+").encode(),
        b"q=a+%E0%AE%A4%E0%AE%AE%E0%AE%BF%E0%AE%B4%E0%AF%8D",
    ),
    "encoded already": (b"q=%D9%82&next=%2Fdesk%2F+a", b"q=%D9%82&next=%2Fdesk%2F+a"),
}


@pytest.mark.parametrize(("sent", "passed_on"), QUERIES.values(), ids=QUERIES)
def test_the_desk_gets_every_query(site, desk, sent, passed_on):
    """A query reaches the desk whole, encoded where its sender forgot to."""
    answer = sent_as_bytes(site.port, b"/desk/search/?" + sent)

    assert answer.startswith(b"HTTP/1.1 200 ")
    assert f"/desk/search/?{passed_on.decode()}" == desk.received[0].target


@pytest.mark.parametrize(("sent", "passed_on"), QUERIES.values(), ids=QUERIES)
def test_a_redirect_carries_the_query_encoded(site, sent, passed_on):
    """The header of a redirect is ASCII, whatever was asked."""
    site.store.put("/old/", Moved("/tram/"))

    answer = sent_as_bytes(site.port, b"/old/?" + sent)

    assert b"location: /tram/?" + passed_on + b"\r\n" in answer


@pytest.mark.parametrize(
    "target",
    [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/tram/..%2f..%2fsecret.txt",
        "/tram/%2e%2e/%2e%2e/secret.txt",
        "/..%5csecret.txt",
        "//secret.txt",
        "/%2fetc%2fpasswd",
        "/tram/%00",
        "/.writing/",
        "/tram/index.html.gz",
        "/desk/static/../../secret.txt",
        "/desk/static/%2e%2e/%2e%2e/secret.txt",
    ],
)
def test_no_target_leaves_the_tree(site, target):
    """Whatever a request line says, encoded or not, nothing outside the tree is answered."""
    site.store.put("/tram/", Page(STORY))
    (site.folder / "secret.txt").write_text("embargoed")

    status, data = raw_get(site.port, target)

    assert (404, b"Not found.\n") == (status, data)


def test_pictures_are_kept_a_day(site):
    """A rendition is served with its type, for a day, without encodings."""
    sha256 = hashlib.sha256(b"\x89PNG picture").hexdigest()
    (site.renditions / sha256[:2]).mkdir()
    (site.renditions / sha256[:2] / sha256).write_bytes(b"\x89PNG picture")
    site.store.put("/media/tram.png", Stored(sha256))
    with site.reader() as reader:
        answer = reader.get("/media/tram.png", headers={"accept-encoding": "gzip, br"})

    assert b"\x89PNG picture" == answer.content
    assert "image/png" == answer.headers["content-type"]
    assert "max-age=86400" == answer.headers["cache-control"]
    assert "vary" not in answer.headers


def test_the_desks_own_files_come_from_the_static_folder(site, desk):
    """What lies in the static folder is served for an hour, without asking the desk."""
    (site.static / "css").mkdir()
    (site.static / "css" / "core.css").write_bytes(b"body{}")
    with site.reader() as reader:
        answer = reader.get("/desk/static/css/core.css?v=1")

    assert (200, b"body{}") == (answer.status_code, answer.content)
    assert "max-age=3600" == answer.headers["cache-control"]
    assert [] == desk.received


def test_an_answer_seen_is_not_served_after_it_changed(site):
    """A page held in memory is let go at once when the press replaces or withdraws it."""
    with site.reader() as reader:
        for number in range(50):
            page = Page(STORY + str(number).encode())
            site.store.put("/tram/", page)
            assert page.data == reader.get("/tram/").content
            site.store.put("/tram/", Gone(b"Retracted."))
            assert 410 == reader.get("/tram/").status_code
            site.store.put("/tram/", Absent())
            assert 404 == reader.get("/tram/").status_code


def version_of(data):
    """Return the number a version of the hammered page carries."""
    return int(data.split(b" ", 1)[0])


@pytest.mark.parametrize("encoding", ["br", "gzip", "identity"])
def test_readers_at_full_speed_never_get_a_stale_encoding(site, encoding):
    """While versions flip, each answer is one whole version under its own tag, never older."""
    versions = [b"%d %s" % (number, STORY[: 3000 - number % 7]) for number in range(100)]
    site.store.put("/", Page(versions[0]))
    done = threading.Event()

    def write():
        for data in versions:
            site.store.put("/", Page(data))
        done.set()

    writer = threading.Thread(target=write)
    seen = []
    encoded = 0
    with site.reader() as reader:
        writer.start()
        while not done.is_set() or not seen or seen[-1] != len(versions) - 1:
            answer = reader.get("/", headers={"accept-encoding": encoding})
            digest = hashlib.sha256(answer.content).hexdigest()[:32]
            assert answer.headers["etag"].strip('"').split("-")[0] == digest
            encoded += answer.headers.get("content-encoding", "identity") == encoding
            seen.append(version_of(answer.content))
    writer.join()

    assert seen == sorted(seen)
    assert len(set(seen)) > 3  # it did look between writes
    assert encoded > 0


def test_nginx_serves_the_same_folder(site, serve_with_nginx):
    """With our server gone too, nginx over the folder answers 200, 301, 410 and 404 alike."""
    site.store.put("/", Page(STORY))
    site.store.put("/2026/11/22/தமிழ்/", Page(STORY))
    site.store.put("/old/", Moved("/2026/11/22/tram/"))
    site.store.put("/retracted/", Gone(b"<p>Retracted.</p>"))
    base_url = serve_with_nginx(f"root {site.tree};\n{NGINX}")

    with httpx.Client(base_url=base_url, trust_env=False, timeout=10) as reader:
        for path in ("/", "/2026/11/22/தமிழ்/"):
            answer = reader.get(path, headers={"accept-encoding": "gzip"})
            assert (200, STORY) == (answer.status_code, answer.content)
            assert "gzip" == answer.headers["content-encoding"]
        gone = reader.get("/retracted/")
        assert (410, b"<p>Retracted.</p>") == (gone.status_code, gone.content)
        assert 404 == reader.get("/nothing/").status_code
        assert 404 == reader.get("/.writing/").status_code


NGINX = """
    gzip_static on;
    index index.html;
    location ~ /\\. { return 404; }
    location ~ \\.(301|410|gz|br)$ { return 404; }
    location / { try_files $uri $uri/index.html @marked; }
    location @marked {
        error_page 410 @gone;
        if (-f $document_root${uri}index.html.410) { return 410; }
        return 404;
    }
    location @gone { default_type text/html; try_files ${uri}index.html.410 =404; }
"""


def test_the_desk_is_reached_through_the_site(site, desk):
    """Method, path, query and body reach the desk; its status, cookies and text come back."""
    with site.reader() as reader:
        answer = reader.post("/desk/pages/%C3%A9%20a/?next=%2Fdesk%2F&q=a+b", content=b"headline=x")

    assert 200 == answer.status_code
    received = desk.received[0]
    assert ("POST", b"headline=x") == (received.method, received.data)
    assert "/desk/pages/%C3%A9%20a/?next=%2Fdesk%2F&q=a+b" == received.target
    assert 2 == len(answer.headers.get_list("set-cookie"))
    assert "keep-alive" not in answer.headers


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_the_desk_gets_every_method(site, desk, method):
    """The desk decides about methods, not the site."""
    with site.reader() as reader:
        answer = reader.request(method, "/desk/")

    assert (200, method) == (answer.status_code, desk.received[0].method)


def test_redirects_of_the_desk_go_to_the_browser(site):
    """The site follows no redirect of the desk's: the browser does."""
    with site.reader() as reader:
        answer = reader.get("/desk/redirect/")

    assert (302, "/desk/elsewhere/") == (answer.status_code, answer.headers["location"])


def test_nobody_gets_anothers_cookies(site, desk):
    """A session cookie set for one editor is never sent to the desk with another's request."""
    with site.reader() as first, site.reader() as second:
        first.get("/desk/login/")
        second.get("/desk/")

    assert "cookie" not in desk.received[1].headers


def test_forged_origins_are_dropped(site, desk):
    """What a client says of itself in forwarding headers is replaced by what the site knows."""
    forged = {
        "host": "paper.example",
        "x-forwarded-for": "203.0.113.9",
        "x-forwarded-host": "evil.example",
        "x-forwarded-proto": "https",
        "x-forwarded-port": "1",
        "forwarded": "for=203.0.113.9",
        "x-real-ip": "203.0.113.9",
        "x_forwarded_for": "203.0.113.9",
        "connection": "keep-alive, x-internal",
        "x-internal": "1",
        "proxy-authorization": "Basic x",
        "te": "trailers",
    }
    with site.reader() as reader:
        reader.get("/desk/", headers=forged)

    got = desk.received[0].headers
    assert "paper.example" == got["host"]
    assert ("127.0.0.1", "paper.example", "http") == (
        got["x-forwarded-for"],
        got["x-forwarded-host"],
        got["x-forwarded-proto"],
    )
    unwanted = {
        "x-forwarded-port",
        "forwarded",
        "x-real-ip",
        "x_forwarded_for",
        "x-internal",
        "proxy-authorization",
        "te",
    }
    assert set() == unwanted & set(got)


def test_a_large_picture_reaches_the_desk(site, desk):
    """An upload of 60 MB passes, sent with its length or in chunks."""
    picture = b"\xff\xd8picture\n" * 6_000_000
    with site.reader() as reader:
        whole = reader.post("/desk/pictures/add/", content=picture)
        chunked = reader.post("/desk/pictures/add/", content=iter([picture[:9], picture[9:]]))

    assert [200, 200] == [whole.status_code, chunked.status_code]
    assert [picture, picture] == [received.data for received in desk.received]


def test_too_large_an_upload_is_refused_before_it_is_sent(site, desk):
    """More than the desk takes is refused by its announced length, and nothing reaches the desk."""
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=30)
    connection.putrequest("POST", "/desk/pictures/add/")
    connection.putheader("Content-Length", str(LARGEST_UPLOAD_BYTES + 1))
    connection.endheaders()

    assert 413 == connection.getresponse().status
    connection.close()
    assert [] == desk.received


def test_a_desk_that_is_down_is_said_to_be_down(site_without_desk):
    """Without a desk its addresses answer 503 and say so, and the newspaper goes on."""
    site_without_desk.store.put("/", Page(STORY))
    with site_without_desk.reader() as reader:
        down = reader.get("/desk/")
        paper = reader.get("/")

    assert (503, "5") == (down.status_code, down.headers["retry-after"])
    assert "no-store" == down.headers["cache-control"]
    assert b"The newspaper itself goes on." in down.content
    assert (200, STORY) == (paper.status_code, paper.content)


def test_a_desk_that_breaks_off_leaves_it_open(site):
    """When the desk ends in the middle of a request, nobody claims to know what it did."""
    with site.reader() as reader:
        answer = reader.post("/desk/break-off/", content=b"publish=1")

    assert 502 == answer.status_code
    assert b"may or may not have been taken" in answer.content

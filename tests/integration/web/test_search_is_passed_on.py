"""The site server has searches answered by the desk's process, and says so when nobody answers."""

import pytest

from broadsheet.projections.objects import Page


@pytest.fixture
def closed(site_without_desk):
    """Give a site whose desk does not run, with the page for that."""
    site_without_desk.store.put("/503.html", Page(b"<p>Look in the archive.</p>"))
    return site_without_desk


def test_no_cookie_goes_along(site, desk):
    """A search is asked without the cookies and headers of whoever asks, and sets none."""
    with site.reader() as reader:
        reader.get(
            "/search/?q=%E6%B0%B4%E5%BA%93&by=best",
            headers={"cookie": "sessionid=secret", "x-forwarded-for": "10.0.0.1"},
        )
        answer = reader.get("/search/?q=tram", headers={"cookie": "sessionid=secret"})

    assert "/search/?q=%E6%B0%B4%E5%BA%93&by=best" == desk.received[0].target
    assert not [each for each in desk.received if "cookie" in each.headers]
    assert "set-cookie" not in answer.headers


def test_what_is_no_page_is_not_shown(site, desk):
    """Whatever the desk says that is no page of ours leads readers to the archive all the same."""
    site.store.put("/503.html", Page(b"<p>Look in the archive.</p>"))

    with site.reader() as reader:
        answers = [reader.get(f"/search/?q={asked}") for asked in ("redirect", "break-off")]

    assert [(503, "5")] * 2 == [(each.status_code, each.headers["retry-after"]) for each in answers]


def test_readers_are_led_on_while_nobody_answers(closed):
    """With the desk's process gone a search is answered by a page, with 503, and kept by nobody."""
    with closed.reader() as reader:
        answer = reader.get("/search/?q=tram")
        head = reader.head("/search/?q=tram")

    assert (503, b"<p>Look in the archive.</p>") == (answer.status_code, answer.content)
    assert ("no-store", "5") == (answer.headers["cache-control"], answer.headers["retry-after"])
    assert (503, b"") == (head.status_code, head.content)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_a_search_changes_nothing(site, desk, method):
    """Nothing but reading is passed on."""
    with site.reader() as reader:
        answer = reader.request(method, "/search/?q=tram")

    assert 405 == answer.status_code
    assert [] == desk.received


def test_the_slash_may_be_left_out(site):
    """Who asks for /search?q= is led to the search, question and all."""
    with site.reader() as reader:
        answer = reader.get("/search?q=tram")

    assert (301, "/search/?q=tram") == (answer.status_code, answer.headers["location"])


@pytest.mark.parametrize(
    "query", ["q=" + "w" * 20_000, "q=%00%ff%fe", "q=\"'*()", "%%%", "q=a&q=b"]
)
def test_hostile_questions_are_passed_on_plainly(site, desk, query):
    """No question makes the site server fail."""
    with site.reader() as reader:
        answer = reader.get(f"/search/?{query}")

    assert answer.status_code in {200, 503}

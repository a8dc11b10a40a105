"""A retraction removes a story from everywhere, and says why in its place."""

import feedparser
import pytest

from tests.servers.newspaper import Published, until

pytestmark = pytest.mark.xdist_group("journeys")
COPY = """Bakery on Reed Street to close after ninety years

The ovens go cold at the end of the month.

The owner, Ifeoma Bello, did not say what comes next.
"""
REASON = "The bakery stays open. We had spoken to the wrong bakery."


def month_of(story: Published) -> str:
    """Return the archive of the month in which a story was published."""
    year, month = story.address.split("/")[1:3]
    return f"/archive/{year}/{month}/"


@pytest.fixture(scope="module")
def retracted(newspaper, tmp_path_factory):
    """Publish a story, let its posts go out, and retract it."""
    page = tmp_path_factory.mktemp("copy") / "page.txt"
    page.write_text(COPY, encoding="utf-8")
    story = newspaper.takes_in(page, "--section", "business", "--language", "en")
    for account in ("bluesky", "mastodon", "x"):
        until(
            lambda: newspaper.posts(account, story.address),  # noqa: B023  # called at once
            what=f"post on {account}",
        )
    assert "ninety years" in newspaper.get("/").text
    assert story.address in newspaper.get(month_of(story)).text
    newspaper.does("story", "retract", story.address, "--reason", REASON)
    return story


def test_address_answers_gone_with_the_reason(newspaper, retracted):
    """The address answers 410 with reason and headline, and none of the story's text."""
    answer = newspaper.get(retracted.address)

    assert (410, True) == (answer.status_code, REASON in answer.text)
    assert "ovens go cold" not in answer.text


@pytest.mark.parametrize("page", ["/", "/business/", "/sitemap.xml", "/sitemaps/news.xml"])
def test_lists_do_not_show_it(newspaper, retracted, page):
    """Front, section and sitemaps lead to it no more."""
    answer = newspaper.get(page)

    assert (200, False) == (answer.status_code, retracted.address in answer.text)


def test_archive_of_its_month_does_not_show_it(newspaper, retracted):
    """Its month leads to it no more; a month that held nothing else has no page."""
    answer = newspaper.get(month_of(retracted))

    assert answer.status_code in {200, 404}
    assert retracted.address not in answer.text


@pytest.mark.parametrize("kind", ["rss", "atom"])
def test_feed_item_becomes_the_notice(newspaper, retracted, kind):
    """Whoever reads feeds gets the notice under the id the story had."""
    feed = feedparser.parse(newspaper.get(f"/feeds/business.{kind}").content)

    (entry,) = [entry for entry in feed.entries if entry.id == f"urn:uuid:{retracted.id}"]
    assert REASON in str(entry)
    assert "ovens go cold" not in str(entry)


@pytest.mark.parametrize("account", ["bluesky", "mastodon", "x"])
def test_posts_are_withdrawn(newspaper, retracted, account):
    """Every network's readers lose the post."""
    until(lambda: not newspaper.posts(account, retracted.address), what="the withdrawal")


def test_retracting_again_is_refused_in_words(newspaper, retracted):
    """A second retraction changes nothing and says why."""
    done = newspaper.broadsheet("story", "retract", retracted.address, "--reason", "Again.")

    assert (1, "") == (done.returncode, done.stdout)
    assert "Error: " in done.stderr
    assert REASON in newspaper.get(retracted.address).text

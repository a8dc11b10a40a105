"""Copy from a browser becomes a story on the site, in the feeds and on every network."""

from pathlib import Path

import feedparser
import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.factories.inputs import PAGE
from tests.servers.newspaper import until

pytestmark = pytest.mark.xdist_group("journeys")
PAGES = Path(__file__).parents[1] / "data" / "pages"
ACCOUNTS = ("bluesky", "mastodon", "x")
BROKEN = """Weaver finds a loom under the floor

The loom is older than the house.

???? ?????? ?? ???? ??? ????.

It works.
"""


@pytest.mark.parametrize(
    ("page", "language"), [(PAGE, "en"), (PAGES / "spanish-paired-captions.txt", "es")]
)
def test_copy_becomes_a_story_everywhere(newspaper, page, language):
    """One command takes copy in and publishes it: report, page, front, feed and posts."""
    story = newspaper.takes_in(page, "--section", "world", "--language", language)

    answer = newspaper.get(story.address)
    html = LexborHTMLParser(answer.text)
    headline = html.css_first("h1").text().strip()
    feed = feedparser.parse(newspaper.get("/feeds/world.rss").content)
    titles = {entry.id.removeprefix("urn:uuid:"): entry.title for entry in feed.entries}
    assert f"Headline   {headline}" in story.said
    assert ("Findings" in story.said, "Left out" in story.said) == (True, True)
    assert (200, language) == (answer.status_code, html.css_first("html").attributes["lang"])
    assert headline in newspaper.get("/").text
    assert headline == titles[story.id]
    for account in ACCOUNTS:
        posts = until(lambda: newspaper.posts(account, story.address), what=f"post on {account}")  # noqa: B023  # called at once
        assert 1 == len(posts)
        assert headline[:40] in posts[0]["payload"]["text"]


def test_finding_that_blocks_leaves_a_draft(newspaper, tmp_path):
    """A paragraph of question marks is not published: status 3, the reason, and a draft."""
    page = tmp_path / "page.txt"
    page.write_text(BROKEN, encoding="utf-8")

    done = newspaper.broadsheet("intake", "copy", page, "--section", "world", "--publish")

    listed = newspaper.does("story", "list", "--limit", "1000")
    (line,) = [line for line in listed.splitlines() if "Weaver finds a loom" in line]
    assert 3 == done.returncode, done.stderr
    assert "BLOCK" in done.stdout
    assert "A finding blocks publication: mend it at the desk first." in done.stderr
    assert "draft" in line
    assert "Weaver finds a loom" not in newspaper.get("/").text


def test_site_is_that_of_a_rebuild(newspaper):
    """After all that was done here, the files are those the log alone gives."""
    done = newspaper.does("rebuild", "--check")

    assert "0 differing, 0 missing, 0 orphaned" in done

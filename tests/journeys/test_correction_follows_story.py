"""A correction reaches the page, the feeds and every account, by the rules of each network."""

import feedparser
import pytest

from tests.servers.newspaper import until

pytestmark = pytest.mark.xdist_group("journeys")
COPY = """Harbor clock to be wound by hand again

A keeper starts on Monday, after the motor failed for the third time.

The clock above the customs house has eleven bells, and stopped in April.

“It never lost a minute while somebody looked after it,” said Nneka Obi of the harbor office.
"""
NOTE = "The clock has twelve bells, not eleven."


@pytest.fixture(scope="module")
def corrected(newspaper, tmp_path_factory):
    """Publish a story, let its posts go out, and correct it."""
    page = tmp_path_factory.mktemp("copy") / "page.txt"
    page.write_text(COPY, encoding="utf-8")
    story = newspaper.takes_in(page, "--section", "city", "--language", "en")
    first = {
        account: until(
            lambda: newspaper.posts(account, story.address),  # noqa: B023  # called at once
            what=f"post on {account}",
        )
        for account in ("bluesky", "mastodon", "x")
    }
    words = ("--replace", "eleven bells", "twelve bells")
    headline = ("--replace", "wound by hand again", "wound by hand from Monday")
    newspaper.does("story", "correct", story.address, "--note", NOTE, *words, *headline)
    return story, first


def test_page_says_what_was_wrong(newspaper, corrected):
    """The page has the right words, and the note with its date above them."""
    story, _ = corrected

    page = newspaper.get(story.address).text

    assert ("has twelve bells" in page, "has eleven bells" in page) == (True, False)
    assert NOTE in page


def test_feeds_say_it(newspaper, corrected):
    """Feeds have the item under its id, with the new headline."""
    story, _ = corrected

    for kind in ("rss", "atom"):
        feed = feedparser.parse(newspaper.get(f"/feeds/city.{kind}").content)
        (entry,) = [entry for entry in feed.entries if entry.link.endswith(story.address)]
        assert "Harbor clock to be wound by hand from Monday" == entry.title
        assert f"urn:uuid:{story.id}" == entry.id


def test_post_is_edited_where_readers_see_edits(newspaper, corrected):
    """By Mastodon's rules the same post says the new words."""
    story, first = corrected

    def edited():
        return [
            post
            for post in newspaper.posts("mastodon", story.address)
            if "from Monday" in post["payload"]["text"]
        ]

    (post,) = until(edited, what="the edit")
    assert [post["id"]] == [before["id"] for before in first["mastodon"]]


@pytest.mark.parametrize("account", ["bluesky", "x"])
def test_note_is_posted_where_readers_see_no_edits(newspaper, corrected, account):
    """By Bluesky's and X's rules the first post stands, and a second one says the correction."""
    story, first = corrected

    posts = until(
        lambda: (found := newspaper.posts(account, story.address))[1:] and found,
        what="the note",
    )

    note, before = posts
    assert first[account] == [before]
    assert "twelve bells" in note["payload"]["text"]

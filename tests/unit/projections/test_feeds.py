"""RSS and Atom, read by somebody else's parser."""

from datetime import timedelta

import feedparser
import pytest

from broadsheet.story.ids import Address, SectionId
from broadsheet.story.records import Retraction, StoryState
from tests.factories.site import a_paper, bytes_at
from tests.factories.story import NOON, a_content, a_section, a_story, an_id

BOTH = pytest.mark.parametrize("suffix", ["rss", "atom"])
RETRACTED = a_story(
    state=StoryState.RETRACTED,
    retraction=Retraction(reason="We could not confirm it.", at=NOON + timedelta(days=1)),
)


def parsed(key, log):
    """Return a feed as feedparser reads it."""
    feed = feedparser.parse(bytes_at(key, log))
    assert not feed.bozo, feed.get("bozo_exception")
    return feed


@BOTH
def test_entry_says_what_the_story_says(suffix):
    """An entry has the story's id, address, headline, standfirst, author, section and dates."""
    story = a_story(updated_at=NOON + timedelta(hours=1))

    entry = parsed(f"/feeds/site.{suffix}", a_paper(story)).entries[0]

    assert f"urn:uuid:{story.id}" == entry.id
    assert "https://paper.example/2026/11/22/story-100/" == entry.link
    assert (story.content.headline, story.content.standfirst) == (entry.title, entry.summary)
    assert ("Ada Reporter", "World") == (entry.author, entry.tags[0].term)
    assert NOON.timetuple()[:6] == entry.published_parsed[:6]


@BOTH
def test_retracted_story_becomes_its_notice(suffix):
    """A retracted story's entry keeps id and link; title and text are the notice."""
    entry = parsed(f"/feeds/site.{suffix}", a_paper(RETRACTED)).entries[0]

    assert f"urn:uuid:{RETRACTED.id}" == entry.id
    assert "https://paper.example/2026/11/22/story-100/" == entry.link
    assert f"Retracted: {RETRACTED.content.headline}" == entry.title
    assert "We could not confirm it." == entry.summary


@BOTH
@pytest.mark.parametrize(
    "state", [StoryState.UNPUBLISHED, StoryState.EXPIRED, StoryState.ERASED], ids=lambda s: s.value
)
def test_story_that_is_gone_has_no_entry(suffix, state):
    """Unpublished, expired and erased stories are in no feed."""
    log = a_paper(a_story(state=state, retraction=RETRACTED.retraction))

    assert [] == parsed(f"/feeds/site.{suffix}", log).entries


@BOTH
def test_feed_shows_the_newest_twenty(suffix):
    """A feed has twenty entries, newest first."""
    times = [NOON - timedelta(minutes=n) for n in range(25)]
    log = a_paper(*(a_story(n, first_published_at=at) for n, at in enumerate(times, start=100)))

    entries = parsed(f"/feeds/site.{suffix}", log).entries

    assert [f"urn:uuid:{an_id(100 + n)}" for n in range(20)] == [entry.id for entry in entries]


def test_feed_is_dated_by_what_it_shows():
    """A feed's date is the newest significant time among its entries: here, the retraction."""
    log = a_paper(a_story(7, updated_at=NOON + timedelta(hours=2)), RETRACTED)

    rss, atom = (parsed(f"/feeds/site.{suffix}", log).feed for suffix in ("rss", "atom"))

    assert (NOON + timedelta(days=1)).timetuple()[:6] == rss.updated_parsed[:6]
    assert rss.updated_parsed[:6] == atom.updated_parsed[:6]


@BOTH
def test_section_feed_follows_its_section(suffix):
    """A section's feed has its stories only, and names its page and itself."""
    city = a_section(5, name="City", address=Address("/city/"), description="Streets & squares")
    other = a_story(2, content=a_content(section=SectionId(an_id(5))))

    feed = parsed(f"/feeds/city.{suffix}", a_paper(city, a_story(1), other))

    assert [f"urn:uuid:{an_id(2)}"] == [entry.id for entry in feed.entries]
    assert ("The Daily Test: City", "https://paper.example/city/") == (
        feed.feed.title,
        feed.feed.link,
    )
    links = {link.rel: link.href for link in feed.feed.links}
    assert f"https://paper.example/feeds/city.{suffix}" == links["self"]


@BOTH
def test_section_called_site_would_take_the_papers_feed(suffix):
    """The paper's own feeds stand at a segment no section may have."""
    assert parsed(f"/feeds/site.{suffix}", a_paper()).feed.title == "The Daily Test"


@BOTH
def test_address_in_any_script_is_a_uri(suffix):
    """Links in feeds are percent-encoded."""
    log = a_paper(a_story(address=Address("/2026/11/22/خط 100%/")))

    link = parsed(f"/feeds/site.{suffix}", log).entries[0].link

    assert "https://paper.example/2026/11/22/%D8%AE%D8%B7%20100%25/" == link

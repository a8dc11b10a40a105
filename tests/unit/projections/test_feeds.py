"""RSS and Atom, read by somebody else's parser."""

from datetime import timedelta

import msgspec
import pytest

from broadsheet.projections.objects import Absent, Moved
from broadsheet.story.body import PictureUse
from broadsheet.story.ids import Address, PictureId, SectionId, Sha256
from broadsheet.story.records import Byline, Rendition, Retraction, StoryState
from tests.factories.feeds import ATOM, DC, MEDIA, parsed
from tests.factories.site import a_paper, answer, hrefs_at, page_at, xml_at
from tests.factories.story import (
    NOON,
    a_content,
    a_correction,
    a_picture,
    a_section,
    a_story,
    a_topic,
    an_author,
    an_id,
    paper_settings,
)

BOTH = pytest.mark.parametrize("suffix", ["rss", "atom"])
RETRACTED = a_story(
    state=StoryState.RETRACTED,
    retraction=Retraction(reason="We could not confirm it.", at=NOON + timedelta(days=1)),
)


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


def sizes(*widths):
    """Return a rendition of each of some widths, three to two."""
    return tuple(
        Rendition(
            sha256=Sha256(f"{width:064d}"),
            width_px=width,
            height_px=width * 2 // 3,
            format="jpeg",
            bytes=width * 100,
        )
        for width in widths
    )


def a_pictured_story(**changes):
    """Return a story with a lead that stands in its body too, and another picture."""
    lead, other = (PictureUse(picture=PictureId(an_id(n)), caption="") for n in (3, 33))
    return a_story(content=a_content(lead=lead, body=(other, lead), **changes))


@BOTH
def test_every_author_is_named(suffix):
    """An entry names all authors, in the byline's order."""
    bylines = (Byline(author=an_id(22), role=""), Byline(author=an_id(2), role=""))
    ben = an_author(22, name="Ben Photographer", address="/authors/ben/")
    log = a_paper(ben, a_story(content=a_content(bylines=bylines)))

    entry = parsed(f"/feeds/site.{suffix}", log).entries[0]

    assert ["Ben Photographer", "Ada Reporter"] == [author.name for author in entry.authors]


def test_atom_says_where_authors_are():
    """In Atom an author has the address of their page, and so has the paper."""
    feed = xml_at("/feeds/site.atom", a_paper(a_story()))

    assert "https://paper.example/authors/ada-reporter/" == feed.findtext(
        f"{ATOM}entry/{ATOM}author/{ATOM}uri"
    )
    assert "https://paper.example/" == feed.findtext(f"{ATOM}author/{ATOM}uri")


@BOTH
def test_categories_are_section_and_topics(suffix):
    """An entry's categories are its section, then its topics."""
    log = a_paper(a_topic(), a_story(content=a_content(topics=(a_topic().id,))))

    tags = parsed(f"/feeds/site.{suffix}", log).entries[0].tags

    assert ["World", "Trams"] == [tag.term for tag in tags]


@BOTH
def test_pictures_are_told_with_their_words(suffix):
    """Each picture stands once, the lead first, with its words and a small size of it."""
    lead = a_picture(
        renditions=sizes(1600, 400),
        copyright="© 2026 Ada",
        license_url="https://license.example/by/4.0/",
    )
    log = a_paper(lead, a_picture(33, renditions=sizes(800)), a_pictured_story())

    found = list(xml_at(f"/feeds/site.{suffix}", log).iter(f"{MEDIA}content"))

    assert ["1600", "800"] == [content.get("width") for content in found]
    assert {
        "title": "The first tram crosses the old bridge.",
        "description": "A tram crossing a bridge",
        "credit": "Ada Reporter",
        "copyright": "© 2026 Ada",
        "license": "https://license.example/by/4.0/",
    } == {part.tag.removeprefix(MEDIA): part.text for part in found[0] if part.text}
    assert ("image", "image/jpeg", "160000") == tuple(
        found[0].get(name) for name in ("medium", "type", "fileSize")
    )
    assert ("400", "266") == tuple(
        found[0].find(f"{MEDIA}thumbnail").get(name) for name in ("width", "height")
    )
    assert found[1].find(f"{MEDIA}thumbnail") is None


@BOTH
def test_pictures_do_not_hide_the_story(suffix):
    """A reader that knows Media RSS still finds the story's own title, summary and text."""
    log = a_paper(a_picture(33), a_pictured_story())

    entry = parsed(f"/feeds/site.{suffix}", log).entries[0]

    assert a_content().headline == entry.title
    assert a_content().standfirst == entry.summary
    assert "<figure>" in entry.content[0].value
    assert (
        f"https://paper.example/media/{an_id(3)}/abababababab-1200.jpg"
        == (entry.media_content[0]["url"])
    )


def test_license_that_is_no_address_is_not_told():
    """What cannot be followed is no license's address."""
    log = a_paper(a_picture(license_url="javascript:alert(1)"), a_picture(33), a_pictured_story())

    assert [] == list(xml_at("/feeds/site.rss", log).iter(f"{MEDIA}license"))


@BOTH
def test_small_changes_do_not_date_an_entry_anew(suffix):
    """A changed word changes the entry's text and none of its dates; a significant update does."""
    changed = a_story(content=a_content(headline="Council approves new tram line"))
    significant = msgspec.structs.replace(changed, updated_at=NOON + timedelta(hours=1))

    entries = [
        parsed(f"/feeds/site.{suffix}", a_paper(story)).entries[0]
        for story in (a_story(), changed, significant)
    ]

    assert [12, 12, 13] == [entry.updated_parsed.tm_hour for entry in entries]
    assert {12} == {entry.published_parsed.tm_hour for entry in entries}


@BOTH
def test_author_has_feeds(suffix):
    """An author's feed has their stories, names their page, and moves along with it."""
    ada = an_author(address="/authors/ada/", former_addresses=("/authors/ada-reporter/",))
    other = a_story(2, content=a_content(bylines=()))
    log = a_paper(ada, a_story(1), other)

    feed = parsed(f"/feeds/authors/ada.{suffix}", log)

    assert [f"urn:uuid:{an_id(1)}"] == [entry.id for entry in feed.entries]
    assert ("The Daily Test: Ada Reporter", "https://paper.example/authors/ada/") == (
        feed.feed.title,
        feed.feed.link,
    )
    assert Moved(f"/feeds/authors/ada.{suffix}") == answer(
        f"/feeds/authors/ada-reporter.{suffix}", log
    )


@BOTH
def test_author_nobody_knows_yet_has_no_feed(suffix):
    """Like the author's page, the feed is nowhere before something of theirs is."""
    assert Absent() == answer(f"/feeds/authors/ada-reporter.{suffix}", a_paper())


@BOTH
def test_feed_names_its_hub(suffix):
    """A paper with a WebSub hub names it, and itself, in each feed; one without names none."""
    hub = "https://hub.example/"
    log = a_paper(paper_settings(websub_hub=hub), a_story())

    with_hub, without = (
        {link.rel: link.href for link in parsed(f"/feeds/world.{suffix}", each).feed.links}
        for each in (log, a_paper(a_story()))
    )

    assert (hub, f"https://paper.example/feeds/world.{suffix}") == (
        with_hub["hub"],
        with_hub["self"],
    )
    assert "hub" not in without


@pytest.mark.parametrize(
    ("page", "feed"),
    [
        ("/", "/feeds/site"),
        ("/world/", "/feeds/world"),
        ("/authors/ada-reporter/", "/feeds/authors/ada-reporter"),
        ("/topics/trams/", "/feeds/topics/trams"),
        ("/corrections/", "/feeds/corrections"),
        ("/corrections/2026/11/", "/feeds/corrections"),
    ],
)
def test_page_offers_its_own_feeds_first(page, feed):
    """Each page that has feeds offers them in every format, before those of the paper."""
    content = a_content(topics=(a_topic().id,), corrections=(a_correction(),))
    log = a_paper(a_topic(), a_story(content=content))

    offered = hrefs_at(page_at(page, log), "link[rel=alternate][type*='application/']")

    assert [f"{feed}.rss", f"{feed}.atom", f"{feed}.json"] == offered[:3]
    assert "/feeds/site.json" in offered


def test_rss_names_its_authors_by_dublin_core():
    """RSS has no place for an author without a mail address but this one."""
    item = xml_at("/feeds/site.rss", a_paper(a_story())).find("channel/item")

    assert ["Ada Reporter"] == [creator.text for creator in item.findall(f"{DC}creator")]

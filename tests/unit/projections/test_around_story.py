"""Tests for topics, second listings, related stories, translations: exact, live, in order."""

import msgspec
import pytest

from broadsheet.projections.facets import changed_facts
from broadsheet.projections.facts import Facts
from broadsheet.projections.fold import fold_of
from broadsheet.projections.objects import Absent, Moved
from broadsheet.projections.rendering import render
from broadsheet.story.records import Retraction, Story, StoryState
from tests.factories.site import (
    a_paper,
    a_theme,
    answer,
    hrefs_at,
    objects_in,
    page_at,
    text_at,
    texts_at,
    xml_at,
)
from tests.factories.story import NOON, a_content, a_section, a_story, a_topic, an_id

CITY = a_section(11, name="City", address="/city/")
SPORT = a_section(12, name="Sport", address="/sport/")
OTHER_STATES = [state for state in StoryState if state is not StoryState.LIVE]


def a_stated(number: int, state: StoryState, **content: object) -> Story:
    """Return a story in a state."""
    retraction = Retraction(reason="It was wrong.", at=NOON)
    is_withdrawn = state in {StoryState.RETRACTED, StoryState.ERASED}
    return a_story(
        number,
        content=a_content(headline=f"Story {number}", **content),
        state=state,
        retraction=retraction if is_withdrawn else None,
    )


def story_page(*log: object) -> object:
    """Return the page of the last story of a log."""
    return page_at(log[-1].address, a_paper(*log))


def test_alias_lists_the_story_in_the_other_section():
    """An alias puts the story on the other section's page, feed and archive, at its one address."""
    story = a_story(content=a_content(aliases=(CITY.id,)))
    log = a_paper(CITY, SPORT, story)

    assert story.address in hrefs_at(page_at("/city/", log), ".headline a")
    assert [f"https://paper.example{story.address}"] == [
        item.findtext("link") for item in xml_at("/feeds/city.rss", log).iter("item")
    ]
    assert story.address in hrefs_at(page_at("/city/archive/2026/11/", log), ".lines a")
    assert "/world/" in hrefs_at(page_at("/city/", log), "a.label")
    assert story.address not in hrefs_at(page_at("/sport/", log), "a")


def test_removed_alias_leaves_the_other_section():
    """A story whose alias was taken off is in its own section only."""
    with_alias = a_story(content=a_content(aliases=(CITY.id,)))
    log = a_paper(CITY, with_alias, a_story())

    assert a_story().address not in hrefs_at(page_at("/city/", log), "a")
    assert a_story().address in hrefs_at(page_at("/world/", log), "a")


def test_topic_has_a_page_and_feeds():
    """A topic's page and feeds show the stories on it, newest first, and no others."""
    older = msgspec.structs.replace(
        a_story(101, content=a_content(topics=(a_topic().id,))),
        first_published_at=NOON.replace(hour=2),
    )
    newer = a_story(102, content=a_content(topics=(a_topic().id,)))
    log = a_paper(a_topic(), older, newer, a_story(103))

    page = page_at("/topics/trams/", log)

    assert "Trams" == text_at(page, "h1")
    assert [newer.address, older.address] == hrefs_at(page, ".headline a")
    assert "/feeds/topics/trams.rss" in hrefs_at(page, "link[type='application/rss+xml']")
    feed = xml_at("/feeds/topics/trams.rss", log)
    assert "The Daily Test: Trams" == feed.findtext("channel/title")
    assert 2 == len(list(feed.iter("item")))


@pytest.mark.parametrize("state", OTHER_STATES)
def test_topic_without_live_stories_is_nowhere(state):
    """A topic's page is absent while nothing live is on it; its feed carries a notice only."""
    log = a_paper(a_topic(), a_stated(100, state, topics=(a_topic().id,)))

    assert Absent() == answer("/topics/trams/", log)
    feed = answer("/feeds/topics/trams.rss", log)
    assert (state is StoryState.RETRACTED) == (feed != Absent())


def test_moved_topic_leads_to_its_page():
    """A topic that was renamed leads from its old address, and its feeds', to the new ones."""
    topic = a_topic(address="/topics/rails/", former_addresses=("/topics/trams/",))
    log = a_paper(topic, a_story(content=a_content(topics=(topic.id,))))

    assert Moved("/topics/rails/") == answer("/topics/trams/", log)
    assert Moved("/feeds/topics/rails.atom") == answer("/feeds/topics/trams.atom", log)


def test_story_names_its_topics_in_order():
    """A story's page links its topics in the editor's order; one not in the log is left out."""
    topics = (a_topic(), a_topic(5, name="Bridges", address="/topics/bridges/"))

    page = story_page(*topics, a_story(content=a_content(topics=(an_id(5), an_id(9), an_id(4)))))

    assert ["/topics/bridges/", "/topics/trams/"] == hrefs_at(page, ".topics a")


@pytest.mark.parametrize("state", OTHER_STATES)
def test_only_live_related_stories_are_shown(state):
    """A related story that is not live, or never was, is not shown; the others keep their order."""
    related = (a_stated(101, state), a_stated(102, StoryState.LIVE), a_stated(103, StoryState.LIVE))
    chosen = (an_id(103), an_id(101), an_id(999), an_id(102))

    page = story_page(*related, a_story(content=a_content(related=chosen)))

    assert ["Story 103", "Story 102"] == texts_at(page, ".related .headline a")


def test_translations_lead_to_each_other():
    """
    Original and translation name each other and themselves, by language, for search engines.

    The original is for who reads none of the languages.
    """
    original = a_story(101)
    german = a_story(102, content=a_content(language="de", translation_of=original.id))
    expected = {"en": original.address, "de": german.address, "x-default": original.address}

    for number, story in enumerate((original, german)):
        others = (german, original)[number]
        page = story_page(others, story)
        found = {
            link.attributes["hreflang"]: link.attributes["href"]
            for link in page.css("head link[hreflang]")
        }
        assert {tag: f"https://paper.example{path}" for tag, path in expected.items()} == found
        assert [others.address] == hrefs_at(page, ".translations a")


def test_a_language_is_named_once():
    """Of two translations into one language a page names itself, else the older one."""
    original = a_story(101)
    first, second = (
        a_story(number, content=a_content(language="de", translation_of=original.id))
        for number in (102, 103)
    )
    log = a_paper(original, first, second)

    for here, named in ((original, first), (first, first), (second, second)):
        urls = [
            link.attributes["href"]
            for link in page_at(here.address, log).css("link[hreflang]")
            if link.attributes["hreflang"] == "de"
        ]
        assert [f"https://paper.example{named.address}"] == urls


@pytest.mark.parametrize("state", OTHER_STATES)
def test_translation_that_is_not_live_is_not_linked(state):
    """Neither original nor translation links one that is not live."""
    original = a_story(101)
    german = a_stated(102, state, language="de", translation_of=original.id)

    assert [] == hrefs_at(story_page(german, original), "[hreflang]")
    gone = a_stated(101, state)
    here = a_story(102, content=a_content(language="de", translation_of=gone.id))
    assert [] == hrefs_at(story_page(gone, here), "[hreflang]")


def test_page_reads_no_more_of_others_than_it_shows():
    """Another headline of a translation, another body of a related story, leave a page alone."""
    original = a_story(101)
    german = a_content(language="de", translation_of=original.id)
    story = a_story(102, content=a_content(related=(an_id(103),)))
    fold = fold_of(a_paper(original, a_story(103, content=german), story))
    of_original, of_story = Facts(fold), Facts(fold)
    render(objects_in(fold)[original.address], of_original, a_theme())
    render(objects_in(fold)[story.address], of_story, a_theme())
    before = a_story(103, content=german)

    renamed = msgspec.structs.replace(german, headline="Neue Linie")
    rewritten = msgspec.structs.replace(german, body=())

    assert set() == changed_facts(before, a_story(103, content=renamed)) & of_original.facts.keys()
    assert changed_facts(before, a_story(103, content=renamed)) & of_story.facts.keys()
    assert set() == changed_facts(before, a_story(103, content=rewritten)) & of_story.facts.keys()

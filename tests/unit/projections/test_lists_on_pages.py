"""Fronts, author pages and archives: what they list, and where they lead."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import msgspec
import pytest

from broadsheet.projections.objects import Absent, Moved, Page
from broadsheet.story.body import PictureUse
from broadsheet.story.ids import Address, PictureId, SectionId
from broadsheet.story.records import Story, StoryState
from tests.factories.site import a_paper, answer, hrefs_at, page_at, text_at, texts_at
from tests.factories.story import NOON, a_content, a_section, a_story, a_topic, an_author, an_id


def stories(count: int, *, first: datetime = NOON) -> tuple[Story, ...]:
    """Return stories a minute apart, newest first."""
    times = [first - timedelta(minutes=n) for n in range(count)]
    return tuple(
        a_story(1000 + n, first_published_at=at, updated_at=at) for n, at in enumerate(times)
    )


@pytest.mark.parametrize("key", ["/", "/world/", "/authors/ada-reporter/"])
def test_front_shows_the_newest_twenty(key):
    """A front lists the newest twenty stories, newest first."""
    log = a_paper(*reversed(stories(25)))

    page = page_at(key, log)

    expected = [f"/2026/11/22/story-{1000 + n}/" for n in range(20)]
    assert expected == hrefs_at(page, ".opener .headline a, .front .headline a")


@pytest.mark.parametrize(("key", "archive"), [("/", "/archive/"), ("/world/", "/world/archive/")])
def test_front_leads_to_its_archive(key, archive):
    """Older stories are one link away."""
    page = page_at(key, a_paper(a_story()))

    assert [archive] == hrefs_at(page, ".onward a")


@pytest.mark.parametrize(
    ("key", "wanted"),
    [("/authors/ada-reporter/", "Ada Reporter"), ("/topics/ships/", "Ships & AI")],
)
def test_what_is_older_than_an_authors_page_is_found(key, wanted):
    """An author's or a topic's page that does not show all leads to the search for the rest."""
    topic = a_topic(name="Ships & AI", address="/topics/ships/")
    on_it = [
        msgspec.structs.replace(each, content=a_content(topics=(topic.id,))) for each in stories(21)
    ]

    ((onward,), all_there_is) = (
        hrefs_at(page_at(key, a_paper(topic, *some)), ".onward a") for some in (on_it, on_it[1:])
    )

    assert "/search/" == urlsplit(onward).path
    shown_last = stories(20)[-1].first_published_at
    place = (shown_last - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
    assert {"q": [wanted], "before": [str(place)]} == parse_qs(urlsplit(onward).query)
    assert [] == all_there_is


@pytest.mark.parametrize("key", ["/", "/world/", "/archive/"])
def test_page_without_stories_says_so(key):
    """A front without stories answers, and says that some will come."""
    page = page_at(key, a_paper())

    assert text_at(page, ".empty").startswith("Nothing has been published here yet.")


@pytest.mark.parametrize("state", [s for s in StoryState if s is not StoryState.LIVE])
def test_only_live_stories_are_listed(state):
    """A story that is not live is on no front and in no archive."""
    log = a_paper(a_story(1), a_story(2, state=state))

    keys = ("/", "/world/", "/authors/ada-reporter/", "/archive/2026/11/")
    shown = [hrefs_at(page_at(key, log), ".headline a, .lines a") for key in keys]

    assert [["/2026/11/22/story-1/"]] * 4 == shown


def test_card_shows_headline_section_authors_and_picture():
    """A card on the front has what a reader chooses by."""
    content = a_content(lead=PictureUse(picture=PictureId(an_id(3)), caption=""))

    page = page_at("/", a_paper(a_story(content=content)))

    assert content.headline == text_at(page, ".card .headline a")
    assert content.standfirst == text_at(page, ".card .standfirst")
    assert ["World"] == texts_at(page, ".card a.label")
    assert ["Ada Reporter"] == texts_at(page, ".card .author bdi")
    assert "A tram crossing a bridge" == page.css_first(".card img").attributes["alt"]


def test_menu_marks_the_section_readers_are_in():
    """The menu lists sections in their order, and marks the present one."""
    other = a_section(5, name="City", address=Address("/city/"), position=0)

    page = page_at("/world/", a_paper(other, a_story()))

    assert ["City", "World"] == texts_at(page, ".menu a")
    assert ["World"] == texts_at(page, ".menu a[aria-current]")


def test_moved_section_takes_everything_along():
    """Front, archives and feeds at a section's former address lead to the present ones."""
    story = a_story()
    log = a_paper(
        story, a_section(address=Address("/globe/"), former_addresses=(Address("/world/"),))
    )
    paths = ["{}", "{}archive/", "{}archive/2026/11/"]
    paths += ["/feeds{}.rss", "/feeds{}.atom"]

    for path in paths:
        old = path.format("/world/").replace("/.", ".")
        new = path.format("/globe/").replace("/.", ".")
        assert Moved(new) == answer(old, log), old
        assert Page is type(answer(new, log)), new


def test_moved_author_is_found():
    """An author's former address leads to the present one."""
    author = an_author(address="/authors/ada/", former_addresses=("/authors/ada-reporter/",))
    log = a_paper(author, a_story())

    assert Moved("/authors/ada/") == answer("/authors/ada-reporter/", log)


@pytest.mark.parametrize("state", [s for s in StoryState if s is not StoryState.LIVE])
def test_author_of_nothing_live_is_nowhere(state):
    """An author whose stories are all unseen has no page, and no address that leads to one."""
    author = an_author(address="/authors/ada/", former_addresses=("/authors/ada-reporter/",))
    log = a_paper(author, a_story(state=state))

    assert [Absent()] * 2 == [
        answer(key, log) for key in ("/authors/ada/", *author.former_addresses)
    ]


def test_author_page_links_only_safe_profiles():
    """An author's page has name, role, bio and followable profiles."""
    author = an_author(bio="On trams.", links=("https://social.example/@ada", "javascript:x"))

    page = page_at("/authors/ada-reporter/", a_paper(author, a_story()))

    assert ["Ada Reporter", "City reporter", "On trams."] == [
        text_at(page, selector) for selector in ("h1", ".role", ".bio")
    ]
    assert ["https://social.example/@ada"] == hrefs_at(page, ".links a")


def test_months_follow_the_papers_zone():
    """A story just after midnight in the paper's zone stands in the new month."""
    at = datetime(2026, 10, 31, 23, 30, tzinfo=UTC)  # half past midnight in Berlin
    log = a_paper(a_story(first_published_at=at, updated_at=at))

    index = page_at("/archive/", log)

    assert ["/archive/2026/11/"] == hrefs_at(index, ".periods a")
    assert ["November 2026"] == texts_at(index, ".periods a")


def test_month_leads_to_its_neighbors():
    """A month links the months before and after it that have stories, and the index."""
    days = [datetime(2026, month, 5, 12, tzinfo=UTC) for month in (3, 6, 11)]
    log = a_paper(
        *(a_story(n, first_published_at=at, updated_at=at) for n, at in enumerate(days, start=50))
    )

    page = page_at("/archive/2026/06/", log)

    assert ["/archive/2026/03/", "/archive/", "/archive/2026/11/"] == hrefs_at(page, ".turn a")


def test_large_month_is_cut_into_days():
    """Above two hundred stories a month lists its days, and the days list the stories."""
    busy = datetime(2026, 11, 20, 12, tzinfo=UTC)
    log = a_paper(*stories(150, first=busy), a_story(1), *_on_another_day(60))

    month = page_at("/archive/2026/11/", log)
    day = page_at("/archive/2026/11/20/", log)

    days = [f"/archive/2026/11/{day}/" for day in (22, 20, 10)]
    assert days == hrefs_at(month, ".periods a")
    assert [] == hrefs_at(month, ".lines a")
    assert 150 == len(hrefs_at(day, ".lines a"))
    assert [days[2], "/archive/2026/11/", days[0]] == hrefs_at(day, ".turn a")


def _on_another_day(count: int) -> tuple[Story, ...]:
    at = datetime(2026, 11, 10, 12, tzinfo=UTC)
    return tuple(a_story(5000 + n, first_published_at=at, updated_at=at) for n in range(count))


def test_small_month_has_no_days():
    """Up to two hundred stories there are no pages for days."""
    assert Absent() == answer("/archive/2026/11/22/", a_paper(*stories(200)))


def test_month_left_by_its_last_story_is_absent():
    """A month whose stories have all gone is not there."""
    log = a_paper(a_story(), a_story(state=StoryState.RETRACTED))

    assert Absent() == answer("/archive/2026/11/", log)


def test_section_archive_lists_its_own():
    """A section's archive has no stories of another section."""
    content = a_content(section=SectionId(an_id(5)))
    city = a_section(5, name="City", address=Address("/city/"))
    log = a_paper(city, a_story(1), a_story(2, content=content))

    page = page_at("/city/archive/2026/11/", log)

    assert ["/2026/11/22/story-2/"] == hrefs_at(page, ".lines a")

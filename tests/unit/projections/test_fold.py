"""The fold answers as a plain reading of the newest versions would."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.projections.fold import fold_of
from broadsheet.projections.lists import (
    CORRECTIONS,
    FEED,
    HOME,
    Key,
    bounds,
    day_of,
    entries,
    month_of,
    section_list,
)
from broadsheet.projections.objects import Recipe
from broadsheet.story.ids import SectionId
from broadsheet.story.records import Retraction, StoryState
from tests.factories.site import a_paper, objects_in
from tests.factories.story import (
    NOON,
    a_content,
    a_correction,
    a_picture,
    a_section,
    a_story,
    an_author,
    an_id,
    paper_settings,
)

TAKEN_BACK = {StoryState.RETRACTED, StoryState.ERASED}
ZONES = st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Apia"])
TIMES = st.timedeltas(timedelta(0), timedelta(days=90)).map(
    lambda after: datetime(2026, 1, 1, tzinfo=UTC) + after
)
STORIES = st.builds(
    lambda number, state, section, at, later, notes: a_story(
        number,
        state=state,
        content=a_content(
            section=SectionId(an_id(section)),
            corrections=tuple(a_correction(n, at=at + after) for n, after in enumerate(notes)),
        ),
        first_published_at=at,
        updated_at=at + later,
        retraction=Retraction(reason="", at=at + later) if state in TAKEN_BACK else None,
    ),
    st.integers(100, 106),
    st.sampled_from(StoryState),
    st.sampled_from([1, 5]),
    TIMES,
    st.timedeltas(timedelta(0), timedelta(days=40)),
    st.lists(st.sampled_from([timedelta(0), timedelta(hours=1), timedelta(days=33)]), max_size=3),
)
LOGS = st.lists(st.one_of(STORIES, ZONES.map(lambda zone: paper_settings(time_zone=zone))))
SECTIONS = (a_section(), a_section(5, name="City", address="/city/"))
LISTS = (HOME, FEED, CORRECTIONS, section_list(an_id(1)), section_list(an_id(5)))


def plainly(log):
    """Return the members of each list, newest first, and the zone, by reading everything."""
    stories = {record.id: record for record in log if hasattr(record, "retraction")}
    zone = ZoneInfo([record.time_zone for record in log if hasattr(record, "time_zone")][-1])
    members = {
        name: sorted(
            (entry for story in stories.values() for at, entry in entries(story) if at == name),
            key=lambda entry: entry.key,
            reverse=True,
        )
        for name in LISTS
    }
    return members, zone


@settings(deadline=None)
@given(LOGS, st.integers(1, 5))
def test_lists_are_in_order(log, limit):
    """Lists, stretches of lists and pages of lists are those of the newest versions."""
    log = [paper_settings(), *SECTIONS, *log]
    fold = fold_of(log)
    members, zone = plainly(log)

    for name in LISTS:
        expected = members[name]
        before = expected[len(expected) // 2].key if expected else Key(NOON, "")
        older = [entry for entry in expected if entry.key < before]
        low, high = bounds("2026-02", zone)
        inside = [entry for entry in expected if low <= entry.published_at < high]
        assert expected[:limit] == list(fold.newest(name, limit=limit, before=None))
        assert older[:limit] == list(fold.newest(name, limit=limit, before=before))
        assert inside == list(fold.between(name, low=low, high=high))


@settings(deadline=None)
@given(LOGS)
def test_calendars_count_members(log):
    """Months and days, their counts and newest updates are those of the newest versions."""
    log = [paper_settings(), *SECTIONS, *log]
    fold = fold_of(log)
    members, zone = plainly(log)

    for name in LISTS:
        months = Counter(month_of(entry.published_at, zone) for entry in members[name])
        days = Counter(day_of(entry.published_at, zone) for entry in members[name])
        newest = {}
        for entry in sorted(members[name], key=lambda entry: entry.updated_at):
            newest[month_of(entry.published_at, zone)] = entry.updated_at
        found = [day for month in fold.months(name) for day in fold.days(name, month.period)]
        assert sorted(months.items(), reverse=True) == [m[:2] for m in fold.months(name)]
        assert newest == {month.period: month.updated_at for month in fold.months(name)}
        assert sorted(days.items(), reverse=True) == [day[:2] for day in found]


@settings(deadline=None)
@given(LOGS)
def test_every_period_with_members_is_wanted(log):
    """Each month and day that has members, in the present zone, has its objects."""
    log = [paper_settings(), *SECTIONS, *log]
    fold = fold_of(log)
    members, zone = plainly(log)

    wanted = objects_in(fold)

    for entry in members[HOME]:
        for period in (month_of(entry.published_at, zone), day_of(entry.published_at, zone)):
            assert f"/archive/{period.replace('-', '/')}/" in wanted
            assert f"/sitemaps/{period}.xml" in wanted


def test_wanted_objects_are_each_named_once():
    """Every object any version called for is wanted, each key once."""
    moved = a_story(address="/new/", former_addresses=("/2026/11/22/story-100/",))
    log = a_paper(a_story(), moved, an_author(4, address="/authors/b/"), a_picture(7))

    keys = [obj.key for obj in fold_of(log).wanted_objects()]

    assert len(keys) == len(set(keys))
    assert {"/new/", "/2026/11/22/story-100/", "/authors/b/", "/world/"} <= set(keys)


def test_newest_version_says_what_an_address_shows():
    """An address a section returned to shows the section again, not a way to it."""
    log = a_paper(
        a_section(address="/globe/", former_addresses=("/world/",)),
        a_section(address="/world/", former_addresses=("/globe/",)),
    )

    wanted = objects_in(fold_of(log))

    assert Recipe.SECTION is wanted["/world/"].recipe
    assert Recipe.MOVED_SECTION is wanted["/globe/"].recipe


def test_period_once_met_stays_wanted():
    """The objects of a month that its last story left are still named, so that they can go."""
    log = a_paper(a_story(), a_story(state=StoryState.RETRACTED))

    assert "/archive/2026/11/" in objects_in(fold_of(log))


def test_change_of_zone_moves_stories_between_months():
    """Periods are derived anew when the paper's zone changes; the old ones stay wanted."""
    at = datetime(2026, 10, 31, 23, 30, tzinfo=UTC)
    log = a_paper(
        a_story(first_published_at=at, updated_at=at),
        paper_settings(time_zone="America/New_York"),
    )

    fold = fold_of(log)

    assert ["2026-10"] == [month.period for month in fold.months(HOME)]
    assert {"/archive/2026/10/", "/archive/2026/11/"} <= objects_in(fold).keys()


def test_fold_that_forgets_to_unlist_is_caught():
    """A fold that lets an unpublished story stand in its lists differs from a plain reading."""
    log = a_paper(a_story(), a_story(state=StoryState.UNPUBLISHED))
    forgetful = fold_of([record for record in log if record is not log[-1]])
    members, _ = plainly(log)

    assert members[HOME] == list(fold_of(log).newest(HOME, limit=9, before=None))
    assert members[HOME] != list(forgetful.newest(HOME, limit=9, before=None))

"""Strips of the paper's front where stories are listed in several sections."""

from datetime import timedelta

from broadsheet.projections.front import STORIES_IN_A_STRIP
from broadsheet.projections.layouts import FRONT, stories_in
from broadsheet.story.ids import Address, SectionId
from tests.factories.site import a_paper, hrefs_at, page_at
from tests.factories.story import NOON, a_content, a_section, a_story, an_id

HOLDS = stories_in(FRONT)
WORLD, CITY = SectionId(an_id(1)), SectionId(an_id(5))


def _stories(first: int, count: int, **content):
    """Return stories of which a higher number is older."""
    return [
        a_story(
            number,
            content=a_content(**content),
            first_published_at=NOON - timedelta(hours=number),
            updated_at=NOON - timedelta(hours=number),
        )
        for number in range(first, first + count)
    ]


def _numbers(nodes):
    return [int(href.strip("/").rpartition("-")[2]) for href in nodes]


def test_strip_has_a_sections_own_stories_below_those_it_shares():
    """Stories that stand above and are listed in a section too do not use up its strip."""
    city = a_section(5, name="City", address=Address("/city/"))
    shared = _stories(1, HOLDS, section=WORLD, aliases=(CITY,))
    own = _stories(60, 5, section=CITY)

    page = page_at("/", a_paper(city, *shared, *own))

    strips = [_numbers(hrefs_at(strip, ".headline a")) for strip in page.css(".strip")]
    assert [[60, 61, 62]] == strips
    assert STORIES_IN_A_STRIP == len(strips[0])


def test_story_of_several_sections_stands_once():
    """A story listed in three sections stands in the first strip that shows it, and in no other."""
    city = a_section(5, name="City", address=Address("/city/"), position=2)
    sport = a_section(6, name="Sport", address=Address("/sport/"), position=3)
    above = _stories(1, HOLDS, section=WORLD)
    both = (CITY, SectionId(an_id(6)))
    shared = _stories(60, 9, section=WORLD, aliases=both)

    page = page_at("/", a_paper(city, sport, *above, *shared))

    strips = [_numbers(hrefs_at(strip, ".headline a")) for strip in page.css(".strip")]
    assert [[60, 61, 62], [63, 64, 65], [66, 67, 68]] == strips

"""Fronts that an editor arranged: what stands where, and what a front depends on."""

from datetime import timedelta

import pytest

from broadsheet.projections import layouts
from broadsheet.projections.facts import Facts
from broadsheet.projections.fold import fold_of
from broadsheet.projections.front import MOST_STRIPS, STORIES_IN_A_STRIP
from broadsheet.projections.layouts import FRONT, placed, slots_of, stories_in
from broadsheet.projections.lists import HOME
from broadsheet.projections.rendering import render
from broadsheet.story.body import PictureUse
from broadsheet.story.ids import Address, PictureId, SectionId, StoryId
from broadsheet.story.records import Slot, Story, StoryState
from broadsheet.story.versions import decoded, encoded
from tests.factories.site import a_paper, a_theme, hrefs_at, objects_in, page_at, texts_at
from tests.factories.story import NOON, a_content, a_front, a_section, a_story, an_id

HOLDS = stories_in(FRONT)


def a_week(count: int = 30) -> tuple[Story, ...]:
    """Return stories 1, 2, 3 ... of which a higher number is older."""
    times = [NOON - timedelta(hours=number) for number in range(count)]
    return tuple(
        a_story(number, first_published_at=at, updated_at=at)
        for number, at in enumerate(times, start=1)
    )


def numbers_at(key, log):
    """Return the numbers of the stories on a page, in reading order."""
    hrefs = hrefs_at(page_at(key, log), ".opener .headline a, .front .headline a")
    return [int(href.strip("/").rpartition("-")[2]) for href in hrefs]


@pytest.mark.parametrize(("key", "of"), [("/", "paper"), ("/world/", an_id(1))])
def test_placed_stories_stand_in_their_slots(key, of):
    """Stories placed by hand stand where they were placed; the newest fill the other slots."""
    log = a_paper(*a_week(), a_front(25, None, 3, of=of))

    assert [25, 1, 3, 2, *range(4, 20)] == numbers_at(key, log)


def test_front_nobody_arranged_shows_the_newest():
    """Without a front in the log, or with an empty one, a page shows the newest in order."""
    newest = list(range(1, HOLDS + 1))

    assert newest == numbers_at("/", a_paper(*a_week()))
    assert newest == numbers_at("/", a_paper(*a_week(), a_front()))


def test_arranging_one_front_leaves_the_others():
    """The paper's front and each section's are arranged apart."""
    log = a_paper(*a_week(), a_front(25))

    assert [1, 2, 3] == numbers_at("/world/", log)[:3]


@pytest.mark.parametrize("state", [s for s in StoryState if s is not StoryState.LIVE])
def test_placed_story_that_is_not_live_gives_way(state):
    """A placed story that is withdrawn leaves its slot to the newest, without an editor."""
    week = a_week()
    gone = a_story(25, state=state, first_published_at=week[24].first_published_at)

    assert [1, 2, 3] == numbers_at("/", a_paper(*week, a_front(25), gone))[:3]


def test_story_placed_before_it_is_live_appears_with_it():
    """A story may be placed before it is live: until then the newest stands in its slot."""
    week = a_week()
    log = a_paper(*week, a_front(99))

    assert [1, 2] == numbers_at("/", log)[:2]
    assert [99, 1] == numbers_at("/", (*log, a_story(99)))[:2]


def test_no_story_stands_twice():
    """A story in two slots stands in the first, and a placed one is not among the newest again."""
    slots = [Slot(place=place, story=StoryId(an_id(2))) for place in ("lead", "second", "list")]

    shown = numbers_at("/", a_paper(*a_week(), a_front(slots[0], slots[1])))

    assert [2, 1, 3] == shown[:3]
    assert len(shown) == len(set(shown)) == HOLDS


def test_slot_words_its_story_for_this_front():
    """A slot may give a headline and a kicker, and hide the picture; the story keeps its own."""
    lead = PictureUse(picture=PictureId(an_id(3)), caption="")
    story = a_story(1, content=a_content(lead=lead))
    slot = Slot(
        place="lead",
        story=story.id,
        headline="Trams <at last>",
        kicker="Exclusive",
        shows_picture=False,
    )
    plain, worded = a_paper(story), a_paper(story, a_front(slot))

    assert 1 == len(page_at("/", plain).css(".card img"))
    page = page_at("/", worded)
    assert ["Trams <at last>"] == texts_at(page, ".card .headline a")
    assert ["Exclusive"] == texts_at(page, ".card .kicker")
    assert ["World"] == texts_at(page, ".card a.label")
    assert [] == page.css(".card img")
    assert ["Council approves the new tram line"] == texts_at(
        page_at("/world/", worded), ".card h2"
    )


def test_words_do_not_fall_to_another_story():
    """What a slot says of a story that is gone is not said of the one in its place."""
    slot = Slot(place="lead", story=StoryId(an_id(99)), headline="Of the other one")

    page = page_at("/", a_paper(a_story(1), a_front(slot)))

    assert ["Council approves the new tram line"] == texts_at(page, ".card h2")


def test_section_front_may_show_another_sections_story():
    """An editor may place any live story on a section's front."""
    elsewhere = a_story(50, content=a_content(section=SectionId(an_id(5))))
    city = a_section(5, name="City", address=Address("/city/"))
    log = a_paper(city, *a_week(3), elsewhere, a_front(50, of=an_id(1)))

    assert [50, 1, 2, 3] == numbers_at("/world/", log)


def _read(log, key="/"):
    fold = fold_of(log)
    facts = Facts(fold)
    render(objects_in(fold)[key], facts, a_theme())
    return facts


def test_front_reads_no_more_of_a_list_than_it_shows():
    """The window of a front ends at the oldest story that fills a slot."""
    week = a_week()

    windows = _read(a_paper(*week, a_front(30, None, 2))).windows

    (window,) = (each for each in windows if each.name == HOME)
    oldest = week[HOLDS - 2]  # 18 slots filled from the newest, of which one is placed
    assert window.low.startswith(f"{oldest.first_published_at:%Y-%m-%dT%H:%M}")


def test_front_reads_a_bounded_part_of_a_list():
    """However long the list, a front asks for as many stories as it has slots."""
    log = a_paper(*a_week(60), a_front(50, 51, 3))
    asked = []

    class Asked:
        """A state that notes how much of a list is asked for."""

        def __init__(self, fold):
            self._fold = fold

        def __getattr__(self, name):
            return getattr(self._fold, name)

        def newest(self, name, *, limit, before):
            asked.append(limit)
            return self._fold.newest(name, limit=limit, before=before)

    fold = fold_of(log)
    render(objects_in(fold)["/"], Facts(Asked(fold)), a_theme())

    assert [HOLDS, STORIES_IN_A_STRIP + HOLDS] == asked  # the list, and the one section's strip


def test_front_full_of_placed_stories_reads_no_list():
    """A front with a story in every slot is not touched by what else is published."""
    week = a_week()

    facts = _read(a_paper(*week, a_front(*range(11, 11 + HOLDS), of=an_id(1))), "/world/")

    assert not facts.windows
    assert f"story/{an_id(11)}/card" in facts.facts
    assert f"story/{an_id(1)}/card" not in facts.facts


def test_sections_have_strips_of_what_is_not_above():
    """Below the paper's front each section shows its newest that are not on the page yet."""
    city = a_section(5, name="City", address=Address("/city/"))
    far = NOON - timedelta(days=9)
    elsewhere = [
        a_story(
            number,
            content=a_content(section=SectionId(an_id(5))),
            first_published_at=far - timedelta(hours=number),
        )
        for number in range(60, 65)
    ]
    log = a_paper(city, *a_week(HOLDS + 1), *elsewhere, a_front(61))

    page = page_at("/", log)

    assert ["World", "City"] == texts_at(page, ".strip h2")
    strips = [hrefs_at(strip, ".headline a") for strip in page.css(".strip")]
    above = hrefs_at(page, ".opener .headline a, .front .headline a")
    shown = [*above, *(href for strip in strips for href in strip)]
    assert [2, STORIES_IN_A_STRIP] == [len(strip) for strip in strips]
    assert "/2026/11/22/story-61/" == above[0]
    assert len(shown) == len(set(shown))
    assert [] == page_at("/city/", log).css(".strip")


def test_strips_are_bounded():
    """However many sections a paper has, its front shows strips of the first few."""
    sections = [
        a_section(100 + n, name=f"S{n}", address=Address(f"/s{n}/")) for n in range(2 * MOST_STRIPS)
    ]
    stories = [
        a_story(300 + n, content=a_content(section=section.id), first_published_at=NOON)
        for n, section in enumerate(sections)
    ]
    front = a_front(*range(1, HOLDS + 1))

    page = page_at("/", a_paper(*sections, *a_week(HOLDS), *stories, front))

    assert MOST_STRIPS - 1 == len(page.css(".strip"))  # one section has no more stories


def test_section_front_labels_only_other_sections_stories():
    """A section's front does not say its own name above each story."""
    elsewhere = a_story(50, content=a_content(section=SectionId(an_id(5))))
    city = a_section(5, name="City", address=Address("/city/"))
    kicked = Slot(place="second", story=StoryId(an_id(1)), kicker="New")
    front = a_front(50, kicked, of=an_id(1))

    page = page_at("/world/", a_paper(city, *a_week(3), elsewhere, front))

    assert ["City"] == texts_at(page, ".card a.label")
    assert ["New"] == texts_at(page, ".card .kicker")


def test_front_depends_on_placed_stories_that_are_not_live():
    """A front read of a story that is not there yet, and so is rendered when it comes."""
    facts = _read(a_paper(*a_week(), a_front(99)))

    assert "absent" == facts.facts[f"story/{an_id(99)}/card"]
    assert "front/paper/whole" in facts.facts


def test_layout_leaves_out_what_it_has_no_room_for():
    """Slots beyond a place's number, or of a place a theme has not, are left out."""
    slots = [Slot(place=name, story=StoryId(an_id(1))) for name in ("lead", "lead", "attic")]

    filled = slots_of(slots, FRONT)

    assert HOLDS == len(filled)
    assert [an_id(1)] == [slot.story for slot in filled if slot.story]


def test_fewest_slots_say_the_same():
    """What the log keeps has no slots after a place's last story, and fills up to the same."""
    full = slots_of(a_front(None, None, 7).slots, FRONT)

    kept = placed(full, FRONT)

    assert [("second", None), ("second", an_id(7))] == [(slot.place, slot.story) for slot in kept]
    assert full == slots_of(kept, FRONT)


def test_places_of_a_layout_are_each_named_once():
    """A place's name means one place."""
    names = [place.name for place in layouts.FRONT]

    assert len(names) == len(set(names))


def test_front_is_read_back_as_it_was_written():
    """A front's version survives the log, with what a slot says of its story."""
    slot = Slot(place="lead", story=StoryId(an_id(1)), headline="x", kicker="y")

    assert a_front(slot) == decoded(encoded(a_front(slot)))

"""Everything a rendering reads, it records; what it does not record would go out of date."""

import pytest

from broadsheet.projections.facets import changed_facts
from broadsheet.projections.facts import Facts
from broadsheet.projections.fold import fold_of
from broadsheet.projections.lists import HOME, translations_list
from broadsheet.projections.objects import Recipe
from broadsheet.projections.rendering import RENDERERS, render
from broadsheet.story.body import PictureUse
from broadsheet.story.ids import PictureId
from broadsheet.story.records import PAPER, NewsWindow
from tests.factories.site import a_paper, a_theme, objects_in
from tests.factories.spies import WatchedState, unrecorded
from tests.factories.story import (
    NOON,
    a_content,
    a_correction,
    a_picture,
    a_policy,
    a_section,
    a_story,
    a_topic,
    an_author,
    an_id,
)

LOG = a_paper(
    an_author(address="/authors/ada/", former_addresses=("/authors/ada-reporter/",)),
    a_section(address="/globe/", former_addresses=("/world/",)),
    a_topic(address="/topics/rails/", former_addresses=("/topics/trams/",)),
    a_story(
        content=a_content(
            lead=PictureUse(picture=PictureId(an_id(3)), caption=""),
            topics=(a_topic().id,),
            corrections=(a_correction(),),
        ),
        former_addresses=("/old/",),
    ),
    *(a_story(1000 + n) for n in range(201)),
    NewsWindow(id=PAPER, opens_at=NOON),
    a_policy(),
)
BUT_ASSETS = [recipe for recipe in Recipe if recipe is not Recipe.ASSET]


@pytest.mark.parametrize("recipe", BUT_ASSETS, ids=lambda recipe: recipe.value)
def test_rendering_records_all_it_reads(recipe):
    """For every recipe, each record, list and calendar read stands in a fact or a window."""
    fold = fold_of(LOG)
    objects = [obj for obj in objects_in(fold).values() if obj.recipe is recipe]
    assert objects

    for obj in objects[:20]:
        state = WatchedState(fold)
        facts = Facts(state)
        render(obj, facts, a_theme())
        assert set() == unrecorded(state, facts), obj.key


def test_every_recipe_is_rendered():
    """There is a renderer for each recipe, and none for what is none."""
    assert set(Recipe) == set(RENDERERS)


def test_reading_behind_facts_is_caught():
    """Records, lists, calendars and the menu read without recording are found."""
    state = WatchedState(fold_of(LOG))
    facts = Facts(state)

    facts.story_card(a_story().id)
    state.record("story", a_story(1000).id)
    state.newest(HOME, limit=1, before=None)
    state.months("author/x")
    state.sections()

    assert {f"story/{an_id(1000)}", HOME, "author/x", "menu"} == unrecorded(state, facts)


def test_story_page_does_not_read_other_stories():
    """A story's page reads no other story, and of lists its translations alone."""
    fold = fold_of(LOG)
    facts = Facts(fold)

    render(objects_in(fold)[a_story().address], facts, a_theme())

    stories = {name.split("/")[1] for name in facts.facts if name.startswith("story/")}
    assert {a_story().id} == stories
    assert {translations_list(a_story().id)} == {window.name for window in facts.windows}


def test_what_a_story_tells_machines_costs_no_reading():
    """A story's page reads what it shows readers, and nothing for search engines alone."""
    fold = fold_of(LOG)
    facts = Facts(fold)
    story, fields = a_story().id, ("base_url", "language", "name", "profiles", "tagline")

    render(objects_in(fold)[a_story().address], facts, a_theme())

    assert {
        *(f"story/{story}/{facet}" for facet in ("address", "card", "body")),
        *(f"settings/{PAPER}/{field}" for field in (*fields, "time_zone")),
        f"author/{an_author().id}/whole",
        f"picture/{a_picture().id}/whole",
        f"section/{a_section().id}/card",
        f"topic/{a_topic().id}/card",
        f"paper/{PAPER}/menu",
        f"paper/{PAPER}/policies",
    } == set(facts.facts)


def test_front_reads_only_what_it_shows():
    """A change of a story's body, or of an author's bio, is no fact of the front."""
    fold = fold_of(a_paper(a_story()))
    facts = Facts(fold)
    changed = changed_facts(a_story(), a_story(content=a_content(body=())))

    render(objects_in(fold)["/"], facts, a_theme())

    assert changed
    assert set() == changed & facts.facts.keys()


def test_waiting_picture_is_recorded():
    """A story page that shows nothing for a picture is found out of date when its file comes."""
    waiting = a_picture(renditions=())
    content = a_content(lead=PictureUse(picture=PictureId(an_id(3)), caption=""))
    fold = fold_of(a_paper(waiting, a_story(content=content)))
    facts = Facts(fold)

    render(objects_in(fold)[a_story().address], facts, a_theme())

    assert changed_facts(waiting, a_picture()) <= facts.facts.keys()

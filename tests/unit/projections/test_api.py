"""The read API: every answer held to its own description, and lists followed to their end."""

import json
from datetime import timedelta

import msgspec
import pytest
from jsonschema import Draft202012Validator, FormatChecker
from openapi_spec_validator import OpenAPIV31SpecValidator, validate

from broadsheet.projections import api_lists, facts
from broadsheet.projections.api_description import openapi
from broadsheet.projections.objects import Absent, Moved, Page
from broadsheet.story.body import PictureUse
from broadsheet.story.ids import PictureId
from broadsheet.story.records import Coverage, Retraction, StoryState, Syndication
from tests.factories.site import a_paper, answer, bytes_at
from tests.factories.story import (
    NOON,
    a_content,
    a_correction,
    a_section,
    a_story,
    a_topic,
    an_author,
    an_id,
)

FULL = a_content(
    kicker="Transport",
    dateline="HARBOR CITY",
    lead=PictureUse(picture=PictureId(an_id(3)), caption="Seen from the river."),
    topics=(a_topic().id,),
    coverage=Coverage.RUNNING,
    corrections=(a_correction(),),
)
RETRACTED = a_story(
    101,
    state=StoryState.RETRACTED,
    retraction=Retraction(reason="We could not confirm it.", at=NOON + timedelta(days=1)),
)
LOG = a_paper(a_topic(), a_story(content=FULL), RETRACTED)
ANSWERS = {  # by what the description calls what they hold
    "/api/index.json": "Index",
    "/api/sections.json": "Sections",
    "/api/stories.json": "NewestStories",
    "/api/stories/2026/11.json": "Stories",
    "/api/corrections.json": "Corrections",
    "/api/corrections/2026/11.json": "Corrections",
    f"/api/sections/{an_id(1)}.json": "SectionStories",
    f"/api/sections/{an_id(1)}/2026/11.json": "Stories",
    f"/api/authors/{an_id(2)}.json": "AuthorStories",
    f"/api/topics/{an_id(4)}.json": "TopicStories",
    "/api/oembed/2026/11/22/story-100/oembed.json": "Quotation",
}


def read(key, log=LOG):
    """Return what stands at a key."""
    return json.loads(bytes_at(key, log))


def strict(schema):
    """Return a schema in which every object holds what it names, and nothing else."""
    if isinstance(schema, list):
        return [strict(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {key: strict(value) for key, value in schema.items()}
    return {**closed, "additionalProperties": False} if "properties" in schema else closed


def faults(said, name):
    """Return what the description has against an answer."""
    schemas = strict(openapi(paper="", base_url="")["components"]["schemas"])
    if name == "Quotation":  # which may say more: authors and pictures there need not be
        schemas[name].pop("additionalProperties")
    root = {"$ref": f"#/components/schemas/{name}", "components": {"schemas": schemas}}
    checks = Draft202012Validator(root, format_checker=FormatChecker())
    return [error.message for error in checks.iter_errors(said)]


def a_run(count, *, every):
    """Return stories of one after another, the first the newest."""
    times = [NOON - n * every for n in range(count)]
    return [
        msgspec.structs.replace(
            a_story(1000 + n), first_published_at=at, updated_at=at, address=f"/s/{n}/"
        )
        for n, at in enumerate(times)
    ]


def followed(key, log, *, first="NewestStories"):
    """Return the ids of all stories a reader finds who follows a list, and the pages read."""
    found, pages = [], []
    while key:
        page = read(key, log)
        assert [] == faults(page, "Stories" if pages else first)
        pages.append(key)
        found += [story["id"] for story in page["stories"]]
        key = (page["next"] or "").removeprefix("https://paper.example")
    return list(dict.fromkeys(found)), pages


@pytest.mark.parametrize("key", ANSWERS)
def test_answer_is_as_described(key):
    """Every answer holds what the description says it holds, and nothing else."""
    assert [] == faults(read(key), ANSWERS[key])


def test_answer_that_is_not_as_described_is_found():
    """A word that is missing, or one the description does not know, is found."""
    said = read("/api/stories.json")
    (story,) = said["stories"]

    assert 1 == len(faults({**said, "total": 1}, "NewestStories"))
    assert 1 == len(faults({**said, "stories": [{**story, "published": 5}]}, "NewestStories"))
    assert 1 == len(faults({"self": said["self"], "stories": []}, "NewestStories"))


def test_description_is_openapi():
    """The description keeps to OpenAPI 3.1, and names the paper and its address."""
    said = read("/api/openapi.json")

    validate(said, cls=OpenAPIV31SpecValidator)
    assert "The Daily Test: read API" == said["info"]["title"]
    assert [{"url": "https://paper.example"}] == said["servers"]


def test_description_that_is_not_openapi_is_found():
    """A description that refers to what is not there is found."""
    said = read("/api/openapi.json")
    del said["components"]["schemas"]["Line"]

    with pytest.raises(Exception, match="Line"):
        validate(said, cls=OpenAPIV31SpecValidator)


def test_every_answer_is_described():
    """What the site offers under /api/ and what the description offers are the same."""
    paths = {path.replace(".json", "") for path in read("/api/openapi.json")["paths"]}
    kinds = {"stories", "sections", "authors", "topics", "corrections"}

    described = {path.split("/")[2] for path in paths}

    assert kinds | {"index", "oembed"} == described


def test_begin_at_the_folder():
    """The folder itself leads to where the API begins."""
    assert Moved("/api/index.json") == answer("/api/", LOG)


def test_entry_says_what_a_list_shows():
    """An entry has its story's words, people, topics, picture, times and where the whole is."""
    (story,) = read("/api/stories.json")["stories"]

    assert (FULL.headline, FULL.standfirst, "Transport", "running") == tuple(
        story[key] for key in ("headline", "standfirst", "kicker", "coverage")
    )
    assert ("World", "Ada Reporter", "Trams") == (
        story["section"]["name"],
        story["authors"][0]["name"],
        story["topics"][0]["name"],
    )
    assert ("Seen from the river.", "Ada Reporter", 1200) == tuple(
        story["picture"][key] for key in ("caption", "credit", "width")
    )
    assert f"https://paper.example/api/stories/{an_id(100)}.json" == story["item"]


def test_story_that_may_not_be_taken_is_listed_without_its_item():
    """An agency's story is listed as readers see it listed, and leads to no copy of it."""
    content = a_content(source="Wire", syndication=Syndication.BY_SOURCE)

    (story,) = read("/api/stories.json", a_paper(a_story(content=content)))["stories"]

    assert story["item"] is None


@pytest.mark.parametrize(
    "key", [key for key in ANSWERS if "corrections" not in key and "oembed" not in key]
)
def test_retracted_story_is_in_no_list(key):
    """A retracted story is in no list of stories."""
    assert RETRACTED.id not in json.dumps(read(key))


def test_corrections_tell_of_retractions():
    """The list of corrections tells of a retraction, its reason, and where the notice is."""
    retraction, note = read("/api/corrections.json")["corrections"]

    assert ("retraction", "We could not confirm it.", "2026-11-23T12:00:00Z") == tuple(
        retraction[key] for key in ("kind", "text", "at")
    )
    assert RETRACTED.id == retraction["story"]["id"]
    assert ("correction", "It was 1.", an_id(100)) == (
        note["kind"],
        note["text"],
        note["story"]["id"],
    )


@pytest.mark.parametrize("count", [0, 1, api_lists.NEWEST - 1, api_lists.NEWEST, 130])
def test_list_followed_to_its_end_is_whole(count):
    """Whoever follows a list from its newest page meets every story, the newest first."""
    stories = a_run(count, every=timedelta(days=1))

    found, _ = followed("/api/stories.json", a_paper(*stories))

    assert [story.id for story in stories] == found


def test_month_with_many_stories_leads_through_its_days(monkeypatch):
    """A month above the limit is read by its days, and its last day leads to the month before."""
    monkeypatch.setattr(facts, "MONTH_IS_CUT_ABOVE", 70)
    stories = a_run(150, every=timedelta(hours=6))

    key = f"/api/sections/{an_id(1)}.json"
    found, pages = followed(key, a_paper(*stories), first="SectionStories")

    assert [story.id for story in stories] == found
    assert f"/api/sections/{an_id(1)}/2026/11.json" == pages[1]
    assert f"/api/sections/{an_id(1)}/2026/11/22.json" == pages[2]
    assert f"/api/sections/{an_id(1)}/2026/10.json" == pages[-1]


@pytest.mark.parametrize("key", [f"/api/authors/{an_id(2)}.json", f"/api/topics/{an_id(4)}.json"])
def test_list_without_months_does_not_say_that_there_is_no_more(key):
    """Of authors and topics the newest are told, and nothing is said of what is older."""
    topic = a_topic(4)
    stories = [
        msgspec.structs.replace(each, content=a_content(topics=(topic.id,)))
        for each in a_run(api_lists.NEWEST + 1, every=timedelta(days=1))
    ]

    said = read(key, a_paper(topic, *stories))

    assert api_lists.NEWEST == len(said["stories"])
    assert "next" not in said


@pytest.mark.parametrize("key", [f"/api/authors/{an_id(2)}.json", f"/api/topics/{an_id(4)}.json"])
def test_nobody_is_told_of_who_has_no_story(key):
    """An author or topic without a live story is nowhere: a name may be that of an embargo."""
    retracted = msgspec.structs.replace(RETRACTED, content=FULL)

    assert Absent() == answer(key, a_paper(a_topic(), retracted))


def test_section_without_stories_is_there():
    """A section is in the menu before its first story, and has an empty list."""
    log = a_paper(a_section(9, name="Arts", address="/arts/", description="Stages."))

    said = read(f"/api/sections/{an_id(9)}.json", log)

    assert [] == faults(said, "SectionStories")
    assert ("Arts", [], None) == (said["section"]["name"], said["stories"], said["next"])


def test_ids_outlive_addresses():
    """What moved is where it was for programs, and says where it is for readers."""
    section = a_section(address="/globe/", former_addresses=("/world/",))
    author = an_author(address="/authors/ada/", former_addresses=("/authors/ada-reporter/",))
    log = (*LOG, section, author)

    said = read(f"/api/sections/{an_id(1)}.json", log)

    assert "https://paper.example/globe/" == said["section"]["url"]
    assert isinstance(answer(f"/api/authors/{an_id(2)}.json", log), Page)

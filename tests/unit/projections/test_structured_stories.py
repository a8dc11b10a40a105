"""What stories tell search engines, read by other parsers."""

from datetime import timedelta
from typing import Any

import pytest

from broadsheet.story.body import Gallery, PictureUse, PullQuote
from broadsheet.story.ids import AuthorId, PictureId
from broadsheet.story.records import (
    Byline,
    CorrectionKind,
    Coverage,
)
from tests.factories.site import a_paper, page_at
from tests.factories.story import (
    NOON,
    a_content,
    a_correction,
    a_paragraph,
    a_picture,
    a_story,
    a_topic,
    an_author,
    an_id,
)
from tests.factories.structured import (
    LEAD,
    PAPER,
    SIZES,
    STORY,
    an_update,
    graph_in,
    node_at,
    node_in,
)

HOUR = timedelta(hours=1)
URL = f"{PAPER}/2026/11/22/story-100/"


def story_node(*log: Any, **content: Any) -> dict[str, Any]:
    """Return what a story's page tells of a story with this content."""
    return node_at(
        "/2026/11/22/story-100/", a_paper(*log, a_story(content=a_content(**content))), *STORY
    )


def test_story_is_told_as_the_article_it_is():
    """A story is a news article with its address, language, section, topics and length."""
    told = story_node(
        a_topic(),
        topics=(a_topic().id,),
        body=(a_paragraph("One two three."),),
        dateline="HARBOR CITY",
    )

    expected = {
        "@type": "NewsArticle",
        "headline": "Council approves the new tram line",
        "description": "Work starts in spring.",
        "url": URL,
        "mainEntityOfPage": URL,
        "inLanguage": "en",
        "articleSection": "World",
        "keywords": ["Trams"],
        "wordCount": 3,
        "isAccessibleForFree": True,
        "locationCreated": {"@type": "Place", "name": "HARBOR CITY"},
    }
    assert expected == {name: told[name] for name in expected}


def test_every_author_is_an_object_of_their_own():
    """Each author shown is named alone, with their page and profiles; the paper is no person."""
    bylines = tuple(Byline(author=AuthorId(an_id(n)), role="") for n in (2, 5, 9))
    others = (
        an_author(links=("https://social.example/@ada", "javascript:alert(1)")),
        an_author(5, name="The Daily Test", address="/authors/desk/"),
    )

    told = story_node(*others, bylines=bylines)["author"]

    assert [
        (
            "Person",
            "Ada Reporter",
            f"{PAPER}/authors/ada-reporter/",
            ["https://social.example/@ada"],
        ),
        ("Organization", "The Daily Test", f"{PAPER}/authors/desk/", None),
    ] == [(each["@type"], each["name"], each["url"], each.get("sameAs")) for each in told]


def test_lead_is_offered_in_three_shapes():
    """The lead is there in 16:9, 4:3 and 1:1, at whole addresses and with its size."""
    told = story_node(a_picture(renditions=SIZES), lead=LEAD)["image"]

    assert [(1200, 675), (1200, 900), (1067, 1067)] == [
        (each["width"], each["height"]) for each in told
    ]
    assert all(each["url"].startswith(f"{PAPER}/media/{an_id(3)}/") for each in told)


def test_shapes_that_are_not_made_yet_are_the_whole_picture():
    """Until a picture's shapes are made, the whole picture is named, once."""
    told = story_node(lead=LEAD)["image"]

    assert [(1200, 800)] == [(each["width"], each["height"]) for each in told]


def test_story_without_lead_is_told_by_its_first_picture():
    """The first picture of the body that has a file stands for a story without a lead."""
    missing = PictureUse(picture=PictureId(an_id(99)), caption="")
    told = story_node(a_picture(renditions=SIZES), body=(missing, Gallery(pictures=(LEAD,))))

    assert [1200, 1200, 1067] == [each["width"] for each in told["image"]]


def test_pictures_say_whose_they_are():
    """Each picture on the page is told once, with its maker, credit, copyright and license."""
    picture = a_picture(
        creator="Mira Holm",
        copyright="© Mira Holm",
        license_url="https://creativecommons.org/licenses/by/4.0/",
        licensor_url="javascript:alert(1)",
    )
    story = a_story(content=a_content(lead=LEAD, body=(LEAD,)))

    told = node_at(story.address, a_paper(picture, story), "ImageObject")

    assert {
        "@type": "ImageObject",
        "contentUrl": f"{PAPER}/media/{an_id(3)}/abababababab-1200.jpg",
        "width": 1200,
        "height": 800,
        "caption": "The first tram crosses the old bridge.",
        "creditText": "Ada Reporter",
        "creator": {"@type": "Person", "name": "Mira Holm"},
        "copyrightNotice": "© Mira Holm",
        "license": "https://creativecommons.org/licenses/by/4.0/",
    } == told


def test_picture_of_nobody_is_told_by_the_story_alone():
    """Of a picture without any rights only the story's own entry tells."""
    story = a_story(content=a_content(lead=LEAD))

    page = page_at(story.address, a_paper(a_picture(credit=""), story))

    assert [] == [each for each in graph_in(page) if each["@type"] == "ImageObject"]
    assert 1 == len(node_in(page, *STORY)["image"])


def test_corrections_are_told_newest_first():
    """Corrections and clarifications are told with their times; other notes correct nothing."""
    notes = tuple(
        a_correction(n, at=NOON + n * HOUR, kind=kind) for n, kind in enumerate(CorrectionKind)
    )

    told = story_node(corrections=notes)["correction"]

    assert [
        ("It was 1.", "2026-11-22T14:00:00+01:00", f"{URL}#note-note-1"),
        ("It was 0.", "2026-11-22T13:00:00+01:00", f"{URL}#note-note-0"),
    ] == [(each["text"], each["datePublished"], each["url"]) for each in told]
    assert {"CorrectionComment"} == {each["@type"] for each in told}


@pytest.mark.parametrize(
    ("coverage", "end"),
    [
        (Coverage.NONE, None),
        (Coverage.RUNNING, None),
        (Coverage.ENDED, "2026-11-22T15:00:00+01:00"),
    ],
)
def test_live_story_is_a_live_blog(coverage, end):
    """A story with updates is a live blog from the first to, when it is over, the newest."""
    updates = (an_update(1), an_update(2, headline=""))

    told = story_node(body=updates, coverage=coverage)

    assert "LiveBlogPosting" == told["@type"]
    assert "2026-11-22T14:00:00+01:00" == told["coverageStartTime"]
    assert end == told.get("coverageEndTime")
    assert [
        (told["headline"], "Words 2.", "2026-11-22T15:00:00+01:00", f"{URL}#update-u2"),
        ("Update 1", "Words 1.", "2026-11-22T14:00:00+01:00", f"{URL}#update-u1"),
    ] == [
        (each["headline"], each["articleBody"], each["datePublished"], each["url"])
        for each in told["liveBlogUpdate"]
    ]


def test_coverage_without_updates_starts_with_the_story():
    """A live story that has nothing to say yet is covered from its publication on."""
    told = story_node(coverage=Coverage.RUNNING)

    assert ("LiveBlogPosting", told["datePublished"]) == (told["@type"], told["coverageStartTime"])


def test_length_counts_the_storys_own_words_once():
    """What is pulled out of the text, and what stands under pictures, is not counted."""
    body = (a_paragraph("One two."), PullQuote(text="One two", attribution=""), LEAD)

    assert 2 == story_node(body=body)["wordCount"]


def test_story_of_an_agency_names_it():
    """What an agency wrote says which."""
    told = story_node(source="Wire")

    assert {"@type": "Organization", "name": "Wire"} == told["sourceOrganization"]


def test_translations_know_each_other():
    """A translation names the work it translates, and the original its translations."""
    original = a_story(101)
    german = a_story(102, content=a_content(language="de", translation_of=original.id))
    log = a_paper(original, german)

    of_original, of_german = (node_at(each.address, log, *STORY) for each in (original, german))

    assert [of_german["@id"]] == [each["@id"] for each in of_original["workTranslation"]]
    assert of_original["@id"] == of_german["translationOfWork"]["@id"]
    assert "translationOfWork" not in of_original
    assert "workTranslation" not in of_german


def test_story_leads_to_the_paper_and_its_section():
    """A story names its publisher, the site and section it is part of, and the way to it."""
    page = page_at("/2026/11/22/story-100/", a_paper(a_story()))

    told = node_in(page, "NewsArticle")
    steps = node_in(page, "BreadcrumbList")["itemListElement"]
    site = node_in(page, "WebSite")

    publisher = {"@type": "NewsMediaOrganization", "@id": f"{PAPER}/#publisher"}
    logo = {"@type": "ImageObject", "url": f"{PAPER}/assets/logo.png", "width": 512, "height": 512}
    said = {"name": "The Daily Test", "url": f"{PAPER}/", "logo": logo}
    assert publisher | said == told["publisher"]
    assert [site["@id"], f"{PAPER}/world/"] == [each["@id"] for each in told["isPartOf"]]
    assert [
        (1, "The Daily Test", f"{PAPER}/"),
        (2, "World", f"{PAPER}/world/"),
        (3, "Council approves the new tram line", None),
    ] == [(step["position"], step["name"], step.get("item")) for step in steps]

"""What pages tell search engines of the paper, its people and its lists, read by other parsers."""

from dataclasses import replace
from datetime import timedelta

import pytest
from selectolax.lexbor import LexborHTMLParser

from broadsheet.projections.facts import Facts
from broadsheet.projections.fold import fold_of
from broadsheet.projections.objects import Absent, Stored
from broadsheet.projections.rendering import render
from broadsheet.projections.theme.loading import Logo
from broadsheet.story.records import PolicyPurpose, StoryState
from tests.factories.site import a_paper, a_theme, answer, bytes_at, objects_in, page_at
from tests.factories.story import (
    NOON,
    a_content,
    a_correction,
    a_picture,
    a_policy,
    a_story,
    a_topic,
    an_author,
    paper_settings,
)
from tests.factories.structured import (
    PAPER,
    SIZES,
    STORY,
    node_at,
    node_in,
)

HOUR = timedelta(hours=1)
LOGO = {"@type": "ImageObject", "url": f"{PAPER}/assets/logo.png", "width": 512, "height": 512}


@pytest.mark.parametrize("key", ["/", "/about/ethics/"])
def test_paper_is_told_in_full_where_it_tells_of_itself(key):
    """Front and policy pages tell the paper's accounts, its policies and how to reach it."""
    log = a_paper(
        paper_settings(profiles=("https://social.example/@p", "javascript:x")),
        *(a_policy(purpose) for purpose in PolicyPurpose),
    )

    told = node_at(key, log, "NewsMediaOrganization")

    assert {
        "@type": "NewsMediaOrganization",
        "@id": f"{PAPER}/#publisher",
        "name": "The Daily Test",
        "url": f"{PAPER}/",
        "description": "All the tests that fit",
        "logo": LOGO,
        "sameAs": ["https://social.example/@p"],
        "contactPoint": {
            "@type": "ContactPoint",
            "contactType": "newsroom",
            "url": f"{PAPER}/about/contact/",
        },
        "correctionsPolicy": f"{PAPER}/about/corrections/",
        "ethicsPolicy": f"{PAPER}/about/ethics/",
        "publishingPrinciples": f"{PAPER}/about/ethics/",
        "ownershipFundingInfo": f"{PAPER}/about/ownership/",
    } == told


def test_policies_that_do_not_exist_are_not_named():
    """A paper without policies and accounts says nothing of them."""
    told = node_at("/", a_paper(), "NewsMediaOrganization")

    assert {"@type", "@id", "name", "url", "description", "logo"} == set(told)


def test_logo_of_the_theme_is_the_papers():
    """A theme's logo stands for the paper, in its data and on cards of pages without pictures."""
    theme = replace(a_theme(), logo=Logo("/assets/logo.png", 512, 512, "image/png"))

    page = LexborHTMLParser(bytes_at("/", a_paper(), theme=theme))

    url = f"{PAPER}/assets/logo.png"
    assert {"@type": "ImageObject", "url": url, "width": 512, "height": 512} == node_in(
        page, "NewsMediaOrganization"
    )["logo"]
    assert url == page.css_first("meta[property='og:image']").attributes["content"]


AVATAR = a_picture(7, renditions=SIZES, credit="", caption="")


def test_authors_page_is_a_profile():
    """An author's page tells who they are and whom they work for, and the way to it."""
    log = a_paper(
        an_author(bio="Writes about streets.", links=("https://social.example/@ada",)), a_story()
    )

    told = node_at("/authors/ada-reporter/", log, "ProfilePage")

    assert {
        "@type": "Person",
        "@id": f"{PAPER}/authors/ada-reporter/#author",
        "name": "Ada Reporter",
        "url": f"{PAPER}/authors/ada-reporter/",
        "jobTitle": "City reporter",
        "description": "Writes about streets.",
        "sameAs": ["https://social.example/@ada"],
        "worksFor": {"@id": f"{PAPER}/#publisher"},
    } == told["mainEntity"]


def test_author_has_the_same_id_everywhere():
    """A story's author is the person their own page is about."""
    log = a_paper(a_story())

    here = node_at("/2026/11/22/story-100/", log, *STORY)["author"][0]["@id"]
    there = node_at("/authors/ada-reporter/", log, "ProfilePage")["mainEntity"]["@id"]

    assert here == there


@pytest.mark.parametrize("state", [StoryState.LIVE, StoryState.UNPUBLISHED])
def test_avatar_is_told_while_its_file_is_on_the_site(state):
    """An author's picture is named, and public, while something of theirs is live; not before."""
    log = a_paper(AVATAR, an_author(avatar=AVATAR.id), a_story(state=state))
    fold = fold_of(log)
    (file, *_) = [obj for obj in objects_in(fold).values() if obj.subject == AVATAR.id]

    public = render(file, Facts(fold), a_theme())

    if state is StoryState.LIVE:
        assert "image" in node_at("/authors/ada-reporter/", log, "ProfilePage")["mainEntity"]
        assert isinstance(public, Stored)
    else:
        assert Absent() == public == answer("/authors/ada-reporter/", log)


@pytest.mark.parametrize(
    ("key", "names"),
    [
        ("/world/", ["The Daily Test", "World"]),
        ("/topics/trams/", ["The Daily Test", "Trams"]),
        ("/archive/", ["The Daily Test", "Archive"]),
        ("/archive/2026/11/", ["The Daily Test", "Archive", "November 2026"]),
        ("/world/archive/", ["The Daily Test", "World", "Archive"]),
        ("/world/archive/2026/11/", ["The Daily Test", "World", "Archive", "November 2026"]),
        ("/corrections/", ["The Daily Test", "Corrections"]),
        (
            "/corrections/2026/11/",
            ["The Daily Test", "Corrections", "Corrections: November 2026"],
        ),
    ],
)
def test_lists_of_stories_know_the_way_to_them(key, names):
    """Every page that lists stories is a collection, with the way to it from the front."""
    content = a_content(topics=(a_topic().id,), corrections=(a_correction(),))

    page = page_at(key, a_paper(a_topic(), a_story(content=content)))

    steps = node_in(page, "BreadcrumbList")["itemListElement"]
    assert f"{PAPER}{key}" == node_in(page, "CollectionPage")["url"]
    assert names == [step["name"] for step in steps]
    assert all(step["item"].startswith(f"{PAPER}/") for step in steps[:-1])


def test_front_lists_its_stories_in_reading_order():
    """A front's list of stories is that of its cards."""
    log = a_paper(*(a_story(100 + n, first_published_at=NOON - n * HOUR) for n in range(3)))
    page = page_at("/", log)

    items = node_in(page, "CollectionPage")["mainEntity"]["itemListElement"]

    shown = [(link.text(), link.attributes["href"]) for link in page.css(".headline a")]
    assert [(name, f"{PAPER}{href}") for name, href in shown] == [
        (item["name"], item["url"]) for item in items
    ]
    assert [1, 2, 3] == [item["position"] for item in items]

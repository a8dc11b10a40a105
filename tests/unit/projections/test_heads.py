"""What a page's head tells link cards and crawlers."""

from datetime import timedelta

import pytest

from broadsheet.projections.links import x_handle
from broadsheet.projections.locales import card_locale
from broadsheet.story.body import PictureUse
from broadsheet.story.ids import AuthorId, PictureId, Sha256
from broadsheet.story.records import Byline, Rendition, Retraction, StoryState
from tests.factories.site import a_paper, page_at
from tests.factories.story import (
    NOON,
    a_content,
    a_correction,
    a_picture,
    a_policy,
    a_story,
    a_topic,
    an_author,
    an_id,
    paper_settings,
)
from tests.factories.structured import tags_in

KEY = "/2026/11/22/story-100/"
LEAD = PictureUse(picture=PictureId(an_id(3)), caption="")
INDEXED = "max-image-preview:large, max-snippet:-1, max-video-preview:-1"


def a_cut_picture(width: int, height: int) -> object:
    """Return a picture whose 16:9 part is of this size."""
    size = Rendition(
        sha256=Sha256("cd" * 32),
        width_px=width,
        height_px=height,
        format="jpeg",
        bytes=9,
        shape="16:9",
    )
    return a_picture(renditions=(*a_picture().renditions, size))


def test_story_has_all_that_link_cards_show():
    """Title, text, address, paper, language, times, section, authors and topics are told."""
    content = a_content(topics=(a_topic().id,), language="ar")
    story = a_story(content=content, updated_at=NOON + timedelta(hours=1))

    page = page_at(KEY, a_paper(a_topic(), story))

    expected = {
        "og:type": "article",
        "og:site_name": "The Daily Test",
        "og:title": content.headline,
        "og:description": content.standfirst,
        "og:url": f"https://paper.example{KEY}",
        "og:locale": "ar_EG",
        "article:published_time": "2026-11-22T13:00:00+01:00",
        "article:modified_time": "2026-11-22T14:00:00+01:00",
        "article:section": "World",
        "article:tag": "Trams",
        "author": "Ada Reporter",
        "robots": INDEXED,
        "twitter:card": "summary",
    }
    assert {name: [said] for name, said in expected.items()} == {
        name: tags_in(page, name) for name in expected
    }


def test_authors_are_told_by_name_alone():
    """Every author has a tag of their own; no address stands where readers look for a name."""
    bylines = tuple(Byline(author=AuthorId(an_id(n)), role="") for n in (2, 5))
    log = a_paper(
        an_author(5, name="علي", address="/authors/ali/"),
        a_story(content=a_content(bylines=bylines)),
    )

    page = page_at(KEY, log)

    assert ["Ada Reporter", "علي"] == tags_in(page, "author", "article:author")


def test_picture_of_a_card_is_told_with_its_size_and_words():
    """A card's picture is the widest 16:9, with type, size and alternative text."""
    log = a_paper(a_cut_picture(1200, 675), a_story(content=a_content(lead=LEAD)))

    page = page_at(KEY, log)

    names = ("og:image", "og:image:type", "og:image:width", "og:image:height", "og:image:alt")
    assert [
        f"https://paper.example/media/{an_id(3)}/cdcdcdcdcdcd-1200.jpg",
        "image/jpeg",
        "1200",
        "675",
        "A tram crossing a bridge",
    ] == tags_in(page, *names)
    assert ["summary_large_image", "A tram crossing a bridge"] == tags_in(
        page, "twitter:card", "twitter:image:alt"
    )


@pytest.mark.parametrize(("width", "height"), [(299, 168), (1, 1), (1200, 1200), (600, 900)])
def test_small_or_narrow_picture_makes_a_small_card(width, height):
    """X shows a large card for a picture that is large, and wide, enough."""
    log = a_paper(a_cut_picture(width, height), a_story(content=a_content(lead=LEAD)))

    assert ["summary"] == tags_in(page_at(KEY, log), "twitter:card")


def test_accounts_on_x_are_named():
    """The paper's and the first author's accounts on X are told, if they have one."""
    log = a_paper(
        paper_settings(profiles=("https://social.example/@p", "https://x.com/dailytest")),
        an_author(links=("https://twitter.com/ada_r/",)),
        a_story(),
    )

    assert ["@dailytest", "@ada_r"] == tags_in(page_at(KEY, log), "twitter:site", "twitter:creator")
    assert [] == tags_in(page_at(KEY, a_paper(a_story())), "twitter:site", "twitter:creator")


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("https://x.com/ada", "@ada"),
        ("https://www.twitter.com/@Ada_9", "@Ada_9"),
        ("https://x.com/ada/status/1", ""),
        ("https://x.com/search", ""),
        ("https://x.com/sixteen_letters_", ""),
        ("https://notx.com/ada", ""),
        ("https://x.com.evil.example/ada", ""),
    ],
)
def test_account_on_x_is_told_by_its_address(href, expected):
    """Only the address of an account names one."""
    assert expected == x_handle(href)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "en_US"),
        ("en-GB", "en_GB"),
        ("zh-Hans", "zh_CN"),
        ("zh-Hant", "zh_TW"),
        ("es-419", "es_ES"),
        ("x-klingon", ""),
    ],
)
def test_language_is_named_as_open_graph_does(language, expected):
    """A language without a country has the one it is most likely written in."""
    assert expected == card_locale(language)


INDEXABLE = [
    "/",
    "/world/",
    "/topics/trams/",
    "/authors/ada-reporter/",
    "/archive/",
    "/archive/2026/11/",
    "/corrections/",
    "/corrections/2026/11/",
    "/about/corrections/",
    KEY,
]


@pytest.mark.parametrize("key", INDEXABLE)
def test_page_is_open_to_search_engines(key):
    """Every kind of page may be indexed, with large pictures, under its one address."""
    content = a_content(topics=(a_topic().id,), corrections=(a_correction(),))

    page = page_at(key, a_paper(a_topic(), a_policy(), a_story(content=content)))

    assert [INDEXED] == tags_in(page, "robots")
    assert [f"https://paper.example{key}"] == tags_in(page, "og:url")
    assert 1 == len(page.css("link[rel=canonical]"))


@pytest.mark.parametrize(
    ("key", "state"),
    [
        ("/404.html", StoryState.LIVE),
        (KEY, StoryState.RETRACTED),
        (KEY, StoryState.EXPIRED),
        (KEY, StoryState.ERASED),
    ],
)
def test_page_that_says_nothing_is_not_indexed(key, state):
    """What stands where nothing is, or nothing is any more, has no card, data or address."""
    story = a_story(state=state, retraction=Retraction(reason="Untrue.", at=NOON))

    page = page_at(key, a_paper(story))

    assert ["noindex"] == tags_in(page, "robots")
    assert [] == page.css("script:not([src]), link[rel=canonical], meta[property]")


def test_months_lead_to_their_neighbors():
    """The head of a month names the months before and after it."""
    days = (NOON - timedelta(days=60), NOON - timedelta(days=30), NOON)
    log = a_paper(*(a_story(100 + n, first_published_at=at) for n, at in enumerate(days)))

    page = page_at("/archive/2026/10/", log)

    found = {each.attributes["rel"]: each.attributes["href"] for each in page.css("head link")}
    assert "/archive/2026/09/" == found["prev"]
    assert "/archive/2026/11/" == found["next"]


def test_translations_are_named_as_other_locales():
    """A card may be shown in the language its reader prefers."""
    original = a_story()
    arabic = a_story(102, content=a_content(language="ar", translation_of=original.id))

    page = page_at(KEY, a_paper(original, arabic))

    assert ["en_US", "ar_EG"] == tags_in(page, "og:locale", "og:locale:alternate")

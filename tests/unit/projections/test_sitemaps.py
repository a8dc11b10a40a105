"""Sitemaps, held to the published schemas."""

from datetime import UTC, datetime, timedelta

import pytest
from lxml import etree

from broadsheet.projections.facts import Facts
from broadsheet.projections.fold import fold_of
from broadsheet.projections.objects import Absent
from broadsheet.projections.rendering import render
from broadsheet.projections.sitemaps import news_language
from broadsheet.story.ids import Address
from broadsheet.story.records import PAPER, NewsWindow, PolicyPurpose, StoryState
from tests.counts import note_used
from tests.factories.inputs import INPUTS
from tests.factories.site import (
    a_paper,
    a_theme,
    answer,
    bytes_at,
    objects_in,
    page_at,
    text_at,
    xml_at,
)
from tests.factories.story import NOON, a_content, a_policy, a_section, a_story

FOLDER = INPUTS / "conformance" / "sitemaps"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
WINDOW = NewsWindow(id=PAPER, opens_at=NOON - timedelta(hours=48))
BOTH_SCHEMAS = """
<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema">
  <xsd:import namespace="{map}" schemaLocation="{folder}/sitemap.xsd"/>
  <xsd:import namespace="{news}" schemaLocation="{folder}/sitemap-news.xsd"/>
</xsd:schema>
"""


def schema(name: str) -> etree.XMLSchema:
    """Return one of the published schemas."""
    note_used(FOLDER / name)
    return etree.XMLSchema(etree.parse(str(FOLDER / name)))


def news_schema() -> etree.XMLSchema:
    """Return the sitemap and news schemas as one: the first takes others' elements strictly."""
    note_used(FOLDER / "sitemap.xsd", FOLDER / "sitemap-news.xsd")
    text = BOTH_SCHEMAS.format(map=MAP[1:-1], news=NEWS[1:-1], folder=FOLDER.as_uri())
    return etree.XMLSchema(etree.fromstring(text))


def locations(key, log) -> list[str]:
    """Return the addresses a sitemap names."""
    return [found.text or "" for found in xml_at(key, log).iter(f"{MAP}loc")]


def test_sitemaps_are_valid():
    """Index, month, pages and news sitemaps are valid by the schemas their formats publish."""
    log = a_paper(
        a_story(1, address=Address("/2026/11/22/خط & <more>/")),
        a_story(2, content=a_content(language="zh-Hant")),
        WINDOW,
    )
    index, month, pages, news = (
        etree.fromstring(bytes_at(key, log))
        for key in (
            "/sitemap.xml",
            "/sitemaps/2026-11.xml",
            "/sitemaps/pages.xml",
            "/sitemaps/news.xml",
        )
    )

    schema("siteindex.xsd").assertValid(index)
    schema("sitemap.xsd").assertValid(month)
    schema("sitemap.xsd").assertValid(pages)
    news_schema().assertValid(news)


def test_invalid_sitemap_is_caught():
    """A news sitemap without a date, and a sitemap without an address, fail the schemas."""
    log = a_paper(a_story(), WINDOW)
    news = etree.fromstring(bytes_at("/sitemaps/news.xml", log))
    month = etree.fromstring(bytes_at("/sitemaps/2026-11.xml", log))
    for root, name in ((news, f"{NEWS}publication_date"), (month, f"{MAP}loc")):
        planted = next(root.iter(name))
        planted.getparent().remove(planted)

    assert not news_schema().validate(news)
    assert not schema("sitemap.xsd").validate(month)


def test_index_names_periods_and_news():
    """The index names each month with its newest update, the pages and the news sitemap."""
    old = datetime(2026, 3, 1, 12, tzinfo=UTC)
    log = a_paper(
        a_story(1, first_published_at=old, updated_at=NOON),
        a_story(2, updated_at=NOON + timedelta(hours=1)),
        WINDOW,
    )

    index = xml_at("/sitemap.xml", log)

    found = [tuple(element.text for element in sitemap) for sitemap in index]
    base = "https://paper.example/sitemaps"
    assert [
        (f"{base}/pages.xml",),
        (f"{base}/news.xml", "2026-11-22T13:00:00Z"),
        (f"{base}/2026-11.xml", "2026-11-22T13:00:00Z"),
        (f"{base}/2026-03.xml", "2026-11-22T12:00:00Z"),
    ] == found


def test_large_month_is_cut_into_days():
    """Above two hundred stories a month's sitemap makes way for its days'."""
    log = a_paper(*(a_story(1000 + n) for n in range(201)))

    assert Absent() == answer("/sitemaps/2026-11.xml", log)
    assert 201 == len(locations("/sitemaps/2026-11-22.xml", log))
    assert ["https://paper.example/sitemaps/2026-11-22.xml"] == locations("/sitemap.xml", log)[1:]


def test_large_month_is_whole_again_when_it_is_over():
    """A month cut into days has one sitemap again once a later month has a story."""
    next_month = datetime(2026, 12, 1, 12, tzinfo=UTC)
    later = a_story(1, first_published_at=next_month, updated_at=next_month)
    log = a_paper(*(a_story(1000 + n) for n in range(201)), later)

    assert 201 == len(locations("/sitemaps/2026-11.xml", log))
    assert Absent() == answer("/sitemaps/2026-11-22.xml", log)
    assert [
        "https://paper.example/sitemaps/2026-12.xml",
        "https://paper.example/sitemaps/2026-11.xml",
    ] == locations("/sitemap.xml", log)[1:]


@pytest.mark.parametrize("state", [s for s in StoryState if s is not StoryState.LIVE])
def test_only_live_stories_are_mapped(state):
    """A story that is not live is in no sitemap."""
    log = a_paper(a_story(1), a_story(2, state=state), WINDOW)

    maps = [locations(key, log) for key in ("/sitemaps/2026-11.xml", "/sitemaps/news.xml")]

    assert [["https://paper.example/2026/11/22/story-1/"]] * 2 == maps


def test_news_ends_with_its_window():
    """The news sitemap has stories first published since the window opened, and no others."""
    before = WINDOW.opens_at - timedelta(microseconds=1)
    log = a_paper(
        a_story(1, first_published_at=before, updated_at=NOON),
        a_story(2, first_published_at=WINDOW.opens_at),
        WINDOW,
    )

    assert ["https://paper.example/2026/11/22/story-2/"] == locations("/sitemaps/news.xml", log)


def test_news_entry_follows_googles_rules():
    """A news entry has the paper's name, the story's language, first publication and title."""
    story = a_story(updated_at=NOON + timedelta(hours=1))

    root = xml_at("/sitemaps/news.xml", a_paper(story, WINDOW))

    texts = {found.tag.removeprefix(NEWS): found.text for found in root.iter() if found.text}
    assert "The Daily Test" == texts["name"]
    assert "en" == texts["language"]
    assert "2026-11-22T12:00:00Z" == texts["publication_date"]
    assert story.content.headline == texts["title"]


def test_news_sitemap_holds_a_thousand():
    """Google reads a thousand entries: the newest are kept."""
    log = a_paper(*(a_story(1000 + n) for n in range(1001)), WINDOW)

    found = locations("/sitemaps/news.xml", log)

    assert 1000 == len(found)
    assert "https://paper.example/2026/11/22/story-2000/" == found[0]


def test_empty_sitemap_is_absent():
    """A sitemap must have an entry; without one there is none, and nothing names it."""
    log = a_paper()

    assert Absent() == answer("/sitemaps/news.xml", log)
    assert ["https://paper.example/sitemaps/pages.xml"] == locations("/sitemap.xml", log)
    assert b"news.xml" not in bytes_at("/robots.txt", log)


def test_pages_that_are_no_storys_are_mapped():
    """Fronts, archive, corrections and the policies that have a text are in a sitemap of pages."""
    log = a_paper(
        a_section(5, name="Culture", address="/culture/"),
        a_policy(PolicyPurpose.ETHICS),
        a_policy(PolicyPurpose.CONTACT, body=()),
    )

    paths = ["/", "/world/", "/culture/", "/archive/", "/corrections/", "/about/ethics/"]
    expected = [f"https://paper.example{path}" for path in paths]
    assert expected == locations("/sitemaps/pages.xml", log)


def test_publishing_leaves_the_pages_sitemap_alone():
    """It reads no story and no list: whatever is published, it is not written again."""
    fold = fold_of(a_paper(a_story()))
    facts = Facts(fold)

    render(objects_in(fold)["/sitemaps/pages.xml"], facts, a_theme())

    assert set() == facts.windows
    assert {"paper/paper/menu", "paper/paper/policies", "settings/paper/base_url"} == set(
        facts.facts
    )


def test_news_title_is_the_one_on_the_page():
    """The title is the page's headline, and neither the paper's name nor an author is in it."""
    story = a_story(content=a_content(headline="Trams & bridges"))
    log = a_paper(story, WINDOW)

    title = next(xml_at("/sitemaps/news.xml", log).iter(f"{NEWS}title")).text

    assert text_at(page_at(story.address, log), "h1") == title


@pytest.mark.parametrize(
    ("language", "named"),
    [
        ("en", "en"),
        ("pt-BR", "pt"),
        ("zh-Hans", "zh-cn"),
        ("zh-Hant-TW", "zh-tw"),
        ("zh-TW", "zh-tw"),
        ("ast", "ast"),
    ],
)
def test_language_is_named_as_google_does(language, named):
    """Languages have two or three letters, but for the two ways to write Chinese."""
    assert named == news_language(language)

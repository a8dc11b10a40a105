"""Which objects there are, and the smaller outputs."""

import shutil
from dataclasses import replace
from importlib import resources

import pytest

from broadsheet.projections.catalog import (
    objects_of,
    objects_of_period,
    objects_of_theme,
    period_of_subject,
)
from broadsheet.projections.facts import Facts
from broadsheet.projections.fold import fold_of
from broadsheet.projections.lists import HOME, author_list, section_list
from broadsheet.projections.objects import Absent, Object, ObjectKey, Page, Recipe, Stored
from broadsheet.projections.rendering import render
from broadsheet.projections.theme.loading import generation, load_theme
from broadsheet.story.body import PictureUse
from broadsheet.story.ids import PictureId, Sha256
from broadsheet.story.records import Rendition, StoryState
from tests.factories.site import a_paper, a_theme, answer, bytes_at, objects_in, page_at, text_at
from tests.factories.story import (
    a_content,
    a_picture,
    a_section,
    a_story,
    an_author,
    an_id,
    paper_settings,
)

RENDITION_KEY = f"/media/{an_id(3)}/abababababab-1200.jpg"
SHOWING = a_content(lead=PictureUse(picture=PictureId(an_id(3)), caption=""))


def keys_of(record):
    """Return the keys and recipes a record calls for."""
    return {obj.key: obj.recipe for obj in objects_of(record)}


def test_record_calls_for_its_address_and_former_ones():
    """A story has an object at each address it ever had, and so have an author and their feeds."""
    story = a_story(former_addresses=("/a/", "/b/"))
    author = an_author(former_addresses=("/authors/a/",))
    feeds = {"rss": Recipe.RSS, "atom": Recipe.ATOM, "json": Recipe.JSON_FEED}

    assert {
        story.address: Recipe.STORY,
        "/a/": Recipe.MOVED_STORY,
        "/b/": Recipe.MOVED_STORY,
        f"/api/stories/{story.id}.json": Recipe.NINJS,
        "/api/oembed/2026/11/22/story-100/oembed.json": Recipe.OEMBED,
        "/api/oembed/a/oembed.json": Recipe.OEMBED,
        "/api/oembed/b/oembed.json": Recipe.OEMBED,
    } == keys_of(story)
    assert {
        author.address: Recipe.AUTHOR,
        "/authors/a/": Recipe.MOVED_AUTHOR,
        **{f"/feeds/authors/ada-reporter.{suffix}": feeds[suffix] for suffix in feeds},
        **{f"/feeds/authors/a.{suffix}": feeds[suffix] for suffix in feeds},
        f"/api/authors/{author.id}.json": Recipe.API_NEWEST,
    } == keys_of(author)


def test_paper_calls_for_its_own_outputs():
    """Settings call for front, feeds, archives, sitemaps, robots and the page for nothing."""
    expected = {
        "/",
        "/feeds/site.rss",
        "/feeds/site.atom",
        "/feeds/site.json",
        "/feeds/corrections.rss",
        "/feeds/corrections.atom",
        "/feeds/corrections.json",
        "/archive/",
        "/corrections/",
        "/trending/",
        "/_fragments/trending.html",
        "/sitemap.xml",
        "/sitemaps/pages.xml",
        "/sitemaps/news.xml",
        "/robots.txt",
        "/404.html",
        "/503.html",
        "/api/",
        "/api/index.json",
        "/api/openapi.json",
        "/api/sections.json",
        "/api/stories.json",
        "/api/corrections.json",
    }

    assert expected == set(keys_of(paper_settings()))


def test_period_calls_for_archive_and_sitemap():
    """A month or day of the paper has archive page, sitemap and list; of a section, no sitemap."""
    section = a_section(former_addresses=("/globe/",))
    name = section_list(section.id)

    home = objects_of_period(HOME, "2026-11-22", None)
    month = objects_of_period(name, "2026-11", section)

    assert [
        ("/archive/2026/11/22/", Recipe.ARCHIVE_DAY),
        ("/sitemaps/2026-11-22.xml", Recipe.SITEMAP_PERIOD),
        ("/api/stories/2026/11/22.json", Recipe.API_PERIOD),
    ] == [(obj.key, obj.recipe) for obj in home]
    assert [
        "/world/archive/2026/11/",
        "/globe/archive/2026/11/",
        f"/api/sections/{section.id}/2026/11.json",
    ] == [obj.key for obj in month]
    assert {(name, "2026-11")} == {period_of_subject(obj.subject) for obj in month}


def test_other_lists_have_no_archive():
    """An author's list, and a section's without its record, call for nothing."""
    assert () == objects_of_period(author_list(an_author().id), "2026-11", None)
    assert () == objects_of_period(section_list(a_section().id), "2026-11", None)


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (StoryState.LIVE, Stored("ab" * 32)),
        (StoryState.UNPUBLISHED, Absent()),
        (StoryState.RETRACTED, Absent()),
    ],
)
def test_picture_is_public_while_a_live_story_shows_it(state, expected):
    """A picture's file is there while one live story shows it, and leaves with the last."""
    log = a_paper(a_story(content=SHOWING, state=state))

    assert expected == answer(RENDITION_KEY, log)


def test_picture_no_story_shows_is_private():
    """A picture in the log alone is not public."""
    assert Absent() == answer(RENDITION_KEY, a_paper(a_story()))


def test_replaced_picture_leaves():
    """When a picture gets other bytes, the old file's address is empty."""
    size = Rendition(sha256=Sha256("cd" * 32), width_px=800, height_px=600, format="webp", bytes=9)
    log = a_paper(a_story(content=SHOWING), a_picture(renditions=(size,)))

    assert Absent() == answer(RENDITION_KEY, log)
    assert Stored("cd" * 32) == answer(f"/media/{an_id(3)}/cdcdcdcdcdcd-800.webp", log)


def test_page_offers_better_formats_first():
    """A figure offers AVIF, then WebP, then what every browser shows, each by width."""
    sizes = tuple(
        Rendition(
            sha256=Sha256(f"{n:02}" * 32), width_px=width, height_px=width, format=form, bytes=1
        )
        for n, (form, width) in enumerate(
            [("jpeg", 1600), ("jpeg", 800), ("webp", 1600), ("avif", 1600), ("avif", 800)]
        )
    )
    story = a_story(content=SHOWING)

    page = page_at(story.address, a_paper(a_picture(renditions=sizes), story))

    sources = [source.attributes["type"] for source in page.css(".lead source")]
    image = page.css_first(".lead img").attributes
    assert ["image/avif", "image/webp"] == sources
    assert (image["src"] or "").endswith("/000000000000-1600.jpg")
    assert 2 == (image["srcset"] or "").count(".jpg")


def test_assets_are_the_themes():
    """An asset's address names its bytes; an older theme's is not there any more."""
    theme = load_theme()
    assets = {obj.key: obj for obj in objects_of_theme(theme)}
    older = Object(ObjectKey("/assets/site.000000000000.css"), Recipe.ASSET, "")
    facts = Facts(fold_of(a_paper()))

    assert {theme.style_key, theme.script_key, "/favicon.ico"} < assets.keys()
    for key, data in theme.assets.items():
        assert Page(data) == render(assets[key], facts, theme)
    assert Absent() == render(older, facts, theme)


@pytest.mark.parametrize("module", ["story_page.py", "structured/nodes.py"])
def test_code_that_renders_is_part_of_the_generation(module, tmp_path, monkeypatch):
    """A change of any module that renders, however deep it lies, is another generation."""
    for package in ("story", "projections"):
        shutil.copytree(resources.files(f"broadsheet.{package}"), tmp_path / "broadsheet" / package)
    monkeypatch.setattr(resources, "files", lambda name: tmp_path / name.replace(".", "/"))
    before = generation(load_theme())

    with (tmp_path / "broadsheet" / "projections" / module).open("a") as file:
        file.write("# Changed.\n")

    assert before != generation(load_theme())


def test_generation_names_what_renders():
    """Another theme or another version of what renders is another generation."""
    theme = load_theme()
    generations = {
        generation(theme),
        generation(replace(theme, hash="0")),
        generation(replace(theme, versions=(("jinja2", "0"),))),
    }

    assert 3 == len(generations)
    assert generation(theme) == generation(load_theme())


def test_robots_names_the_sitemaps():
    """robots.txt keeps crawlers from the desk and names the index of all sitemaps."""
    text = bytes_at("/robots.txt", a_paper()).decode()

    assert "Disallow: /desk/\n" in text
    assert "Sitemap: https://paper.example/sitemap.xml\n" in text
    assert 1 == text.count("Sitemap:")


def test_page_for_nothing_helps_on():
    """The page for a wrong address says so and leads to the front page."""
    page = page_at("/404.html", a_paper())

    assert "There is no such page" == text_at(page, "h1")
    assert page.css_first(".notice a[href='/']") is not None


def test_rendering_twice_gives_the_same_bytes():
    """Every object of a log renders alike each time: nothing but the log is read."""
    fold = fold_of(a_paper(a_story(content=SHOWING)))

    for obj in objects_in(fold).values():
        assert render(obj, Facts(fold), a_theme()) == render(obj, Facts(fold), a_theme())

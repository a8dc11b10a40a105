"""What other sites show of a link to a story."""

import json

import pytest
from selectolax.lexbor import LexborHTMLParser

from broadsheet.projections.objects import Absent, Moved
from broadsheet.story.body import PictureUse
from broadsheet.story.ids import Address, PictureId, Sha256
from broadsheet.story.records import Byline, Rendition, StoryState
from tests.factories.site import a_paper, answer, bytes_at, page_at, text_at
from tests.factories.story import NOON, a_content, a_picture, a_story, an_author, an_id

KEY = "/api/oembed/2026/11/22/story-100/oembed.json"
SHOWING = a_content(lead=PictureUse(picture=PictureId(an_id(3)), caption=""))


def said_of(story, *records):
    """Return the answer about a story."""
    return json.loads(bytes_at(KEY, a_paper(*records, story)))


def a_size(width_px, shape="16:9", form="jpeg"):
    """Return one size of a picture."""
    return Rendition(
        sha256=Sha256(f"{width_px:064}"),
        width_px=width_px,
        height_px=width_px * 9 // 16,
        format=form,
        bytes=1,
        shape=shape,
    )


def test_answer_says_what_the_specification_wants():
    """An answer has version, type, title, author, paper, a quotation, its size, and its time."""
    said = said_of(a_story())

    quoted = LexborHTMLParser(said["html"])
    assert ("1.0", "rich") == (said["version"], said["type"])
    assert "Council approves the new tram line" == said["title"] == text_at(quoted, "a")
    assert "Work starts in spring." == text_at(quoted, "p:nth-of-type(2)")
    assert ("Ada Reporter", "https://paper.example/authors/ada-reporter/") == (
        said["author_name"],
        said["author_url"],
    )
    assert ("The Daily Test", "https://paper.example/") == (
        said["provider_name"],
        said["provider_url"],
    )
    assert {"width", "height", "cache_age"} <= said.keys()
    assert "thumbnail_url" not in said
    assert (
        "https://paper.example/2026/11/22/story-100/" == (quoted.css_first("a").attributes["href"])
    )


def test_thumbnails_are_cut_to_links_shape():
    """A picture's files of 16:9 are offered, the widest first; then what is smaller, whole."""
    whole = (a_size(1200, shape=""), a_size(400, shape=""))
    sizes = (a_size(800), a_size(1600), a_size(1600, form="webp"), *whole)
    picture = a_picture(renditions=sizes)

    said = said_of(a_story(content=SHOWING), picture)

    assert [1600, 800, 400] == [each["thumbnail_width"] for each in said["thumbnails"]]
    assert (1600, 900) == (said["thumbnail_width"], said["thumbnail_height"])
    assert said["thumbnail_url"].startswith(f"https://paper.example/media/{an_id(3)}/")


def test_two_authors_have_no_one_address():
    """Several authors are all named, and no address is given as that of all."""
    bylines = tuple(Byline(author=an_id(n), role="") for n in (2, 8))
    ben = an_author(8, name="Ben Writer", address=Address("/authors/ben/"))

    said = said_of(a_story(content=a_content(bylines=bylines)), ben)

    assert "Ada Reporter, Ben Writer" == said["author_name"]
    assert "author_url" not in said


@pytest.mark.parametrize(
    "state", [state for state in StoryState if state is not StoryState.LIVE], ids=lambda s: s.value
)
def test_nothing_is_said_of_what_is_not_live(state):
    """A story that was taken down, for now or for good, is not quoted anywhere."""
    assert Absent() == answer(KEY, a_paper(a_story(state=state)))


def test_answer_moves_with_its_story():
    """At a story's former address the answer leads to the present one."""
    story = a_story(former_addresses=("/old/",))

    assert Moved(KEY) == answer("/api/oembed/old/oembed.json", a_paper(story))


def test_page_leads_to_the_answer():
    """A story's page names its answer, percent-encoded, as readers of links look for it."""
    story = a_story(address=Address("/2026/11/22/خط/"))

    link = page_at(story.address, a_paper(story)).css_first("link[type='application/json+oembed']")

    assert (
        "https://paper.example/api/oembed/2026/11/22/%D8%AE%D8%B7/oembed.json"
        == (link.attributes["href"])
    )
    assert story.content.headline == link.attributes["title"]


def test_address_too_long_has_no_answer():
    """A story whose address leaves no room for one has a page without that link."""
    story = a_story(address=Address(f"/{'/'.join(['a' * 200] * 2)}/{'b' * 90}/"))
    log = a_paper(story)

    assert page_at(story.address, log).css_first("link[type='application/json+oembed']") is None


def test_direction_and_date_are_the_languages():
    """A quotation in Arabic runs from the right, and is dated as Arabic is."""
    said = said_of(a_story(content=a_content(language="ar"), first_published_at=NOON))

    quote = LexborHTMLParser(said["html"]).css_first("blockquote")
    assert ("ar", "rtl") == (quote.attributes["lang"], quote.attributes["dir"])

"""The full text of feed entries: what the story's page says, as plain HTML with whole addresses."""

from dataclasses import replace
from datetime import timedelta
from itertools import chain

import jinja2
import pytest

from broadsheet.projections.facets import fact
from broadsheet.projections.facts import Facts
from broadsheet.projections.fold import fold_of
from broadsheet.projections.rendering import render
from broadsheet.story.body import (
    Embed,
    FactBox,
    Gallery,
    Heading,
    Paragraph,
    PictureUse,
    Points,
    PullQuote,
    Quote,
    Run,
    Table,
    Update,
)
from broadsheet.story.ids import PictureId
from broadsheet.story.records import Retraction, StoryState
from tests.factories.feeds import FORMATS, contents_at, text_of_newest
from tests.factories.site import a_paper, a_theme, objects_in, texts_at
from tests.factories.story import (
    NOON,
    a_content,
    a_correction,
    a_paragraph,
    a_picture,
    a_story,
    an_author,
    an_id,
)
from tests.factories.texts import HOSTILE

EVERYTHING_HOSTILE = "".join(HOSTILE)
PLAIN_ELEMENTS = {
    *("a", "bdi", "em", "small", "span", "strong", "time", "cite"),
    *("p", "h2", "h3", "ol", "ul", "li", "blockquote", "aside", "section", "div"),
    *("figure", "figcaption", "img"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td"),
}
PLAIN_ATTRIBUTES = {"href", "src", "alt", "width", "height", "lang", "dir", "datetime", "scope"}


def picture_use(number=3, caption=""):
    """Return one use of a picture."""
    return PictureUse(picture=PictureId(an_id(number)), caption=caption)


def every_block(words):
    """Return a body that says the same words in every place of every kind of block."""
    runs = (Run(text=words), Run(text=words, strong=True, emphasis=True, href="/about/ethics/"))
    points = Points(items=(runs,), is_numbered=True)
    text = (Paragraph(runs=runs), points)
    return (
        *text,
        Heading(text=words),
        Quote(text=words, attribution=words),
        PullQuote(text=words, attribution=words),
        picture_use(caption=words),
        Table(
            caption=words,
            rows=((words, words), (words, words)),
            has_header_row=True,
            has_header_column=True,
        ),
        FactBox(title=words, text=text),
        Gallery(pictures=(picture_use(caption=words),)),
        Update(id="u1", at=NOON, headline=words, text=text),
        Embed(url="https://video.example/1", provider=words, title=words, author=words),
        Embed(url="javascript:alert(1)", provider=words, title=words, author=words),
    )


def a_full_story(words="Words", **changes):
    """Return a story that has everything a story may have."""
    notes = (a_correction(text=words),)
    content = a_content(
        standfirst=words,
        lead=picture_use(caption=words),
        dateline=words,
        body=every_block(words),
        corrections=notes,
    )
    return a_story(content=content, **changes)


def unplain(text):
    """Return the elements and attributes of a text that are more than plain."""
    found = text.body.css("*")
    elements = {node.tag for node in found} - {"body"}
    attributes = set(chain.from_iterable(node.attributes for node in found))
    return (elements - PLAIN_ELEMENTS) | (attributes - PLAIN_ATTRIBUTES)


def test_each_format_has_the_same_full_text():
    """RSS, Atom and JSON Feed carry one and the same HTML."""
    contents = contents_at("/feeds/site", a_paper(a_full_story()))

    assert set(FORMATS) == contents.keys()
    assert 1 == len(set(contents.values()))


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("aside p", "It was 1."),
        ("div > p > strong", "Work starts in spring."),
        ("p > bdi", "HARBOR CITY"),
        ("p", "The council met on Tuesday."),
    ],
)
def test_text_has_all_a_page_has(place, expected):
    """Notes, standfirst, dateline and body stand in the text."""
    content = a_content(dateline="HARBOR CITY", corrections=(a_correction(),))

    text = text_of_newest(a_paper(a_story(content=content)))

    assert expected in texts_at(text, place)


def test_notes_open_the_text_newest_first():
    """Corrections stand above everything, the newest first, each with its kind and time."""
    notes = (a_correction(1), a_correction(2, at=NOON + timedelta(hours=1)))

    text = text_of_newest(a_paper(a_story(content=a_content(corrections=notes))))

    assert ["It was 2.", "It was 1."] == texts_at(text, "div > aside:nth-child(-n+2) > p + p")
    assert ["Correction", "Correction"] == texts_at(text, "aside strong")
    assert "2026-11-22T14:00:00+01:00" == text.css_first("aside time").attributes["datetime"]


def test_every_address_is_whole():
    """Links and pictures lead to the paper wherever the text is read; nothing is to choose from."""
    text = text_of_newest(a_paper(a_full_story()))

    links = {node.attributes["href"] for node in text.css("a")}
    pictures = {node.attributes["src"] for node in text.css("img")}
    assert {"https://paper.example/about/ethics/", "https://video.example/1"} == links
    assert {f"https://paper.example/media/{an_id(3)}/abababababab-1200.jpg"} == pictures
    assert [] == text.css("[srcset], picture, source")


def test_picture_stands_with_all_its_words():
    """A picture has its size, its alternative text, its caption for this use and its credit."""
    content = a_content(lead=picture_use(caption="Our bridge"), body=())

    text = text_of_newest(a_paper(a_story(content=content)))

    image = text.css_first("figure img").attributes
    assert ("A tram crossing a bridge", "1200", "800") == (
        image["alt"],
        image["width"],
        image["height"],
    )
    assert ["Our bridge Ada Reporter"] == texts_at(text, "figcaption")


def test_awaited_picture_is_left_out():
    """No place is kept free in a feed for a picture whose sizes are still being made."""
    awaited = a_picture(renditions=(), width_px=2400, height_px=1600)
    content = a_content(lead=picture_use(), body=(picture_use(), a_paragraph()))

    text = text_of_newest(a_paper(awaited, a_story(content=content)))

    assert [] == text.css("figure, img, svg")


def test_direction_and_language_travel_with_the_text():
    """A text says which way it runs, whatever page a reader sets it into."""
    text = text_of_newest(a_paper(a_story(content=a_content(language="ar"))))

    whole = text.css_first("div").attributes
    assert ("ar", "rtl") == (whole["lang"], whole["dir"])


def test_nothing_but_plain_elements():
    """Whatever is written, no script, style, frame or handler gets into a feed."""
    log = a_paper(
        an_author(name=EVERYTHING_HOSTILE),
        a_picture(alternative_text=EVERYTHING_HOSTILE, credit=EVERYTHING_HOSTILE),
        a_full_story(EVERYTHING_HOSTILE),
    )

    text = text_of_newest(log)

    assert set() == unplain(text)
    assert not [node for node in text.css("a") if "script" in node.attributes["href"]]


def test_theme_that_escapes_nothing_is_caught():
    """The broken twin: without escaping, the same look finds elements that are not plain."""
    theme = a_theme()
    sloppy = jinja2.Environment(  # noqa: S701  # the fault this test plants
        loader=theme.templates["feed_entry.html"].environment.loader,
        undefined=jinja2.StrictUndefined,
    )
    sloppy.filters["inline"] = lambda runs, _base: "".join(run.text for run in runs)
    planted = replace(
        theme,
        templates={**theme.templates, "feed_entry.html": sloppy.get_template("feed_entry.html")},
    )

    text = text_of_newest(a_paper(a_full_story(EVERYTHING_HOSTILE)), theme=planted)

    assert {"script", "onerror"} <= unplain(text)


def test_retracted_story_is_read_no_further():
    """The text of a retracted story's entry is its notice: its words and pictures are not read."""
    retraction = Retraction(reason="We could not confirm it.", at=NOON + timedelta(days=1))
    story = a_full_story(state=StoryState.RETRACTED, retraction=retraction)
    fold = fold_of(a_paper(story))
    facts = Facts(fold)

    render(objects_in(fold)["/feeds/site.rss"], facts, a_theme())

    assert fact("story", story.id, "body") not in facts.facts
    assert not [name for name in facts.facts if name.startswith("picture/")]
    text = text_of_newest(a_paper(story))
    assert ["We could not confirm it."] == texts_at(text, "p")[1:]
    assert "Retracted" == texts_at(text, "strong")[0]


def test_change_of_a_body_is_a_change_of_its_feeds():
    """A feed records the bodies it shows, so that it is found out of date with them."""
    fold = fold_of(a_paper(a_story()))
    facts = Facts(fold)

    render(objects_in(fold)["/feeds/world.json"], facts, a_theme())

    assert fact("story", a_story().id, "body") in facts.facts


def test_what_was_made_once_is_not_taken_for_another():
    """Two papers, or two versions of a story, never get each other's text."""
    first, second = a_story(), a_story(content=a_content(body=(a_paragraph("Another text."),)))

    texts = [text_of_newest(a_paper(story)).body.text() for story in (first, second, first)]

    assert texts[0] == texts[2]
    assert "Another text." in texts[1]

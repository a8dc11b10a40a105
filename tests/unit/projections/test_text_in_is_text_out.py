"""
Whatever may be written arrives unchanged in every output.

Pages are read back by a browser's parser (Lexbor), XML by expat, neither of which wrote
anything here.
"""

from dataclasses import replace
from html import unescape

import jinja2
from hypothesis import example, given, settings
from selectolax.lexbor import LexborHTMLParser

from broadsheet.projections.theme.loading import Theme
from broadsheet.story.body import (
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
from broadsheet.story.records import PAPER, Correction, CorrectionKind, NewsWindow, Record
from broadsheet.story.text import flaws
from tests.factories.feeds import ATOM, CONTENT, DC, MEDIA, json_at
from tests.factories.site import a_paper, a_theme, bytes_at, text_at, xml_at
from tests.factories.story import (
    NOON,
    a_content,
    a_picture,
    a_section,
    a_story,
    a_topic,
    an_author,
    an_id,
    paper_settings,
)
from tests.factories.structured import node_in
from tests.factories.texts import HOSTILE, WRITTEN

NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
EVERYTHING_HOSTILE = "".join(HOSTILE)


def log_saying(text: str) -> tuple[Record, ...]:
    """Return a log in which everything a person can write says one text."""
    use = PictureUse(picture=PictureId(an_id(3)), caption=text)
    body = (
        Paragraph(runs=(Run(text=text), Run(text=text, strong=True, emphasis=True))),
        Heading(text=text),
        Quote(text=text, attribution=text),
        PullQuote(text=text, attribution=text),
        Points(items=((Run(text=text),),), is_numbered=True),
        Table(
            caption=text,
            rows=((text, text), (text, text)),
            has_header_row=True,
            has_header_column=True,
        ),
        FactBox(title=text, text=(Paragraph(runs=(Run(text=text),)),)),
        Gallery(pictures=(use,)),
        Update(id="u1", at=NOON, headline=text, text=(Paragraph(runs=(Run(text=text),)),)),
    )
    note = Correction(id="c1", kind=CorrectionKind.CORRECTION, at=NOON, text=text)
    content = a_content(
        kicker=text,
        headline=text,
        standfirst=text,
        dateline=text,
        lead=use,
        body=body,
        corrections=(note,),
        topics=(a_topic().id,),
    )
    return a_paper(
        paper_settings(name=text, tagline=text),
        a_section(name=text, description=text),
        an_author(name=text, role=text, bio=text),
        a_picture(alternative_text=text, credit=text),
        a_topic(name=text, description=text),
        a_story(content=content),
        NewsWindow(id=PAPER, opens_at=NOON),
    )


def told_by(page: LexborHTMLParser) -> dict[str, str]:
    """Return what the structured data of a story's page says, by place."""
    told = node_in(page, "LiveBlogPosting")
    return {
        "headline": told["headline"],
        "description": told["description"],
        "section": told["articleSection"],
        "author": told["author"][0]["name"],
        "topic": told["keywords"][0],
        "paper": told["publisher"]["name"],
        "place": told["locationCreated"]["name"],
        "note": told["correction"][0]["text"],
        "update": told["liveBlogUpdate"][0]["articleBody"],
        "caption": node_in(page, "ImageObject")["caption"],
        "credit": node_in(page, "ImageObject")["creditText"],
        "step": node_in(page, "BreadcrumbList")["itemListElement"][-1]["name"],
    }


def changed_on_pages(text: str, theme: Theme) -> set[str]:
    """Return the places of the story page and the fronts that do not say the text."""
    log = log_saying(text)
    story = LexborHTMLParser(bytes_at("/2026/11/22/story-100/", log, theme=theme))
    front = LexborHTMLParser(bytes_at("/world/", log, theme=theme))
    author = LexborHTMLParser(bytes_at("/authors/ada-reporter/", log, theme=theme))
    topic = LexborHTMLParser(bytes_at("/topics/trams/", log, theme=theme))
    places = {
        **{f"topic {place}": text_at(topic, place) for place in ("h1", ".description")},
        **{f"story {place}": text_at(story, place) for place in STORY_PLACES},
        **{f"front {place}": text_at(front, place) for place in FRONT_PLACES},
        **{f"author {place}": text_at(author, place) for place in ("h1", ".role", ".bio")},
        "alt": story.css_first(".lead img").attributes["alt"],
        "description": story.css_first("meta[name=description]").attributes["content"],
        "og": story.css_first("meta[property='og:title']").attributes["content"],
    }
    return {place for place, found in places.items() if found != text}


STORY_PLACES = (
    "h1",
    ".opening .standfirst",
    ".label bdi",
    ".bylines a bdi",
    ".bylines .role bdi",
    ".dateline bdi",
    ".note-text",
    ".lead .caption",
    ".lead .credit bdi",
    ".body p strong em",
    ".body h2",
    "blockquote p",
    ".pull-quote p",
    ".pull-quote .attribution bdi",
    "ol.points li",
    ".table caption",
    ".table thead th",
    ".table tbody th",
    ".table tbody td",
    ".fact-box h2",
    ".fact-box p",
    ".gallery .caption",
    ".update h2",
    ".opening .kicker",
    ".topics a bdi",
    ".quote + .attribution bdi",
    ".author-card .bio",
    ".paper bdi",
    ".tagline",
    ".menu bdi",
)
FRONT_PLACES = (
    "h1",
    ".card .kicker",
    ".description",
    ".card .headline a",
    ".card .standfirst",
    ".author bdi",
)


@settings(deadline=None, max_examples=60)
@given(WRITTEN)
@example(EVERYTHING_HOSTILE)
def test_pages_say_what_was_written(text):
    """Every place of a page that shows text shows exactly it."""
    assert () == flaws(text)

    assert set() == changed_on_pages(text, a_theme())


@settings(deadline=None, max_examples=60)
@given(WRITTEN)
@example(EVERYTHING_HOSTILE)
def test_paragraph_joins_its_runs(text):
    """A paragraph reads as its runs, nothing between them."""
    page = LexborHTMLParser(bytes_at("/2026/11/22/story-100/", log_saying(text)))

    assert text + text == text_at(page, ".body > p:not(.dateline)")


@settings(deadline=None, max_examples=60)
@given(WRITTEN)
@example(EVERYTHING_HOSTILE)
def test_structured_data_says_what_was_written(text):
    """Every text in a page's data is the text, and none of them ends the data."""
    page = LexborHTMLParser(bytes_at("/2026/11/22/story-100/", log_saying(text)))

    assert set() == {place for place, said in told_by(page).items() if said != text}


@settings(deadline=None, max_examples=60)
@given(WRITTEN)
@example(EVERYTHING_HOSTILE)
def test_rss_says_what_was_written(text):
    """Titles and names in RSS are the text; a description is the text written as HTML."""
    channel = xml_at("/feeds/world.rss", log_saying(text)).find("channel")
    item = channel.find("item")

    assert f"{text}: {text}" == channel.findtext("title")
    assert [text] * 3 == [item.findtext(tag) for tag in ("title", "category", f"{DC}creator")]
    assert [text] * 2 == [unescape(each.findtext("description")) for each in (channel, item)]


@settings(deadline=None, max_examples=60)
@given(WRITTEN)
@example(EVERYTHING_HOSTILE)
def test_atom_says_what_was_written(text):
    """Every text in Atom is the text, and says that it is text."""
    feed = xml_at("/feeds/world.atom", log_saying(text))
    entry = feed.find(f"{ATOM}entry")

    texts = [entry.find(f"{ATOM}title"), entry.find(f"{ATOM}summary"), feed.find(f"{ATOM}subtitle")]
    assert [(text, "text")] * 3 == [(found.text, found.get("type")) for found in texts]
    assert text == entry.findtext(f"{ATOM}author/{ATOM}name")
    assert text == entry.find(f"{ATOM}category").get("term")


@settings(deadline=None, max_examples=60)
@given(WRITTEN)
@example(EVERYTHING_HOSTILE)
def test_json_feed_says_what_was_written(text):
    """Every text in a JSON feed is the text."""
    feed = json_at("/feeds/world.json", log_saying(text))
    item = feed["items"][0]

    assert f"{text}: {text}" == feed["title"]
    assert [text] * 2 == [feed["authors"][0]["name"], feed["description"]]
    assert [text] * 4 == [item["title"], item["summary"], *item["tags"]]
    assert text == item["authors"][0]["name"]


@settings(deadline=None, max_examples=60)
@given(WRITTEN)
@example(EVERYTHING_HOSTILE)
def test_full_text_of_a_feed_says_what_was_written(text):
    """Every place of the HTML in a feed shows exactly the text, through XML and HTML."""
    item = xml_at("/feeds/world.rss", log_saying(text)).find("channel/item")
    content = LexborHTMLParser(item.findtext(f"{CONTENT}encoded"))

    said = {place: text_at(content, place) for place in FULL_TEXT_PLACES}
    said["alt"] = content.css_first("img").attributes["alt"]

    assert set() == {place for place, found in said.items() if found != text}


FULL_TEXT_PLACES = (
    "aside p + p",
    "div > p > strong",
    "figcaption > span",
    "figcaption bdi",
    "p > bdi",
    "p strong em",
    "h2",
    "blockquote p",
    "blockquote cite bdi",
    "aside cite bdi",
    "ol li",
    "table caption",
    "thead th",
    "tbody th",
    "tbody td",
    "aside h3",
    "aside h3 + p",
    "section h3",
    "section h3 + p",
)


@settings(deadline=None, max_examples=60)
@given(WRITTEN)
@example(EVERYTHING_HOSTILE)
def test_media_rss_says_what_was_written(text):
    """A picture's caption, alternative text and credit are the text."""
    content = next(xml_at("/feeds/world.rss", log_saying(text)).iter(f"{MEDIA}content"))

    assert [text] * 3 == [
        content.findtext(f"{MEDIA}{tag}") for tag in ("title", "description", "credit")
    ]


@settings(deadline=None, max_examples=60)
@given(WRITTEN)
@example(EVERYTHING_HOSTILE)
def test_feed_of_corrections_says_what_was_written(text):
    """A note's entry says the note, in its summary and in its text."""
    item = json_at("/feeds/corrections.json", log_saying(text))["items"][0]

    assert (text, f"Correction: {text}") == (item["summary"], item["title"])
    content = LexborHTMLParser(item["content_html"])
    assert [text] * 2 == [text_at(content, place) for place in ("aside p + p", "a")]


@settings(deadline=None, max_examples=60)
@given(WRITTEN)
@example(EVERYTHING_HOSTILE)
def test_news_sitemap_says_what_was_written(text):
    """Title and paper's name in the news sitemap are the text."""
    root = xml_at("/sitemaps/news.xml", log_saying(text))

    assert [text] * 2 == [next(root.iter(f"{NEWS}{tag}")).text for tag in ("title", "name")]


def words_as_they_are(runs):
    """Write running text without escaping it."""
    return "".join(f"<strong><em>{run.text}</em></strong>" for run in runs)


def test_theme_that_escapes_nothing_is_caught():
    """Without escaping, the same property finds the story page changed."""
    theme = a_theme()
    sloppy = jinja2.Environment(  # noqa: S701  # the fault this test plants
        loader=theme.templates["story.html"].environment.loader, undefined=jinja2.StrictUndefined
    )
    sloppy.filters["inline"] = words_as_they_are
    planted = replace(theme, templates={n: sloppy.get_template(n) for n in theme.templates})

    changed = changed_on_pages(EVERYTHING_HOSTILE, planted)

    assert {"story h1", "story .body p strong em", "alt"} <= changed

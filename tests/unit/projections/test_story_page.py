"""A story's page, by its state and by what it holds."""

from datetime import timedelta

import pytest

from broadsheet.projections.objects import Absent, Gone, Moved, Page
from broadsheet.story.body import FactBox, Paragraph, PictureUse, Quote, Run, Update
from broadsheet.story.ids import Address, AuthorId, PictureId
from broadsheet.story.records import (
    Byline,
    Correction,
    CorrectionKind,
    Retraction,
    StoryState,
)
from tests.factories.site import a_paper, answer, hrefs_at, page_at, text_at, texts_at
from tests.factories.story import (
    NOON,
    a_content,
    a_correction,
    a_paragraph,
    a_picture,
    a_story,
    an_author,
    an_id,
    paper_settings,
)
from tests.factories.structured import tags_in

RETRACTION = Retraction(reason="We could not <confirm> it.", at=NOON + timedelta(days=1))
LEAD = PictureUse(picture=PictureId(an_id(3)), caption="")


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (StoryState.LIVE, Page),
        (StoryState.UNPUBLISHED, Absent),
        (StoryState.EXPIRED, Gone),
        (StoryState.RETRACTED, Gone),
        (StoryState.ERASED, Gone),
    ],
)
def test_state_decides_what_stands_at_the_address(state, expected):
    """A story's address answers by the table of states."""
    story = a_story(state=state, retraction=RETRACTION)

    assert expected is type(answer(story.address, a_paper(story)))


@pytest.mark.parametrize("state", [s for s in StoryState if s is not StoryState.UNPUBLISHED])
def test_former_address_leads_on_in_one_hop(state):
    """Every former address leads to the present one, also when a notice stands there."""
    former = (Address("/old/"), Address("/older/"))
    story = a_story(state=state, retraction=RETRACTION, former_addresses=former)

    answers = [answer(address, a_paper(story)) for address in former]

    assert [Moved(story.address)] * 2 == answers


def test_former_address_of_an_unpublished_story_is_absent():
    """Nothing leads to a story that is down to be fixed."""
    former = (Address("/old/"),)
    story = a_story(state=StoryState.UNPUBLISHED, former_addresses=former)

    assert Absent() == answer("/old/", a_paper(story))


def test_story_may_move_back():
    """A story that returned to its first address stands there, and the second leads to it."""
    first, second = Address("/first/"), Address("/second/")
    log = a_paper(
        a_story(address=first),
        a_story(address=second, former_addresses=(first,)),
        a_story(address=first, former_addresses=(second,)),
    )

    assert Page is type(answer(first, log))
    assert Moved(first) == answer(second, log)


def test_tombstone_gives_reason_and_time():
    """A retracted story's page says which story, why and when, and none of its words."""
    story = a_story(state=StoryState.RETRACTED, retraction=RETRACTION)

    page = page_at(story.address, a_paper(story))

    assert story.content.headline == text_at(page, ".was")
    assert RETRACTION.reason == text_at(page, "dd.reason")
    assert "2026-11-23T13:00:00+01:00" == page.css_first("time").attributes["datetime"]
    assert "The council met" not in page.html


def test_expired_story_says_no_more():
    """An expired story gives no reason and no headline."""
    story = a_story(state=StoryState.EXPIRED)

    page = page_at(story.address, a_paper(story))

    assert story.content.headline not in page.html
    assert page.css_first("time") is None


def test_times_are_in_the_papers_zone():
    """Publication and last update are always shown, with offset and zone, as machines have them."""
    story = a_story(updated_at=NOON + timedelta(hours=1))

    updated = page_at(story.address, a_paper(story))
    fresh = page_at(story.address, a_paper(a_story()))

    assert "2026-11-22T13:00:00+01:00" == updated.css_first(".published").attributes["datetime"]
    assert "November 22, 2026, 1:00\u202fPM CET" == text_at(updated, ".published")
    assert "November 22, 2026, 2:00\u202fPM CET" == text_at(updated, ".updated")
    assert text_at(fresh, ".published") == text_at(fresh, ".updated")


@pytest.mark.parametrize(
    "changes",
    [
        {"corrections": (a_correction(at=NOON + timedelta(hours=3)),)},
        {"body": (Update(id="u", at=NOON + timedelta(hours=3), headline="", text=()),)},
    ],
    ids=["note", "live entry"],
)
def test_a_note_and_a_live_entry_are_updates_to_readers(changes):
    """No page says that it was last updated before what stands on it, whatever feeds go by."""
    story = a_story(content=a_content(**changes))

    page = page_at(story.address, a_paper(story))

    assert NOON == story.updated_at
    assert "2026-11-22T16:00:00+01:00" == page.css_first(".updated").attributes["datetime"]
    assert ["2026-11-22T16:00:00+01:00"] == tags_in(page, "article:modified_time")
    assert '"dateModified":"2026-11-22T16:00:00+01:00"' in page.html


def test_corrections_stand_at_the_top():
    """Each note has its kind and time, newest first, before the body."""
    notes = tuple(
        Correction(id=f"c{n}", kind=kind, at=NOON + timedelta(hours=n), text=f"Note {n}")
        for n, kind in enumerate(CorrectionKind)
    )
    story = a_story(content=a_content(corrections=notes))

    page = page_at(story.address, a_paper(story))

    expected = ["Update", "Editor’s note", "Clarification", "Correction"]
    assert expected == texts_at(page, ".correction strong")
    assert page.html.index("Note 0") < page.html.index("The council met")


def test_byline_links_each_author():
    """The byline names each author with the role for this story, linked to the author's page."""
    bylines = (
        Byline(author=AuthorId(an_id(2)), role=""),
        Byline(author=AuthorId(an_id(4)), role="Photographer"),
        Byline(author=AuthorId(an_id(9)), role="not in the log"),
    )
    story = a_story(content=a_content(bylines=bylines))
    other = an_author(4, name="علي", address="/authors/علي/")

    page = page_at(story.address, a_paper(other, story))

    assert ["Ada Reporter", "علي"] == texts_at(page, ".bylines a bdi")
    assert ["City reporter", "Photographer"] == texts_at(page, ".bylines .role bdi")
    assert "/authors/%D8%B9%D9%84%D9%8A/" == hrefs_at(page, ".bylines a")[1]


def test_picture_shows_display_caption_and_credit():
    """A figure has alternative text, caption and credit apart; the agency's text is nowhere."""
    picture = a_picture(agency_caption="AGENCY ONLY", credit="Mira Holm", alternative_text="A tram")
    story = a_story(content=a_content(lead=LEAD))

    page = page_at(story.address, a_paper(picture, story))

    assert "The first tram crosses the old bridge." == text_at(page, ".lead .caption")
    assert "Mira Holm" == text_at(page, ".lead .credit bdi")
    assert "A tram" == page.css_first(".lead img").attributes["alt"]
    assert "AGENCY ONLY" not in page.html


def test_words_of_the_story_stand_in_no_aside_and_no_figure():
    """Quotes and fact boxes are taken in by readers that drop asides and figures."""
    quote = Quote(text="We wait.", attribution="The ferryman")
    box = FactBox(title="Tickets", text=(a_paragraph("One coin."),))
    story = a_story(content=a_content(body=(quote, box)))

    body = page_at(story.address, a_paper(story)).css_first(".body")
    for dropped in body.css("aside, figure"):
        dropped.decompose()

    assert ["We wait.", "The ferryman", "Tickets", "One coin."] == [
        line for line in body.text().split("\n") if line
    ]


def test_picture_without_a_file_is_not_shown():
    """A picture whose renditions have not come, or that no log has, leaves no trace."""
    unknown = PictureUse(picture=PictureId(an_id(99)), caption="Unknown")
    story = a_story(content=a_content(lead=LEAD, body=(unknown,)))

    page = page_at(story.address, a_paper(a_picture(renditions=()), story))

    assert [] == page.css("figure, img")


def test_every_story_has_furniture_in_its_language():
    """The page speaks the story's language where it can, and is written in its direction."""
    arabic = a_story(content=a_content(language="ar"))
    german = a_story(content=a_content(language="de"))

    pages = [page_at(story.address, a_paper(story)) for story in (arabic, german)]

    assert [("ar", "rtl"), ("de", "ltr")] == [
        (page.css_first("html").attributes["lang"], page.css_first("html").attributes["dir"])
        for page in pages
    ]
    assert ["بقلم", "By"] == [text_at(page, ".by") for page in pages]
    assert ["ar", "en"] == [page.css_first(".by").attributes["lang"] for page in pages]


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "java\nscript:alert(1)",
        " javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "//evil.example/",
        "/\\evil.example/",
        "/\t/evil.example/",
        "https:\\\\evil.example",
        "evil",
        "#top",
        "http:evil.example",
        "ftp://files.example/",
    ],
)
def test_link_that_is_not_safe_is_text(href):
    """Words with an unsafe address are shown, and lead nowhere."""
    body = (Paragraph(runs=(Run(text="words", href=href),)),)
    story = a_story(content=a_content(body=body))

    page = page_at(story.address, a_paper(story))

    assert "words" == text_at(page, ".body p")
    assert [] == page.css(".body a")


@pytest.mark.parametrize(
    "href",
    ["https://a.example/?q=1&r=2", "HTTP://a.example", "mailto:a@b.example", "/2026/x/", "/"],
)
def test_link_that_is_safe_leads_on(href):
    """Web and mail addresses and paths of the site are links, written as the writer did."""
    body = (Paragraph(runs=(Run(text="words", href=href),)),)
    story = a_story(content=a_content(body=body))

    page = page_at(story.address, a_paper(story))

    assert [href] == hrefs_at(page, ".body a")


def test_page_names_its_one_address():
    """Canonical link and preview data give the story's absolute address and picture."""
    story = a_story(address=Address("/2026/11/22/خط/"), content=a_content(lead=LEAD))

    page = page_at(story.address, a_paper(story))

    url = "https://paper.example/2026/11/22/%D8%AE%D8%B7/"
    assert [url] == hrefs_at(page, "link[rel=canonical]")
    assert url == page.css_first("meta[property='og:url']").attributes["content"]
    image = page.css_first("meta[property='og:image']").attributes["content"]
    assert image.startswith("https://paper.example/media/")


def test_footer_connects_to_the_papers_profiles():
    """The paper's own accounts are linked as its own; an unsafe one is left out."""
    settings = paper_settings(profiles=("https://social.example/@p", "javascript:x"))

    page = page_at("/2026/11/22/story-100/", a_paper(settings, a_story()))

    assert ["https://social.example/@p"] == hrefs_at(page, "a[rel=me]")


def test_no_page_carries_script_or_inline_style():
    """A page has no script but the theme's file, no inline style and no event handler."""
    page = page_at("/2026/11/22/story-100/", a_paper(a_story(content=a_content(lead=LEAD))))

    attributes = {name for found in page.css("*") for name in found.attributes}
    scripts = [found for found in page.css("script") if found.attributes.get("src")]
    assert ["/assets/site.js"] == [found.attributes["src"] for found in scripts]
    assert [] == page.css("style")
    assert {""} == {found.text().strip() for found in scripts}
    assert {"application/ld+json"} >= {
        found.attributes.get("type") for found in page.css("script:not([src])")
    }
    assert set() == {name for name in attributes if name == "style" or name.startswith("on")}

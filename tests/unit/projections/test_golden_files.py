"""
Golden stories and outputs, compared byte for byte with files a reviewer can open.

BROADSHEET_UPDATE_GOLDEN=1 writes them anew; the difference is then read like code.
"""

import os
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

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
from broadsheet.story.ids import PictureId, StoryId
from broadsheet.story.records import (
    PAPER,
    Correction,
    CorrectionKind,
    NewsWindow,
    Retraction,
    Slot,
    Story,
    StoryState,
)
from tests.factories.site import a_paper, bytes_at
from tests.factories.story import (
    NOON,
    a_content,
    a_front,
    a_paragraph,
    a_picture,
    a_policy,
    a_section,
    a_story,
    a_topic,
    an_author,
    an_id,
    paper_settings,
)

FOLDER = Path(__file__).parents[2] / "golden"
LATER = NOON + timedelta(hours=3, minutes=25)


def _in(language: str, headline: str, standfirst: str, *paragraphs: str) -> Story:
    body = tuple(a_paragraph(text) for text in paragraphs)
    content = a_content(language=language, headline=headline, standfirst=standfirst, body=body)
    return a_story(content=content)


def _use(number: int, caption: str = "") -> PictureUse:
    return PictureUse(picture=PictureId(an_id(number)), caption=caption)


def _corrected() -> Story:
    notes = (
        Correction(
            id="c1",
            kind=CorrectionKind.CORRECTION,
            at=NOON + timedelta(hours=1),
            text="An earlier version gave the wrong length. The line is 9 kilometers long.",
        ),
        Correction(
            id="c2",
            kind=CorrectionKind.CLARIFICATION,
            at=LATER,
            text="We have made clearer who pays for the bridge.",
        ),
    )
    return a_story(content=a_content(corrections=notes), updated_at=LATER)


def _retracted() -> Story:
    retraction = Retraction(reason="We could not confirm what our source told us.", at=LATER)
    return a_story(state=StoryState.RETRACTED, retraction=retraction)


def _all_blocks() -> Story:
    body = (
        Paragraph(
            runs=(
                Run(text="The line runs "),
                Run(text="along the river", emphasis=True),
                Run(text=", says "),
                Run(text="the plan", href="https://plan.example/?a=1&b=2"),
                Run(text=" & nothing else; "),
                Run(text="not here", href="javascript:alert(1)"),
                Run(text="."),
            )
        ),
        Heading(text="Who pays"),
        Quote(text="“We do,” said nobody.", attribution="Mira Holm, mayor"),
        _use(3, "Another view of the bridge."),
    )
    return a_story(content=a_content(body=body, lead=_use(3), dateline="HARBOR CITY"))


RELATED = msgspec.structs.replace(
    a_story(410, content=a_content(headline="The old line closes <for good>")),
    address="/2026/11/22/old-line/",
)
IN_ARABIC = msgspec.structs.replace(
    a_story(411, content=a_content(language="ar", translation_of=a_story().id)),
    address="/2026/11/22/خط-الترام/",
)
IN_ENGLISH = a_story(412, address="/2026/11/22/the-original/")
OTHERS = (
    a_topic(),
    a_topic(5, name="Who pays & why", address="/topics/who-pays/"),
    RELATED,
    IN_ARABIC,
    IN_ENGLISH,
)


def _placed(**changes: object) -> Story:
    placed = {
        "kicker": "Transport",
        "topics": (an_id(5), an_id(4)),
        "related": (RELATED.id, an_id(999)),
    }
    return a_story(content=a_content(**(placed | changes)))


def _awaited() -> Story:
    return a_story(content=a_content(lead=_use(AWAITED), body=(a_paragraph(), _use(AWAITED))))


AWAITED = 300  # a picture whose sizes are still being made


def _every_block(language: str, *, words: str) -> Story:
    """Return a story with the blocks beyond running text, each saying the same words."""
    hostile = "<b>&\"'{{ 7*7 }}"
    points = Points(
        items=((Run(text=words), Run(text=hostile, strong=True)), (Run(text="2"),)),
        is_numbered=True,
    )
    body = (
        PullQuote(text=words, attribution=words),
        points,
        Points(items=((Run(text=words, href="https://a.example/"),),), is_numbered=False),
        Table(
            caption=words,
            rows=(("", "2025", "2026"), (words, "9", hostile), ("", "", "")),
            has_header_row=True,
            has_header_column=True,
        ),
        Table(
            caption="",
            rows=(tuple(str(n) for n in range(40)),),
            has_header_row=False,
            has_header_column=False,
        ),
        FactBox(title=words, text=(a_paragraph(words), points)),
        Gallery(pictures=(_use(200, words), _use(201), _use(999))),
        Gallery(pictures=(_use(999),)),
        Update(id="u1", at=NOON, headline=words, text=(a_paragraph(words),)),
        Update(id="u2", at=LATER, headline="", text=(a_paragraph(hostile), points)),
    )
    return a_story(content=a_content(language=language, headline=words, body=body))


STORIES = {
    "awaited-picture": _awaited(),
    "arabic": _in(
        "ar",
        "المجلس يوافق على خط الترام 9 (Line 9) الجديد",
        "يبدأ العمل في الربيع.",
        "قال رئيس المجلس إن الخط سيمتد من المحطة إلى الميناء.",
    ),
    "tamil": _in(
        "ta",
        "புதிய டிராம் பாதைக்கு நகர சபை ஒப்புதல்",
        "பணிகள் வசந்த காலத்தில் தொடங்கும்.",
        "பாதை ஒன்பது கிலோமீட்டர் நீளம் கொண்டது.",
    ),
    "sinhala": _in(
        "si",
        "නව ට්‍රෑම් මාර්ගයට නගර සභාව අනුමැතිය දෙයි",
        "වැඩ වසන්තයේදී ආරම්භ වේ.",
        "මාර්ගය කිලෝමීටර නවයක් දිගයි.",
    ),
    "chinese": _in(
        "zh-Hans",
        "市议会批准新的电车线路",
        "工程将于春季开始。",
        "线路全长九公里，从车站通往港口。",
    ),
    "zwj-emoji": _in(
        "en",
        "A family 👩‍👩‍👧‍👦 wins the tram’s naming contest 🏳️‍🌈",
        "The name: 🚋❤️‍🔥.",
        "Thumbs up 👍🏽 from all.",
    ),
    "no-picture": a_story(content=a_content(lead=None)),
    "twelve-pictures": a_story(
        content=a_content(
            lead=_use(200), body=tuple(_use(200 + n, f"Picture {n + 1}") for n in range(1, 12))
        )
    ),
    "corrected": _corrected(),
    "retracted": _retracted(),
    "all-blocks": _all_blocks(),
    "every-block": _every_block("en", words="Nine kilometers of rails"),
    "every-block-arabic": _every_block("ar", words="تسعة كيلومترات من القضبان"),
    "placed": _placed(),
    "placed-arabic": _placed(
        language="ar", kicker="النقل", headline="خط الترام الجديد", translation_of=IN_ENGLISH.id
    ),
    "expired": a_story(state=StoryState.EXPIRED),
    "erased": msgspec.structs.replace(
        _retracted(), state=StoryState.ERASED, content=a_content(headline="", body=(), bylines=())
    ),
}


def _a_long_week() -> tuple[Story, ...]:
    """Return stories of two months, one retracted, one corrected, one in Arabic."""
    stories = [
        msgspec.structs.replace(
            a_story(300 + n),
            first_published_at=NOON - timedelta(days=6 * n),
            updated_at=NOON - timedelta(days=6 * n),
        )
        for n in range(1, 5)
    ]
    arabic = msgspec.structs.replace(
        STORIES["arabic"], id=an_id(400), address="/2026/11/22/خط-الترام/"
    )
    retracted = msgspec.structs.replace(_retracted(), id=an_id(401), address="/2026/11/22/gone/")
    return (*stories, arabic, retracted, _corrected())


WEEK = a_paper(
    *_a_long_week(),
    a_section(5, name="Culture", address="/culture/", description="Stages & pages."),
    an_author(
        bio="Ada writes about streets.",
        links=("https://social.example/@ada", "javascript:alert(1)"),
    ),
    a_policy(),
    paper_settings(profiles=("https://social.example/@daily", "https://bsky.example/daily")),
    NewsWindow(id=PAPER, opens_at=NOON - timedelta(hours=48)),
)
ARRANGED = (
    *WEEK,
    a_front(
        Slot(
            place="lead",
            story=StoryId(an_id(400)),
            kicker="حصري",
        ),
        304,
        None,
        401,  # retracted: the newest stands there
        Slot(
            place="list",
            story=StoryId(an_id(302)),
            headline="Trams & bridges, <again>",
            shows_picture=False,
        ),
    ),
    a_front(303, of=an_id(1)),
)
OUTPUTS = {
    "home.html": "/",
    "section.html": "/world/",
    "section-empty.html": "/culture/",
    "author.html": "/authors/ada-reporter/",
    "archive-index.html": "/archive/",
    "corrections.html": "/corrections/",
    "corrections-month.html": "/corrections/2026/11/",
    "policy.html": "/about/corrections/",
    "archive-month.html": "/world/archive/2026/11/",
    "site.rss.xml": "/feeds/site.rss",
    "site.atom.xml": "/feeds/site.atom",
    "site.feed.json": "/feeds/site.json",
    "section.rss.xml": "/feeds/world.rss",
    "author.atom.xml": "/feeds/authors/ada-reporter.atom",
    "corrections.rss.xml": "/feeds/corrections.rss",
    "corrections.feed.json": "/feeds/corrections.json",
    "section-empty.atom.xml": "/feeds/culture.atom",
    "sitemap-index.xml": "/sitemap.xml",
    "sitemap-month.xml": "/sitemaps/2026-11.xml",
    "sitemap-pages.xml": "/sitemaps/pages.xml",
    "sitemap-news.xml": "/sitemaps/news.xml",
    "robots.txt": "/robots.txt",
    "404.html": "/404.html",
    "ninjs-corrected.json": f"/api/stories/{an_id(100)}.json",
    "ninjs-retracted.json": f"/api/stories/{an_id(401)}.json",
    "oembed-arabic.json": "/api/oembed/2026/11/22/خط-الترام/oembed.json",
    "api-index.json": "/api/index.json",
    "api-openapi.json": "/api/openapi.json",
    "api-sections.json": "/api/sections.json",
    "api-stories.json": "/api/stories.json",
    "api-author.json": f"/api/authors/{an_id(2)}.json",
    "api-month.json": "/api/stories/2026/11.json",
    "api-corrections.json": "/api/corrections.json",
}


# What feeds say in full of stories that have everything, by stories of one minute each.
FULL_TEXT = a_paper(
    *(a_picture(200 + n) for n in range(12)),
    paper_settings(websub_hub="https://hub.example/"),
    a_topic(),
    a_topic(5, name="Who pays & why", address="/topics/who-pays/"),
    *(
        msgspec.structs.replace(
            STORIES[name],
            id=an_id(500 + n),
            address=f"/2026/11/22/{name}/",
            first_published_at=NOON - timedelta(minutes=n),
        )
        for n, name in enumerate(("all-blocks", "every-block", "every-block-arabic", "placed"))
    ),
)
FULL_TEXT_OUTPUTS = {
    "full-text.rss.xml": "/feeds/site.rss",
    "full-text.feed.json": "/feeds/site.json",
}
ARRANGED_OUTPUTS = {"home-arranged.html": "/", "section-arranged.html": "/world/"}


class GoldenFileDiffers(AssertionError):
    """An output is not what its golden file says."""


def agree(path: Path, data: bytes) -> None:
    """Compare an output with its golden file, or write the file when told to."""
    if os.environ.get("BROADSHEET_UPDATE_GOLDEN") == "1":
        path.write_bytes(data)
    if path.read_bytes() != data:
        message = f"{path.name} differs; set BROADSHEET_UPDATE_GOLDEN=1 and read the difference"
        raise GoldenFileDiffers(message)


@pytest.mark.parametrize("name", STORIES)
def test_story_page_is_the_golden_one(name):
    """Each golden story's page is its file, byte for byte."""
    others = OTHERS if name.startswith("placed") else ()
    awaited = a_picture(AWAITED, renditions=(), width_px=2400, height_px=1600)
    log = a_paper(*(a_picture(200 + n) for n in range(12)), awaited, *others, STORIES[name])

    data = bytes_at(STORIES[name].address, log)

    agree(FOLDER / f"story-{name}.html", data)


@pytest.mark.parametrize("name", OUTPUTS)
def test_output_is_the_golden_one(name):
    """Each kind of output is its file, byte for byte."""
    data = bytes_at(OUTPUTS[name], WEEK)

    agree(FOLDER / name, data)


@pytest.mark.parametrize("name", ARRANGED_OUTPUTS)
def test_arranged_front_is_the_golden_one(name):
    """A front arranged by hand is its file, byte for byte."""
    agree(FOLDER / name, bytes_at(ARRANGED_OUTPUTS[name], ARRANGED))


@pytest.mark.parametrize("name", FULL_TEXT_OUTPUTS)
def test_full_text_is_the_golden_one(name):
    """A feed of stories that have everything is its file, byte for byte."""
    agree(FOLDER / name, bytes_at(FULL_TEXT_OUTPUTS[name], FULL_TEXT))


@pytest.mark.parametrize("name", [name for name in OUTPUTS if not name.endswith("html")])
def test_fronts_change_no_feed_and_no_sitemap(name):
    """Feeds, sitemaps and robots.txt are what they are without any front arranged."""
    assert bytes_at(OUTPUTS[name], WEEK) == bytes_at(OUTPUTS[name], ARRANGED)


def test_changed_byte_is_caught(tmp_path, monkeypatch):
    """A golden file with one byte changed disagrees."""
    monkeypatch.delenv("BROADSHEET_UPDATE_GOLDEN", raising=False)
    planted = tmp_path / "robots.txt"
    data = bytes_at("/robots.txt", WEEK)
    planted.write_bytes(data.replace(b"desk", b"disk"))

    with pytest.raises(GoldenFileDiffers):
        agree(planted, data)


def test_golden_folder_holds_nothing_else():
    """Every golden file belongs to a test."""
    outputs = {*OUTPUTS, *ARRANGED_OUTPUTS, *FULL_TEXT_OUTPUTS}
    expected = {*outputs, *(f"story-{name}.html" for name in STORIES)}

    assert expected == {path.name for path in FOLDER.iterdir()}

"""
Whatever may be written passes through the whole press unchanged; whatever may not is refused.

Hostile text goes into every field a person can fill, through acts, log, tables, worker and
files, and is read back from the files by parsers that had no part in writing them.
"""

import gzip
import json
import unicodedata
from html import unescape
from pathlib import Path

import feedparser
import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from lxml import etree
from selectolax.lexbor import LexborHTMLParser

from broadsheet.newsroom.texts import text_problem
from broadsheet.press.actions import edit, publish
from broadsheet.press.models import Account, LedgerRow
from broadsheet.press.worker import Worker
from broadsheet.story.body import Heading, Paragraph, PictureUse, Quote, Run
from broadsheet.story.ids import AuthorId, PictureId, SectionId, StoryId
from broadsheet.story.records import Correction, CorrectionKind
from broadsheet.story.text import flaws, proposed
from tests.factories.press import Clock, a_press_paper, a_worker, newest_story
from tests.factories.story import a_content, a_picture, an_id, paper_settings
from tests.factories.texts import HOSTILE, WRITTEN
from tests.properties.paper_machine import kept_picture

ATOM = "{http://www.w3.org/2005/Atom}"
DC = "{http://purl.org/dc/elements/1.1/}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"

KINDS = {
    "all of the shared ones": "".join(HOSTILE),
    "bidi controls": "\u2066a\u2067b\u2069 \u2068c\u2069\u2069 \u200e\u200f\u061c",
    "a flood of combining marks": "Z" + "\u0334\u0321\u035b\u0489" * 60 + "algo",
    "emoji": "👩‍❤️‍💋‍👨 🏴󠁧󠁢󠁳󠁣󠁴󠁿 🇦🇶 #️⃣ 🧑🏿‍🚀",
    "beyond the first plane": "𝔉𝔯𝔞𝔨𝔱𝔲𝔯 𒀀 𠜎 \U000f0000 \U0010fffd",
    "right to left": "مرحبا بالعالم, שלום (עולם) 123",
    "lookalikes": "раураl ⅰⅠＡ\u00ad\u2010\u2011\ufe0f\u180e ſ K Å",
    "markup": "<b>&lt;</b> &#x41; <!-- --> ]]> <?php ?> <![CDATA[x]]> </script> '\"`",
    "templates": "{{ 7*'7' }} {% include 'x' %} {# x #} ${x} #{x} <%= x %> %s {0}",
    "one long word": "Donaudampfschiff" * 80,
    "line and paragraph ends": "a\nb\tc\u2028d\u2029e \u00a0\u3000\u2060",
    "joiners": "می\u200cخواهم ක්\u200dරීඩා க்\u200cஷ ភាសា\u200bខ្មែរ Donau\u00addampf ❤\ufe0e",
    "words of programs": "null None NaN true -0 1e999 0x1F =1+1 @SUM(A1) constructor",
}
# One of each kind that may not be written; told by its place.
REFUSED = (
    *("\x00", "\x07", "\x1b", "\r", "\x7f", "\x9f", "\ufdd0", "\uffff", "\U0001fffe", "\ud83d"),
    *("\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069"),
    *("\u200b", "\u206a", "\ufeff", "\ufff9", "\ufffd", "\U000e0001", "\U000e0041", "\U000e007f"),
)


class Paper:
    """A paper in which one text stands in every field, and where to read it back."""

    def __init__(self, folder: Path) -> None:
        """Set the paper up."""
        self.clock = Clock()
        self.site = folder / "site"
        a_press_paper(self.clock)
        self.worker: Worker = a_worker(folder, self.clock)
        self.size = kept_picture(b"a picture", folder / "renditions")
        self.stories = 100

    def say(self, text: str) -> None:
        """Write one text wherever a person can write, and put it out."""
        self.stories += 1
        self.clock.move(seconds=1)
        with transaction.atomic():
            self._say_of_records(text)
            self._say_of_a_story(text)
        done = self.worker.run_until_quiet()
        assert done.parked == 0, list(LedgerRow.objects.exclude(parked="").values_list("parked"))

    def page(self, path: str) -> LexborHTMLParser:
        """Return a page as a browser's parser reads its compressed copy."""
        file = self.site / path.strip("/") / "index.html.gz"
        return LexborHTMLParser(gzip.decompress(file.read_bytes()))

    def xml(self, path: str) -> etree._Element:
        """Return a feed or sitemap as libxml2 reads it from the file."""
        return etree.parse(self.site / path.strip("/")).getroot()

    def _say_of_records(self, text: str) -> None:
        who = {"now": self.clock(), "by": "test"}
        edit.edit_settings(paper_settings(name=text, tagline=text), **who)
        edit.edit_section(
            SectionId(an_id(1)), name=text, slug="world", position=1, description=text, **who
        )
        ada = {"slug": "ada-reporter", "links": (), "avatar": None}
        edit.edit_author(AuthorId(an_id(2)), name=text, role=text, bio=text, **ada, **who)
        texts = {"alternative_text": text, "caption": text, "credit": text}
        edit.edit_picture(a_picture(renditions=(self.size,), **texts), **who)

    def _say_of_a_story(self, text: str) -> None:
        note = Correction(
            id=an_id(self.stories), kind=CorrectionKind.CORRECTION, at=self.clock(), text=text
        )
        content = a_content(
            headline=text,
            slug="one",
            standfirst=text,
            dateline=text,
            lead=PictureUse(picture=PictureId(an_id(3)), caption=text),
            body=(
                Paragraph(runs=(Run(text=text, strong=True, emphasis=True),)),
                Heading(text=text),
                Quote(text=text, attribution=text),
            ),
            corrections=(note,),
        )
        story = StoryId(an_id(self.stories))
        publish.publish(story, content, now=self.clock(), by="test", significant=False)


ON_STORY = (
    "h1",
    ".opening .standfirst",
    ".label bdi",
    ".bylines a bdi",
    ".dateline bdi",
    ".note-text",
    ".lead .caption",
    ".lead .credit bdi",
    ".body p strong em",
    ".body h2",
    "blockquote p",
    ".attribution bdi",
    ".author-card .bio",
    ".paper bdi",
    ".tagline",
)
ON_FRONT = (".card .headline a", ".card .standfirst", ".author bdi")


def said(paper: Paper) -> dict[str, list[str]]:
    """Return all that the newest story's outputs say, by place."""
    story = newest_story(paper.stories)
    page, home = paper.page(story.address), paper.page("/")
    rss, atom = paper.xml("/feeds/site.rss"), paper.xml("/feeds/site.atom")
    item, entry = rss.find("channel/item"), atom.find(f"{ATOM}entry")
    news = next(
        url
        for url in paper.xml("/sitemaps/news.xml")
        if url.findtext(f"{MAP}loc", "").endswith(story.address)
    )
    return {
        **{f"story {at}": [page.css_first(at).text()] for at in ON_STORY},
        **{f"home {at}": [home.css_first(at).text()] for at in ON_FRONT},
        "alternative text": [page.css_first(".lead img").attributes["alt"] or ""],
        "preview": [page.css_first("meta[property='og:title']").attributes["content"] or ""],
        "rss": [item.findtext(tag, "") for tag in ("title", "category", f"{DC}creator")],
        "rss as HTML": [unescape(item.findtext("description", ""))],
        "atom": [entry.findtext(f"{ATOM}{tag}", "") for tag in ("title", "summary")],
        "atom's author": [entry.findtext(f"{ATOM}author/{ATOM}name", "")],
        "news sitemap": [next(news.iter(f"{NEWS}{tag}")).text or "" for tag in ("title", "name")],
    }


@pytest.fixture
def paper(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Paper:
    """Return a paper that is set up."""
    del db
    return Paper(tmp_path)


def changed(paper: Paper, text: str) -> set[str]:
    """Return the places that do not say exactly the text."""
    return {place for place, texts in said(paper).items() if any(each != text for each in texts)}


@pytest.mark.django_db
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), database=None)
@given(text=WRITTEN)
def test_files_say_what_was_written(paper: Paper, text: str) -> None:
    """Drawn text comes back from pages, feeds and sitemaps on the disk as it was written."""
    assert () == flaws(text)

    paper.say(text)

    assert set() == changed(paper, text)


@pytest.mark.django_db
def test_hostile_text_of_every_kind_comes_back(paper: Paper) -> None:
    """Each kind of hostile text comes back from the files as it was written."""
    for kind, text in KINDS.items():
        paper.say(text)

        assert (kind, set()) == (kind, changed(paper, text))


@pytest.mark.django_db
def test_feed_reader_reads_what_was_written(paper: Paper) -> None:
    """A reader's program finds the feed well-formed, and its titles as they were written."""
    for text in KINDS.values():
        paper.say(text)
    newest_first = [text.strip() for text in reversed(KINDS.values())]

    feed = feedparser.parse(str(paper.site / "feeds" / "site.atom"))

    assert not feed.bozo
    assert newest_first == [entry.title for entry in feed.entries]
    assert newest_first == [entry.summary for entry in feed.entries]


@pytest.mark.django_db
def test_post_carries_what_was_written(paper: Paper) -> None:
    """The card of a post says headline and standfirst as they were written."""
    account = {"base_url": "http://127.0.0.1:1", "rules": "mastodon", "class": "D"}
    Account.objects.create(
        surface="sandbox", name="main", settings=account, added_at=paper.clock(), on_hold="a test"
    )
    for text in KINDS.values():
        paper.say(text)

    payloads = LedgerRow.objects.filter(surface="sandbox").order_by("id")
    cards = [json.loads(bytes(row.payload))["card"] for row in payloads]

    assert [(text, text) for text in KINDS.values()] == [
        (card["title"], card["description"]) for card in cards
    ]


@pytest.mark.parametrize("character", REFUSED, ids=ascii)
def test_what_may_not_be_written_is_refused_with_its_place(character: str) -> None:
    """A character outside the domain is refused: which, where, and what to write instead."""
    text = f"first line\nab{character}c"

    problem = text_problem(text, where="headline")

    assert problem.startswith(f"headline, line 2, column 3: U+{ord(character):04X} ")
    assert "" == text_problem(proposed(text), where="headline")


@pytest.mark.django_db
def test_press_that_normalizes_is_caught(paper: Paper, monkeypatch: pytest.MonkeyPatch) -> None:
    """A press that tidies text on its way to the disk is found to have changed it."""
    put = paper.worker.wired.store.put

    def tidy(key, rendered):
        if hasattr(rendered, "data") and not key.endswith((".png", ".ico")):
            tidied = unicodedata.normalize("NFKC", rendered.data.decode()).encode()
            rendered = type(rendered)(tidied)
        put(key, rendered)

    monkeypatch.setattr(paper.worker.wired.store, "put", tidy)
    paper.say(KINDS["lookalikes"])

    assert {"story h1", "rss", "atom", "news sitemap"} <= changed(paper, KINDS["lookalikes"])

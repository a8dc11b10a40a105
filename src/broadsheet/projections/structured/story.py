"""
Tells of a story, as a news article; of one that follows something, as a live blog as well.

Every date is the very text that the page's <time> elements carry: readers and machines are
told the same.
Source: Google, Article structured data; schema.org, NewsArticle and LiveBlogPosting (both
read 2026-11-28).
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from broadsheet.projections.facets import StoryBody, StoryCard, last_changed
from broadsheet.projections.locales import moment
from broadsheet.projections.structured.nodes import Node, named, node
from broadsheet.projections.structured.paper import Paper, publisher
from broadsheet.story.body import Embed, Gallery, PictureUse, PullQuote, Update, text_of
from broadsheet.story.records import Correction, CorrectionKind, Coverage
from broadsheet.story.wordcount import counted

# An editor's note or an update corrects nothing.
_CORRECTING = {CorrectionKind.CORRECTION, CorrectionKind.CLARIFICATION}
MOST_UPDATES = 50  # the newest: each says its words a second time


class Surroundings(NamedTuple):
    """What the page of a story reads of other things, ready to be told."""

    url: str
    zone: ZoneInfo
    section: Node | None
    authors: tuple[Node, ...]
    images: tuple[Node, ...]
    topics: tuple[str, ...]
    original_url: str  # "" if the story is the original, or the original is not live
    translation_urls: tuple[str, ...]  # of the original's translations


def is_live_coverage(card: StoryCard, body: StoryBody) -> bool:
    """Return whether a story follows something while it happens, or did."""
    return card.coverage is not Coverage.NONE or bool(_updates(body))


def story(card: StoryCard, body: StoryBody, around: Surroundings, paper: Paper) -> Node:
    """Return a live story as the article it is."""
    is_live = is_live_coverage(card, body)
    iso = _Times(card, around.zone)
    further = _live(card, body, around, iso) if is_live else {}
    told = node(
        "LiveBlogPosting" if is_live else "NewsArticle",
        headline=card.headline,
        description=card.standfirst,
        url=around.url,
        mainEntityOfPage=around.url,
        inLanguage=card.language,
        datePublished=iso.of(card.first_published_at),
        dateModified=iso.of(last_changed(card, body)),
        author=around.authors,
        publisher=publisher(paper),
        sourceOrganization=node("Organization", name=body.source) if body.source else None,
        image=around.images,
        articleSection=around.section["name"] if around.section else "",
        isPartOf=tuple(_parts(around.section, paper)),
        keywords=around.topics,
        wordCount=counted(_text(body)).words,
        locationCreated=node("Place", name=card.dateline) if card.dateline else None,
        correction=tuple(_corrections(body.corrections, around, iso)),
        translationOfWork=_work(around.original_url),
        workTranslation=tuple(_work(url) for url in around.translation_urls),
        isAccessibleForFree=True,
        **further,
    )
    return named(f"{around.url}#story", told)


class _Times:
    """Writes times as the story's page does."""

    def __init__(self, card: StoryCard, zone: ZoneInfo) -> None:
        self._language, self._zone = card.language, zone

    def of(self, at: datetime) -> str:
        return moment(at, zone=self._zone, language=self._language).iso


def _work(url: str) -> Node | None:
    return {"@type": "CreativeWork", "@id": f"{url}#story", "url": url} if url else None


def _parts(section: Node | None, paper: Paper) -> Iterator[Node]:
    yield {"@id": paper.website_id}
    if section is not None:
        yield section


def _text(body: StoryBody) -> str:
    """Return the words of the story itself, each once, without those of pictures and embeds."""
    return "\n".join(
        text_of(block)
        for block in body.blocks
        if not isinstance(block, PictureUse | Gallery | Embed | PullQuote)
    )


def _corrections(notes: Sequence[Correction], around: Surroundings, iso: _Times) -> Iterator[Node]:
    for note in reversed(notes):
        if note.kind in _CORRECTING:
            yield node(
                "CorrectionComment",
                text=note.text,
                datePublished=iso.of(note.at),
                url=f"{around.url}#note-{note.id}",
            )


def _live(card: StoryCard, body: StoryBody, around: Surroundings, iso: _Times) -> dict[str, object]:
    updates = _updates(body)
    times = [update.at for update in updates]
    is_over = card.coverage is Coverage.ENDED
    return {
        "coverageStartTime": iso.of(min(times, default=card.first_published_at)),
        "coverageEndTime": iso.of(max(times, default=card.updated_at)) if is_over else "",
        "liveBlogUpdate": tuple(
            _update(update, card, around, iso) for update in updates[:MOST_UPDATES]
        ),
    }


def _updates(body: StoryBody) -> list[Update]:
    """Return the story's updates, newest first."""
    found = [block for block in body.blocks if isinstance(block, Update)]
    return sorted(found, key=lambda update: update.at, reverse=True)


def _update(update: Update, card: StoryCard, around: Surroundings, iso: _Times) -> Node:
    return node(
        "BlogPosting",
        headline=update.headline or card.headline,
        articleBody="\n".join(map(text_of, update.text)),
        datePublished=iso.of(update.at),
        url=f"{around.url}#update-{update.id}",
    )

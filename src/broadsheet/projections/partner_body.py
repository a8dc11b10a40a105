"""
Makes a story's body for partners: plain text, and HTML that needs no style sheet.

No template takes part: a paper's own theme changes its pages, and nothing of what partners
were promised. Pictures that may not be taken are left out, with their captions.
"""

from collections.abc import Iterable, Iterator
from html import escape
from typing import NamedTuple, assert_never

from broadsheet.projections import links, partner_pictures
from broadsheet.projections.blocks import newest_first, shown_run
from broadsheet.projections.facts import Facts
from broadsheet.projections.locales import moment
from broadsheet.projections.theme.escaping import inline
from broadsheet.story.body import (
    Block,
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
    text_of,
)
from broadsheet.story.wordcount import counted


class Terms(NamedTuple):
    """What a body for partners is made with."""

    facts: Facts
    paper: str
    base_url: str
    language: str


class Body(NamedTuple):
    """A body in one type, counted without the captions of its pictures."""

    content_type: str
    value: str
    words: int
    characters: int


def bodies(blocks: Iterable[Block], terms: Terms) -> tuple[Body, Body]:
    """Return a story's body as HTML and as plain text."""
    ordered = list(newest_first(blocks))
    texts = (text_of(block) for block in ordered if not isinstance(block, PictureUse | Gallery))
    text = "\n\n".join(each for each in texts if each)
    html = "\n".join(each for block in ordered for each in _html(block, terms))
    words, characters = counted(text).words, len(text)
    return (
        Body("text/html", html, words, characters),
        Body("text/plain", text, words, characters),
    )


def _html(block: Block, terms: Terms) -> Iterator[str]:  # noqa: C901  # a line for each kind
    match block:
        case Paragraph() | Points():
            yield _running(block, terms)
        case Heading(text=text):
            yield f"<h2>{escape(text)}</h2>"
        case Quote(text=text, attribution=attribution):
            yield _quote(text, attribution)
        case PullQuote(text=text, attribution=attribution):
            yield f"<aside>{_quote(text, attribution)}</aside>"
        case PictureUse():
            yield from _figure(block, terms)
        case Gallery(pictures=uses):
            for use in uses:
                yield from _figure(use, terms)
        case Embed():
            yield _embed(block)
        case Table():
            yield _table(block)
        case FactBox(title=title, text=parts):
            inner = "".join(_running(part, terms) for part in parts)
            yield f"<aside>{_title(title)}{inner}</aside>"
        case Update():
            yield _update(block, terms)
        case _:
            assert_never(block)


def _running(block: Paragraph | Points, terms: Terms) -> str:
    match block:
        case Paragraph(runs=runs):
            return f"<p>{_runs(runs, terms)}</p>"
        case Points(items=items, is_numbered=is_numbered):
            tag = "ol" if is_numbered else "ul"
            inner = "".join(f"<li>{_runs(item, terms)}</li>" for item in items)
            return f"<{tag}>{inner}</{tag}>"


def _runs(runs: Iterable[Run], terms: Terms) -> str:
    # What is a path on our site would lead nowhere on a partner's.
    return inline(map(shown_run, runs), terms.base_url)


def _quote(text: str, attribution: str) -> str:
    source = f"<footer>{escape(attribution)}</footer>" if attribution else ""
    return f"<blockquote><p>{escape(text)}</p>{source}</blockquote>"


def _title(text: str) -> str:
    return f"<h3>{escape(text)}</h3>" if text else ""


def _figure(use: PictureUse, terms: Terms) -> Iterator[str]:
    picture = partner_pictures.taken(terms.facts, use, paper=terms.paper)
    size = partner_pictures.widest(picture) if picture else None
    if picture is None or size is None:
        return
    src = escape(partner_pictures.url_of(picture, size, base_url=terms.base_url))
    alt = "" if picture.is_decorative else escape(picture.alternative_text)
    words = (partner_pictures.caption_of(picture, use), picture.credit)
    below = " ".join(f"<span>{escape(text)}</span>" for text in words if text)
    yield (
        f'<figure><img src="{src}" alt="{alt}" width="{size.width_px}" height="{size.height_px}">'
        f"<figcaption>{below}</figcaption></figure>"
    )


def _embed(embed: Embed) -> str:
    said = escape(embed.title or embed.author or links.profile_label(embed.url))
    if not links.is_followable(embed.url):
        return f"<p>{said}</p>"
    return f'<p><a href="{escape(embed.url)}">{said}</a></p>'


def _table(table: Table) -> str:
    caption = f"<caption>{escape(table.caption)}</caption>" if table.caption else ""
    rows = "".join(
        f"<tr>{''.join(_cells(row, table, is_head=table.has_header_row and n == 0))}</tr>"
        for n, row in enumerate(table.rows)
    )
    return f"<table>{caption}{rows}</table>"


def _cells(row: tuple[str, ...], table: Table, *, is_head: bool) -> Iterator[str]:
    for n, cell in enumerate(row):
        if is_head:
            yield f'<th scope="col">{escape(cell)}</th>'
        elif table.has_header_column and n == 0:
            yield f'<th scope="row">{escape(cell)}</th>'
        else:
            yield f"<td>{escape(cell)}</td>"


def _update(update: Update, terms: Terms) -> str:
    at = moment(update.at, zone=terms.facts.zone(), language=terms.language)
    inner = "".join(_running(part, terms) for part in update.text)
    when = f'<p><time datetime="{at.iso}">{escape(at.text)}</time></p>'
    return f"<section>{_title(update.headline)}{when}{inner}</section>"

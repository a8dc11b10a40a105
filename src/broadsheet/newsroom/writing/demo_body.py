"""
Reads the body of a demo story from its copy: a block a part, told by how the part begins.

    Running text, with *emphasis*, **weight**, [a link](https://…) and
    [another](to a story, by the beginning of its headline).

    - points, or 1. numbered ones, a line each
    ## a cross-heading
    > a quotation — who said it
    >> a pull quote — who said it
    !! a picture | its caption here
    %% a gallery: a picture | its caption here, a line each
    || a table's caption, then | its rows
    [] a fact box's title, then its text
    @@ minutes after a live story began | headline, then the update's text
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from broadsheet.newsroom.rich_text import html_of
from broadsheet.story.body import Paragraph, Points, Run

Value = Any  # of a block, by its kind; running text as HTML
Blocks = tuple[tuple[str, Value], ...]

_PAGE = "page:"  # no address begins so
_MARKED = re.compile(
    r"\*\*(?P<strong>.+?)\*\*|\*(?P<emphasis>.+?)\*|\[(?P<words>[^\]]+)\]\((?P<to>[^)]+)\)"
)
_NUMBERED = re.compile(r"\d+\. ")


class Around(NamedTuple):
    """What a body speaks of: pictures by name, pages' keys by headline, when it began."""

    pictures: Mapping[str, Any]
    pages: Mapping[str, int]
    began_at: datetime


def body_of(parts: Sequence[str], *, around: Around) -> Blocks:
    """
    Return the blocks of a body; what begins in no known way is running text.

    Raises:
        LookupError: it speaks of a picture or a story that is not there.

    """
    blocks: list[tuple[str, Value]] = []
    for part in parts:
        mark, *rest = part.split(maxsplit=1)
        read = _MARKS.get(mark)
        if read is not None:
            blocks.append(read("".join(rest), around))
            continue
        html = _html(part, around)
        if blocks and blocks[-1][0] == "text":
            html = blocks.pop()[1] + html
        blocks.append(("text", html))
    return tuple(blocks)


def _html(part: str, around: Around) -> str:
    html = html_of([_paragraph_or_points(part, around)])
    return re.sub(rf'href="{_PAGE}(\d+)"', r'linktype="page" id="\1"', html)


def _paragraph_or_points(part: str, around: Around) -> Paragraph | Points:
    is_numbered = _NUMBERED.match(part) is not None
    if not (is_numbered or part.startswith("- ")):
        return Paragraph(runs=_runs(part, around))
    items = (_NUMBERED.sub("", line, count=1).removeprefix("- ") for line in part.split("\n"))
    return Points(items=tuple(_runs(item, around) for item in items), is_numbered=is_numbered)


def _runs(text: str, around: Around) -> tuple[Run, ...]:
    runs, end = [], 0
    for found in _MARKED.finditer(text):
        runs.append(Run(text=text[end : found.start()]))
        runs.append(_marked_run(found, around))
        end = found.end()
    return tuple(run for run in (*runs, Run(text=text[end:])) if run.text)


def _marked_run(found: re.Match[str], around: Around) -> Run:
    if found["to"]:
        return Run(text=found["words"], href=_address(found["to"], around))
    if found["strong"]:
        return Run(text=found["strong"], strong=True)
    return Run(text=found["emphasis"], emphasis=True)


def _address(to: str, around: Around) -> str:
    if to.startswith("https://"):
        return to
    keys = [key for headline, key in around.pages.items() if headline.startswith(to)]
    if len(keys) != 1:
        message = f"{len(keys)} stories before this one begin with “{to}”; a link leads to one"
        raise LookupError(message)
    return f"{_PAGE}{keys[0]}"


def _heading(rest: str, _: Around) -> tuple[str, Value]:
    return ("heading", rest)


def _quoted(kind: str) -> Callable[[str, Around], tuple[str, Value]]:
    def read(rest: str, _: Around) -> tuple[str, Value]:
        text, _dash, attribution = rest.partition(" — ")
        return (kind, {"text": text, "attribution": attribution})

    return read


def _picture(line: str, around: Around) -> dict[str, Value]:
    name, _, caption = line.partition(" | ")
    return {"picture": around.pictures[name], "caption": caption}


def _picture_block(rest: str, around: Around) -> tuple[str, Value]:
    return ("picture", _picture(rest, around))


def _gallery(rest: str, around: Around) -> tuple[str, Value]:
    return ("gallery", {"pictures": [_picture(line, around) for line in rest.split("\n")]})


def _table(rest: str, _: Around) -> tuple[str, Value]:
    caption, _line, cells = rest.partition("\n")
    headers = {"has_header_row": True, "has_header_column": True}
    return ("table", {"caption": caption, "cells": cells, **headers})


def _fact_box(rest: str, around: Around) -> tuple[str, Value]:
    title, _, text = rest.partition("\n")
    return ("fact_box", {"title": title, "text": _html(text, around)})


def _embed(rest: str, _: Around) -> tuple[str, Value]:
    url, provider, title, author = rest.split(" | ")
    return ("embed", {"url": url, "provider": provider, "title": title, "author": author})


def _update(rest: str, around: Around) -> tuple[str, Value]:
    head, _, text = rest.partition("\n")
    minutes, _, headline = head.partition(" | ")
    at = (around.began_at + timedelta(minutes=int(minutes))).replace(microsecond=0)
    return ("update", {"at": at, "headline": headline, "text": _html(text, around)})


_MARKS: Mapping[str, Callable[[str, Around], tuple[str, Value]]] = {
    "##": _heading,
    ">": _quoted("quote"),
    ">>": _quoted("pull_quote"),
    "!!": _picture_block,
    "%%": _gallery,
    "||": _table,
    "[]": _fact_box,
    "@@": _update,
    "<>": _embed,
}

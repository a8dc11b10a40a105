"""Reads the body of a demo story from its copy: a block a part, told by how the part begins."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from broadsheet.newsroom.rich_text import html_of
from broadsheet.story.body import Paragraph, Points, Run

Value = Any  # of a block, by its kind; running text as HTML

_KICK_OFF = timedelta(hours=2)  # before now; updates say how many minutes later they came


def body_of(
    parts: list[str], *, pictures: Mapping[str, Any], now: datetime
) -> tuple[tuple[str, Value], ...]:
    """Return the blocks of a body; what begins in no known way is running text."""
    blocks: list[tuple[str, Value]] = []
    for part in parts:
        mark, _, rest = part.partition(" ")
        read = _MARKS.get(mark)
        if read is not None:
            blocks.append(read(rest))
        elif mark == "%%":
            uses = [{"picture": pictures[name], "caption": ""} for name in rest.split("; ")]
            blocks.append(("gallery", {"pictures": uses}))
        elif mark == "@@":
            blocks.append(_update(rest, now=now))
        else:
            html = html_of([_running(part)])
            if blocks and blocks[-1][0] == "text":
                html = blocks.pop()[1] + html
            blocks.append(("text", html))
    return tuple(blocks)


def _running(part: str) -> Paragraph | Points:
    if not part.startswith("- "):
        return Paragraph(runs=(Run(text=part),))
    items = tuple((Run(text=line.removeprefix("- ")),) for line in part.split("\n"))
    return Points(items=items, is_numbered=False)


def _quoted(kind: str) -> Callable[[str], tuple[str, Value]]:
    def read(rest: str) -> tuple[str, Value]:
        text, _, attribution = rest.partition(" — ")
        return (kind, {"text": text, "attribution": attribution})

    return read


def _table(rest: str) -> tuple[str, Value]:
    caption, _, cells = rest.partition("\n")
    headers = {"has_header_row": True, "has_header_column": True}
    return ("table", {"caption": caption, "cells": cells, **headers})


def _fact_box(rest: str) -> tuple[str, Value]:
    title, _, text = rest.partition("\n")
    return ("fact_box", {"title": title, "text": html_of([_running(text)])})


def _update(rest: str, *, now: datetime) -> tuple[str, Value]:
    head, _, text = rest.partition("\n")
    minutes, _, headline = head.partition(" | ")
    at = (now - _KICK_OFF + timedelta(minutes=int(minutes))).replace(microsecond=0)
    return ("update", {"at": at, "headline": headline, "text": html_of([_running(text)])})


_MARKS: Mapping[str, Callable[[str], tuple[str, Value]]] = {
    "##": lambda rest: ("heading", rest),
    ">": _quoted("quote"),
    ">>": _quoted("pull_quote"),
    "||": _table,
    "[]": _fact_box,
}

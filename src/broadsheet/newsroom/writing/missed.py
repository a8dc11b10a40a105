"""
Names what a person would miss in a paste, or read otherwise than it was meant.

Counted are things, never words: those stay in the story.
"""

import re
from collections import Counter
from html.parser import HTMLParser

import nh3

from broadsheet.newsroom.writing.marks import is_emoji

_PLAYERS = frozenset({"iframe", "video", "audio", "embed", "object"})
_KINDS = {
    "table": "table",
    "math": "formula",
    "text": "drawing",  # svg draws icons too; one with words is missed
    **dict.fromkeys(_PLAYERS, "player"),
    **dict.fromkeys(("s", "strike", "del"), "struck"),
    **dict.fromkeys(("sup", "sub"), "raised"),
}
_PIXEL = re.compile(r"[01](?:px)?")
_STRUCK = re.compile(r"text-decoration[a-z-]*\s*:[^;]*line-through", re.IGNORECASE)
_COMMENTS = re.compile(r"mso-element\s*:\s*comment-list", re.IGNORECASE)
_SAID = {
    "picture": (
        "a picture (upload it, and add it as one)",
        "{} pictures (upload them, and add them)",
    ),
    "table": (
        "a table (its words are here; a table of its own keeps its cells)",
        "{} tables (their words are here; tables of their own keep their cells)",
    ),
    "player": ("a video, sound or frame", "{} videos, sounds or frames"),
    "formula": ("a formula", "{} formulas"),
    "drawing": ("a drawing with words", "words in drawings, in {} places"),
    "comments": ("colleagues’ comments", "colleagues’ comments"),
    "struck": (
        "the line through words that were struck out (they are here: see to them)",
        "the lines through words that were struck out in {} places (they are here: see to them)",
    ),
    "raised": (
        "what was raised or lowered (it stands on the line here: 10⁶ is 106)",
        "what was raised or lowered in {} places (it stands on the line here: 10⁶ is 106)",
    ),
}


def missed(html: str) -> tuple[str, ...]:
    """Return in words what is lost of a paste with its markup."""
    # First made well-formed: Python's parser takes the square of what never ends.
    safe = nh3.clean(
        html,
        tags={*_KINDS, "svg", "img", "span", "div"},
        clean_content_tags={"script", "style"},
        attributes={"*": {"style"}, "img": {"alt", "width", "height"}},
        link_rel=None,
    )
    counter = _Counter()
    counter.feed(safe)
    counter.close()
    return tuple(
        one if counter.found[kind] == 1 else several.format(counter.found[kind])
        for kind, (one, several) in _SAID.items()
        if counter.found[kind]
    )


class _Counter(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: Counter[str] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: (value or "").strip() for name, value in attrs}
        style = given.get("style", "")
        if tag == "img":
            self.found["picture"] += not _is_no_picture(given)
        elif tag in _KINDS:
            self.found[_KINDS[tag]] += 1
        elif _STRUCK.search(style):
            self.found["struck"] += 1
        elif _COMMENTS.search(style):
            self.found["comments"] += 1


def _is_no_picture(given: dict[str, str]) -> bool:
    """Return whether an image is one that counts readers, or stands for a character."""
    sizes = (given.get("width", ""), given.get("height", ""))
    return is_emoji(given.get("alt", "")) or any(_PIXEL.fullmatch(size) for size in sizes)

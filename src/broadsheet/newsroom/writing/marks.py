"""Reads from the styles and classes of a paste what little of them means something."""

import re

import regex

_MEANINGS = (
    ("bold", re.compile(r"font-weight\s*:\s*(?:bold|bolder|[6-9]00)", re.IGNORECASE)),
    ("plain", re.compile(r"font-weight\s*:\s*(?:normal|[1-4]00)", re.IGNORECASE)),
    ("italic", re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE)),
    # Word writes a point as a paragraph that names its list, and its bullet as ignored text.
    ("bullet", re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)),
    ("point", re.compile(r"mso-list\s*:\s*l\d", re.IGNORECASE)),
    (
        "hidden",
        re.compile(
            r"display\s*:\s*none|mso-hide\s*:\s*all|mso-element\s*:\s*comment", re.IGNORECASE
        ),
    ),
)
# Word's sign that a colleague has commented: [AB1].
_COMMENT_CLASS = re.compile(r"\bmsocom|\bMsoCommentReference\b", re.IGNORECASE)
_EMOJI = regex.compile(
    r"(?=.*[\p{Extended_Pictographic}\p{Regional_Indicator}])[\p{Emoji}\p{Emoji_Component}]+"
)


def meant_by(name: str, value: str) -> str | None:
    """Return what a style or class means, in words of ours; None if nothing."""
    if name == "class":
        return "hidden" if _COMMENT_CLASS.search(value) else None
    return " ".join(word for word, style in _MEANINGS if style.search(value)) or None


def is_emoji(text: str) -> bool:
    """Return whether a text is emoji alone: what some sites draw as images."""
    return len(text) <= 40 and _EMOJI.fullmatch(text) is not None  # noqa: PLR2004  # a family is 11

"""
Settles where a story stands beside others: the original of a translation.

A group of translations is named by its original. So a translation of a translation is one
of the original, and the original is a translation of nothing.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # The rows import this module; only the checker needs them here.
    from broadsheet.newsroom import models as rows


def settle_places(story: "rows.Story") -> None:
    """Make a translation of a translation one of the original."""
    chosen = story.translation_of
    if chosen is not None and chosen.translation_of_id is not None:
        story.translation_of_id = chosen.translation_of_id


def translation_problem(story: "rows.Story") -> str:
    """Return why a story cannot be a translation of the chosen one, "" if it can."""
    if story.translation_of_id is None:
        return ""
    if story.translation_of_id == story.pk:
        return "a story is no translation of itself; choose another, or none"
    others = type(story).objects.filter(translation_of=story.pk) if story.pk else None
    if others is not None and others.exists():
        first = others[0].draft_title or others[0].title
        return f"“{first}” is a translation of this story; choose the original there instead"
    return ""


def original_of(story: "rows.Story") -> "rows.Story | None":
    """Return the story whose id names the group of translations; None for no translation."""
    chosen = story.translation_of
    if chosen is None:
        return None
    return chosen.translation_of or chosen

"""
Lets stories go live only in sections that readers can open.

A section is made public by its own act. A story before that would be live in a section that
has no page, no feed and no name for readers.
"""

from typing import TYPE_CHECKING

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

if TYPE_CHECKING:
    # The rows import this module; only the checker needs them here.
    from broadsheet.newsroom import models as rows


def refuse_hidden_sections(story: "rows.Story") -> None:
    """
    Do nothing if the section of a story, and those that are to list it too, are public.

    Raises:
        ValidationError: one is not; beside the field, if it is one that is to list it too.

    """
    errors: dict[str, str] = {}
    # A story that was not saved yet is in no section; saving it asks again.
    section = story.section_row() if story.pk else None
    if section is not None and not section.live:
        errors[NON_FIELD_ERRORS] = (
            f"the section “{section.title}” is not public yet: have it published first, "
            "or move the story into another"
        )
    hidden = [alias.title for alias in story.aliases.all() if not alias.live]
    if hidden:
        named = ", ".join(f"“{title}”" for title in sorted(hidden))
        errors["aliases"] = f"{named}: not public yet; have it published first, or untick it"
    if errors:
        raise ValidationError(errors)

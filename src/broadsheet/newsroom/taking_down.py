"""
Takes a story down as Wagtail does, and only the story.

Wagtail calls aliases the copies of a page that follow it, and takes them down with it. What a
story calls its aliases are the sections that list it too: those stay.
"""

from typing import Any

from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.signals import page_unpublished, unpublished


class TakingDown(UnpublishPageAction):
    """Wagtail's unpublishing, for a page that no other page follows."""

    def _after_unpublish(self, object: Any) -> None:  # noqa: A002  # Wagtail's name for it
        """Tell who listens, as Wagtail does; a story has no copies to take along."""
        page_unpublished.send(sender=type(object), instance=object)
        unpublished.send(sender=type(object), instance=object)

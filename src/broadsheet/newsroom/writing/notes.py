"""Shows beside the form what readers have been told of a story's changes: as the log has it."""

from typing import Any

from wagtail.admin.panels import Panel

from broadsheet.newsroom import publishing
from broadsheet.press import log
from broadsheet.projections.theme.furniture import words_for
from broadsheet.projections.theme.loading import shipped_words
from broadsheet.story.records import PAPER, Settings, Story


class ToldPanel(Panel):
    """Which act is for which change, and what readers see of the notes now."""

    class BoundPanel(Panel.BoundPanel):
        """The panel for one story."""

        template_name = "newsroom/writing/notes.html"

        def get_context_data(self, parent_context: Any = None) -> Any:
            """Return what the template shows."""
            newest = publishing.newest_story(self.instance) if self.instance.pk else None
            return super().get_context_data(parent_context) | _told(newest)


def _told(newest: Story | None) -> dict[str, Any]:
    settings = log.newest("settings", PAPER)
    zone = settings.time_zone if isinstance(settings, Settings) else "UTC"
    if newest is None:
        return {"is_public": False, "notes": [], "zone": zone}
    words = words_for(shipped_words(), newest.content.language)
    notes = [
        {"label": words.kinds[note.kind], "at": note.at, "text": note.text}
        for note in reversed(newest.content.corrections)
    ]
    return {
        "is_public": True,
        "notes": notes,
        "zone": zone,
        "language": newest.content.language,
        "updated_at": newest.updated_at,
        "first_published_at": newest.first_published_at,
    }

"""Tells, in a story's form, what keeps its pictures from readers."""

from typing import Any

from wagtail.admin.panels import Panel

from broadsheet.newsroom import to_version
from broadsheet.newsroom.pictures import standing


class PicturesPanel(Panel):
    """The story's pictures that need a look, each with a link; nothing if none does."""

    class BoundPanel(Panel.BoundPanel):
        """The panel for one story."""

        template_name = "newsroom/pictures/story_panel.html"

        def is_shown(self) -> bool:
            """Say whether there is anything to tell."""
            return bool(self._troubled())

        def get_context_data(self, parent_context: Any = None) -> Any:
            """Return what the template shows."""
            context = super().get_context_data(parent_context)
            return context | {"troubled": self._troubled()}

        def _troubled(self) -> list[tuple[Any, list[str]]]:
            if self.instance.pk is None:
                return []
            pictures = to_version.pictures_of(self.instance)
            found = [(picture, standing.of(picture)) for picture in pictures]
            return [
                (picture, [standing.WORDS[name] for name in names])
                for picture, names in found
                if names
            ]

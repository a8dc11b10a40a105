"""Shows, above a story's form, where it stands: who returned it and why, or who has it now."""

from typing import Any

from wagtail.admin.panels import Panel

from broadsheet.newsroom.paper_time import in_paper_time
from broadsheet.newsroom.people_names import name_of
from broadsheet.newsroom.roles.standing import Step, standing_of


class FlowPanel(Panel):
    """Where the story stands on its way to the reader."""

    class BoundPanel(Panel.BoundPanel):
        """The panel for one story."""

        template_name = "newsroom/roles/flow_panel.html"

        def is_shown(self) -> bool:
            """Say whether there is anything to tell: a mere draft is with its writer."""
            if self.instance.pk is None:
                return False
            self.standing = standing_of(self.instance)
            return self.standing.step is not Step.DRAFT

        def get_context_data(self, parent_context: Any = None) -> Any:
            """Return what the template shows."""
            return super().get_context_data(parent_context) | {
                "standing": self.standing,
                "by": name_of(self.standing.by) if self.standing.by else "",
                "since": in_paper_time(self.standing.at) if self.standing.at else "",
            }

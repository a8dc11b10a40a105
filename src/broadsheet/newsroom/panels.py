"""
Lays out the form a story is written in, and shows there what readers now have.

The latter is read from the log, never from the row: it says what is committed.
"""

from typing import Any

from django.forms import CheckboxSelectMultiple, HiddenInput
from wagtail.admin.panels import (
    FieldPanel,
    InlinePanel,
    MultiFieldPanel,
    MultipleChooserPanel,
    ObjectList,
    Panel,
    PublishingPanel,
    TabbedInterface,
)
from wagtail.admin.panels.base import get_form_for_model

from broadsheet.newsroom.forms import CorrectionForm
from broadsheet.newsroom.pictures.panels import PicturesPanel
from broadsheet.newsroom.roles.flow_panel import FlowPanel
from broadsheet.newsroom.writing.counts import CountsPanel
from broadsheet.newsroom.writing.notes import ToldPanel
from broadsheet.press import log
from broadsheet.press.models import LogEntry, Schedule
from broadsheet.story.records import PAPER, Act, Settings, Story, StoryState

STATES = {
    StoryState.LIVE: ("Live", "Readers have it at this address."),
    StoryState.UNPUBLISHED: ("Unpublished to fix", "The address answers “not found” for now."),
    StoryState.EXPIRED: ("Expired", "The address says that it is gone."),
    StoryState.RETRACTED: ("Retracted", "The address says so, with the reason."),
    StoryState.ERASED: ("Erased", "The address says so; the words are gone from every version."),
}

DONE = {
    Act.PUBLISH: "published",
    Act.UPDATE: "changed",
    Act.SIGNIFICANT_UPDATE: "updated",
    Act.CORRECT: "corrected",
    Act.UNPUBLISH: "taken down",
    Act.RETRACT: "retracted",
    Act.EXPIRE: "expired",
    Act.ERASE: "erased",
    Act.CHANGE_ADDRESS: "moved",
    Act.IMPORT: "taken over",
}


def what_readers_have(uuid: str) -> dict[str, Any]:
    """Return what the log says of a story, for a template; newest is None for a draft."""
    newest = log.newest("story", uuid)
    settings = log.newest("settings", PAPER)
    found: dict[str, Any] = {
        "newest": newest,
        "zone": settings.time_zone if isinstance(settings, Settings) else "UTC",
        "due": {row.act: row for row in Schedule.objects.filter(story=uuid)},
    }
    if isinstance(newest, Story):
        found["state"], found["meaning"] = STATES[newest.state]
        found["base_url"] = settings.base_url if isinstance(settings, Settings) else ""
        entries = list(LogEntry.objects.filter(kind="story", record_id=uuid).order_by("seq"))
        found["entry"], found["versions"] = entries[-1], len(entries)
        found["done"] = DONE[Act(entries[-1].act)]
    return found


class LivePanel(Panel):
    """What readers have of the story, above everything else in its form."""

    class BoundPanel(Panel.BoundPanel):
        """The panel for one story."""

        template_name = "newsroom/live_panel.html"

        def is_shown(self) -> bool:
            """Say whether there is anything to tell: a story not saved yet has nothing."""
            return self.instance.pk is not None

        def get_context_data(self, parent_context: Any = None) -> Any:
            """Return what the template shows."""
            context = super().get_context_data(parent_context)
            return context | what_readers_have(str(self.instance.uuid))


class CorrectionsPanel(InlinePanel):
    """The notes to readers, each with its id in the form."""

    def get_form_options(self) -> Any:
        """Return the options of the notes' forms."""
        options = super().get_form_options()
        notes = options["formsets"][self.relation_name]
        notes["fields"] = [*notes["fields"], "uuid"]
        notes["widgets"] = {**notes["widgets"], "uuid": HiddenInput}
        notes["form"] = get_form_for_model(
            self.db_field.related_model,
            form_class=CorrectionForm,
            fields=notes["fields"],
            widgets=notes["widgets"],
            defer_required_on_fields=["text"],
        )
        return options


def story_panels() -> TabbedInterface:
    """Return the layout of a story's form."""
    return TabbedInterface(
        [
            ObjectList(_words(), heading="Story"),
            ObjectList(_changes(), heading="Corrections"),
            ObjectList(_places(), heading="Placing"),
            ObjectList(
                [FieldPanel("social_text"), FieldPanel("desk_notes")], heading="Posts and notes"
            ),
        ]
    )


def _words() -> list[Panel]:
    return [
        LivePanel(),
        FlowPanel(),
        PicturesPanel(),
        FieldPanel("kicker"),
        FieldPanel("title", heading="Headline"),
        FieldPanel("standfirst"),
        CountsPanel(),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel("lead", heading="Picture"), FieldPanel("lead_caption")],
            heading="Lead picture",
        ),
        InlinePanel("bylines", heading="By", label="author"),
    ]


def _changes() -> list[Panel]:
    return [
        ToldPanel(),
        CorrectionsPanel(
            "corrections",
            heading="Notes to readers",
            label="note",
            help_text="Dated when first published. A published note can be reworded, not removed.",
            panels=[FieldPanel("kind"), FieldPanel("text"), FieldPanel("significant")],
        ),
        FieldPanel("significant_update"),
    ]


def _places() -> list[Panel]:
    return [
        FieldPanel("aliases", widget=CheckboxSelectMultiple),
        MultipleChooserPanel("topics", chooser_field_name="topic", heading="Topics", label="topic"),
        MultipleChooserPanel(
            "related",
            chooser_field_name="to",
            heading="Related stories",
            label="story",
            help_text="Readers find them below the story, in this order; only live ones.",
        ),
        FieldPanel("dateline"),
        FieldPanel("language"),
        FieldPanel("translation_of"),
        FieldPanel("address_words"),
        FieldPanel("coverage"),
        FieldPanel("source"),
        FieldPanel("syndication"),
        FieldPanel("embargo_until"),
        PublishingPanel(),
    ]

"""Fronts as editors arrange them: drafts, and changes that wait for their time."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from uuid6 import uuid7

from broadsheet.newsroom.models.section import SectionPage


class Front(models.Model):
    """
    One front page: the paper's own, or a section's. How it is arranged stands in the log only.

    The row is what drafts and changes hang on, and what the audit log speaks of.
    """

    wagtail_reference_index_ignore = True

    key = models.CharField(max_length=40, unique=True)  # as the log: PAPER, or the section's id
    section = models.OneToOneField(
        SectionPage, null=True, on_delete=models.CASCADE, related_name="+"
    )

    class Meta:
        """Who may what with a front is said by roles; it is neither added nor deleted."""

        default_permissions: ClassVar = ()

    def __str__(self) -> str:
        """Return what the desk calls it."""
        return "Front page" if self.section is None else f"Front of {self.section.title}"


class FrontDraft(models.Model):
    """What one editor is making of a front. No reader sees it, and no other editor changes it."""

    wagtail_reference_index_ignore = True

    front = models.ForeignKey(Front, on_delete=models.CASCADE, related_name="drafts")
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    slots = models.JSONField()  # story.records.Slot, as JSON
    based_on = models.BigIntegerField()  # log entry it began from; 0: nothing was arranged
    number = models.PositiveIntegerField(default=1)  # counts its saves: a form from before is told
    saved_at = models.DateTimeField()

    class Meta:
        """One of each editor a front."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["front", "editor"], name="newsroom_front_draft_editor")
        ]


class FrontChange(models.Model):
    """An arrangement that waits for its time, or what became of it."""

    class State(models.TextChoices):
        """Where a change stands."""

        WAITING = "waiting"
        DONE = "done"
        CANCELLED = "cancelled"
        OVERTAKEN = "overtaken"  # a later one was carried out before it could be

    wagtail_reference_index_ignore = True

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    front = models.ForeignKey(Front, on_delete=models.CASCADE, related_name="changes")
    slots = models.JSONField()  # story.records.Slot, as JSON
    based_on = models.BigIntegerField()  # log entry it was made from
    due_at = models.DateTimeField()
    asked_by = models.CharField(max_length=150)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=150, blank=True, default="")

    class Meta:
        """Soonest first."""

        ordering: ClassVar = ["due_at", "pk"]
        indexes: ClassVar = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(state="waiting"),
                name="newsroom_front_change_due",
            )
        ]

"""
Has everything that Wagtail notes in its own logs noted in the audit log too.

Its views, actions and ours all call wagtail.log_actions.log; which rows that makes depends
on what is registered for a kind of object. These are its own rows, and one of ours beside.
"""

from typing import Any

from django.db import models
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry, Page, PageLogEntry

from broadsheet.newsroom.audit.noting import note


class _NotesToo:
    """Mixed into a manager of Wagtail's log entries."""

    def log_action(self: Any, instance: Any, action: str, **kwargs: Any) -> Any:
        """Log as Wagtail does, and note it."""
        entry = super().log_action(instance, action, **kwargs)  # type: ignore[misc]  # of the manager
        note(action, about=instance, user=kwargs.get("user"), detail=entry.data)
        return entry


class _PageLogs(_NotesToo, type(PageLogEntry.objects)):  # type: ignore[misc]  # untyped in Wagtail
    """Wagtail's log of pages, noted too."""


class _ModelLogs(_NotesToo, type(ModelLogEntry.objects)):  # type: ignore[misc]  # untyped in Wagtail
    """Wagtail's log of everything else, noted too."""


class AuditedPageLogEntry(PageLogEntry):
    """What Wagtail says happened to a page."""

    objects = _PageLogs()

    class Meta:
        """The same rows."""

        proxy = True
        default_permissions = ()


class AuditedModelLogEntry(ModelLogEntry):
    """What Wagtail says happened to anything else."""

    objects = _ModelLogs()

    class Meta:
        """The same rows."""

        proxy = True
        default_permissions = ()


def note_what_wagtail_logs() -> None:
    """Register them in the place of Wagtail's own."""
    registry.register_model(Page, AuditedPageLogEntry)
    registry.register_model(models.Model, AuditedModelLogEntry)
    registry.log_entry_models.difference_update({PageLogEntry, ModelLogEntry})

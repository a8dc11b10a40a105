"""
One act each: who did it, when, from where, to what. Rows are added, and never changed.

Wagtail keeps two tables of its own for its histories; this one holds what those say, by
whom when nobody was signed in, and from which address, in an order that can be paged fast.
"""

from typing import Any, ClassVar

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models


class AuditEntryStays(TypeError):
    """The audit log was asked to change or forget what it says; that is a fault of the caller."""


class AuditEntry(models.Model):
    """An act. Its key is its place in the order."""

    at = models.DateTimeField(db_index=True)
    by = models.CharField(max_length=150)  # a user's name; or the press, or the command line
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.DO_NOTHING,  # accounts go, their acts stay
        db_constraint=False,
        related_name="+",
    )
    address = models.GenericIPAddressField(null=True)  # where the request came from
    act = models.CharField(max_length=80)
    kind = models.CharField(max_length=40)  # what it was done to: story, picture, user ...
    object_id = models.CharField(max_length=40)
    label = models.TextField()  # what that was called then
    story = models.UUIDField(null=True)
    detail = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    wagtail_reference_index_ignore = True

    class Meta:
        """Read newest first, all or those of one person, act or story."""

        default_permissions = ()
        indexes: ClassVar = [
            models.Index(fields=["by", "id"], name="audit_by"),
            models.Index(fields=["act", "id"], name="audit_act"),
            models.Index(fields=["story", "id"], name="audit_story"),
        ]

    def __str__(self) -> str:
        """Return it in one line."""
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.by} {self.act} {self.kind} {self.object_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """
        Add the entry.

        Raises:
            AuditEntryStays: it is there already.

        """
        if self.pk is not None:
            message = f"entry {self.pk} of the audit log cannot be changed; add another"
            raise AuditEntryStays(message)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """
        Refuse.

        Raises:
            AuditEntryStays: always.

        """
        del args, kwargs
        message = f"entry {self.pk} of the audit log cannot be deleted"
        raise AuditEntryStays(message)

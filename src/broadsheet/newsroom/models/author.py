"""Authors: people, and desks that sign as one."""

from django.db import models
from uuid6 import uuid7

from broadsheet.newsroom.models.picture import Picture


class Author(models.Model):
    """Somebody stories are by."""

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    name = models.CharField(max_length=255)
    slug = models.CharField(
        max_length=200, blank=True, help_text="For the address. Left empty, the name is used."
    )
    role = models.CharField(max_length=255, blank=True)
    bio = models.TextField(blank=True)
    links = models.TextField(blank=True, help_text="Profiles elsewhere, one https address a line.")
    avatar = models.ForeignKey(
        Picture, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        """Listed by name."""

        ordering = ("name", "id")

    def __str__(self) -> str:
        """Return the name."""
        return self.name

"""Authors: people, and desks that sign as one."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from uuid6 import uuid7

from broadsheet.newsroom import publishing
from broadsheet.newsroom.models.picture import Picture
from broadsheet.newsroom.texts import link_problems, text_problem
from broadsheet.newsroom.to_version import lines


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

    def save(self, *args: Any, **kwargs: Any) -> None:
        """
        Save the row and, in the same transaction, commit what readers now know of them.

        Raises:
            ValidationError: the press declines.

        """
        with transaction.atomic():
            super().save(*args, **kwargs)
            publishing.commit_author(self)

    def clean(self) -> None:
        """
        Check texts and links.

        Raises:
            ValidationError: field by field, what is wrong and what to do.

        """
        super().clean()
        errors: dict[str, Any] = {
            field: problem
            for field in ("name", "role", "bio")
            if (problem := text_problem(getattr(self, field), where=field))
        }
        wrong_links = list(link_problems(lines(self.links)))
        if wrong_links:
            errors["links"] = wrong_links
        if errors:
            raise ValidationError(errors)

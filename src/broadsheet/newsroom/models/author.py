"""Authors: people, and desks that sign as one."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from uuid6 import uuid7
from wagtail.search import index

from broadsheet.newsroom import publishing
from broadsheet.newsroom.fields import PlainLine, PlainText
from broadsheet.newsroom.models.picture import Picture
from broadsheet.newsroom.texts import link_problems
from broadsheet.newsroom.to_version import lines


class Author(index.Indexed, models.Model):
    """Somebody stories are by."""

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    name = PlainLine(max_length=255)
    slug = PlainLine(
        max_length=200, blank=True, help_text="For the address. Left empty, the name is used."
    )
    role = PlainLine(max_length=255, blank=True)
    bio = PlainText(blank=True)
    links = PlainText(blank=True, help_text="Profiles elsewhere, one https address a line.")
    avatar = models.ForeignKey(
        Picture, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    search_fields: ClassVar = [index.SearchField("name"), index.AutocompleteField("name")]

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
        Check the links.

        Raises:
            ValidationError: one is no https address.

        """
        super().clean()
        wrong_links = list(link_problems(lines(self.links)))
        if wrong_links:
            raise ValidationError({"links": wrong_links})

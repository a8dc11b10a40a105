"""Topics: what stories of several sections are about."""

from typing import Any, ClassVar

from django.db import models, transaction
from uuid6 import uuid7
from wagtail.search import index

from broadsheet.newsroom import publishing
from broadsheet.newsroom.fields import PlainLine, PlainText, says_something


class Topic(index.Indexed, models.Model):
    """A topic. Readers know of it once something live is on it, and the log with them."""

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    name = PlainLine(max_length=255, validators=[says_something])
    slug = PlainLine(
        max_length=200, blank=True, help_text="For the address. Left empty, the name is used."
    )
    description = PlainText(
        blank=True, help_text="A sentence for the top of its page, and for search engines."
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
        Save the row and, in the same transaction, commit what readers who know it now see.

        Raises:
            ValidationError: the press declines.

        """
        with transaction.atomic():
            super().save(*args, **kwargs)
            publishing.commit_topic(self)

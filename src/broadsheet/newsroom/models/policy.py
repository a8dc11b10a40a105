"""Policies: what the paper says of itself, on a page of its own for each matter."""

from typing import Any

from django.db import models, transaction
from wagtail.fields import StreamField

from broadsheet.newsroom.blocks import PolicyBlock
from broadsheet.newsroom.fields import PlainLine, says_something
from broadsheet.newsroom.policies import commit_policy
from broadsheet.story.records import PolicyPurpose

PURPOSES = {
    PolicyPurpose.CORRECTIONS: "Corrections: how you mend what was wrong",
    PolicyPurpose.ETHICS: "Ethics: what you do, and never do",
    PolicyPurpose.OWNERSHIP: "Ownership: who owns the paper, and who pays for it",
    PolicyPurpose.CONTACT: "Contact: how to reach you",
    PolicyPurpose.PRIVACY: "Privacy: what you know of your readers",
}


class Policy(models.Model):
    """One policy. Readers have it as soon as it is saved; it is emptied, never deleted."""

    purpose = models.CharField(
        max_length=20,
        unique=True,
        choices=[(purpose.value, words) for purpose, words in PURPOSES.items()],
        help_text="Decides its address, /about/…/, and what search engines are told it is.",
    )
    title = PlainLine(max_length=255, validators=[says_something])
    body = StreamField(
        PolicyBlock(required=False),
        blank=True,
        help_text="Without any text the page is nowhere, and no page leads to it.",
    )

    class Meta:
        """Listed by name."""

        ordering = ("title", "id")
        verbose_name = "policy"
        verbose_name_plural = "policies"

    def __str__(self) -> str:
        """Return the title."""
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """
        Save the row and, in the same transaction, commit what readers now have.

        Raises:
            ValidationError: the press declines, or it links to what readers cannot open.

        """
        with transaction.atomic():
            super().save(*args, **kwargs)
            commit_policy(self)

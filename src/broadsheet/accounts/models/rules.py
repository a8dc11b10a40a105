"""What the paper decides about signing in: one row."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

ONLY = 1


class Rules(models.Model):
    """The paper's rules for signing in."""

    grace_days = models.PositiveSmallIntegerField(
        "days until a second factor is required",
        default=7,
        validators=[MaxValueValidator(90)],
        help_text="For publishers and administrators who have none yet. 0: at once.",
    )
    # One shift: who leaves in the evening signs in in the morning, and nobody over lunch.
    idle_hours = models.PositiveSmallIntegerField(
        "hours without use until somebody is signed out",
        default=8,
        validators=[MinValueValidator(1), MaxValueValidator(24 * 14)],
        help_text="An open page that nobody touches counts as unused.",
    )
    invitation_days = models.PositiveSmallIntegerField(
        "days an invitation can be accepted",
        default=7,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )

    class Meta:
        """How the desk names them."""

        verbose_name = "rules for signing in"
        verbose_name_plural = "rules for signing in"


def rules() -> Rules:
    """Return the paper's rules; those it begins with if it has decided nothing."""
    return Rules.objects.filter(pk=ONLY).first() or Rules(pk=ONLY)

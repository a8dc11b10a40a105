"""Pictures of which the press still has sizes to make: a queue of rows."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Stage(models.IntegerChoices):
    """What is wanted, the most urgent lowest."""

    FIRST = 0, "first sizes"  # JPEG: with them a page can show the picture
    REST = 1, "remaining sizes"  # other formats, and crops


class SizesWanted(models.Model):
    """
    Says that one picture lacks sizes. The row is the job, and gone once it is done.

    Written in the transaction that saves the picture. One that cannot be made waits for a
    person, with its problem, and stops no other.
    """

    wagtail_reference_index_ignore = True

    picture = models.OneToOneField(
        "newsroom.Picture", on_delete=models.CASCADE, primary_key=True, related_name="sizes_wanted"
    )
    stage = models.SmallIntegerField(choices=Stage.choices, default=Stage.FIRST)
    failures = models.PositiveSmallIntegerField(default=0)  # in a row; sets the back-off
    due_at = models.DateTimeField(null=True)  # when to try again; None: now
    problem = models.TextField(blank=True, default="")  # why a person must act; "" is not parked

    class Meta:
        """The next to be made is found by index."""

        indexes: ClassVar = [
            models.Index(
                fields=["stage", "-picture"],
                name="newsroom_sizes_wanted",
                condition=Q(problem=""),
            )
        ]

"""What readers have seen stays: a row that refuses its deletion."""

from functools import reduce
from operator import or_
from typing import ClassVar

from django.db import models
from django.db.models import Q

_MARKED = ("story", "section", "author", "picture", "topic")


def _only(kind: str) -> Q:
    others = {other: None for other in _MARKED if other != kind}
    return Q(**{f"{kind}__isnull": False}, **others)


class LiveMark(models.Model):
    """
    Says that one row was made public, and when; the database protects it from then on.

    A foreign key, since Wagtail deletes sections and their stories by queryset, where no
    code of ours runs.
    """

    wagtail_reference_index_ignore = True  # "Usage" at the desk lists stories, not marks

    story = models.OneToOneField(
        "newsroom.Story", null=True, on_delete=models.PROTECT, related_name="+"
    )
    section = models.OneToOneField(
        "newsroom.SectionPage", null=True, on_delete=models.PROTECT, related_name="+"
    )
    author = models.OneToOneField(
        "newsroom.Author", null=True, on_delete=models.PROTECT, related_name="+"
    )
    picture = models.OneToOneField(
        "newsroom.Picture", null=True, on_delete=models.PROTECT, related_name="+"
    )
    topic = models.OneToOneField(
        "newsroom.Topic", null=True, on_delete=models.PROTECT, related_name="+"
    )
    is_live = models.BooleanField(default=True)  # in the log; the sweep compares it with the row
    at = models.DateTimeField()

    class Meta:
        """Marks exactly one row."""

        constraints: ClassVar = [
            models.CheckConstraint(
                name="newsroom_mark_marks_one",
                condition=reduce(or_, (_only(kind) for kind in _MARKED)),
            )
        ]

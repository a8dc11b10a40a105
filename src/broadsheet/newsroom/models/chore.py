"""Housekeeping that Wagtail asked for and nobody has done yet."""

from typing import ClassVar

from django.db import models


class Chore(models.Model):
    """
    One call of one of Wagtail's tasks: index what a story refers to, remove a file.

    Written in the transaction that asks for it, and gone once it is done.
    """

    wagtail_reference_index_ignore = True

    task = models.CharField(max_length=200)  # where its function is imported from
    arguments = models.JSONField()  # a list and a mapping, as the function takes them
    failures = models.PositiveSmallIntegerField(default=0)
    problem = models.TextField(blank=True, default="")  # why it failed last

    class Meta:
        """Done in the order they were asked for."""

        ordering: ClassVar = ["pk"]

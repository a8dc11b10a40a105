"""
The log's state at the cursor, as tables: derived, and rebuilt from the log at will.

Moved only by press.deriving, in the transaction that moves the cursor.
"""

from typing import ClassVar

from django.db import models


class Cursor(models.Model):
    """Says up to which log entry the tables below, and the dirty marks, are derived."""

    name = models.CharField(max_length=20, primary_key=True)
    seq = models.BigIntegerField(default=0)
    generation = models.CharField(max_length=64, default="", blank=True)  # of what is rendered


class Current(models.Model):
    """The newest derived version of each record."""

    kind = models.CharField(max_length=20)
    record_id = models.CharField(max_length=40)
    seq = models.BigIntegerField()

    class Meta:
        """One row for each record."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "record_id"], name="press_current_record")
        ]


class ListMember(models.Model):
    """One story's entry in one list."""

    list_name = models.CharField(max_length=60)
    key = models.CharField(max_length=80)  # projections.facets.key_text: sorts as (time, id)
    story = models.CharField(max_length=40)
    published_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    address = models.CharField(max_length=500)
    day = models.CharField(max_length=10)  # "2026-11-22" in the paper's zone

    class Meta:
        """Lists are read by key from either end, by day, and by story once it is erased."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["list_name", "key"], name="press_member_key")
        ]
        indexes: ClassVar = [
            models.Index(fields=["list_name", "day"], name="press_member_day"),
            models.Index(fields=["story"], name="press_member_story"),
        ]


class ListPeriod(models.Model):
    """One calendar day or month of one list, while it has members."""

    list_name = models.CharField(max_length=60)
    period = models.CharField(max_length=10)  # "2026-11-22" or "2026-11", in the paper's zone
    month = models.CharField(max_length=7)  # of a day: its month; of a month: ""
    members = models.IntegerField()
    updated_at = models.DateTimeField()  # newest significant update among them

    class Meta:
        """One row for each period of a list; months of a list, and days of a month, by index."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["list_name", "month", "period"], name="press_listperiod_period"
            )
        ]


class SearchEntry(models.Model):
    """
    One live story in the readers' search; its words lie where each database searches best.

    SQLite has them in the table press_searchwords under the same place, PostgreSQL in a column
    "words" that Django does not know. Only press.search_index writes either.
    """

    place = models.BigIntegerField(primary_key=True)  # microseconds of its publication; sorts
    story = models.CharField(max_length=40)
    seq = models.BigIntegerField()  # of the version whose words these are

    class Meta:
        """One row for each story."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["story"], name="press_searchentry_story")
        ]

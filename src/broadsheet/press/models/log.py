"""The log: immutable versions of every kind of record a reader can see, in one order."""

from typing import ClassVar

from django.db import models


class Counter(models.Model):
    """The one row whose lock makes commit order the log's order."""

    name = models.CharField(max_length=20, primary_key=True)
    value = models.BigIntegerField(default=0)


class LogEntry(models.Model):
    """One version of one record, and what was done to make it. Never changed."""

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()  # max(now, the previous entry's)
    act = models.CharField(max_length=30)  # story.records.Act
    kind = models.CharField(max_length=20)
    record_id = models.CharField(max_length=40)
    version = models.BinaryField()  # canonical JSON with its schema; never re-serialized
    content_hash = models.CharField(max_length=64)
    by = models.CharField(max_length=150)  # who: a user name, "scheduler", "command line"

    class Meta:
        """The newest version of a record is found by index."""

        indexes: ClassVar = [
            models.Index(fields=["kind", "record_id", "-seq"], name="press_log_record")
        ]


class AssignedAddress(models.Model):
    """A path of the site, given to one record and never to another."""

    address = models.CharField(max_length=500, primary_key=True)
    kind = models.CharField(max_length=20)
    record_id = models.CharField(max_length=40)

"""What waits for its time, or for a person."""

from typing import ClassVar

from django.db import models


class Schedule(models.Model):
    """Something the scheduler must do when it falls due: one of each act a subject."""

    # Of "rights-end" the picture, of "front" the change to be made.
    story = models.CharField(max_length=40)
    act = models.CharField(max_length=10)  # "go-live", "expire", "rights-end", "front"
    due_at = models.DateTimeField()
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=150)
    retry_at = models.DateTimeField(null=True)  # after a failure; None: at due_at
    failures = models.IntegerField(default=0)
    reason = models.TextField(default="", blank=True)  # why it failed last
    lease_owner = models.CharField(max_length=40, default="", blank=True)
    lease_until = models.DateTimeField(null=True)

    class Meta:
        """Found by due time."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["story", "act"], name="press_schedule_story_act")
        ]
        indexes: ClassVar = [models.Index(fields=["due_at"], name="press_schedule_due")]


class MassChange(models.Model):
    """A plan too large to carry out unasked: it waits for a publisher."""

    surface = models.CharField(max_length=20)
    account = models.CharField(max_length=60)
    rows = models.IntegerField()  # how many objects it would withdraw or rewrite
    of = models.IntegerField()
    up_to_seq = models.BigIntegerField(default=0)  # newest log entry the plan carries out
    found_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.CharField(max_length=150, default="", blank=True)

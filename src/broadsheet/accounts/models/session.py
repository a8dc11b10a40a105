"""The sessions at the desk: a row for each browser somebody is signed in with."""

from django.conf import settings
from django.db import models


class DeskSession(models.Model):
    """One browser a person is signed in with; goes with Django's row of the same key."""

    key = models.CharField(max_length=40, unique=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="desk_sessions"
    )
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()  # when a person last did something, to the minute
    address = models.CharField(max_length=45, blank=True)
    agent = models.CharField(max_length=200, blank=True)

    class Meta:
        """The newest first."""

        ordering = ("-seen_at",)

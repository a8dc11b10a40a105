"""The sign-in log: who came in, who did not, and what changed about how they come in."""

from django.conf import settings
from django.db import models


class Kind(models.TextChoices):
    """What happened."""

    FAILED = "failed", "Sign-in failed"
    FAILED_CODE = "failed_code", "Wrong code after the right password"
    SLOWED = "slowed", "Too many tries: made to wait"
    PASSWORD_RIGHT = "password_right", "Right password"  # no password
    SIGNED_IN = "signed_in", "Signed in"
    SIGNED_OUT = "signed_out", "Signed out"
    TIMED_OUT = "timed_out", "Signed out for being idle"
    SESSION_ENDED = "session_ended", "Session ended"
    FACTOR_ADDED = "factor_added", "Second factor set up"
    FACTOR_REMOVED = "factor_removed", "Second factor removed"
    CODES_MADE = "codes_made", "Recovery codes made"
    PASSWORD_CHANGED = "password_changed", "Password changed"  # no password
    RESET_ASKED = "reset_asked", "New password asked for"
    PASSWORD_RESET = "password_reset", "Password set anew"  # no password
    INVITED = "invited", "Invited"
    INVITATION_REVOKED = "invitation_revoked", "Invitation revoked"
    ACCEPTED = "accepted", "Invitation accepted"
    DEACTIVATED = "deactivated", "Deactivated"
    ACTIVATED = "activated", "Activated again"
    CHANGED = "changed", "Name or mail address changed"
    ROLE_GIVEN = "role_given", "Role given"
    ROLE_TAKEN = "role_taken", "Role taken away"


class AccessEntry(models.Model):
    """
    One thing that happened; never changed, but for a try that turned out right.

    What was typed as a name is kept only if it is an account's: people type passwords
    there. `name_key` tells equal names apart from others without telling them.
    """

    at = models.DateTimeField()
    kind = models.CharField(max_length=20, choices=Kind.choices)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    name = models.CharField(max_length=150, blank=True)  # kept when the account is removed
    name_key = models.CharField(max_length=32, blank=True)
    address = models.CharField(max_length=45, blank=True)
    network = models.CharField(max_length=45, blank=True)  # what one client can choose from
    agent = models.CharField(max_length=200, blank=True)
    by = models.CharField(max_length=200, blank=True)  # when it was not the person
    detail = models.CharField(max_length=300, blank=True)

    class Meta:
        """Indexes for the throttle, and for the pages that show the log."""

        ordering = ("-at", "-pk")
        indexes = (
            models.Index(fields=["kind", "name_key", "at"]),
            models.Index(fields=["kind", "network", "at"]),
            models.Index(fields=["person", "at"]),
            models.Index(fields=["at"]),
        )

    def __str__(self) -> str:
        """Return it in words."""
        return f"{self.at:%Y-%m-%d %H:%M} {self.get_kind_display()}: {self.name or '?'}"

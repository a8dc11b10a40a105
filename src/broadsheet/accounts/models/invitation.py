"""Invitations: who is to come in, as what, and by when."""

from django.conf import settings
from django.db import models


class Invitation(models.Model):
    """
    One person invited. Its link is signed and holds `nonce`; the link itself is not kept.

    Sending it again changes the nonce, so an older link opens nothing any more.
    """

    email = models.EmailField("address", help_text="Where the invitation goes.")
    name = models.CharField("name", max_length=150, help_text="As bylines would have it.")
    role = models.CharField(max_length=60, blank=True)
    sections = models.JSONField(default=list, blank=True)
    nonce = models.CharField(max_length=43)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        """The newest first."""

        ordering = ("-invited_at", "-pk")

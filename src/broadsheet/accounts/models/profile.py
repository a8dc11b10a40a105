"""What we know of a person beyond Django's own row."""

from django.conf import settings
from django.db import models


class Profile(models.Model):
    """One person's row, made when something is to be noted."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    # When they were first seen without the second factor they must have: grace begins.
    factor_asked_at = models.DateTimeField(null=True)

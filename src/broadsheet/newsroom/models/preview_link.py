"""A link to a draft for somebody without an account. Its token is kept as a hash only."""

from typing import ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from broadsheet.newsroom.fields import PlainLine


class PreviewLink(models.Model):
    """One link: who made it and for whom, what it shows and until when, and who opened it."""

    wagtail_reference_index_ignore = True  # "Usage" at the desk lists stories, not links

    story = models.ForeignKey("newsroom.Story", on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)  # SHA-256 (hex)
    note = PlainLine(max_length=120, blank=True)  # whom it is for
    made_by = models.CharField(max_length=150)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    # The story as it was; None shows what was saved last. A copy, since Wagtail's autosave
    # writes over revisions.
    pinned = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    may_show_embargoed = models.BooleanField(default=False)
    revoked_by = models.CharField(max_length=150, default="", blank=True)
    revoked_at = models.DateTimeField(null=True)
    opened = models.IntegerField(default=0)
    last_opened_at = models.DateTimeField(null=True)

    class Meta:
        """Listed by story, newest first."""

        indexes: ClassVar = [
            models.Index(fields=["story", "-made_at"], name="newsroom_preview_links")
        ]

"""What was copied in before, so that the same page makes no second story by accident."""

from django.db import models


class CopiedPage(models.Model):
    """
    One page that was copied in, known by hashes: it holds none of its words.

    Goes with its draft when that is thrown away. It outlives an erasure, so that what the
    law had taken out is not brought back by the same file.
    """

    wagtail_reference_index_ignore = True  # "Usage" at the desk lists stories, not this

    story = models.ForeignKey(
        "newsroom.Story", on_delete=models.CASCADE, related_name="copied_pages"
    )
    file = models.CharField(max_length=64, db_index=True)  # SHA-256 (hex) of its bytes
    words = models.CharField(max_length=64, db_index=True)  # of its headline and body
    at = models.DateTimeField()

"""What the desk's search looks through."""

from django.db import models


class Wording(models.Model):
    """
    The words of one page of the tree, each once, as newsroom.wordings reads them.

    Made by the press when it is idle, never by the act that changes the page; may be lost,
    and is then made again. Goes with its page.
    """

    wagtail_reference_index_ignore = True  # it refers to nothing an editor would look for

    page = models.OneToOneField(
        "wagtailcore.Page", primary_key=True, on_delete=models.CASCADE, related_name="wording"
    )
    words = models.TextField()
    # When the newest draft was saved that was read; null: there was none.
    draft_at = models.DateTimeField(null=True)

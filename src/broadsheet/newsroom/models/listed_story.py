"""What the desk's list of stories is found and sorted by: a narrow row for each story."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q


class ListedStory(models.Model):
    """
    What the list shows of one story, as its newest draft says.

    Written in the transaction that saves the story (desk.listing), and mended by the minute
    sweep. Wagtail's own rows are wide, lie in two tables, and no index of theirs has the
    order of a list. What is under way (submitted, scheduled, in trouble) is not here: that
    is little, and other tables know it.
    """

    wagtail_reference_index_ignore = True  # "Usage" at the desk lists stories, not this

    story = models.OneToOneField(
        "newsroom.Story", primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    section_path = models.CharField(max_length=255)  # of its section in Wagtail's tree
    headline = models.CharField(max_length=255)
    kicker = models.CharField(max_length=255, blank=True, default="")
    authors = models.TextField(blank=True, default="")  # their keys in the byline's order: "3,7"
    state = models.CharField(max_length=12)  # desk.states.Lifecycle
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()  # when its newest draft was saved, or it was published
    published_at = models.DateTimeField(null=True)  # first
    embargo_until = models.DateTimeField(null=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        """Every order the list has, alone and within a section and a state, by index."""

        indexes: ClassVar = [
            models.Index(fields=["changed_at", "story"], name="newsroom_listed_changed"),
            models.Index(fields=["published_at", "story"], name="newsroom_listed_published"),
            models.Index(fields=["created_at", "story"], name="newsroom_listed_created"),
            models.Index(
                fields=["section_path", "changed_at", "story"], name="newsroom_listed_section"
            ),
            models.Index(fields=["state", "changed_at", "story"], name="newsroom_listed_state"),
            models.Index(fields=["owner", "state", "changed_at"], name="newsroom_listed_owner"),
            models.Index(
                fields=["embargo_until"],
                name="newsroom_listed_embargo",
                condition=Q(embargo_until__isnull=False),
            ),
        ]


class ListedAuthor(models.Model):
    """One author of a listed story."""

    wagtail_reference_index_ignore = True

    listed = models.ForeignKey(ListedStory, on_delete=models.CASCADE, related_name="by")
    author = models.ForeignKey("newsroom.Author", on_delete=models.CASCADE, related_name="+")

    class Meta:
        """Each once; an author's stories by index."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["author", "listed"], name="newsroom_listed_author_once")
        ]

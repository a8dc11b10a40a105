"""What a story has several of: names in its byline, notes to its readers, topics, relations."""

from django.db import models
from modelcluster.fields import ParentalKey
from uuid6 import uuid7
from wagtail.models import Orderable

from broadsheet.newsroom.fields import PlainLine, PlainText, says_something
from broadsheet.newsroom.models.author import Author
from broadsheet.newsroom.models.topic import Topic
from broadsheet.story.records import CorrectionKind


class Byline(Orderable):
    """One author's place in a story's byline."""

    story = ParentalKey("newsroom.Story", on_delete=models.CASCADE, related_name="bylines")
    author = models.ForeignKey(Author, on_delete=models.PROTECT, related_name="+")
    role = PlainLine(
        max_length=255, blank=True, help_text="For this story. Left empty, the author's own."
    )


class StoryTopic(Orderable):
    """One topic of a story."""

    story = ParentalKey("newsroom.Story", on_delete=models.CASCADE, related_name="topics")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="+")


class RelatedStory(Orderable):
    """A story readers of another one are led to; shown while it is live."""

    story = ParentalKey("newsroom.Story", on_delete=models.CASCADE, related_name="related")
    to = models.ForeignKey("newsroom.Story", on_delete=models.CASCADE, related_name="+")


class Correction(Orderable):
    """A note to readers about a change to a story."""

    story = ParentalKey("newsroom.Story", on_delete=models.CASCADE, related_name="corrections")
    uuid = models.UUIDField(default=uuid7)
    kind = models.CharField(
        max_length=20,
        choices=[
            (CorrectionKind.CORRECTION.value, "Correction"),
            (CorrectionKind.CLARIFICATION.value, "Clarification"),
            (CorrectionKind.EDITORS_NOTE.value, "Editor’s note"),
            (CorrectionKind.UPDATE.value, "Update"),
        ],
        default=CorrectionKind.CORRECTION.value,
    )
    text = PlainText(
        help_text="What was wrong, and what is right. Readers see it.", validators=[says_something]
    )
    significant = models.BooleanField(
        default=False, help_text="Tick, and readers and feeds see the story as updated now."
    )
    at = models.DateTimeField(null=True, editable=False)  # set when first published

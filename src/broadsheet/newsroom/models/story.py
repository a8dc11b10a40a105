"""Stories: what an editor writes, and the one place that tells the press about it."""

from django.db import models
from modelcluster.fields import ParentalKey
from uuid6 import uuid7
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page

from broadsheet.newsroom.blocks import BodyBlock
from broadsheet.newsroom.models.author import Author
from broadsheet.newsroom.models.picture import Picture
from broadsheet.story.records import CorrectionKind


class Story(Page):
    """A story. Its section is its parent; its headline is Wagtail's title."""

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    address_words = models.CharField(max_length=200, blank=True)
    standfirst = models.TextField(blank=True)
    body = StreamField(BodyBlock(), blank=True)
    lead = models.ForeignKey(
        Picture, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    lead_caption = models.TextField(blank=True)
    dateline = models.CharField(max_length=255, blank=True)
    language = models.CharField(max_length=35, blank=True)
    significant_update = models.BooleanField(default=False)
    embargo_until = models.DateTimeField(null=True, blank=True)
    withdrawn = models.CharField(max_length=10, blank=True, editable=False)
    withdrawn_reason = models.TextField(blank=True, editable=False)

    parent_page_types = ("newsroom.SectionPage",)
    subpage_types = ()


class Byline(Orderable):
    """One author's place in a story's byline."""

    story = ParentalKey(Story, on_delete=models.CASCADE, related_name="bylines")
    author = models.ForeignKey(Author, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=255, blank=True)


class Correction(Orderable):
    """A note to readers about a change to a story."""

    story = ParentalKey(Story, on_delete=models.CASCADE, related_name="corrections")
    uuid = models.UUIDField(default=uuid7)
    kind = models.CharField(
        max_length=20,
        choices=[(kind.value, kind.value) for kind in CorrectionKind],
        default=CorrectionKind.CORRECTION.value,
    )
    text = models.TextField()
    significant = models.BooleanField(default=True)
    at = models.DateTimeField(null=True, editable=False)

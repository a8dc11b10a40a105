"""Pictures with their four texts; the file may come later than the words."""

from django.db import models
from uuid6 import uuid7
from wagtail.images.models import AbstractImage, AbstractRendition, WagtailImageField, get_upload_to
from wagtail.search import index


class Picture(AbstractImage):
    """A picture. Its title is the desk's name for it; readers see the four texts."""

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    file = WagtailImageField(
        upload_to=get_upload_to, width_field="width", height_field="height", blank=True
    )
    width = models.IntegerField(default=0, editable=False)
    height = models.IntegerField(default=0, editable=False)
    alternative_text = models.TextField(blank=True, default="")
    caption = models.TextField(blank=True, default="")
    agency_caption = models.TextField(blank=True, default="", help_text="As received. Never shown.")
    credit = models.TextField(blank=True, default="")
    sizes = models.JSONField(default=list, editable=False)  # story.records.Rendition, as JSON

    admin_form_fields = ("title", "file", "alternative_text", "caption", "agency_caption", "credit")

    search_fields = (
        *AbstractImage.search_fields,
        index.SearchField("alternative_text"),
        index.SearchField("caption"),
        index.SearchField("credit"),
    )


class DeskRendition(AbstractRendition):
    """A thumbnail for the desk. Readers never get these; see media.renditions."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        """One of each kind."""

        unique_together = (("image", "filter_spec", "focal_point_key"),)

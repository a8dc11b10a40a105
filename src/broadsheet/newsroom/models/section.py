"""Sections of the paper."""

from django.db import models
from uuid6 import uuid7
from wagtail.models import Page


class SectionPage(Page):
    """A section; its stories are its children."""

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    position = models.IntegerField(default=0, help_text="Order in the menu; lower comes first.")
    description = models.TextField(blank=True)

    parent_page_types = ("newsroom.PaperPage",)
    subpage_types = ("newsroom.Story",)
    exclude_fields_in_copy = ("uuid",)

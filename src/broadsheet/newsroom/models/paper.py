"""The paper itself: the page all sections hang on, and its settings."""

from django.db import models
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.models import Page


class PaperPage(Page):
    """The top of the tree. There is one; it is no page readers see."""

    max_count = 1
    subpage_types = ("newsroom.SectionPage",)


@register_setting(icon="site")
class PaperSettings(BaseGenericSetting):
    """What the paper is called, where it is and when its day begins."""

    name = models.CharField(max_length=255)
    tagline = models.CharField(max_length=255, blank=True)
    base_url = models.CharField(max_length=255)
    language = models.CharField(max_length=20, default="en")
    time_zone = models.CharField(max_length=60, default="UTC")
    profiles = models.TextField(
        blank=True, help_text="The paper's own accounts elsewhere, one https address a line."
    )

    class Meta:
        """Named for the menu."""

        verbose_name = "paper"

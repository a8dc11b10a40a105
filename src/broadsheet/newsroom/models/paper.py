"""The paper itself: the page all sections hang on, and its settings."""

from typing import Any, ClassVar
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.db import models, transaction
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.models import Page

from broadsheet.newsroom import publishing
from broadsheet.newsroom.texts import link_problems, text_problem
from broadsheet.newsroom.to_version import lines


class PaperPage(Page):
    """The top of the tree. There is one; it is no page readers see."""

    max_count = 1
    subpage_types: ClassVar = ["newsroom.SectionPage"]

    class Meta:
        """Called what editors call it."""

        verbose_name = "paper"


@register_setting(icon="site")
class PaperSettings(BaseGenericSetting):
    """What the paper is called, where it is and when its day begins."""

    name = models.CharField(max_length=255)
    tagline = models.CharField(max_length=255, blank=True)
    base_url = models.CharField(
        "site address", max_length=255, help_text="As readers type it: https://paper.example"
    )
    language = models.CharField(
        max_length=35, default="en", help_text="Of stories that name none: en, ar, ta …"
    )
    time_zone = models.CharField(
        max_length=60, default="UTC", help_text="Decides on which day a story appears."
    )
    profiles = models.TextField(
        blank=True, help_text="The paper's own accounts elsewhere, one https address a line."
    )

    class Meta:
        """Named for the menu."""

        verbose_name = "paper"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """
        Save the row and, in the same transaction, commit what the paper now is.

        Raises:
            ValidationError: the press declines.

        """
        with transaction.atomic():
            super().save(*args, **kwargs)
            publishing.commit_settings(self)

    def clean(self) -> None:
        """
        Check texts, zone and addresses.

        Raises:
            ValidationError: field by field, what is wrong and what to do.

        """
        super().clean()
        errors: dict[str, Any] = {
            field: problem
            for field in ("name", "tagline")
            if (problem := text_problem(getattr(self, field), where=field))
        }
        if self.time_zone not in available_timezones():
            errors["time_zone"] = f"there is no time zone “{self.time_zone}”; try Europe/Berlin"
        if not self.base_url.startswith(("http://", "https://")):
            errors["base_url"] = "write the whole address, with https://"
        wrong_links = list(link_problems(lines(self.profiles)))
        if wrong_links:
            errors["profiles"] = wrong_links
        if errors:
            raise ValidationError(errors)

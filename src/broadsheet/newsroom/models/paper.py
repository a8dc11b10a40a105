"""The paper itself: the page all sections hang on, and its settings."""

import re
from typing import Any, ClassVar
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.models import Page

from broadsheet.newsroom import publishing
from broadsheet.newsroom.fields import PlainLine, PlainText, is_language
from broadsheet.newsroom.roles.testers import PaperPermissions
from broadsheet.newsroom.texts import link_problems
from broadsheet.newsroom.to_version import lines

_SITE_ADDRESS = re.compile(r"https?://[^\s/?#@\\]+(?:/[^\s?#\\]*)?")


class PaperPage(Page):
    """The top of the tree. There is one; it is no page readers see."""

    max_count = 1
    subpage_types: ClassVar = ["newsroom.SectionPage"]

    preview_modes: ClassVar[list[Any]] = []
    private_page_options: ClassVar[list[str]] = []  # nothing at the desk hides a page from readers

    class Meta:
        """Called what editors call it."""

        verbose_name = "paper"

    def permissions_for_user(self, user: Any) -> PaperPermissions:
        """Return what somebody may do with it, by their roles."""
        return PaperPermissions(user, self)


@register_setting(icon="site")
class PaperSettings(BaseGenericSetting):
    """What the paper is called, where it is and when its day begins."""

    name = PlainLine(max_length=255)
    tagline = PlainLine(max_length=255, blank=True)
    base_url = PlainLine(
        "site address", max_length=255, help_text="As readers type it: https://paper.example"
    )
    language = PlainLine(
        max_length=35,
        default="en",
        validators=[is_language],
        help_text="Of stories that name none: en, ar, ta …",
    )
    time_zone = PlainLine(
        max_length=60, default="UTC", help_text="Decides on which day a story appears."
    )
    profiles = PlainText(
        blank=True, help_text="The paper's own accounts elsewhere, one https address a line."
    )
    websub_hub = PlainLine(
        "WebSub hub",
        max_length=255,
        blank=True,
        help_text="The https address of a service that tells feed readers of new stories at once.",
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
        Check zone and addresses.

        Raises:
            ValidationError: field by field, what is wrong and what to do.

        """
        super().clean()
        errors: dict[str, Any] = {}
        if self.time_zone not in available_timezones():
            errors["time_zone"] = f"there is no time zone “{self.time_zone}”; try Europe/Berlin"
        if not _SITE_ADDRESS.fullmatch(self.base_url):
            errors["base_url"] = "write the whole address, and no more: https://paper.example"
        wrong_links = list(link_problems(lines(self.profiles)))
        if wrong_links:
            errors["profiles"] = wrong_links
        if wrong_hub := list(link_problems([self.websub_hub] if self.websub_hub else [])):
            errors["websub_hub"] = wrong_hub
        if errors:
            raise ValidationError(errors)

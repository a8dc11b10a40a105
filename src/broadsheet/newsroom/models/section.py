"""Sections of the paper."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from uuid6 import uuid7
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from broadsheet.newsroom import publishing
from broadsheet.newsroom.fields import PlainText
from broadsheet.newsroom.forms import SectionForm
from broadsheet.newsroom.models.live_mark import LiveMark
from broadsheet.newsroom.roles.testers import SectionPermissions
from broadsheet.newsroom.texts import text_problem
from broadsheet.press import addresses, log
from broadsheet.story.ids import Address
from broadsheet.story.records import Section
from broadsheet.story.slugs import is_reserved


class SectionPage(Page):
    """A section; its stories are its children. Wagtail's slug makes its address."""

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    position = models.IntegerField(default=0, help_text="Order in the menu; lower comes first.")
    description = PlainText(blank=True)

    parent_page_types: ClassVar = ["newsroom.PaperPage"]
    subpage_types: ClassVar = ["newsroom.Story"]
    exclude_fields_in_copy: ClassVar = ["uuid"]

    base_form_class = SectionForm

    content_panels: ClassVar = [
        FieldPanel("title", heading="Name"),
        FieldPanel("slug", heading="Address", help_text="Part of the address: /world/"),
        FieldPanel("position"),
        FieldPanel("description"),
    ]
    promote_panels: ClassVar[list[Any]] = []
    settings_panels: ClassVar[list[Any]] = []
    preview_modes: ClassVar[list[Any]] = []
    private_page_options: ClassVar[list[str]] = []  # nothing at the desk hides a page from readers

    class Meta:
        """Called what editors call it."""

        verbose_name = "section"

    def save(self, *args: Any, **kwargs: Any) -> Any:
        """
        Save the row and, in the same transaction, commit what a live section now says.

        Raises:
            ValidationError: the press declines, or a public section would be hidden.

        """
        if not self.live and LiveMark.objects.filter(section_id=self.pk or 0).exists():
            message = f"section “{self.title}” stays: its page and stories are public; rename it"
            raise ValidationError(message)
        with transaction.atomic():
            saved = super().save(*args, **kwargs)
            if kwargs.get("update_fields") is None:
                publishing.commit_section(self)
        return saved

    def permissions_for_user(self, user: Any) -> SectionPermissions:
        """Return what somebody may do with it, by their roles."""
        return SectionPermissions(user, self)

    def clean(self) -> None:
        """
        Check texts and address.

        Raises:
            ValidationError: field by field, what is wrong and what to do.

        """
        super().clean()
        problem = text_problem(self.title, where="name")
        if problem:
            raise ValidationError({"title": problem})
        if self.slug and is_reserved(self.slug):
            message = f"/{self.slug}/ belongs to the site itself; choose another"
            raise ValidationError({"slug": message})
        if self.slug and addresses.is_taken(
            Address(f"/{self.slug}/"), by_other_than=str(self.uuid)
        ):
            message = f"/{self.slug}/ is, or was, another section's address; choose another"
            raise ValidationError({"slug": message})

    def get_url_parts(self, request: Any = None) -> Any:
        """Return where readers find the section; nowhere before it is live."""
        parts = super().get_url_parts(request)
        newest = log.newest("section", str(self.uuid))
        if parts is None or not isinstance(newest, Section):
            return parts
        return (parts[0], publishing.base_url(), newest.address)

"""Pictures with their four texts; the file may come later than the words."""

from typing import Any, ClassVar

import msgspec
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models, transaction
from uuid6 import uuid7
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.search import index

from broadsheet.media.placeholders import waiting_picture
from broadsheet.media.renditions import PictureUnusable, make_renditions
from broadsheet.newsroom import publishing
from broadsheet.newsroom.fields import PlainText


class Picture(AbstractImage):
    """
    A picture. Its title is the desk's name for it; readers see the other texts.

    While it waits, its file is a placeholder for the desk, and it has no sizes.
    """

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    alternative_text = PlainText(
        blank=True, default="", help_text="What there is to see, for readers who do not see it."
    )
    caption = PlainText(blank=True, default="", help_text="Shown below the picture.")
    agency_caption = PlainText(
        blank=True, default="", help_text="As received from the agency. Never shown to readers."
    )
    credit = PlainText(blank=True, default="", help_text="Who made it, as they ask.")
    sizes = models.JSONField(default=list, editable=False)  # story.records.Rendition, as JSON
    waiting = models.BooleanField(default=False, editable=False)  # for its file

    admin_form_fields: ClassVar = (
        "title",
        "file",
        "alternative_text",
        "caption",
        "agency_caption",
        "credit",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    search_fields: ClassVar = [
        *AbstractImage.search_fields,
        index.SearchField("alternative_text"),
        index.SearchField("caption"),
        index.SearchField("credit"),
    ]

    # Set when the form has made the sizes already, so that saving does not make them twice.
    made_sizes: list[Any] | None = None

    @classmethod
    def waiting_for_file(cls, title: str, **texts: str) -> "Picture":
        """Return a picture, not yet saved, whose words are there before its file."""
        file = ContentFile(waiting_picture(), name="waiting.png")
        return cls(title=title, file=file, waiting=True, **texts)

    @property
    def default_alt_text(self) -> str:
        """Return the alternative text, as the desk shows it too."""
        return self.alternative_text or self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """
        Save the row and, when readers know the picture, commit what it now says.

        Sizes are made before the transaction begins, when there is a new file.

        Raises:
            ValidationError: the file cannot be used.

        """
        if self._has_new_file():
            self.sizes = self.made_sizes or self.sizes_of(self.file)
            self.made_sizes = None
            self.waiting = False
            self._set_image_file_metadata()
        with transaction.atomic():
            super().save(*args, **kwargs)
            publishing.commit_picture(self)

    def generate_rendition_file(self, *args: Any, **kwargs: Any) -> "ContentFile[bytes]":
        """Return a thumbnail for the desk; Wagtail leaves its temporary file open, we do not."""
        temporary = super().generate_rendition_file(*args, **kwargs)
        try:
            temporary.seek(0)
            return ContentFile(temporary.read(), name=temporary.name)
        finally:
            temporary.close()

    @staticmethod
    def sizes_of(file: Any) -> list[Any]:
        """
        Make and keep the sizes of an uploaded file, and return them as the row keeps them.

        Raises:
            ValidationError: the file cannot be used; the message says why.

        """
        try:
            made = make_renditions(file, folder=settings.HOME.renditions)
        except PictureUnusable as unusable:
            raise ValidationError({"file": str(unusable)}) from unusable
        file.seek(0)
        return [msgspec.to_builtins(rendition) for rendition in made]

    def _has_new_file(self) -> bool:
        is_placeholder = self.waiting and self.pk is None
        # Django says in no public way whether a file was assigned since the row was read.
        return bool(self.file) and not self.file._committed and not is_placeholder  # noqa: SLF001


class DeskRendition(AbstractRendition):
    """A thumbnail for the desk. Readers never get these; see media.renditions."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        """One of each kind."""

        unique_together = (("image", "filter_spec", "focal_point_key"),)

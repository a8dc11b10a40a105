"""Pictures with their texts and rights; the file may come later than the words."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

import willow
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.validators import URLValidator
from django.db import models, transaction
from uuid6 import uuid7
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.search import index

from broadsheet.media.placeholders import waiting_picture
from broadsheet.media.renditions import rendition_path
from broadsheet.newsroom import acting, publishing
from broadsheet.newsroom.fields import PlainText
from broadsheet.newsroom.models.sizes_wanted import SizesWanted, Stage
from broadsheet.newsroom.pictures import files, focus, rights, standing
from broadsheet.newsroom.pictures.sources import DIGITAL_SOURCES

AWAITED_THUMBNAIL = "awaited.png"  # beside the originals
THUMBNAIL_PX = (165, 103)
WEB_ADDRESS = URLValidator(
    schemes=["http", "https"], message="write a whole address: https://agency.example/license"
)


class Picture(AbstractImage):
    """
    A picture. Its title is the desk's name for it; readers see the other texts.

    While it waits, its file is a placeholder for the desk, and it has no sizes. The press
    makes its sizes (newsroom.pictures.making): nothing else writes that column.
    """

    uuid = models.UUIDField(default=uuid7, unique=True, editable=False)
    alternative_text = PlainText(
        blank=True, default="", help_text="What there is to see, for readers who do not see it."
    )
    is_decorative = models.BooleanField(
        "is decoration",
        default=False,
        help_text="It shows nothing the story does not say: readers who do not see it are told "
        "nothing of it.",
    )
    caption = PlainText(blank=True, default="", help_text="Shown below the picture.")
    agency_caption = PlainText(
        blank=True, default="", help_text="As received from the agency. Never shown to readers."
    )
    credit = PlainText(
        blank=True,
        default="",
        help_text="Who made it, as they ask: shown below the picture. Without one no story "
        "with the picture is published.",
    )
    no_credit_reason = PlainText(
        "why there is no credit",
        blank=True,
        default="",
        help_text="Only if nobody can be credited. Kept in the history with your name.",
    )
    creator = PlainText(blank=True, default="", help_text="The person who made it.")
    source = PlainText(blank=True, default="", help_text="Whom the paper has it from.")
    copyright = PlainText(blank=True, default="", help_text="As its owner words it: © 2026 …")
    usage_terms = PlainText(blank=True, default="", help_text="What its owner allows, in words.")
    license_url = models.CharField(
        "license",
        max_length=500,
        blank=True,
        default="",
        validators=[WEB_ADDRESS],
        help_text="Address of the page that says how it may be used.",
    )
    licensor_url = models.CharField(
        "where to get a license",
        max_length=500,
        blank=True,
        default="",
        validators=[WEB_ADDRESS],
        help_text="Address of the page where others can license it.",
    )
    digital_source_type = models.CharField(
        "how it was made",
        max_length=120,
        blank=True,
        default="",
        choices=DIGITAL_SOURCES,
        help_text="Told to readers’ programs, as IPTC words it.",
    )
    instructions = PlainText(
        blank=True, default="", help_text="From its owner to the desk. Never shown to readers."
    )
    embargo_until = models.DateTimeField(
        null=True,
        blank=True,
        help_text="Until then no story with the picture is published.",
    )
    rights_end_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="From then on stories are shown without it.",
    )
    have_rights_ended = models.BooleanField(default=False, editable=False)
    sizes = models.JSONField(default=list, editable=False)  # story.records.Rendition, as JSON
    waiting = models.BooleanField(default=False, editable=False)  # for its file

    admin_form_fields: ClassVar = (
        "file",
        "title",
        "alternative_text",
        "is_decorative",
        "caption",
        "credit",
        "no_credit_reason",
        "creator",
        "source",
        "copyright",
        "usage_terms",
        "license_url",
        "licensor_url",
        "digital_source_type",
        "agency_caption",
        "instructions",
        "embargo_until",
        "rights_end_at",
        *focus.FIELDS,
    )

    search_fields: ClassVar = [
        *AbstractImage.search_fields,
        index.SearchField("alternative_text"),
        index.SearchField("caption"),
        index.SearchField("agency_caption"),
        index.SearchField("credit"),
        index.SearchField("creator"),
    ]

    # Set when the form has looked at the file already, so that saving does not do it twice.
    looked_at: files.Looked | None = None

    @classmethod
    def waiting_for_file(cls, title: str, **texts: str) -> "Picture":
        """Return a picture, not yet saved, whose words are there before its file."""
        file = ContentFile(waiting_picture(), name="waiting.png")
        return cls(title=title, file=file, waiting=True, **texts)

    @property
    def default_alt_text(self) -> str:
        """Return the alternative text, as the desk shows it too."""
        return self.alternative_text or self.title

    @property
    def standing(self) -> list[str]:
        """Return in words what keeps it from readers, for the desk's lists."""
        return [standing.WORDS[name] for name in standing.of(self)]

    def clean(self) -> None:
        """
        Check what readers who see the picture already would lose.

        Raises:
            ValidationError: field by field, what is wrong and what to do.

        """
        super().clean()
        if errors := rights.problems_of_form(self):
            raise ValidationError(errors)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """
        Save the row and, when readers know the picture, commit what it now says.

        A new file is looked at before the transaction begins; its sizes are the press's to
        make.

        Raises:
            ValidationError: the file cannot be used.

        """
        is_new_file = self._has_new_file()
        if is_new_file:
            self._take_in_file()
        self.have_rights_ended = rights.have_ended(self, now=acting.current().now)
        try:
            with transaction.atomic():
                self._save_row(*args, is_new_file=is_new_file, **kwargs)
        except BaseException:
            self._forget_file(is_new=is_new_file)
            raise

    def commit(self) -> None:
        """Make the log say what the row says, once readers may know of it."""
        publishing.commit_picture(self)

    def get_rendition(self, filter: Any) -> Any:  # noqa: A002  # Wagtail's name
        """
        Return a thumbnail for the desk; before there are sizes, one that says so.

        The desk decodes no file of strangers, which may be broken, and no 24 megapixels for a
        thumbnail. What stands in is in no table, so the true one comes with the sizes.
        """
        if self.sizes or self.waiting:
            return super().get_rendition(filter)
        storage = self.file.storage
        if not storage.exists(AWAITED_THUMBNAIL):
            storage.save(AWAITED_THUMBNAIL, ContentFile(waiting_picture("no sizes yet")))
        width, height = THUMBNAIL_PX  # as it is shown; the file is larger
        spec = filter if isinstance(filter, str) else filter.spec
        return DeskRendition(
            image=self, filter_spec=spec, file=AWAITED_THUMBNAIL, width=width, height=height
        )

    @contextmanager
    def get_willow_image(self) -> Iterator[Any]:
        """Give what the desk's thumbnails are made of: a size readers get, never the original."""
        ready = [s for s in self.sizes if s["format"] == "jpeg" and not s.get("shape")]
        if not ready:
            with super().get_willow_image() as image:
                yield image
            return
        path = rendition_path(ready[0]["sha256"], folder=settings.HOME.renditions)
        with path.open("rb") as file:
            yield willow.Image.open(file)

    def generate_rendition_file(self, *args: Any, **kwargs: Any) -> "ContentFile[bytes]":
        """Return a thumbnail for the desk; Wagtail leaves its temporary file open, we do not."""
        temporary = super().generate_rendition_file(*args, **kwargs)
        try:
            temporary.seek(0)
            return ContentFile(temporary.read(), name=temporary.name)
        finally:
            temporary.close()

    def _save_row(self, *args: Any, is_new_file: bool, **kwargs: Any) -> None:
        before = type(self).objects.select_for_update().filter(pk=self.pk or 0).first()
        if is_new_file:
            self.sizes = []
        elif before is not None:
            self.sizes = before.sizes
        super().save(*args, **kwargs)
        if is_new_file:
            self._want_sizes(Stage.FIRST)
        elif before is not None and not self.waiting:
            self._want_sizes_anew(before)
        rights.note_override(self, before=before)
        self.commit()
        publishing.keep_rights_end(self)

    def _forget_file(self, *, is_new: bool) -> None:
        """Remove a new file whose row was not written, so that none lies about without one."""
        if is_new and self.file._committed:  # noqa: SLF001  # as in _has_new_file
            self.file.storage.delete(self.file.name)

    def _has_new_file(self) -> bool:
        is_placeholder = self.waiting and self.pk is None
        # Django says in no public way whether a file was assigned since the row was read.
        return bool(self.file) and not self.file._committed and not is_placeholder  # noqa: SLF001

    def _take_in_file(self) -> None:
        looked = self.looked_at or files.look_at(self.file).looked
        self.looked_at = None
        files.fill_blanks(self, looked)
        rights.refuse_uncredited_file(self)
        self.width, self.height = looked.width_px, looked.height_px
        self.waiting = False
        self._set_image_file_metadata()

    def _want_sizes_anew(self, before: "Picture") -> None:
        """Have made again what looks, or tells of its owner, otherwise than it did."""
        if rights.in_files(before) != rights.in_files(self):
            self._want_sizes(Stage.FIRST)
        elif focus.of(before) != focus.of(self):
            self._want_sizes(Stage.REST)

    def _want_sizes(self, stage: Stage) -> None:
        wanted, _ = SizesWanted.objects.get_or_create(picture=self, defaults={"stage": stage})
        wanted.stage = min(wanted.stage, stage)
        wanted.failures, wanted.due_at, wanted.problem = 0, None, ""
        wanted.save()


class DeskRendition(AbstractRendition):
    """A thumbnail for the desk. Readers never get these; see media.renditions."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        """One of each kind."""

        unique_together = (("image", "filter_spec", "focal_point_key"),)

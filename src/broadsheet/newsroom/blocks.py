"""
The blocks an editor builds a body of: text, cross-heading, quotation, picture.

What each becomes in the log is said in to_version. Here each refuses what may not be
written, so that the form shows the complaint at the very block.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageChooserBlock

from broadsheet.newsroom.embeds.block import EmbedBlock
from broadsheet.newsroom.texts import as_typed, has_words, must_be_writable, rich_text_problems

TEXT_FEATURES = ["bold", "italic", "link"]


class RunningTextBlock(blocks.RichTextBlock):
    """Paragraphs with emphasis and links."""

    def clean(self, value: Any) -> Any:
        """
        Return the text, if it may be written.

        Raises:
            ValidationError: a character or a link may not, or there are no words to publish.

        """
        cleaned = super().clean(value)
        problems = list(rich_text_problems(cleaned.source))
        # An empty paragraph is something to Wagtail; a draft may have it while it is written.
        if not (problems or self.is_deferred_validation or has_words(cleaned.source)):
            problems = ["there are no words here; write some, or remove this stretch of text"]
        if problems:
            raise ValidationError(problems)
        return cleaned


class LineBlock(blocks.CharBlock):
    """One line of plain text, kept as typed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Keep the spaces at its ends: they are the writer's."""
        super().__init__(*args, **kwargs)
        self.field.strip = False

    def clean(self, value: Any) -> Any:
        """
        Return the line, if it may be written.

        Raises:
            ValidationError: a character may not.

        """
        cleaned = super().clean(value)
        must_be_writable(cleaned or "", where=str(self.label or "text"))
        return cleaned


class LinesBlock(blocks.TextBlock):
    """Some lines of plain text, kept as typed."""

    @cached_property
    def field(self) -> Any:
        """Keep the spaces at its ends: they are the writer's."""
        field = super().field
        field.strip = False
        return field

    def clean(self, value: Any) -> Any:
        """
        Return the text, if it may be written.

        Raises:
            ValidationError: a character may not.

        """
        cleaned = as_typed(super().clean(value) or "")
        must_be_writable(cleaned, where=str(self.label or "text"))
        return cleaned


class QuoteBlock(blocks.StructBlock):
    """A block quotation and who said it."""

    text = LinesBlock(rows=3)
    attribution = LineBlock(required=False)

    class Meta:
        """Shown to editors by its own icon."""

        icon = "openquote"
        label = "Quotation"


class PictureBlock(blocks.StructBlock):
    """A picture between paragraphs."""

    picture = ImageChooserBlock()
    caption = LinesBlock(
        required=False,
        rows=2,
        help_text="For this story only. Left empty, the picture's own caption is shown.",
    )

    class Meta:
        """Shown to editors by its own icon."""

        icon = "image"


class BodyBlock(blocks.StreamBlock):
    """A story's body, top to bottom."""

    text = RunningTextBlock(features=TEXT_FEATURES, icon="pilcrow")
    heading = LineBlock(icon="title", label="Cross-heading")
    quote = QuoteBlock()
    picture = PictureBlock()
    embed = EmbedBlock()


def body_problems(body: Any) -> list[str]:
    """Return why a body cannot be published, each reason with its block's number."""
    return _problems(body, lambda child: child.block.clean(child.value))


def draft_problems(body: Any) -> list[str]:
    """Return why a body cannot even be kept; what is merely unfinished can."""
    return _problems(body, lambda child: child.block.clean_deferred(child.value))


def _problems(body: Any, clean: Callable[[Any], object]) -> list[str]:
    problems = []
    for number, child in enumerate(body, start=1):
        try:
            clean(child)
        except StructBlockValidationError as error:
            found = [m for e in error.block_errors.values() for m in e.messages]
            problems += [f"block {number}: {message}" for message in found]
        except ValidationError as error:
            problems += [f"block {number}: {message}" for message in error.messages]
    return problems

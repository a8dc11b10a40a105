"""
The blocks an editor builds a body of, from running text to an update of a live story.

What each becomes in the log is said in to_version. Here each refuses what may not be
written, so that the form shows the complaint at the very block.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property, lazy
from django.utils.text import format_lazy
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images.blocks import ImageChooserBlock
from wagtail.rich_text import RichText

from broadsheet.newsroom.embeds.block import EmbedBlock
from broadsheet.newsroom.paper_time import by_the_papers_clock
from broadsheet.newsroom.texts import as_typed, has_words, must_be_writable, rich_text_problems
from broadsheet.newsroom.writing import pasting
from broadsheet.newsroom.writing.tables import table_problems

TEXT_FEATURES = ["bold", "italic", "link", "ul", "ol"]


class RunningTextBlock(blocks.RichTextBlock):
    """Paragraphs with emphasis and links."""

    def clean(self, value: Any) -> Any:
        """
        Return the text, cleaned of what our editor does not make, if it may be written.

        Raises:
            ValidationError: a character or a link may not, or there are no words to publish.

        """
        cleaned = super().clean(RichText(pasting.cleaned(value.source).html))
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
        """Keep the spaces at its ends: they are the writer's. Name it for who hears the form."""
        super().__init__(*args, **kwargs)
        self.field.strip = False
        if label := kwargs.get("label"):  # between other blocks Wagtail writes it as a heading
            self.field.widget.attrs["aria-label"] = label

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


class PullQuoteBlock(blocks.StructBlock):
    """Words of the story, set large."""

    text = LinesBlock(rows=2, help_text="A sentence of the story itself. Readers meet it twice.")
    attribution = LineBlock(required=False)

    class Meta:
        """Shown to editors by its own icon."""

        icon = "openquote"
        label = "Pull quote"


class TableBlock(blocks.StructBlock):
    """A table, typed or pasted from a spreadsheet."""

    caption = LineBlock(required=False, help_text="What the table tells, above it.")
    cells = LinesBlock(
        rows=6,
        help_text="A row a line. Paste cells from a spreadsheet, or write | between them.",
    )
    has_header_row = blocks.BooleanBlock(
        required=False, default=True, label="The first row names the columns"
    )
    has_header_column = blocks.BooleanBlock(
        required=False, label="The first cell of each row names the row"
    )

    class Meta:
        """Shown to editors by its own icon."""

        icon = "table"
        form_classname = "struct-block newsroom-table"

    def clean(self, value: Any) -> Any:
        """
        Return the table, if it is one.

        Raises:
            ValidationError: it has no cells, or more than readers could use.

        """
        cleaned = super().clean(value)
        # A draft may have a table that is not finished.
        problems = [] if self.is_deferred_validation else list(table_problems(cleaned["cells"]))
        if problems:
            raise StructBlockValidationError(block_errors={"cells": ValidationError(problems)})
        return cleaned


class FactBoxBlock(blocks.StructBlock):
    """What readers may want to know beside the story."""

    title = LineBlock()
    text = RunningTextBlock(features=TEXT_FEATURES)

    class Meta:
        """Shown to editors by its own icon."""

        icon = "list-ul"
        label = "Fact box"


class UpdateBlock(blocks.StructBlock):
    """What a live story has to say at one time."""

    at = blocks.DateTimeBlock(
        required=False,
        label="Time",
        help_text="Left empty, the minute it is first published. Readers see the newest first.",
    )
    headline = LineBlock(required=False)
    text = RunningTextBlock(features=TEXT_FEATURES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Name the clock that the time is told by, whatever it is when the form is shown."""
        super().__init__(*args, **kwargs)
        field = self.child_blocks["at"].field
        field.help_text = format_lazy("{} {}", field.help_text, lazy(by_the_papers_clock, str)())

    class Meta:
        """Shown to editors by its own icon."""

        icon = "history"
        label = "Update"


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


class GalleryBlock(blocks.StructBlock):
    """Pictures that belong together."""

    pictures = blocks.ListBlock(PictureBlock(), min_num=1, max_num=100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Give each of its pictures the heading that Wagtail leaves empty in a list."""
        super().__init__(*args, **kwargs)
        self.child_blocks["pictures"].child_block.label = "Picture of the gallery"

    class Meta:
        """Shown to editors by its own icon."""

        icon = "image"
        label = "Gallery"


class BodyBlock(blocks.StreamBlock):
    """A story's body, top to bottom."""

    text = RunningTextBlock(features=TEXT_FEATURES, icon="pilcrow", group="Words")
    heading = LineBlock(icon="title", label="Cross-heading", group="Words")
    quote = QuoteBlock(group="Words")
    pull_quote = PullQuoteBlock(group="Words")
    update = UpdateBlock(group="Words")
    picture = PictureBlock(group="Pictures")
    gallery = GalleryBlock(group="Pictures")
    fact_box = FactBoxBlock(group="Boxes")
    table = TableBlock(group="Boxes")
    embed = EmbedBlock(group="Boxes")


class PolicyBlock(blocks.StreamBlock):
    """The text of a policy."""

    text = RunningTextBlock(features=TEXT_FEATURES, icon="pilcrow")
    heading = LineBlock(icon="title", label="Cross-heading")


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

"""
The blocks an editor builds a body of: text, cross-heading, quotation, picture.

What each becomes in the log is said in to_version; these only hold what was written.
"""

from typing import Any

from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

TEXT_FEATURES = ["bold", "italic", "link"]


class QuoteBlock(blocks.StructBlock):
    """A block quotation and who said it."""

    text = blocks.TextBlock()
    attribution = blocks.CharBlock(required=False)

    class Meta:
        """Shown to editors by its own icon."""

        icon = "openquote"


class PictureBlock(blocks.StructBlock):
    """A picture between paragraphs."""

    picture = ImageChooserBlock()
    caption = blocks.TextBlock(
        required=False, help_text="For this story only. Left empty, the picture's own is shown."
    )

    class Meta:
        """Shown to editors by its own icon."""

        icon = "image"


class BodyBlock(blocks.StreamBlock):
    """A story's body, top to bottom."""

    text = blocks.RichTextBlock(features=TEXT_FEATURES, icon="pilcrow")
    heading = blocks.CharBlock(icon="title")
    quote = QuoteBlock()
    picture = PictureBlock()

    def get_default(self) -> Any:
        """Start a new story with one empty stretch of text, ready to type in."""
        return self.normalize([("text", "")])

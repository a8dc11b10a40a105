"""
The block an editor pastes an address into: a video, a post, a chart, or any page elsewhere.

Readers get a card with a link, and their browsers ask nobody else for anything. What the card
says can be looked up by a button; without that it is the editor's to write.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import TextInput
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from wagtail import blocks

from broadsheet.media.fetching.public_addresses import why_not_public
from broadsheet.media.fetching.web_addresses import SCHEMES, Refused, literal, read
from broadsheet.media.oembed.providers import name_at
from broadsheet.newsroom.texts import must_be_writable


class AddressInput(TextInput):
    """The field for an address, with the button that looks it up."""

    input_type = "url"

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Return the field and its button, under one element, as Wagtail's scripts want it."""
        field = super().render(name, value, attrs, renderer)
        return render_to_string("newsroom/embeds/address_input.html", {"field": field})


class CardLine(blocks.CharBlock):
    """One line of what a card says, kept as typed."""

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


class AddressLine(CardLine):
    """The address of a page that everybody can open."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Put the button beside the field. No address begins or ends with a space."""
        super().__init__(*args, **kwargs)
        self.field.strip = True
        self.field.widget = AddressInput(attrs=self.field.widget.attrs)

    def clean(self, value: Any) -> Any:
        """
        Return the address, if readers may be led there.

        Raises:
            ValidationError: it leads to no public web page; the message says why.

        """
        cleaned = super().clean(value)
        if cleaned:
            must_be_public(cleaned)
        return cleaned


class EmbedBlock(blocks.StructBlock):
    """Something that stands elsewhere, as a card with a link."""

    url = AddressLine(label="Address", help_text="Of the video, post or chart: https://…")
    title = CardLine(
        required=False, max_length=250, help_text="What the link says. Left empty, the address."
    )
    author = CardLine(required=False, max_length=250, label="By")
    provider = CardLine(
        required=False, max_length=100, label="On", help_text="Left empty, where we know it stands."
    )

    class Meta:
        """Shown to editors by its own icon."""

        icon = "media"
        label = "Embed"
        form_classname = "struct-block embed-block"

    def clean(self, value: Any) -> Any:
        """Return the card, on the provider we know by its address if none is written."""
        cleaned = super().clean(value)
        if cleaned.get("url") and not cleaned.get("provider"):
            cleaned["provider"] = name_at(cleaned["url"])
        return cleaned


def must_be_public(address: str) -> None:
    """
    Do nothing if an address may be one of a public web page. Nobody is asked.

    Raises:
        ValidationError: it leads elsewhere; the message says why.

    """
    try:
        url = read(address, ports=SCHEMES.values())
    except Refused as refused:
        raise ValidationError(str(refused)) from refused
    number = literal(url.host)
    if number is not None and why_not_public(number):
        message = f"{number} is {why_not_public(number)}; give an address that everybody can open"
        raise ValidationError(message)

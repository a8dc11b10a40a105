"""What embeds add to the desk: the address that looks one up, and the script of the button."""

from typing import Any

from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from wagtail import hooks

from broadsheet.newsroom.embeds.looking_up import look_up_embed


@hooks.register("register_admin_urls")
def addresses_of_embeds() -> Any:
    """Answer the button; Wagtail lets only signed-in editors reach it."""
    return [path("embeds/look-up/", look_up_embed, name="look_up_embed")]


@hooks.register("insert_editor_js")
def script_of_embeds() -> str:
    """Have the button ask, and write what it is told into the fields."""
    return format_html(
        '<script src="{}" data-look-up-url="{}"></script>',
        static("newsroom/embeds.js"),
        reverse("look_up_embed"),
    )

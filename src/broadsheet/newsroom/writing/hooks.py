"""What writing adds to the desk: its addresses, its scripts, its style."""

from typing import Any

from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from wagtail import hooks

from broadsheet.newsroom.writing.counts import lengths
from broadsheet.newsroom.writing.paste_view import paste


@hooks.register("register_admin_urls")
def urls() -> Any:
    """Answer the editor's questions; Wagtail lets only signed-in editors ask."""
    return [path("pastes/", paste, name="paste"), path("lengths/", lengths, name="lengths")]


@hooks.register("insert_global_admin_js")
def clean_pastes() -> str:
    """Clean what is pasted before the editor takes it."""
    return format_html(
        '<script src="{}" data-paste-url="{}"></script>',
        static("newsroom/pasting.js"),
        reverse("paste"),
    )


@hooks.register("insert_global_admin_js")
def count() -> str:
    """Count words and headlines while they are typed."""
    return format_html(
        '<script src="{}" data-lengths-url="{}"></script>',
        static("newsroom/counts.js"),
        reverse("lengths"),
    )


@hooks.register("insert_global_admin_css")
def style() -> str:
    """Add the style of the form."""
    return format_html('<link rel="stylesheet" href="{}">', static("newsroom/writing.css"))

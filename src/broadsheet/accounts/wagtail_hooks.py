"""Puts the accounts' pages into the desk's menus. Wagtail looks for this module."""

from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem


@hooks.register("register_account_menu_item")
def own_item(request: object) -> dict[str, str]:
    """Lead to one's own sign-in from the account page."""
    del request
    return {
        "url": reverse("mfa_index"),
        "label": "Your sign-in",
        "help_text": "Second factors, password, where you are signed in.",
    }


@hooks.register("register_admin_menu_item")
def own_menu_item() -> MenuItem:
    """Lead to one's own sign-in."""
    return MenuItem(
        "Your sign-in", reverse("mfa_index"), name="sign-in", icon_name="lock", order=9000
    )

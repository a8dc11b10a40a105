"""Puts the accounts' pages into the desk, and its menus. Wagtail looks for this module."""

from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import path, re_path, reverse
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from broadsheet.accounts.ports import staff
from broadsheet.accounts.views import inviting, people

_ACTS = "|".join(people.ACTS)


@hooks.register("register_admin_urls")
def people_urls() -> Any:
    """Answer the addresses of people; Wagtail lets only who has a role reach them."""
    one = "people/<int:pk>/"
    return [
        path("people/", people.people, name="accounts_people"),
        path("people/log/", people.sign_in_log, name="accounts_log"),
        path("people/rules/", people.sign_in_rules, name="accounts_rules"),
        path("people/invite/", inviting.invite, name="accounts_invite"),
        path("people/invited/<int:pk>/again/", inviting.again, name="accounts_invite_again"),
        path("people/invited/<int:pk>/revoke/", inviting.revoke, name="accounts_revoke"),
        path(one, people.person, name="accounts_person"),
        path(f"{one}edit/", people.edit, name="accounts_edit"),
        path(f"{one}give/", people.give, name="accounts_give"),
        path(f"{one}take/", people.take, name="accounts_take"),
        path(f"{one}password/", people.new_password, name="accounts_new_password"),
        re_path(rf"^people/(?P<pk>[0-9]+)/(?P<what>{_ACTS})/$", people.act, name="accounts_act"),
    ]


@hooks.register("insert_global_admin_js")
def keep_words() -> str:
    """Keep what is typed when a session ends."""
    return format_html(
        '<script src="{}" data-signed-in="{}" data-sign-in="{}?next={}"></script>',
        static("accounts/keeping.js"),
        reverse("accounts_signed_in"),
        reverse("account_login"),
        reverse("accounts_back"),
    )


@hooks.register("insert_global_admin_css")
def keeping_style() -> str:
    """Style the dialog that says so."""
    return format_html('<link rel="stylesheet" href="{}">', static("accounts/keeping.css"))


class PeopleItem(MenuItem):
    """People, for administrators."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Say whether somebody may see it."""
        return isinstance(request.user, User) and staff().is_administrator(request.user)


@hooks.register("register_settings_menu_item")
def people_item() -> MenuItem:
    """Lead administrators to people."""
    return PeopleItem(
        "People", reverse("accounts_people"), name="people", icon_name="group", order=10
    )


@hooks.register("construct_settings_menu")
def one_place_for_people(request: HttpRequest, items: list[Any]) -> None:
    """Leave out Wagtail's own users and groups: people and roles are at one place."""
    del request
    items[:] = [item for item in items if item.name not in {"users", "groups"}]


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

"""What the desk adds to Wagtail's, and what it leaves out. Wagtail looks for this module."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html, format_html_join
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem, UnpublishMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from broadsheet.newsroom import proposals, publishing, viewsets
from broadsheet.newsroom.act_views import ChangeAddressView, RetractView
from broadsheet.newsroom.audit import hooks as audit_hooks
from broadsheet.newsroom.desk import hooks as desk_hooks
from broadsheet.newsroom.desk.seeing import works_at_all
from broadsheet.newsroom.embeds import hooks as embed_hooks
from broadsheet.newsroom.fronts import hooks as front_hooks
from broadsheet.newsroom.lateness import hooks as lateness_hooks
from broadsheet.newsroom.models.author import Author
from broadsheet.newsroom.models.live_mark import LiveMark
from broadsheet.newsroom.models.section import SectionPage
from broadsheet.newsroom.models.story import Story
from broadsheet.newsroom.models.topic import Topic
from broadsheet.newsroom.originals import original
from broadsheet.newsroom.pictures import hooks as picture_hooks
from broadsheet.newsroom.previewing import hooks as preview_hooks
from broadsheet.newsroom.ready import must_be_ready
from broadsheet.newsroom.refusals import STAYS
from broadsheet.newsroom.roles import hooks as role_hooks
from broadsheet.newsroom.roles import menu as roles_menu
from broadsheet.newsroom.roles.names import Right
from broadsheet.newsroom.roles.rights import may
from broadsheet.newsroom.writing import hooks as writing_hooks
from broadsheet.press.models import Schedule

# Registered by being imported.
__all__ = [
    "audit_hooks",
    "desk_hooks",
    "embed_hooks",
    "front_hooks",
    "lateness_hooks",
    "picture_hooks",
    "preview_hooks",
    "role_hooks",
    "writing_hooks",
]

# Wagtail's own items that ours replace, or that a newsroom has no use for.
LEFT_OUT = frozenset({"explorer", "images", "documents", "reports", "help"})

register_snippet(viewsets.AuthorList)
register_snippet(viewsets.TopicList)
register_snippet(viewsets.PolicyList)


@hooks.register("register_admin_viewset")
def page_views() -> Any:
    """Give stories, and the top of the tree, our views."""
    return [viewsets.TreeViews(), viewsets.StoryViews()]


@hooks.register("register_admin_viewset")
def lists() -> Any:
    """List stories and sections."""
    return [viewsets.StoryList(), viewsets.SectionList()]


def paper(request: HttpRequest) -> HttpResponse:
    """
    Lead to the paper's own settings.

    Wagtail's lists link every site's first page to its settings of sites, which we are without.
    """
    del request
    return redirect("wagtailsettings:edit", "newsroom", "papersettings")


@hooks.register("register_admin_urls")
def admin_urls() -> Any:
    """Answer the desk's own addresses; Wagtail lets only signed-in editors reach them."""
    return [
        path("sites/", include(([path("", paper, name="index")], "wagtailsites"))),
        path("originals/<path:path>", original, name="original"),
        path("proposals/", proposals.proposals, name="proposals"),
        path("stories/<int:page_id>/retract/", RetractView.as_view(), name="retract_story"),
        path(
            "stories/<int:page_id>/change-address/",
            ChangeAddressView.as_view(),
            name="change_story_address",
        ),
    ]


@hooks.register("insert_global_admin_css")
def style() -> str:
    """Add our own style to Wagtail's."""
    return format_html('<link rel="stylesheet" href="{}">', static("newsroom/desk.css"))


@hooks.register("insert_global_admin_js")
def offer_proposals() -> str:
    """Offer, beside every field whose text is refused, the text that may be written."""
    return proposals.script()


@hooks.register("insert_editor_js")
def keep_typing() -> str:
    """Save, too, what is typed while a draft is being saved; name who else has it open."""
    scripts = ((static(f"newsroom/{name}.js"),) for name in ("autosave", "others"))
    return format_html_join("", '<script src="{}"></script>', scripts)


@hooks.register("register_admin_menu_item")
def pictures_item() -> MenuItem:
    """List pictures, by the newsroom's name for them."""
    return roles_menu.ItemByRight(
        Right.UPLOAD_PICTURES,
        "Pictures",
        reverse("wagtailimages:index"),
        name="pictures",
        icon_name="image",
        order=160,
    )


@hooks.register("register_admin_menu_item")
def paper_item() -> MenuItem:
    """Lead to the paper's own settings."""
    return roles_menu.ItemByRight(
        Right.MANAGE_SETTINGS,
        "Paper",
        reverse("wagtailsettings:edit", args=["newsroom", "papersettings"]),
        name="paper",
        icon_name="site",
        order=500,
    )


@hooks.register("construct_main_menu")
def keep_menu_short(request: HttpRequest, items: list[Any]) -> None:
    """Leave out what a newsroom has no use for, and stories for who works on none."""
    left_out = LEFT_OUT if works_at_all(request.user) else LEFT_OUT | {"stories"}
    if not (works_at_all(request.user) or may(request.user, Right.MANAGE_SECTIONS)):
        left_out |= {"sections"}
    items[:] = [item for item in items if item.name not in left_out]


@hooks.register("construct_settings_menu")
def keep_settings_short(request: HttpRequest, items: list[Any]) -> None:
    """Leave the paper to its own item: here are the users and groups."""
    del request
    items[:] = [item for item in items if item.name != "paper"]


class UnpublishToFix(UnpublishMenuItem):
    """Wagtail's unpublishing, under the name of what it is for."""

    label = "Unpublish to fix"

    def is_shown(self, context: Any) -> bool:
        """Say whether one may: a schedule, which locks the form, does not keep a story live."""
        if context["view"] != "edit":
            return False
        return bool(self.get_user_page_permissions_tester(context).can_unpublish())


class StoryAct(ActionMenuItem):
    """One of our acts in a story's menu, for those who may publish it."""

    view = ""

    def is_shown(self, context: Any) -> bool:
        """Say whether the story was live and is not withdrawn."""
        page = context.get("page")
        if context["view"] != "edit" or not isinstance(page, Story) or page.withdrawn:
            return False
        was_live = LiveMark.objects.filter(story_id=page.pk).exists()
        return was_live and self.get_user_page_permissions_tester(context).can_publish()

    def get_url(self, context: Any) -> str:
        """Return the act's address."""
        return reverse(self.view, args=[context["page"].pk])


class Retract(StoryAct):
    """Retracting, which asks first."""

    name = "action-retract"
    label = "Retract…"
    icon_name = "cross"
    view = "retract_story"


class ChangeAddress(StoryAct):
    """Changing the address, which asks first."""

    name = "action-change-address"
    label = "Change address…"
    icon_name = "link"
    view = "change_story_address"


@hooks.register("register_page_action_menu_item")
def retract_item() -> ActionMenuItem:
    """Offer to retract."""
    return Retract(order=25)


@hooks.register("register_page_action_menu_item")
def change_address_item() -> ActionMenuItem:
    """Offer to change the address."""
    return ChangeAddress(order=28)


@hooks.register("construct_page_action_menu")
def name_acts(items: list[Any], request: HttpRequest, context: Any) -> None:
    """Call unpublishing what it is for, and offer no publishing of a retracted story."""
    del request
    page = context.get("page")
    if not isinstance(page, Story):
        return
    items[:] = [UnpublishToFix(20) if type(i) is UnpublishMenuItem else i for i in items]
    if page.withdrawn:
        items[:] = [item for item in items if item.name != "action-publish"]


@hooks.register("before_delete_page")
def keep_what_readers_saw(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse to delete what was public, before asking whether to."""
    family = page.get_descendants(inclusive=True).values("pk")
    marked = LiveMark.objects.filter(story_id__in=family) | LiveMark.objects.filter(
        section_id__in=family
    )
    if not marked.exists():
        return None
    messages.error(request, f"“{page.title}”: {STAYS}")
    return redirect("wagtailadmin_explore", page.get_parent().pk)


@hooks.register("before_delete_snippet")
def keep_known_snippets(request: HttpRequest, instances: Sequence[Any]) -> HttpResponse | None:
    """Refuse to delete authors and topics readers know of, before asking whether to."""
    for kind, model in (("author", Author), ("topic", Topic)):
        keys = [each.pk for each in instances if isinstance(each, model) and each.pk]
        if LiveMark.objects.filter(**{f"{kind}_id__in": keys}).exists():
            messages.error(request, STAYS)
            return redirect(f"wagtailsnippets_newsroom_{kind}:list")
    return None


@hooks.register("after_bulk_action")
def commit_together(
    request: HttpRequest, action_type: str, objects: Sequence[Any], action: Any
) -> None:
    """
    Commit what Wagtail did to several pages, in the transaction that did it.

    It moves and unpublishes them as plain pages, so their own save() never ran.

    Raises:
        ValidationError: a public section would be hidden, or a story that was scheduled could not
            go live; everything is rolled back.

    """
    del request, action
    keys = [page.pk for page in objects]
    if action_type == "publish":
        for story in Story.objects.filter(pk__in=keys):
            publishing.keep_schedule(story)  # Wagtail saves no row when it schedules an update.
            if Schedule.objects.filter(story=str(story.uuid), act="go-live").exists():
                must_be_ready(story.get_latest_revision_as_object())
    if action_type not in {"move", "unpublish"}:
        return
    for section in SectionPage.objects.filter(pk__in=keys):
        section.save()
    for story in Story.objects.filter(pk__in=keys):
        publishing.commit_move(story)


@hooks.register("construct_homepage_summary_items", order=1000)  # after all that add some
def keep_home_short(request: HttpRequest, items: list[Any]) -> None:
    """Leave Wagtail's counts out: the desk opens on what is being worked on."""
    del request
    items.clear()

"""The desk's lists and views, by kind of row."""

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.admin.viewsets.pages import PageListingViewSet, PageViewSet
from wagtail.models import Page
from wagtail.snippets.views.snippets import SnippetViewSet

from broadsheet.newsroom import story_views
from broadsheet.newsroom.desk.begin_views import ChooseSection
from broadsheet.newsroom.desk.list_views import StoryIndex
from broadsheet.newsroom.desk.version_views import CompareDraftsView
from broadsheet.newsroom.models.author import Author
from broadsheet.newsroom.models.policy import Policy
from broadsheet.newsroom.models.section import SectionPage
from broadsheet.newsroom.models.story import Story
from broadsheet.newsroom.models.topic import Topic
from broadsheet.newsroom.sections_at_desk import SectionIndex


class ToSections(ExplorableIndexView):
    """Leads from the top of the tree, which is no place for an editor, to the sections."""

    def get(self, request: HttpRequest, parent_page_id: int | None = None) -> HttpResponse:
        """Redirect; Wagtail has looked whether the user may see pages."""
        del request, parent_page_id
        return redirect("sections:index")


class ToItsStories(ExplorableIndexView):
    """Leads from a section's place in the tree to our list of its stories, which fits a phone."""

    def get(self, request: HttpRequest, parent_page_id: int | None = None) -> HttpResponse:
        """Redirect; Wagtail has looked whether the user may see the section."""
        del request
        return redirect(f"{reverse('stories:index')}?section={parent_page_id}")


class TreeViews(PageViewSet):
    """What the tree does with its root and with the paper, and so after a section's changes."""

    model = Page
    index_view_class = ToSections


class StoryViews(PageViewSet):
    """What the tree does with a story."""

    model = Story
    icon = "doc-full"
    index_view_class = ToItsStories  # of the place in the tree that holds stories
    add_view_class = story_views.StoryCreateView
    edit_view_class = story_views.StoryEditView
    copy_view_class = story_views.StoryCopyView
    move_confirm_view_class = story_views.StoryMoveView
    revisions_compare_view_class = CompareDraftsView
    revisions_revert_view_class = story_views.StoryRevertView
    revisions_unschedule_view_class = story_views.StoryUnscheduleView
    unpublish_view_class = story_views.StoryUnpublishView


class StoryList(PageListingViewSet):
    """All stories, newest change first."""

    model = Story
    icon = "doc-full"
    menu_label = "Stories"
    menu_name = "stories"
    menu_order = 100
    add_to_admin_menu = True
    name = "stories"
    url_prefix = "stories"
    choose_parent_view_class = ChooseSection

    @property
    def index_view(self) -> Any:
        """Return our list in the place of Wagtail's, which counts and reads wide rows."""
        return self.construct_view(StoryIndex, add_url_name=self.get_url_name("choose_parent"))

    index_results_view = index_view


class SectionList(PageListingViewSet):
    """All sections."""

    model = SectionPage
    index_view_class = SectionIndex
    icon = "folder-open-inverse"
    menu_label = "Sections"
    menu_name = "sections"
    menu_order = 200
    add_to_admin_menu = True
    name = "sections"
    url_prefix = "sections"


class AuthorList(SnippetViewSet):
    """All authors."""

    model = Author
    icon = "user"
    menu_label = "Authors"
    menu_name = "authors"
    menu_order = 300
    add_to_admin_menu = True
    list_display: ClassVar = ["name", "role"]
    edit_handler = ObjectList(
        [FieldPanel(field) for field in ("name", "role", "bio", "links", "avatar", "slug")]
    )


class TopicList(SnippetViewSet):
    """All topics."""

    model = Topic
    icon = "tag"
    menu_label = "Topics"
    menu_name = "topics"
    menu_order = 350
    add_to_admin_menu = True
    list_display: ClassVar = ["name", "description"]
    edit_handler = ObjectList([FieldPanel(field) for field in ("name", "description", "slug")])


class PolicyList(SnippetViewSet):
    """All policies."""

    model = Policy
    icon = "clipboard-list"
    menu_label = "Policies"
    menu_name = "policies"
    menu_order = 360
    add_to_admin_menu = True
    list_display: ClassVar = ["title", "purpose"]
    edit_handler = ObjectList([FieldPanel(field) for field in ("purpose", "title", "body")])

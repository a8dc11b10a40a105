"""The page of everything a story is live as, and what a person decides about a stuck post."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views import View
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from broadsheet.newsroom import publishing
from broadsheet.newsroom.desk import live_as
from broadsheet.newsroom.desk.listing import section_path_of
from broadsheet.newsroom.desk.seeing import paper_zone, viewer
from broadsheet.newsroom.models.author import Author
from broadsheet.newsroom.models.section import SectionPage
from broadsheet.newsroom.models.story import Story
from broadsheet.newsroom.models.topic import Topic
from broadsheet.newsroom.panels import STATES
from broadsheet.press.models import LedgerRow
from broadsheet.press.models.ledger import WEBSITE
from broadsheet.press.posts import looking

LONGEST_REMOTE_ID = 300


class OfOneStory(WagtailAdminTemplateMixin, TemplateView):
    """A page about one story, for who works in its section."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find the story."""
        super().setup(request, *args, **kwargs)
        self.story: Story = get_object_or_404(Story, pk=kwargs["page_id"])
        self.seen = viewer(request.user)
        self.newest = publishing.newest_story(self.story)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """
        Answer who works in the story's section.

        Raises:
            PermissionDenied: it is another desk's.

        """
        if section_path_of(self.story.path) not in self.seen.sections:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        """Return the headline, as the newest draft has it."""
        return self.story.draft_title or self.story.title

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what the template shows."""
        may_edit = self.story.permissions_for_user(self.request.user).can_edit()
        edit_url = reverse("wagtailadmin_pages:edit", args=[self.story.pk])
        return super().get_context_data(**kwargs) | {
            "story": self.story,
            "newest": self.newest,
            "zone": paper_zone().key,
            "base_url": publishing.base_url(),
            "edit_url": edit_url if may_edit else "",
            "live_as_url": reverse("story_live_as", args=[self.story.pk]),
            "versions_url": reverse("story_versions", args=[self.story.pk]),
        }


class LiveAsView(OfOneStory):
    """Everything a story is live as."""

    template_name = "newsroom/desk/live_as.html"
    page_title = "Live as"
    header_icon = "site"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what the template shows."""
        found = {}
        if self.newest is not None:
            state, meaning = STATES[self.newest.state]
            found = {
                "state": state,
                "meaning": meaning,
                "found": live_as.live_as(self.newest, names=_names(self.newest)),
            }
        tester = self.story.permissions_for_user(self.request.user)
        return super().get_context_data(**kwargs) | found | {"may_decide": tester.can_publish()}


class DecideOnPost(View):
    """Has a stuck post tried again, or writes down what a person saw on the network."""

    def post(self, request: HttpRequest, page_id: int, row: int) -> HttpResponse:
        """
        Do what the person decided.

        Raises:
            PermissionDenied: they may not publish the story.
            Http404: the story has no such post.

        """
        story = get_object_or_404(Story, pk=page_id)
        if not story.permissions_for_user(request.user).can_publish():
            raise PermissionDenied
        found = LedgerRow.objects.filter(pk=row, story=str(story.uuid)).exclude(surface=WEBSITE)
        post = found.exclude(parked="").first()
        if post is None:
            raise Http404
        try:
            said = _decide(post, request)
        except looking.NotPossibleNow as why:
            messages.error(request, str(why))
        else:
            log(story, "newsroom.decide_on_post", data={"post": post.key, "said": said})
            messages.success(request, f"{post.surface}/{post.account}: {said}.")
        return redirect("story_live_as", story.pk)


def _decide(post: LedgerRow, request: HttpRequest) -> str:
    now, by = timezone.now(), request.user.get_username()
    act = request.POST.get("act", "")
    remote_id = request.POST.get("remote_id", "").strip()
    if act == "not-there":
        looking.is_not_there(post, now=now, by=by)
        return "noted that it is not there; the press decides anew"
    if act == "there":
        if not remote_id or len(remote_id) > LONGEST_REMOTE_ID or "\0" in remote_id:
            message = "give the post’s id or address on the network, as you see it there"
            raise looking.NotPossibleNow(message)
        looking.is_out_there(post, remote_id=remote_id, now=now, by=by)
        return f"noted that it stands as {remote_id}"
    if act != "again":
        message = "say what is to be done with the post"
        raise looking.NotPossibleNow(message)
    looking.try_again(post, now=now)
    return "it is looked at anew, and sent again where that is safe"


def _names(story: Any) -> Mapping[str, str]:
    """Return the names of the sections, authors and topics a story's lists are called by."""
    content = story.content
    authors = [byline.author for byline in content.bylines]
    sections = [content.section, *content.aliases]
    found = dict(Author.objects.filter(uuid__in=authors).values_list("uuid", "name"))
    found |= dict(SectionPage.objects.filter(uuid__in=sections).values_list("uuid", "title"))
    found |= dict(Topic.objects.filter(uuid__in=content.topics).values_list("uuid", "name"))
    return {str(uuid): name for uuid, name in found.items()}

"""A story's preview links at the desk: who made which for whom, and how to make and revoke them."""

from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views import View
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from broadsheet.newsroom import publishing
from broadsheet.newsroom.fields import TypedField, may_be_written
from broadsheet.newsroom.models.preview_link import PreviewLink
from broadsheet.newsroom.models.story import Story
from broadsheet.newsroom.previewing import links
from broadsheet.newsroom.story_views import show_refusal
from broadsheet.press import log
from broadsheet.story.records import PAPER, Settings

LISTED = 100  # of a story; more than anybody sends around


class LinkForm(forms.Form):
    """Asks whom a link is for, what it shows and how long."""

    note = TypedField(
        label="Who is it for?",
        max_length=120,
        required=False,
        validators=[may_be_written],
        help_text="For the newsroom only, so that you know it again: “Dr. Okoye, to check quotes”.",
    )
    days = forms.TypedChoiceField(
        label="It ends after",
        coerce=int,
        choices=[(days, f"{days} day{'s' if days > 1 else ''}") for days in links.DAYS],
        initial=links.USUAL_DAYS,
    )
    shows = forms.ChoiceField(
        label="It shows",
        widget=forms.RadioSelect,
        choices=[
            ("draft", "the draft, as it is when the link is opened"),
            ("pinned", "the story as it is now, whatever is changed later"),
        ],
        initial="draft",
    )
    may_show_embargoed = forms.BooleanField(
        label="Whoever has the link may see the story before its embargo ends",
        required=False,
        help_text="Needed while the story is embargoed, or if it may be. Who said so is logged.",
    )


class ForEditorsOf(WagtailAdminTemplateMixin):
    """Answers those who may edit the story in the address. Mixed into a view."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """
        Find the story, and answer those who may edit it.

        Raises:
            PermissionDenied: the user may not.

        """
        self.story: Story = get_object_or_404(Story, pk=kwargs["page_id"])
        if not self.story.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        # The one page that tells a token, and only right after it was made.
        response["Cache-Control"] = "no-store"
        return response


class LinksPage(ForEditorsOf, FormView):  # type: ignore[type-arg]  # Wagtail's mixin knows no parameters
    """A story's preview links, and the form that makes one."""

    template_name = "newsroom/previewing/links.html"
    page_title = "Preview links"
    form_class = LinkForm
    made: links.Made | None = None

    def form_valid(self, form: Any) -> HttpResponse:
        """Make the link and show it: once, since only its hash is kept."""
        said = form.cleaned_data
        wanted = links.Wanted(
            note=said["note"].strip(),
            days=said["days"],
            is_pinned=said["shows"] == "pinned",
            may_show_embargoed=said["may_show_embargoed"],
        )
        try:
            self.made = links.make(self.story, wanted)
        except ValidationError as refused:
            show_refusal(form, refused)
            return self.form_invalid(form)
        # No redirect: it would have to carry the token through an address or the session.
        return self.render_to_response(self.get_context_data(form=self.form_class()))

    def get_page_subtitle(self) -> str:
        """Return the headline that was saved last."""
        return str(self.story.get_admin_display_title())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what the template shows."""
        rows = PreviewLink.objects.filter(story=self.story).select_related("story")
        listed = rows.order_by("-made_at", "-pk")[: LISTED + 1]
        now = timezone.now()
        newest = links.newest_of(self.story)
        return super().get_context_data(**kwargs) | {
            "story": self.story,
            "links": [(link, links.why_closed(link, now=now)) for link in listed[:LISTED]],
            "is_cut": len(listed) > LISTED,
            "listed": LISTED,
            "made": self.made.link if self.made else None,
            "address": _address(self.request, self.made.token) if self.made else "",
            "embargo": links.embargoed_until(newest)
            if links.is_embargoed(newest, now=now)
            else None,
            "is_withdrawn": links.is_withdrawn(self.story),
            "zone": _zone(),
        }


class RevokeLink(ForEditorsOf, View):
    """Revokes one link of a story."""

    def post(self, request: HttpRequest, *, page_id: int, link_id: int) -> HttpResponse:
        """Revoke, and return to the list."""
        link = get_object_or_404(PreviewLink, pk=link_id, story=self.story)
        links.revoke(link)
        messages.success(request, f"The link{_for(link)} shows nothing any more.")
        return redirect("preview_links", page_id)


def _for(link: PreviewLink) -> str:
    return f" for “{link.note}”" if link.note else ""


def _address(request: HttpRequest, token: str) -> str:
    """Return a link as people outside open it: at the paper's own address."""
    path = reverse("open_preview_link", args=[token])
    base_url = publishing.base_url()
    return f"{base_url}{path}" if base_url else request.build_absolute_uri(path)


def _zone() -> ZoneInfo:
    settings = log.newest("settings", PAPER)
    return ZoneInfo(settings.time_zone if isinstance(settings, Settings) else "UTC")

"""The desk's first page: what is live, what is due, what is stuck, what is asked of somebody."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views import View
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.log_actions import log

from broadsheet.newsroom.desk import asked, due, newest, stuck
from broadsheet.newsroom.desk.items import Item
from broadsheet.newsroom.desk.seeing import Viewer, paper, paper_zone, viewer, works_at_all
from broadsheet.newsroom.models.paper import PaperSettings
from broadsheet.newsroom.roles.names import Right
from broadsheet.newsroom.roles.rights import may
from broadsheet.press import mass_change

SOON = timedelta(hours=24)
MOST_DUE = 25


class Part(NamedTuple):
    """One of the questions the page answers."""

    key: str
    title: str
    items: list[Item]
    nothing: str  # what to say when there is nothing
    more_url: str = ""
    more: str = ""


class Dashboard(WagtailAdminTemplateMixin, TemplateView):
    """What one should know on sitting down."""

    template_name = "newsroom/desk/dashboard.html"
    header_icon = "home"

    def get_page_title(self) -> str:
        """Return the paper's name: this is its desk."""
        found = paper()
        return found.name if found else "The desk"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what the template shows."""
        now, user = timezone.now(), self.request.user
        seen = viewer(user)
        works = works_at_all(user)
        return super().get_context_data(**kwargs) | {
            "zone": paper_zone().key,
            "now": now,
            "works": works,
            "plans": stuck.plans(seen),
            "asks": _asked(seen, now=now) if works else [],
            "parts": [part for part in _parts(seen, now=now) if works or part.key != "live"],
            "uploads": not works and may(user, Right.UPLOAD_PICTURES),
            "add_url": reverse("stories:choose_parent") if may(user, Right.WRITE) else "",
        }


class ConfirmPlan(View):
    """Lets a plan go ahead that would take much of the paper away."""

    def post(self, request: HttpRequest, plan: int) -> HttpResponse:
        """
        Confirm it.

        Raises:
            PermissionDenied: it takes somebody who may publish in every section.

        """
        if not stuck.may_confirm(viewer(request.user)):
            raise PermissionDenied
        try:
            mass_change.confirm(plan, now=timezone.now(), by=request.user.get_username())
        except mass_change.NothingToConfirm:
            messages.error(
                request, "That plan does not wait any more: it was confirmed, or dropped."
            )
            return redirect("wagtailadmin_home")
        settings = PaperSettings.load()
        log(settings, "newsroom.confirm_plan", data={"plan": plan})
        messages.success(request, f"Plan {plan} is confirmed; the press carries it out.")
        return redirect("wagtailadmin_home")


def _asked(seen: Viewer, *, now: datetime) -> list[Part]:
    parts = [
        Part("decide", "To decide", asked.to_decide(seen), "Nothing waits for your word."),
        Part("returned", "Returned to you", asked.returned(seen), "Nothing was returned to you."),
    ]
    kept = [part for part in parts if part.items]
    mine = asked.drafts(seen, now=now)
    if mine or may(seen.user, Right.WRITE):
        empty = "You have no draft. A new story begins as one."
        kept.append(Part("drafts", "Your drafts", mine, empty))
    return kept


def _parts(seen: Viewer, *, now: datetime) -> list[Part]:
    list_url = reverse("stories:index")
    soon = due.between(now, now + SOON, seen, limit=MOST_DUE)
    later = due.between(now + SOON, None, seen, limit=MOST_DUE)
    return [
        Part("stuck", "Stuck", stuck.everything(seen, now=now), "Nothing is stuck."),
        Part("soon", "Due in the next 24 hours", soon, "Nothing falls due in the next 24 hours."),
        Part("later", "Due after that", later, "Nothing is scheduled further ahead."),
        Part(
            "live",
            "Newest live",
            newest.live(seen),
            "No story is live yet.",
            more_url=f"{list_url}?state=live&dated=published",
            more="All live stories",
        ),
    ]

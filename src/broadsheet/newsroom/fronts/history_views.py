"""How a front was arranged before: who, when, what was different; and back to the board with it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages

from broadsheet.newsroom.fronts import cards, fronts
from broadsheet.newsroom.fronts.arranging import board_of, stories_on
from broadsheet.newsroom.fronts.desk_acts import whole_number
from broadsheet.newsroom.fronts.differences import differences
from broadsheet.newsroom.fronts.publish_views import begin_anew
from broadsheet.newsroom.fronts.views import FrontView
from broadsheet.newsroom.models.front import FrontChange

EDITIONS_A_PAGE = 20
ENDED_SHOWN = 20


class HistoryView(FrontView):
    """Earlier editions of a front, the newest first, each with what it changed."""

    template_name = "newsroom/fronts/history.html"
    page_title = "History"
    header_icon = "history"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return a page of editions, and the changes that were cancelled or overtaken."""
        found = fronts.editions(
            self.front.key,
            limit=EDITIONS_A_PAGE + 1,
            before=whole_number(self.request.GET.get("before", "")),
        )
        names = cards.headlines_of(
            (story for each in found for story in stories_on(each.board)), self.request.user
        )
        older = [*(each.board for each in found[1:]), board_of(None)]
        lines = [
            {"edition": each, "differences": differences(old, each.board, headlines=names)}
            for each, old in zip(found, older, strict=False)
        ]
        ended = FrontChange.objects.filter(front__key=self.front.key).exclude(
            state__in=[FrontChange.State.WAITING, FrontChange.State.DONE]
        )
        return super().get_context_data(**kwargs) | {
            "lines": lines[:EDITIONS_A_PAGE],
            "older": found[EDITIONS_A_PAGE - 1].seq if len(found) > EDITIONS_A_PAGE else None,
            "newest_seq": fronts.newest_seq(self.front.key),
            "ended": ended.order_by("-ended_at")[:ENDED_SHOWN],
        }


class RestoreView(FrontView):
    """Makes an earlier edition this editor's draft; readers see it when it is published."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """
        Copy it.

        Raises:
            Http404: there is no such edition of this front.

        """
        del args
        edition = fronts.edition(self.front.key, kwargs["seq"])
        if edition is None:
            raise Http404
        begin_anew(self, edition.board, based_on=fronts.newest_seq(self.front.key))
        messages.success(request, "It is your draft now. Readers see it once you publish it.")
        return redirect(self.url("front"))

"""
Shows a front as readers would get it, before they do: a draft, a change that waits, an old edition.

The page itself is made by the very projection and comes in a frame; around it stand the widths
of a phone, a tablet and a desktop.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.clickjacking import xframe_options_sameorigin

from broadsheet.newsroom import to_version
from broadsheet.newsroom.fronts import cards, drafts, fronts
from broadsheet.newsroom.fronts.arranging import Board, slot_in_words
from broadsheet.newsroom.fronts.views import FrontView
from broadsheet.newsroom.models.front import FrontChange
from broadsheet.newsroom.previewing.modes import why_none
from broadsheet.press.isolation import Failed, isolated
from broadsheet.press.ports import wiring
from broadsheet.press.previewing_fronts import front_page
from broadsheet.projections.objects import Page

# As on the site, but that the desk may show the page in a frame.
_POLICY = (
    "default-src 'none'; img-src 'self'; style-src 'self'; font-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)


class _Previewed(FrontView):
    """What of a front is to be seen: the draft, or what the address names."""

    def board(self) -> Board:
        """
        Return it.

        Raises:
            Http404: there is no such change or edition of this front.

        """
        if "change" in self.kwargs:
            changes = FrontChange.objects.filter(front__key=self.front.key)
            change = changes.filter(uuid=self.kwargs["change"]).first()
            if change is None:
                raise Http404
            return drafts.board_from(self.front.key, change.slots)
        if "seq" in self.kwargs:
            edition = fronts.edition(self.front.key, self.kwargs["seq"])
            if edition is None:
                raise Http404
            return edition.board
        return drafts.draft_of(self.front, self.request.user).board


class PreviewView(_Previewed):
    """The frame, its widths, and which placed stories readers would not see."""

    template_name = "newsroom/fronts/preview.html"
    page_title = "Preview"
    header_icon = "view"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return where the page is, and what to know before publishing it."""
        board = self.board()
        known = cards.cards_of((slot.story for slot in board), self.request.user)
        name: str = "front_page"
        more: tuple[Any, ...] = ()
        if "change" in self.kwargs:
            name, more = "front_change_page", (self.kwargs["change"],)
        elif "seq" in self.kwargs:
            name, more = "front_edition_page", (self.kwargs["seq"],)
        return super().get_context_data(**kwargs) | {
            "page_url": self.url(name, *more),
            "not_live": [
                (slot_in_words(number), card)
                for number, slot in enumerate(board)
                for card in [known.get(slot.story) if slot.story else None]
                if card is not None and not card.is_live
            ],
            "is_draft": name == "front_page",
        }


@method_decorator(xframe_options_sameorigin, name="dispatch")
class PageView(_Previewed):
    """The page readers would get."""

    http_method_names = ("get", "head")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Make it, and keep it nowhere."""
        del request, args, kwargs
        front = to_version.front(self.front.key, drafts.as_json(self.board()))
        made = isolated(
            f"previewing {self.front}", lambda: front_page(front, printing=wiring().printing)
        )
        if isinstance(made, Page):
            data = made.data
        else:
            why = made.reason if isinstance(made, Failed) else "readers would get no page of it"
            data = why_none([f"the page could not be made: {why}"])
        response = HttpResponse(data, content_type="text/html; charset=utf-8")
        response["Content-Security-Policy"] = _POLICY
        response["X-Content-Type-Options"] = "nosniff"
        response["Cache-Control"] = "no-store"
        return response

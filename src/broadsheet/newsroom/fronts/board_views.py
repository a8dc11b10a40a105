"""
The list of fronts, and the board on which one is arranged.

Every button sends one POST, which changes the editor's own draft and nothing else. With the
desk's script only the board is exchanged, and what happened is announced; without it the whole
page comes again.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from broadsheet.newsroom import to_version
from broadsheet.newsroom.fronts import cards, desk_acts, drafts, fronts, scheduling
from broadsheet.newsroom.fronts.arranging import (
    LAYOUT,
    Board,
    NotOnTheBoard,
    slot_in_words,
    stories_on,
)
from broadsheet.newsroom.fronts.desk_acts import FIRST_FREE, whole_number
from broadsheet.newsroom.fronts.differences import UNSEEN, differences
from broadsheet.newsroom.fronts.drafts import Draft
from broadsheet.newsroom.fronts.permissions import may_arrange
from broadsheet.newsroom.fronts.views import FrontView, paper_zone
from broadsheet.press.previewing_fronts import stories_shown
from broadsheet.projections.layouts import places_of
from broadsheet.story.ids import StoryId
from broadsheet.story.records import Slot

BY_SCRIPT = "X-Board"  # sent by the desk's script, which wants the board alone

ELSEWHERE = (
    "This front was changed in another window since you opened it here. "
    "Nothing was done; this is how it is now."
)


class ShownSlot(NamedTuple):
    """A slot of a board as the template shows it."""

    number: int
    name: str
    place: str  # its heading, in the first slot of a place only
    slot: Slot
    card: cards.DeskCard | None  # of the story placed there
    shown: cards.DeskCard | None  # of the story readers would see there
    errors: Mapping[str, str]

    @property
    def title(self) -> str:
        """Return what its buttons call what is in it."""
        card = self.card or self.shown
        return self.name if card is None else card.headline


class FrontList(WagtailAdminTemplateMixin, TemplateView):
    """All fronts this editor may arrange."""

    template_name = "newsroom/fronts/list.html"
    page_title = "Fronts"
    header_icon = "grid"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """
        Return the fronts, who arranged each last, and what is to become of it.

        Raises:
            PermissionDenied: there is none this editor may arrange.

        """
        user = self.request.user
        mine = [front for front in fronts.every_front() if may_arrange(user, front)]
        if not mine:
            raise PermissionDenied
        found = [
            {
                "front": front,
                "newest": fronts.newest_edition(front.key),
                "has_draft": drafts.draft_of(front, user).number > 0,
                "changes": scheduling.waiting_changes(front),
            }
            for front in mine
        ]
        return super().get_context_data(**kwargs) | {"fronts": found, "zone": str(paper_zone())}


class BoardView(FrontView):
    """The board of one front."""

    template_name = "newsroom/fronts/board.html"
    page_title = "Arrange"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Do one act on this editor's draft."""
        del args, kwargs
        seen = draft_seen(self.front, request)
        if seen is None:
            return self._answer(ELSEWHERE, is_problem=True)
        taken = desk_acts.take_words(seen.board, request.POST)
        if taken.errors:
            said = "Nothing was done: a text cannot stand as it is. See beside it."
            return self._show(seen._replace(board=taken.board), said, errors=taken.errors)
        try:
            done = self._act(taken.board)
            with transaction.atomic():
                self.front = fronts.kept(self.front)  # the answer shows the draft that hangs on it
                drafts.save(self.front, request.user, done.board, seen=seen)
        except NotOnTheBoard as wrong:
            return self._answer(f"Nothing was done: {wrong}.", is_problem=True)
        except drafts.Outdated:
            return self._answer(ELSEWHERE, is_problem=True)
        return self._answer(_said(done, request.user), slot=done.slot)

    def _act(self, board: Board) -> desk_acts.Done:
        what = self.request.POST.get("do", "save")
        if what.startswith("add:"):
            self._must_be_there(what.removeprefix("add:"))
        act, _, slot = what.partition(":")
        seen = StoryId(self.request.POST.get(f"shown-{slot}", "")) if act == "pin" else None
        if seen and not cards.is_live(seen):
            message = "the story you would keep is not live any more"
            raise NotOnTheBoard(message)
        return desk_acts.carry_out(
            board, what, at=self.request.POST.get("at", ""), kept=seen or None
        )

    def _must_be_there(self, story: str) -> None:
        if not cards.may_place(self.request.user, StoryId(story)):
            message = "there is no such story, or you may not see it"
            raise NotOnTheBoard(message)

    def _answer(self, said: str, *, slot: int | None = None, is_problem: bool = False) -> Any:
        if BY_SCRIPT in self.request.headers:
            draft = drafts.draft_of(self.front, self.request.user)
            context = self.board_context(draft) | {"said": said, "about": slot}
            return render(self.request, "newsroom/fronts/parts/board.html", context)
        (messages.error if is_problem else messages.success)(self.request, said)
        return redirect(self.request.get_full_path())

    def _show(self, draft: Draft, said: str, *, errors: Mapping[tuple[int, str], str]) -> Any:
        name = "parts/board" if BY_SCRIPT in self.request.headers else "board"
        context = self.get_context_data() | self.board_context(draft, errors=errors)
        return render(self.request, f"newsroom/fronts/{name}.html", context | {"said": said})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the board, and the stories that may be put on it."""
        return super().get_context_data(**kwargs) | self.board_context(
            drafts.draft_of(self.front, self.request.user)
        )

    def board_context(
        self, draft: Draft, *, errors: Mapping[tuple[int, str], str] | None = None
    ) -> dict[str, Any]:
        """Return what the board shows of a draft."""
        user = self.request.user
        newest = fronts.newest_edition(self.front.key)
        base = fronts.edition(self.front.key, draft.based_on) or newest
        question = self.request.GET.get("q", "")
        there = set(stories_on(draft.board))
        found = cards.offered(self.front, user, question=question)
        shows_all = "all" in self.request.GET
        boards = (draft.board, newest.board, base.board)
        names = cards.headlines_of((story for each in boards for story in stories_on(each)), user)
        return super().get_context_data() | {
            "draft": draft,
            "slots": _shown_slots(self.front.key, draft.board, errors or {}, user=user),
            "newest": newest,
            "changed_meanwhile": (
                differences(base.board, newest.board, headlines=names)
                if newest.seq != draft.based_on
                else []
            ),
            "differences": differences(newest.board, draft.board, headlines=names),
            "others": drafts.of_others(self.front, user),
            "changes": scheduling.waiting_changes(self.front),
            "question": question,
            "shows_all": shows_all,
            "offered": [card for card in found if shows_all or card.story not in there],
            "there": there,
            "first_free": FIRST_FREE,
        }


def draft_seen(front: Any, request: HttpRequest) -> Draft | None:
    """
    Return the draft a form was made from, None if it is not that any more.

    An editor who begins one begins it from what they saw, not from what was published since.
    """
    number, based_on = (whole_number(request.POST.get(name, "")) for name in ("number", "based_on"))
    if number is None or based_on is None:
        return None
    draft = drafts.draft_of(front, request.user)
    if draft.number != number:
        return None
    if number or draft.based_on == based_on:
        return draft
    then = fronts.edition(front.key, based_on)
    return None if then is None else Draft(then.board, based_on, 0)


def _said(done: desk_acts.Done, user: Any) -> str:
    names = cards.headlines_of([done.story, done.fell_off], user)
    said = done.said.replace("{headline}", names.get(done.story or "", UNSEEN))
    if done.fell_off:
        said += f" There was no room left for “{names.get(done.fell_off, UNSEEN)}”."
    return said


def _shown_slots(
    key: str, board: Board, errors: Mapping[tuple[int, str], str], *, user: Any
) -> Sequence[ShownSlot]:
    shown = stories_shown(to_version.front(key, drafts.as_json(board)))
    known = cards.cards_of([*stories_on(board), *shown], user)
    places = list(places_of(LAYOUT))
    return [
        ShownSlot(
            number=number,
            name=slot_in_words(number),
            place=place.title if number == 0 or places[number - 1] != place else "",
            slot=slot,
            card=known.get(slot.story) if slot.story else None,
            shown=known.get(standing) if standing else None,
            errors={field: why for (where, field), why in errors.items() if where == number},
        )
        for number, (slot, place, standing) in enumerate(zip(board, places, shown, strict=True))
    ]

"""
Publishes the draft of a front, now or at a time; lets it go; takes over a colleague's.

Each is a POST. The form says which draft, and which published front, its editor has seen.
"""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from wagtail.admin import messages

from broadsheet.newsroom.fronts import cards, desk_acts, drafts, fronts, publishing, scheduling
from broadsheet.newsroom.fronts.arranging import stories_on
from broadsheet.newsroom.fronts.board_views import ELSEWHERE, BoardView, draft_seen
from broadsheet.newsroom.fronts.differences import differences
from broadsheet.newsroom.fronts.drafts import Draft
from broadsheet.newsroom.fronts.publishing import ChangedMeanwhile
from broadsheet.newsroom.fronts.views import FrontView, paper_zone
from broadsheet.newsroom.models.front import FrontChange, FrontDraft


class PostedDraft(BoardView):
    """
    An act on the whole draft that a board's form holds, words and all.

    When somebody published since, it asks.
    """

    http_method_names = ("post",)
    needs_publishing = True
    is_for_later = False  # the act has a time

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Take what was typed into the draft, then act on it."""
        del args, kwargs
        seen = draft_seen(self.front, request)
        if seen is None:
            return self.refused(ELSEWHERE)
        taken = desk_acts.take_words(seen.board, request.POST)
        seen = seen._replace(board=taken.board)
        if taken.errors:
            said = "Nothing was published: a text cannot stand as it is. See beside it."
            return self._show(seen, said, errors=taken.errors)
        over = desk_acts.whole_number(request.POST.get("over", ""))
        try:
            return self.act(seen, over=seen.based_on if over is None else over)
        except ChangedMeanwhile as changed:
            return self._ask(seen, changed.newest)
        except ValidationError as refused:
            return self.refused(" ".join(refused.messages))
        except drafts.Outdated:
            return self.refused(ELSEWHERE)

    def act(self, draft: Draft, *, over: int) -> HttpResponse:
        """Do it; over is the entry of the log that its editor has seen, and replaces."""
        raise NotImplementedError

    def refused(self, why: str) -> HttpResponse:
        """Return to the board, which says why nothing was done."""
        messages.error(self.request, why)
        return redirect(self.url("front"))

    def _ask(self, draft: Draft, newest: fronts.Edition) -> HttpResponse:
        """Keep the draft, and show what the other editor did and what publishing would do."""
        with transaction.atomic():
            draft = drafts.save(self.front, self.request.user, draft.board, seen=draft)
        base = fronts.edition(self.front.key, draft.based_on) or newest
        boards = (base.board, newest.board, draft.board)
        names = cards.headlines_of(
            (story for board in boards for story in stories_on(board)), self.request.user
        )
        context = FrontView.get_context_data(self) | {
            "draft": draft,
            "newest": newest,
            "due_at": self.request.POST.get("due_at", "") if self.is_for_later else "",
            "theirs": differences(base.board, newest.board, headlines=names),
            "ours": differences(newest.board, draft.board, headlines=names),
        }
        return render(self.request, "newsroom/fronts/changed.html", context, status=409)


class PublishView(PostedDraft):
    """Publishes the draft."""

    def act(self, draft: Draft, *, over: int) -> HttpResponse:
        """Publish, and let the draft go."""
        with transaction.atomic():
            is_new = publishing.publish(self.front, draft.board, seen=over, user=self.request.user)
            drafts.forget(self.front, self.request.user)
        if is_new:
            done = f"“{self.front}” is committed as you arranged it. The press is putting it out."
        else:
            done = f"“{self.front}” is as readers have it already; nothing changed."
        messages.success(self.request, done)
        return redirect(self.url("front"))


class ScheduleView(PostedDraft):
    """Has the draft published at a time to come, and lets it go: it is kept with the change."""

    is_for_later = True

    def act(self, draft: Draft, *, over: int) -> HttpResponse:
        """Schedule."""
        zone = paper_zone()
        due_at = _time(self.request.POST.get("due_at", ""), zone)
        with transaction.atomic():
            change = scheduling.schedule(
                self.front,
                draft.board,
                based_on=over,
                due_at=due_at,
                user=self.request.user,
            )
            drafts.forget(self.front, self.request.user)
        at = change.due_at.astimezone(zone)
        messages.success(
            self.request,
            f"“{self.front}” changes on {at:%d %B %Y at %H:%M} ({at.tzname()}). "
            "Until then readers have it as it is.",
        )
        return redirect(self.url("front"))


class DiscardView(FrontView):
    """Lets this editor's draft go: the board shows the front as readers have it."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Forget."""
        del args, kwargs
        drafts.forget(self.front, request.user)
        messages.success(request, "Your draft is gone. This is the front as readers have it.")
        return redirect(self.url("front"))


class TakeOverView(FrontView):
    """Makes what a colleague drafted, or scheduled, this editor's own draft."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """
        Copy it; the colleague's stays.

        Raises:
            Http404: it is no more.

        """
        del args
        row: FrontDraft | FrontChange | None = None
        if self.front.pk is not None and "draft" in kwargs:
            row = FrontDraft.objects.filter(front=self.front, pk=kwargs["draft"]).first()
        elif self.front.pk is not None:
            row = FrontChange.objects.filter(front=self.front, uuid=kwargs["change"]).first()
        if row is None:
            raise Http404
        begin_anew(self, drafts.board_from(self.front.key, row.slots), based_on=row.based_on)
        messages.success(request, "It is your draft now. What readers have is not changed.")
        return redirect(self.url("front"))


class CancelView(FrontView):
    """Takes a change off the schedule."""

    http_method_names = ("post",)
    needs_publishing = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """
        Cancel.

        Raises:
            Http404: there is no such change of this front.

        """
        del args
        changes = FrontChange.objects.select_related("front__section")
        change = changes.filter(front__key=self.front.key, uuid=kwargs["change"]).first()
        if change is None:
            raise Http404
        if scheduling.cancel(change, user=request.user):
            messages.success(request, "The change is cancelled; the front stays as it is.")
        else:
            messages.error(request, f"This change does not wait any more: it is {change.state}.")
        return redirect(self.url("front"))


def begin_anew(view: FrontView, board: Any, *, based_on: int) -> None:
    """Make a board this editor's draft, whatever draft they had."""
    user = view.request.user
    with transaction.atomic():
        before = drafts.draft_of(view.front, user)
        seen = Draft(before.board, based_on, before.number)
        drafts.save(view.front, user, board, seen=seen)


def _time(text: str, zone: ZoneInfo) -> datetime:
    """
    Return a time as a form sends it, in the paper's zone.

    Raises:
        ValidationError: it is none.

    """
    try:
        at = parse_datetime(text)
    except ValueError:
        at = None
    if at is None:
        message = "choose the day and the minute at which the front is to change"
        raise ValidationError(message)
    return at.replace(tzinfo=zone) if at.tzinfo is None else at

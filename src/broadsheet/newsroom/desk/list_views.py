"""The list of stories: filters in the address, a page at a time, cards on a phone."""

from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page

from broadsheet.newsroom.desk import finding
from broadsheet.newsroom.desk.finding import Dated, Wanted
from broadsheet.newsroom.desk.lines import lines
from broadsheet.newsroom.desk.seeing import Viewer, paper_zone, viewer, works_at_all
from broadsheet.newsroom.desk.states import WORDS, Lifecycle, UnderWay
from broadsheet.newsroom.models.author import Author
from broadsheet.newsroom.roles.names import Right
from broadsheet.newsroom.roles.rights import may

REMEMBERED = "desk-stories"  # where the session keeps the filters somebody left
ALL = "all"  # in an address: forget them
_MOST_OFFERED = 300  # authors suggested while one types
_STATES: Mapping[str, Enum] = {each.value: each for each in (*UnderWay, *Lifecycle)}
_DATES = {
    Dated.CHANGED: "Last changed",
    Dated.PUBLISHED: "First published",
    Dated.CREATED: "Begun",
}


class Filters(forms.Form):
    """What somebody asks the list for; all of it stands in the address."""

    q = forms.CharField(label="Search", required=False, max_length=200)
    section = forms.TypedChoiceField(
        label="Section or desk", required=False, coerce=int, empty_value=None
    )
    state = forms.ChoiceField(
        label="State",
        required=False,
        choices=[("", "Any"), *((name, WORDS[each].word) for name, each in _STATES.items())],
    )
    author = forms.CharField(
        label="Author",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"list": "desk-authors", "autocomplete": "off"}),
    )
    dated = forms.ChoiceField(
        label="By date",
        required=False,
        choices=[(each.value, word) for each, word in _DATES.items()],
    )
    since = forms.DateField(
        label="From", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label="To", required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, data: Any, *, seen: Viewer) -> None:
        """Offer the sections somebody works in."""
        super().__init__(data)
        offered = [(section.pk, section.name) for section in seen.sections.values()]
        self.fields["section"].choices = [("", "All"), *offered]  # type: ignore[attr-defined]  # of a choice field

    def clean(self) -> dict[str, Any]:
        """Refuse a range that ends before it begins."""
        found = super().clean() or {}
        since, until = found.get("since"), found.get("until")
        if since and until and until < since:
            self.add_error("until", f"this is before {since:%d %B %Y}, where the range begins")
        return found

    @property
    def wanted(self) -> Wanted:
        """Return what is asked for; what cannot be read asks for nothing."""
        self.is_valid()
        said = self.cleaned_data
        return Wanted(
            words=said.get("q", ""),
            section=said.get("section"),
            state=_STATES.get(said.get("state", "")),  # type: ignore[arg-type]  # of the two kinds
            author=said.get("author", ""),
            dated=Dated(said.get("dated") or Dated.CHANGED.value),
            since=said.get("since"),
            until=said.get("until"),
        )


def address_of(wanted: Wanted, **more: str) -> str:
    """Return the query of an address that asks for this."""
    said = {
        "q": wanted.words,
        "section": wanted.section,
        "state": wanted.state.value if wanted.state else "",
        "author": wanted.author,
        "dated": "" if wanted.dated is Dated.CHANGED else wanted.dated.value,
        "since": _day(wanted.since),
        "until": _day(wanted.until),
        **more,
    }
    return urlencode({name: value for name, value in said.items() if value not in {"", None}})


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


class StoryIndex(WagtailAdminTemplateMixin, TemplateView):
    """The stories somebody asks for, newest first."""

    template_name = "newsroom/desk/stories.html"
    page_title = "Stories"
    header_icon = "doc-full"
    add_url_name = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """
        Answer who works on stories.

        Raises:
            PermissionDenied: the account is for something else.

        """
        if not works_at_all(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show what the address asks for; an address that asks for nothing, what was last."""
        if ALL in request.GET:
            request.session.pop(REMEMBERED, None)
            return redirect(self._here())
        left = request.session.get(REMEMBERED, "")
        if not request.GET and left:
            return redirect(f"{self._here()}?{left}")
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what the template shows."""
        now, zone = timezone.now(), paper_zone()
        seen = viewer(self.request.user)
        form = Filters(self.request.GET, seen=seen)
        wanted = form.wanted
        found = finding.page(
            finding.stories(wanted, seen, zone=zone, now=now),
            wanted.dated,
            before=finding.place(self.request.GET.get("before", "")),
            after=finding.place(self.request.GET.get("after", "")),
        )
        self._remember(wanted)
        return super().get_context_data(**kwargs) | {
            "form": form,
            "zone": zone.key,
            "lines": lines(found.rows, seen, now=now),
            "is_filtered": wanted != Wanted(),
            "by_date": _DATES[wanted.dated],
            "dated": wanted.dated.value,
            "newest_url": f"{self._here()}?{address_of(wanted)}".rstrip("?"),
            "newer_url": self._turned(wanted, after=found.newer),
            "older_url": self._turned(wanted, before=found.older),
            "all_url": f"{self._here()}?{ALL}=1",
            "add_url": reverse(self.add_url_name) if may(seen.user, Right.WRITE) else "",
            "sections": list(seen.sections.values()),
            "authors": Author.objects.values_list("name", flat=True)[:_MOST_OFFERED],
            "page_model": Page,
        }

    def _turned(self, wanted: Wanted, **places: finding.Place | None) -> str:
        said = {name: place.text for name, place in places.items() if place is not None}
        return f"{self._here()}?{address_of(wanted, **said)}" if said else ""

    def _remember(self, wanted: Wanted) -> None:
        query = address_of(wanted)
        if self.request.session.get(REMEMBERED, "") != query:
            self.request.session[REMEMBERED] = query

    @staticmethod
    def _here() -> str:
        return reverse("stories:index")

"""The page of every act, and the same as a file for a spreadsheet."""

import csv
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.views.generic import TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from broadsheet.newsroom.audit.asking import entries, page_of
from broadsheet.newsroom.audit.forms import AuditForm
from broadsheet.newsroom.audit.words import name_of
from broadsheet.newsroom.models.audit_entry import AuditEntry
from broadsheet.newsroom.models.story import Story
from broadsheet.newsroom.paper_time import paper_zone
from broadsheet.newsroom.roles.names import Right
from broadsheet.newsroom.roles.rights import may

COLUMNS = ("at", "by", "address", "act", "kind", "id", "label", "story", "detail")
_READ_AT_ONCE = 2000  # rows of an export held in memory
# A spreadsheet takes a cell that begins so for a formula, and would run it.
# Source: OWASP, CSV injection, read 2026-11-28.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class ForReaders:
    """Answers those who may read the audit log. Mixed into a view."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """
        Answer, if they may.

        Raises:
            PermissionDenied: they may not.

        """
        if not may(request.user, Right.READ_AUDIT_LOG):
            raise PermissionDenied
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # of the view mixed in
        return answer


class AuditLogView(ForReaders, WagtailAdminTemplateMixin, TemplateView):
    """Every act, newest first."""

    template_name = "newsroom/audit/log.html"
    page_title = "Audit log"
    header_icon = "history"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what the template shows."""
        form = AuditForm(self.request.GET)
        form.is_valid()  # What is wrong stands beside its field; the rest is shown.
        zone = paper_zone()
        found = page_of(form.asked(), zone=zone, older_than=_key(self.request))
        asked = {name: value for name, value in self.request.GET.items() if name != "older"}
        headlines = set(
            Story.objects.filter(uuid__in=[e.story for e in found.entries if e.story]).values_list(
                "uuid", "pk"
            )
        )
        return super().get_context_data(**kwargs) | {
            "form": form,
            "zone": zone.key,
            "rows": [_shown(entry, dict(headlines)) for entry in found.entries],
            "older": urlencode({**asked, "older": found.older_than}) if found.older_than else "",
            "is_asked": any(asked.values()),
            "is_first": "older" not in self.request.GET,
            "newest": urlencode(asked),
            "export": f"{reverse('audit_log_export')}?{urlencode(asked)}",
        }


class AuditLogExport(ForReaders, View):
    """The acts that were asked for, all of them, as comma-separated values."""

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """Stream them; a mistake in the question is answered with 400."""
        form = AuditForm(request.GET)
        if not form.is_valid():
            return HttpResponse(form.errors.as_text(), status=400, content_type="text/plain")
        found = entries(form.asked(), zone=paper_zone())
        return StreamingHttpResponse(
            _lines(found.iterator(chunk_size=_READ_AT_ONCE)),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": 'attachment; filename="audit-log.csv"'},
        )


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        """Return it."""
        return text


def _lines(found: Iterator[AuditEntry]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield writer.writerow(COLUMNS)
    for entry in found:
        yield writer.writerow(map(_cell, _values(entry)))


def _values(entry: AuditEntry) -> tuple[str, ...]:
    return (
        entry.at.isoformat(),
        entry.by,
        entry.address or "",
        entry.act,
        entry.kind,
        entry.object_id,
        entry.label,
        str(entry.story or ""),
        json.dumps(entry.detail, ensure_ascii=False, sort_keys=True) if entry.detail else "",
    )


def _cell(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text


def _shown(entry: AuditEntry, stories: dict[Any, int]) -> dict[str, Any]:
    key = stories.get(entry.story)
    comment = entry.detail.get("comment") or entry.detail.get("reason") or ""
    return {
        "entry": entry,
        "act": name_of(entry.act),
        "url": reverse("wagtailadmin_pages:edit", args=[key]) if key else "",
        "comment": comment,
    }


def _key(request: HttpRequest) -> int | None:
    text = request.GET.get("older", "")
    is_key = text.isascii() and text.isdigit() and len(text) < len(str(2**63))
    return int(text) if is_key else None

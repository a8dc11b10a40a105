"""The versions of a story, and the difference between any two, or between draft and live."""

from typing import Any, NamedTuple

from django.utils import timezone
from django.views.generic import TemplateView
from wagtail.admin.views.pages.revisions import RevisionsCompareView

from broadsheet.copydesk.comparing.stories import difference
from broadsheet.newsroom import publishing
from broadsheet.newsroom.acting import acting
from broadsheet.newsroom.desk import telling
from broadsheet.newsroom.desk.live_as_views import OfOneStory
from broadsheet.newsroom.panels import DONE
from broadsheet.newsroom.paper_time import paper_zone
from broadsheet.press.isolation import Failed, isolated
from broadsheet.press.models import LogEntry
from broadsheet.story.records import Act, Story, StoryContent, StoryState
from broadsheet.story.versions import decoded

SHOWN = 50  # versions on a page
DRAFT = "draft"
_DRAFTS = {"live": "what is live", "earliest": "the first draft", "latest": "the newest draft"}


class VersionLine(NamedTuple):
    """One version in the list."""

    number: int
    seq: int
    entry: LogEntry
    done: str


class Compared(NamedTuple):
    """A version as it is compared: of the log, or the draft."""

    key: str
    name: str
    record: Story | None
    content: StoryContent | None
    problem: str


class VersionsView(OfOneStory):
    """A story's versions, and what changed between two of them."""

    template_name = "newsroom/desk/versions.html"
    page_title = "Versions"
    header_icon = "history"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what the template shows."""
        lines, older = self._lines()
        has_draft = self.story.has_unpublished_changes and self.story.latest_revision_id is not None
        chosen = self._chosen(lines, has_draft=has_draft)
        compared = [self._compared(key) for key in chosen]
        return (
            super().get_context_data(**kwargs)
            | {"lines": lines, "older": older, "has_draft": has_draft, "chosen": chosen}
            | (_told(*compared) if len(compared) == 2 else {})  # noqa: PLR2004  # from, to
        )

    def _entries(self) -> Any:
        return LogEntry.objects.filter(kind="story", record_id=str(self.story.uuid))

    def _lines(self) -> tuple[list[VersionLine], int | None]:
        """Return the versions of this page, newest first, and where the next page begins."""
        entries = self._entries()
        before = _seq(self.request.GET.get("before", ""))
        if before is not None:
            entries = entries.filter(seq__lt=before)
        total = entries.count()
        newest = list(entries.order_by("-seq").defer("version")[:SHOWN])
        lines = [
            VersionLine(total - place, entry.seq, entry, DONE[Act(entry.act)])
            for place, entry in enumerate(newest)
        ]
        return lines, lines[-1].seq if total > len(lines) else None

    def _chosen(self, lines: list[VersionLine], *, has_draft: bool) -> list[str]:
        """Return which two are compared: those asked for, else draft and live, else the newest."""
        one, other = self.request.GET.get("from", ""), self.request.GET.get("to", "")
        if one and other:
            return [one, other]
        newest = [str(line.seq) for line in lines[:2]]
        if has_draft and newest and "before" not in self.request.GET:
            return [newest[0], DRAFT]
        return newest[::-1] if len(newest) == 2 else []  # noqa: PLR2004  # two to compare

    def _compared(self, key: str) -> Compared:
        if key == DRAFT:
            return self._draft()
        seq = _seq(key)
        entry = self._entries().filter(seq=seq).first() if seq is not None else None
        if entry is None:
            return Compared(key, "?", None, None, "The story has no such version.")
        number = self._entries().filter(seq__lte=entry.seq).count()
        record = decoded(bytes(entry.version))
        name = f"version {number}"
        if not isinstance(record, Story):
            return Compared(key, name, None, None, f"{name} cannot be read.")
        if record.state is StoryState.ERASED:
            problem = f"The words of {name} were erased, because the law asked."
            return Compared(key, name, record, record.content, problem)
        return Compared(key, name, record, record.content, "")

    def _draft(self) -> Compared:
        return compared_draft(
            self.story.get_latest_revision_as_object(),
            key=DRAFT,
            name="the draft",
            by=self.request.user.get_username(),
        )


class CompareDraftsView(RevisionsCompareView):
    """
    What changed between two drafts, told as between two versions.

    Wagtail's own comparison shows no changed link, mark or order, and takes hours for some texts.
    """

    template_name = "newsroom/desk/compare.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what the template shows."""
        compared = [self._draft(key) for key in (self.revision_id_a, self.revision_id_b)]
        seen = TemplateView.get_context_data(self, **kwargs)
        return seen | {"zone": paper_zone().key} | _told(*compared)

    def _draft(self, key: str) -> Compared:
        draft, said = self._get_revision_and_heading(key)
        known = {
            "live": "what is live",
            "earliest": "the first draft",
            "latest": "the newest draft",
        }
        name = known.get(key, f"the draft of {said}")
        return compared_draft(draft, key=key, name=name, by=self.request.user.get_username())


def compared_draft(draft: Any, *, key: str, name: str, by: str) -> Compared:
    """Return a draft as it would be published now, or why it cannot be."""

    def read() -> StoryContent:
        with acting(by, now=timezone.now()):
            draft.date_corrections()
            return publishing.content_of(draft)

    content = isolated(f"comparing a draft of story {draft.uuid}", read)
    if isinstance(content, Failed):
        problem = f"{name.capitalize()} cannot be compared as it is: {content.reason}"
        return Compared(key, name, None, None, problem)
    return Compared(key, name, None, content, "")


def _told(one: Compared, other: Compared) -> dict[str, Any]:
    """Return the difference as the template shows it."""
    told: dict[str, Any] = {
        "one": one,
        "other": other,
        "problems": [each.problem for each in (one, other) if each.problem],
    }
    if one.content is None or other.content is None:
        return told
    found = difference(one.content, other.content)
    names = telling.names_of(one.content, other.content)
    acts = telling.lifecycle(one.record, other.record) if one.record and other.record else []
    return told | {
        "compared": True,
        "is_empty": found.is_empty and not acts,
        "fields": [*acts, *telling.fields(found.fields, names)],
        "stretches": telling.body(found, names),
        "language": other.content.language,
    }


def _seq(text: str) -> int | None:
    is_number = text.isascii() and text.isdecimal() and len(text) < len(str(2**63))
    return int(text) if is_number else None

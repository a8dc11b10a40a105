"""
Gives an archive's stories the rows they would have, had they been written at the desk.

The stories of the other archives are in the log alone; a list at the desk reads the
newsroom's rows. Made by bulk, as no editor could: run in a home of its own, whose log is
filled and derived, and whose pages nobody has rendered. What an interrupted run left is
taken up where it stood.

Run in a process of its own: python -m bench.within HOME bench.desk_rows COUNT.
"""

import json
import random
import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection, models, transaction
from wagtail.models import Locale, Page

from bench import archive
from broadsheet.newsroom import wordings
from broadsheet.newsroom.desk.states import Lifecycle
from broadsheet.newsroom.models import (
    Author,
    Byline,
    ListedAuthor,
    ListedStory,
    LiveMark,
    SectionPage,
    Story,
    Wording,
)
from broadsheet.press import deriving
from broadsheet.press.models import LedgerRow, LogEntry, Schedule
from broadsheet.press.tables import Tables
from broadsheet.story import records
from broadsheet.story.body import text_of
from broadsheet.story.versions import decoded

EDITOR = "bench"
BATCH = 1_000  # stories in one transaction
SCHEDULED = 40  # stories that go live in the days to come
PARKED = 30  # posts that wait for a person
OWNED = 0.01  # of the stories, the editor's own
# Of a thousand stories, how many stand where.
_STATES = (
    (Lifecycle.LIVE, 900),
    (Lifecycle.CHANGED, 20),
    (Lifecycle.DRAFT, 40),
    (Lifecycle.EXPIRED, 20),
    (Lifecycle.UNPUBLISHED, 5),
    (Lifecycle.RETRACTED, 15),
)


class Staff(NamedTuple):
    """Who stories are by, and where they lie."""

    sections: dict[str, SectionPage]  # by id
    authors: dict[str, int]  # keys of their rows, by id
    owner: int  # the editor who looks


def main(count: int) -> None:
    """Fill the log, derive the lists, and make the rows that are not there yet."""
    call_command("migrate", verbosity=0)
    archive.fill(count)
    tables = Tables()
    while deriving.derive(tables):
        pass
    users = get_user_model().objects
    if not users.filter(username=EDITOR).exists():
        users.create_superuser(username=EDITOR, email="", password=None)
    while batch := _without_rows():
        with transaction.atomic():
            _make(batch)
    _put_under_way()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "postgresql" else "PRAGMA optimize")


def _without_rows() -> Sequence[LogEntry]:
    there = Story.objects.count()
    entries = LogEntry.objects.filter(kind="story").order_by("seq")
    return list(entries[there : there + BATCH])


def _make(entries: Sequence[LogEntry]) -> None:
    chance = random.Random(entries[0].seq)
    sections = {str(section.uuid): section for section in SectionPage.objects.all()}
    authors = {str(author.uuid): author.pk for author in Author.objects.all()}
    owner = get_user_model().objects.get(username=EDITOR)
    first = (Page.objects.aggregate(last=models.Max("pk"))["last"] or 0) + 1
    made = [
        _rows(pk, _story(entry), Staff(sections, authors, owner.pk), chance)
        for pk, entry in enumerate(entries, start=first)
    ]
    Page.objects.bulk_create([page for page, *_ in made])
    _insert(Story, [story for _, story, *_ in made])
    ListedStory.objects.bulk_create([listed for _, _, listed, _ in made])
    _name_authors(made)
    Wording.objects.bulk_create(
        Wording(page_id=page.pk, words=_words(record), draft_at=page.latest_revision_created_at)
        for page, _, _, record in made
    )
    LiveMark.objects.bulk_create(
        LiveMark(story_id=page.pk, is_live=page.live, at=page.first_published_at)
        for page, *_ in made
        if page.first_published_at is not None
    )
    for section in sections.values():
        SectionPage.objects.filter(pk=section.pk).update(numchild=section.numchild)


def _name_authors(made: Iterable[Any]) -> None:
    bylines, listed = [], []
    for page, _, row, _ in made:
        for place, author in enumerate(map(int, row.authors.split(","))):
            bylines.append(Byline(story_id=page.pk, author_id=author, sort_order=place))
            listed.append(ListedAuthor(listed_id=page.pk, author_id=author))
    Byline.objects.bulk_create(bylines)
    ListedAuthor.objects.bulk_create(listed)


def _story(entry: LogEntry) -> records.Story:
    record = decoded(bytes(entry.version))
    assert isinstance(record, records.Story)
    return record


def _rows(
    pk: int, record: records.Story, staff: Staff, chance: random.Random
) -> tuple[Page, Story, ListedStory, records.Story]:
    section = staff.sections[record.content.section]
    owner = staff.owner if chance.random() < OWNED else None
    section.numchild += 1
    state = chance.choices([s for s, _ in _STATES], [weight for _, weight in _STATES])[0]
    at = record.first_published_at
    published_at = None if state is Lifecycle.DRAFT else at
    fields: dict[str, Any] = {
        "path": Page._get_path(section.path, section.depth + 1, section.numchild),  # noqa: SLF001  # as add_child
        "depth": section.depth + 1,
        "title": record.content.headline,
        "draft_title": record.content.headline,
        "slug": record.id,
        "url_path": f"{section.url_path}{record.id}/",
        "content_type": ContentType.objects.get_for_model(Story),
        "locale": Locale.objects.first(),
        "owner_id": owner,
        "live": state in {Lifecycle.LIVE, Lifecycle.CHANGED},
        "has_unpublished_changes": state in {Lifecycle.DRAFT, Lifecycle.CHANGED},
        "expired": state is Lifecycle.EXPIRED,
        "first_published_at": published_at,
        "last_published_at": published_at,
        "latest_revision_created_at": at,
    }
    page = Page(pk=pk, **fields)
    withdrawn = "retracted" if state is Lifecycle.RETRACTED else ""
    story = Story(page_ptr_id=pk, uuid=UUID(record.id), withdrawn=withdrawn, body=_body(record))
    listed = ListedStory(
        story_id=pk,
        section_path=section.path,
        headline=record.content.headline,
        authors=",".join(str(staff.authors[each.author]) for each in record.content.bylines),
        state=state.value,
        created_at=at,
        changed_at=at,
        published_at=published_at,
        owner_id=owner,
    )
    return page, story, listed, record


def _body(record: records.Story) -> str:
    text = "".join(f"<p>{text_of(block)}</p>" for block in record.content.body)
    return json.dumps([{"type": "text", "value": text}])


def _words(record: records.Story) -> str:
    said = [record.content.headline, record.content.standfirst, *map(text_of, record.content.body)]
    return "\n".join(dict.fromkeys(wordings.folded(" ".join(said)).split()))


def _insert(model: Any, rows: Sequence[Any]) -> None:
    """Insert the rows of a model whose parents' rows are there; Django's own bulk declines."""
    options = model._meta  # noqa: SLF001  # Django documents it
    fields = options.local_concrete_fields
    names = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    values = [[_stored(field, row) for field in fields] for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {options.db_table} ({names}) VALUES ({marks})", values)  # noqa: S608  # names of Django's


def _stored(field: Any, row: Any) -> Any:
    value = field.pre_save(row, add=True)
    return field.get_db_prep_save(value, connection)


def _put_under_way() -> None:
    """Schedule some drafts, and park some posts, once."""
    if Schedule.objects.exists():
        return
    now = datetime.now(UTC)
    drafts = ListedStory.objects.filter(state=Lifecycle.DRAFT.value).select_related("story")
    Schedule.objects.bulk_create(
        Schedule(
            story=str(row.story.uuid),
            act="go-live",
            due_at=now + timedelta(hours=3 * place + 1),
            asked_at=now,
            asked_by=EDITOR,
        )
        for place, row in enumerate(drafts.order_by("-pk")[:SCHEDULED])
    )
    live = ListedStory.objects.filter(state=Lifecycle.LIVE.value).select_related("story")
    LedgerRow.objects.bulk_create(
        LedgerRow(
            surface="sandbox",
            account="paper",
            key=f"post/{row.story.uuid}/first",
            story=str(row.story.uuid),
            desired="a",
            parked="the network refused the token",
        )
        for row in live.order_by("-pk")[:PARKED]
    )


if __name__ == "__main__":
    main(int(sys.argv[1]))

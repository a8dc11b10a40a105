"""Keeps a narrow row for each story, for the desk's list; lists the stories there are."""

from datetime import UTC, datetime
from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.utils.dateparse import parse_datetime

BATCH = 1_000


def list_stories(apps: Any, _: Any) -> None:
    """List every story there is, as the desk would when it is saved next."""
    stories = apps.get_model("newsroom", "Story").objects.order_by("pk")
    known = set(apps.get_model("newsroom", "Author").objects.values_list("pk", flat=True))
    after = 0
    while batch := list(stories.defer("body").filter(pk__gt=after)[:BATCH]):
        after = batch[-1].pk
        drafts, bylines = _drafts(apps, batch), _bylines(apps, batch)
        authors = {
            story.pk: _authors(drafts.get(story.pk), bylines.get(story.pk, ()), known)
            for story in batch
        }
        apps.get_model("newsroom", "ListedStory").objects.bulk_create(
            [_listed(apps, story, drafts.get(story.pk), authors[story.pk]) for story in batch]
        )
        apps.get_model("newsroom", "ListedAuthor").objects.bulk_create(
            [
                apps.get_model("newsroom", "ListedAuthor")(listed_id=story, author_id=author)
                for story, found in authors.items()
                for author in found
            ]
        )


def _drafts(apps: Any, batch: Any) -> dict[int, Any]:
    """Return what the newest drafts say of those stories whose own row says something older."""
    changed = {story.latest_revision_id: story.pk for story in batch if story.has_unpublished_changes}
    revisions = apps.get_model("wagtailcore", "Revision").objects.filter(pk__in=changed)
    drafts = {}
    for pk, content in revisions.values_list("pk", "content").iterator(chunk_size=100):
        wanted = ("kicker", "embargo_until", "bylines")  # and not the body, of a thousand stories
        drafts[changed[pk]] = {name: content[name] for name in wanted if name in content}
    return drafts


def _bylines(apps: Any, batch: Any) -> dict[int, list[int]]:
    bylines = apps.get_model("newsroom", "Byline").objects.order_by("sort_order", "pk")
    found: dict[int, list[int]] = {}
    keys = [story.pk for story in batch]
    for story, author in bylines.filter(story__in=keys).values_list("story", "author"):
        found.setdefault(story, []).append(author)
    return found


def _authors(draft: Any, bylines: Any, known: set[int]) -> list[int]:
    """Return who wrote the newest draft, each once, in their order; who was deleted since did not."""
    if draft is not None:
        rows = sorted(draft.get("bylines", ()), key=lambda row: row.get("sort_order") or 0)
        bylines = [row.get("author") for row in rows]
    return list(dict.fromkeys(author for author in bylines if author in known))


def _listed(apps: Any, story: Any, draft: Any, authors: Any) -> Any:
    created_at = datetime.fromtimestamp((story.uuid.int >> 80) / 1000, tz=UTC)
    changes = (story.latest_revision_created_at, story.last_published_at)
    kicker, embargo_until = story.kicker, story.embargo_until
    if draft is not None:
        kicker, embargo_until = draft.get("kicker", ""), draft.get("embargo_until")
    return apps.get_model("newsroom", "ListedStory")(
        story_id=story.pk,
        section_path=story.path[:-4],
        headline=story.draft_title or story.title,
        kicker=kicker,
        authors=",".join(map(str, authors)),
        state=_state(story),
        created_at=created_at,
        changed_at=max((at for at in changes if at is not None), default=created_at),
        published_at=story.first_published_at,
        embargo_until=parse_datetime(embargo_until) if isinstance(embargo_until, str) else embargo_until,
        owner_id=story.owner_id,
    )


def _state(story: Any) -> str:
    if story.withdrawn:
        return str(story.withdrawn)
    if story.live:
        return "changed" if story.has_unpublished_changes else "live"
    if story.expired:
        return "expired"
    return "draft" if story.first_published_at is None else "unpublished"


class Migration(migrations.Migration):

    dependencies = [("newsroom", "0009_fronts"), migrations.swappable_dependency(settings.AUTH_USER_MODEL)]

    operations = [
        migrations.CreateModel(
            name="ListedStory",
            fields=[
                ("story", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="+", serialize=False, to="newsroom.story")),
                ("section_path", models.CharField(max_length=255)),
                ("headline", models.CharField(max_length=255)),
                ("kicker", models.CharField(blank=True, default="", max_length=255)),
                ("authors", models.TextField(blank=True, default="")),
                ("state", models.CharField(max_length=12)),
                ("created_at", models.DateTimeField()),
                ("changed_at", models.DateTimeField()),
                ("published_at", models.DateTimeField(null=True)),
                ("embargo_until", models.DateTimeField(null=True)),
                ("owner", models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "indexes": [models.Index(fields=["changed_at", "story"], name="newsroom_listed_changed"), models.Index(fields=["published_at", "story"], name="newsroom_listed_published"), models.Index(fields=["created_at", "story"], name="newsroom_listed_created"), models.Index(fields=["section_path", "changed_at", "story"], name="newsroom_listed_section"), models.Index(fields=["state", "changed_at", "story"], name="newsroom_listed_state"), models.Index(fields=["owner", "state", "changed_at"], name="newsroom_listed_owner"), models.Index(fields=["embargo_until"], name="newsroom_listed_embargo", condition=models.Q(("embargo_until__isnull", False)))],
            },
        ),
        migrations.CreateModel(
            name="ListedAuthor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("author", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="newsroom.author")),
                ("listed", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="by", to="newsroom.listedstory")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("author", "listed"), name="newsroom_listed_author_once")],
            },
        ),
        migrations.RunPython(list_stories, migrations.RunPython.noop),
    ]

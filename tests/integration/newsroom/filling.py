"""
Fills a newsroom with a story of every state, takes it back to before its list, and forth again.

Run as `python -m tests.integration.newsroom.filling`, in the home of the environment. Prints what
the list said as the desk kept it, after the migration, after a sweep of that, and after a
migration that reads no drafts.
"""

import json
import os
from datetime import timedelta
from importlib import import_module
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "broadsheet.config.settings")
django.setup()

from django.core.management import call_command  # noqa: E402  # Django must stand first
from django.utils import timezone  # noqa: E402

from broadsheet.newsroom import acts  # noqa: E402
from broadsheet.newsroom.desk import mending  # noqa: E402
from broadsheet.newsroom.models import ListedStory, Story  # noqa: E402
from broadsheet.newsroom.models.listed_story import ListedAuthor  # noqa: E402
from tests.factories import rows  # noqa: E402

# Of whole seconds: a revision, being JSON, keeps thousandths, and a row more.
TOMORROW = timezone.now().replace(microsecond=0) + timedelta(days=1)


def fill() -> None:
    """Make a story of every state, several of them with a newer draft."""
    world, ada, ben = rows.a_section_row(), rows.an_author_row(), rows.an_author_row("Ben")
    city = rows.a_section_row("City")

    def made(title: str, **words: object) -> Story:
        story = rows.a_draft(world, title=title, **words)
        for author in (ada, ben, ada):
            rows.with_byline(story, author)
        story.save()
        story.save_revision()
        return Story.objects.get(pk=story.pk)

    def live(title: str, **words: object) -> Story:
        story = made(title, **words)
        acts.publish_newest(story)
        return Story.objects.get(pk=story.pk)

    made("A draft", kicker="Begun", embargo_until=TOMORROW)
    made("Scheduled", kicker="Soon", go_live_at=TOMORROW)
    acts.publish_newest(Story.objects.get(title="Scheduled"))
    made("Under embargo", embargo_until=TOMORROW)
    acts.publish_newest(Story.objects.get(title="Under embargo"))
    live("Live", kicker="Out")
    live("Moved").move(city, pos="last-child")
    live("Unpublished").unpublish()
    live("Expired", kicker="Was out").unpublish(set_expired=True)
    acts.retract(live("Retracted"), reason="It was wrong.")
    acts.erase(live("Erased"), reason="The law says so.")
    _draft_again(live("Live, and changed", kicker="Out"), by=[ben])
    live("Down, and changed", kicker="Out").unpublish()
    down = Story.objects.get(title="Down, and changed")
    _draft_again(down, by=[ben, ada], embargo_until=TOMORROW)
    acts.retract(_draft_again(live("Retracted, and changed"), by=[]), reason="It was wrong.")
    _draft_again(live("Changed, and due"), by=[ben], go_live_at=TOMORROW)
    acts.publish_newest(Story.objects.get(title="Changed, and due"))


def _draft_again(story: Story, *, by: list[rows.Author], **words: object) -> Story:
    """Save a newer draft of a story that is live, with other words and authors."""
    draft = Story.objects.get(pk=story.pk)
    draft.title, draft.kicker = f"{story.title}: the draft", "Newer"
    for name, value in words.items():
        setattr(draft, name, value)
    draft.bylines.set([rows.Byline(author=author, role="") for author in by])
    draft.save_revision()
    return Story.objects.get(pk=story.pk)


def told() -> list[dict[str, Any]]:
    """Return what the list says of each story."""
    return [
        row | {"names": sorted(_names(row["story_id"]))}
        for row in ListedStory.objects.order_by("pk").values()
    ]


def _names(story: int) -> list[str]:
    return list(ListedAuthor.objects.filter(listed=story).values_list("author__name", flat=True))


def migrated_anew() -> list[dict[str, Any]]:
    """Take the tables back to before the list, fill it by the migration, and return it."""
    call_command("migrate", "newsroom", "0009", verbosity=0)
    call_command("migrate", verbosity=0)
    return told()


def main() -> None:
    """Do all of it."""
    call_command("migrate", verbosity=0)
    fill()
    found = {"kept": told(), "migrated": migrated_anew()}
    mending.mend(after_pk=0)
    found["swept"] = told()
    migration = import_module("broadsheet.newsroom.migrations.0010_desk")
    migration.BATCH = 2
    found["in batches"] = migrated_anew()
    vars(migration)["_drafts"] = lambda *_: {}
    found["without drafts"] = migrated_anew()
    print(json.dumps(found, default=str))  # it is what the test reads


if __name__ == "__main__":
    main()

"""Where a story stands beside others, from the desk on: sections, topics, relations, notes."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset

from broadsheet.newsroom import acts, edges, to_version
from broadsheet.newsroom.adapter import WagtailNewsroom
from broadsheet.newsroom.models import LiveMark, RelatedStory, Story, StoryTopic, Topic
from broadsheet.press import log
from broadsheet.press.models import LogEntry
from broadsheet.story import records
from broadsheet.story.versions import encoded
from tests.factories import rows
from tests.factories.logged import acts_of, version_of

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

PUBLISH = {"action-publish": "1"}


def edit_url(story: Story) -> str:
    """Return the address of a story's form."""
    return reverse("wagtailadmin_pages:edit", args=[story.pk])


def published(story: Story) -> Story:
    """Return a story after its row's words are published."""
    story.save_revision()
    acts.publish_newest(Story.objects.get(pk=story.pk))
    return Story.objects.get(pk=story.pk)


def test_the_desk_publishes_all_places(desk: Client, form: Any):
    """What the form says of kicker, sections, topics, relations and posts is what the log says."""
    world, city = rows.a_section_row(), rows.a_section_row("City")
    trams, money = Topic.objects.create(name="Trams"), Topic.objects.create(name="Money")
    first, second = rows.a_live_story(world), rows.a_draft(world)
    original = rows.a_live_story(world)
    story = rows.a_draft(world)

    response = desk.post(
        edit_url(story),
        form(
            story,
            kicker="Transport",
            topics=inline_formset([{"topic": money.pk}, {"topic": trams.pk}]),
            related=inline_formset([{"to": second.pk}, {"to": first.pk}]),
            translation_of=original.pk,
            language="ar",
            social_text="All aboard",
        )
        | {"aliases": [str(city.pk)]}
        | PUBLISH,
    )

    content = version_of(story).content
    assert 302 == response.status_code
    assert "Transport" == content.kicker
    assert (str(city.uuid),) == content.aliases
    assert (str(money.uuid), str(trams.uuid)) == content.topics
    assert (str(second.uuid), str(first.uuid)) == content.related
    assert str(original.uuid) == content.translation_of
    assert "All aboard" == content.social_text


def test_bylines_keep_the_order_they_are_given(desk: Client, form: Any):
    """Several authors stand in the order the form puts them in, each with a role of their own."""
    story = rows.a_draft()
    ada, ben = rows.an_author_row(), rows.an_author_row("Ben Editor")
    lines = [{"author": ada.pk, "role": "pictures"}, {"author": ben.pk, "role": ""}]
    lines[0]["ORDER"], lines[1]["ORDER"] = 2, 1

    desk.post(edit_url(story), form(story, bylines=inline_formset(lines)) | PUBLISH)

    found = version_of(story).content.bylines
    assert [(str(ben.uuid), ""), (str(ada.uuid), "pictures")] == [(b.author, b.role) for b in found]


def test_own_section_is_no_alias():
    """A section chosen as alias that is, or becomes, the story's own is listed once."""
    story = rows.a_draft(rows.a_section_row())
    story.aliases.set([story.section_row()])

    assert () == version_of(published(story)).content.aliases


def test_notes_to_the_desk_are_in_no_version():
    """Notes to the desk are kept in the row and stand in no version of anything."""
    story = rows.a_draft()
    story.desk_notes = "Call the lawyer before noon"

    story = published(story)

    assert "Call the lawyer before noon" == Story.objects.get(pk=story.pk).desk_notes
    assert not [entry for entry in LogEntry.objects.all() if b"lawyer" in bytes(entry.version)]


def test_a_note_that_leaks_is_found(monkeypatch: pytest.MonkeyPatch):
    """A mapper that puts the notes into the record is caught by looking at the log's bytes."""
    mapped = to_version.story_content

    def leaking(story: Any, **rest: Any) -> Any:
        content = mapped(story, **rest)
        return type(content)(
            **{name: getattr(content, name) for name in content.__struct_fields__}
            | {"dateline": story.desk_notes}
        )

    monkeypatch.setattr(to_version, "story_content", leaking)
    story = rows.a_draft()
    story.desk_notes = "Call the lawyer before noon"

    published(story)

    assert [entry for entry in LogEntry.objects.all() if b"lawyer" in bytes(entry.version)]


def test_a_topic_is_in_no_log_before_a_live_story_is_on_it():
    """A topic, also of a draft, is nowhere until something live is on it; then it is marked."""
    topic = Topic.objects.create(name="Trams")
    story = rows.a_draft()
    story.topics.add(StoryTopic(topic=topic))
    story.save_revision()
    assert not LogEntry.objects.filter(kind="topic").exists()

    published(story)

    newest = log.newest("topic", str(topic.uuid))
    assert isinstance(newest, records.Topic)
    assert "/topics/trams/" == newest.address
    assert LiveMark.objects.filter(topic=topic).exists()


def test_a_topic_readers_saw_cannot_be_deleted(desk: Client):
    """The desk and the database refuse to delete a topic that was public, in words."""
    topic = Topic.objects.create(name="Trams")
    story = rows.a_draft()
    story.topics.add(StoryTopic(topic=topic))
    story = published(story)
    story.topics.set([])
    published(story)

    response = desk.post(
        reverse("wagtailsnippets_newsroom_topic:delete", args=[topic.pk]), follow=True
    )

    assert "cannot be deleted" in response.content.decode()
    with pytest.raises(ProtectedError):
        topic.delete()


def test_an_unseen_topic_can_be_deleted(desk: Client):
    """A topic nobody saw and no story has can go."""
    topic = Topic.objects.create(name="Typo")

    desk.post(reverse("wagtailsnippets_newsroom_topic:delete", args=[topic.pk]))

    assert not Topic.objects.exists()


def test_a_renamed_topic_moves_and_leads_on():
    """Renaming a public topic commits its new address; the old one leads there."""
    topic = Topic.objects.create(name="Trams")
    story = rows.a_draft()
    story.topics.add(StoryTopic(topic=topic))
    published(story)

    topic.name = "Rails"
    topic.save()

    newest = log.newest("topic", str(topic.uuid))
    assert isinstance(newest, records.Topic)
    assert ("/topics/rails/", ("/topics/trams/",)) == (newest.address, newest.former_addresses)


def test_an_edge_of_a_topic_is_swept():
    """A topic changed behind our back is found by the sweep and mended."""
    topic = Topic.objects.create(name="Trams")
    story = rows.a_draft()
    story.topics.add(StoryTopic(topic=topic))
    published(story)
    Topic.objects.filter(pk=topic.pk).update(name="Rails")
    newsroom = WagtailNewsroom()

    found = list(edges.topic_edges())
    for mismatch in found:
        newsroom.repair(mismatch, now=story.first_published_at or story.latest_revision_created_at)

    assert 1 == len(found)
    assert not list(edges.topic_edges())


def test_an_untouched_story_is_no_edge():
    """A story published with nothing new to say equals its newest version, and stays unwritten."""
    story = rows.a_live_story()

    mismatches, _ = edges.word_edges(after_pk=0)

    assert [] == mismatches
    assert b"kicker" not in encoded(version_of(story))
    assert ["publish"] == acts_of(story)


def test_translation_of_a_translation_is_one_of_the_original(desk: Client, form: Any):
    """Choosing a translation as original leads to the original itself."""
    original, german = rows.a_live_story(), rows.a_draft()
    german.translation_of = original
    german = published(german)
    arabic = rows.a_draft()

    desk.post(edit_url(arabic), form(arabic, translation_of=german.pk, language="ar") | PUBLISH)

    assert str(original.uuid) == version_of(arabic).content.translation_of


def test_an_original_cannot_become_a_translation():
    """A story that has translations, and a story itself, are refused as translations."""
    original, german = rows.a_live_story(), rows.a_draft()
    german.translation_of = original
    published(german)

    original.translation_of = rows.a_live_story()
    with pytest.raises(ValidationError, match="is a translation of this story"):
        original.full_clean()
    original.translation_of = original
    with pytest.raises(ValidationError, match="no translation of itself"):
        original.full_clean()


def test_erasing_empties_every_field_of_the_row():
    """An erased story's row keeps no kicker, note, social text or relation."""
    story = rows.a_draft()
    story.kicker, story.desk_notes, story.social_text = "Kick", "Note", "Post"
    story.related.add(RelatedStory(to=rows.a_live_story()))
    story.topics.add(StoryTopic(topic=Topic.objects.create(name="Trams")))
    story = published(story)

    acts.erase(story, reason="By order of the court.")

    row = Story.objects.get(pk=story.pk)
    assert ("", "", "") == (row.kicker, row.desk_notes, row.social_text)
    assert (0, 0) == (row.related.count(), row.topics.count())

"""What the command line does to stories, through the same rows and acts as the desk."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import Revision
from wagtail.rich_text import RichText

from broadsheet.intake.drafts import Draft, DraftByline, DraftParagraph, DraftPicture
from broadsheet.newsroom import commands
from broadsheet.newsroom.commands import NotInTheNewsroom
from broadsheet.newsroom.copy_drafts import create_draft_from
from broadsheet.newsroom.models import Picture, Story
from broadsheet.press.models import LogEntry, Schedule
from broadsheet.story.records import CorrectionKind, StoryState
from tests.factories import rows
from tests.factories.logged import acts_of, version_of

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def correct(story: Story, *pairs: tuple[str, str]) -> Story:
    """Correct a story, replacing words."""
    return commands.correct_story(
        str(story.uuid),
        text="It was Wednesday.",
        kind=CorrectionKind.CORRECTION,
        significant=False,
        replace=pairs,
        by="ada",
    )


def test_a_story_is_found_by_id_address_and_words():
    """All of a story's names lead to it."""
    story = rows.a_live_story()
    address = version_of(story).address

    found = [
        commands.find_story(ref).pk
        for ref in (str(story.uuid), address, address.strip("/").rpartition("/")[2])
    ]

    assert [story.pk] * 3 == found


def test_an_unknown_name_is_answered_in_words():
    """A name of no story is refused with what to give instead."""
    with pytest.raises(NotInTheNewsroom, match="no story is called 'nowhere'"):
        commands.find_story("nowhere")


def test_publishing_says_who():
    """The log names who published."""
    story = rows.a_draft()

    commands.publish_story(str(story.uuid), by="ada (command line)")

    assert "ada (command line)" == LogEntry.objects.get(kind="story").by


def test_correcting_replaces_words_and_tells_readers_in_one_version():
    """New words and the note come in the same version."""
    story = rows.a_live_story()

    correct(story, ("on Tuesday", "on Wednesday"))

    version = version_of(story)
    assert ["publish", "correct"] == acts_of(story)
    assert "The council met on Wednesday." == version.content.body[0].runs[0].text
    assert ["It was Wednesday."] == [note.text for note in version.content.corrections]


def test_words_that_stand_twice_are_not_replaced():
    """Ambiguous words are refused, and nothing is committed."""
    story = rows.a_live_story(body=[("text", RichText("<p>On Tuesday, not on Tuesday.</p>"))])

    with pytest.raises(NotInTheNewsroom, match="stands in 2 places"):
        correct(story, ("Tuesday", "Wednesday"))

    assert ["publish"] == acts_of(story)


def test_unpublished_changes_are_not_published_by_a_correction():
    """A story somebody is working on is not corrected behind their back."""
    story = rows.a_live_story()
    story.title = "Half-written"
    story.save_revision()

    with pytest.raises(ValidationError, match="not published"):
        correct(Story.objects.get(pk=story.pk))


def test_retracting_and_unpublishing():
    """Both acts are committed, each as what it is."""
    one = rows.a_live_story()
    other = rows.a_live_story(title="Another")

    commands.retract_story(str(one.uuid), reason="Not confirmed.", by="ada")
    commands.unpublish_story(str(other.uuid), by="ada")

    assert StoryState.RETRACTED is version_of(one).state
    assert StoryState.UNPUBLISHED is version_of(other).state


def test_scheduling():
    """A scheduled story is on the press's schedule and in no version."""
    story = rows.a_draft()
    at = timezone.now() + timedelta(days=1)

    commands.schedule_story(str(story.uuid), at=at, by="ada")

    assert at == Schedule.objects.get().due_at
    assert [] == acts_of(story)


def test_erasing_leaves_no_word_in_rows_revisions_or_log():
    """After erasure the story's words are nowhere in the database."""
    story = rows.a_live_story(title="Secretword", standfirst="Secretword again")

    commands.erase_story(str(story.uuid), reason="By order of the court.", by="ada")

    row = Story.objects.get(pk=story.pk)
    assert StoryState.ERASED is version_of(story).state
    assert ("(erased)", "", 0) == (row.title, row.standfirst, len(row.body))
    assert 0 == Revision.objects.for_instance(story).count()
    versions = LogEntry.objects.filter(record_id=str(story.uuid))
    assert not any(b"Secretword" in bytes(entry.version) for entry in versions)


def test_sections_and_authors_are_found_before_they_are_made():
    """Naming one twice makes it once."""
    rows.a_paper()

    sections = {commands.section_named("City", by="ada").pk for _ in range(2)}
    authors = {commands.author_named("Ada Reporter", by="ada").pk for _ in range(2)}

    assert (1, 1) == (len(sections), len(authors))


def test_copy_from_intake_becomes_a_draft_with_pictures_that_wait():
    """Every word of the page is in the rows; pictures wait for their files; nothing is public."""
    rows.a_paper()
    place = DraftPicture(agency_caption="(AP) A tram.", caption="The tram.", credit="AP")
    draft = Draft(
        headline="Tram <approved> & more",
        section_label="City",
        standfirst="",
        lead=place,
        body=(DraftParagraph(text="One  two <b>"), place, DraftParagraph(text="Three")),
        bylines=(DraftByline(name="Ada Reporter", role=""),),
        published_at=None,
        findings=(),
    )

    story = create_draft_from(draft, file=b"page", section_slug="city", language="en", by="ada")
    commands.publish_story(str(story.uuid), by="ada")

    content = version_of(story).content
    assert "Tram <approved> & more" == content.headline
    assert "One  two <b>" == content.body[0].runs[0].text
    assert [True, True] == [picture.waiting for picture in Picture.objects.all()]
    assert [[], []] == [picture.sizes for picture in Picture.objects.all()]

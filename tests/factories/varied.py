"""Builds drafts of every kind of story, to be looked at and then published."""

from datetime import timedelta

from wagtail.rich_text import RichText

from broadsheet.newsroom.acting import acting
from broadsheet.newsroom.models import (
    Correction,
    RelatedStory,
    SectionPage,
    Story,
    StoryTopic,
    Topic,
)
from tests.factories import rows
from tests.factories.pictures import a_picture_file, a_picture_row, an_uploaded_picture
from tests.factories.previewed import NOON, a_full_story

BEFORE = NOON - timedelta(days=1)


def a_plain_story() -> Story:
    """Return a draft with a headline and a paragraph, and nothing else."""
    return rows.a_draft()


def a_gallery() -> Story:
    """Return a draft with a lead picture and a gallery of two others."""
    others = [a_picture_row(file=a_picture_file(color)) for color in ("blue", "green")]
    shown = [{"picture": other, "caption": f"Tram {n}"} for n, other in enumerate(others)]
    body = [("text", RichText("<p>Look.</p>")), ("gallery", {"pictures": shown})]
    return rows.a_draft(lead=a_picture_row(), lead_caption="The tram", body=body)


def two_bylines() -> Story:
    """Return a draft by two people, one in another role than their own."""
    story = rows.with_byline(rows.a_draft(dateline="NAIROBI"), rows.an_author_row())
    rows.with_byline(story, rows.an_author_row("Ben Editor", role="Editor"), role="Photos")
    story.save_revision()
    return story


def in_arabic() -> Story:
    """Return a draft that is read from right to left, with a number and Latin words in it."""
    body = [("text", RichText("<p>قال المجلس إن الخط T3 يبدأ في 2027.</p>"))]
    return rows.a_draft(title="المجلس يوافق", standfirst="يبدأ العمل", language="ar", body=body)


def a_translation() -> Story:
    """Return a draft that is a live story in another language."""
    original = rows.a_live_story(title="Trams return", now=BEFORE)
    return rows.a_draft(title="Die Bahn kommt", language="de", translation_of=original)


def in_two_sections() -> Story:
    """Return a draft that is listed in another section too."""
    city = rows.a_section_row("City")
    story = rows.a_draft(SectionPage.objects.get(title="World"), kicker="Transport")
    story.aliases.add(city)
    story.save_revision()
    return story


def on_new_topics() -> Story:
    """Return a draft on two topics of which readers know neither yet."""
    story = rows.a_draft()
    for name in ("Trams", "Trams"):
        story.topics.add(StoryTopic(topic=Topic.objects.create(name=name)))
    story.save_revision()
    return story


def with_related_stories() -> Story:
    """Return a draft that leads to a live story, and to one that is none yet."""
    others = rows.a_live_story(title="Trams before", now=BEFORE), rows.a_draft(title="Not yet")
    story = rows.a_draft()
    for other in others:
        story.related.add(RelatedStory(to=other))
    story.save_revision()
    return story


def with_social_text() -> Story:
    """Return a draft whose posts say something else than its headline."""
    return rows.a_draft(
        lead=a_picture_row(), social_text="Finally: a tram! 🚋 " * 30, address_words="trams"
    )


def with_updates() -> Story:
    """Return a draft with a dated update, and one that takes the minute of publishing."""
    update = {"headline": "News", "text": RichText("<p>It runs.</p>")}
    return rows.a_draft(body=[("update", update | {"at": BEFORE}), ("update", update)])


def with_a_correction() -> Story:
    """Return a live story with a draft that corrects it, significantly."""
    story = a_full_story()
    story.title = "Council approves the second tram line"
    story.corrections.add(Correction(kind="correction", text="It is the second.", significant=True))
    story.save_revision()
    return story


def live_and_changed() -> Story:
    """Return a live story with a draft that says, shows and is listed otherwise."""
    story = a_full_story()
    story.title, story.standfirst = "The council has voted", "Late at night."
    story.lead = a_picture_row(file=a_picture_file("yellow"))
    story.topics.add(StoryTopic(topic=Topic.objects.create(name="Trams")))
    story.save_revision()
    return story


def back_after_a_mistake() -> Story:
    """Return a story that was taken down to be fixed, and is."""
    story = a_full_story()
    with acting("ada", now=NOON):
        story.unpublish()
    story = Story.objects.get(pk=story.pk)
    story.title = "Council approves a tram line"
    story.save_revision()
    return story


def sizes_to_come() -> Story:
    """Return a draft whose lead picture was just uploaded: the press has made no size of it."""
    return rows.a_draft(lead=an_uploaded_picture())


STORIES = (
    a_plain_story,
    a_gallery,
    two_bylines,
    in_arabic,
    a_translation,
    in_two_sections,
    on_new_topics,
    with_related_stories,
    with_social_text,
    with_updates,
    with_a_correction,
    live_and_changed,
    back_after_a_mistake,
    sizes_to_come,
)

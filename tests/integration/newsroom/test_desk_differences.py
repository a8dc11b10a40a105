"""A difference between two versions shows whatever changed, also beside a changed word."""

from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
import regex
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.rich_text import RichText

from broadsheet.newsroom.acting import acting
from broadsheet.newsroom.models import Story
from broadsheet.newsroom.paper_time import paper_zone
from broadsheet.newsroom.roles.names import Role
from tests.factories import rows
from tests.factories.pictures import a_picture_row

pytestmark = [pytest.mark.django_db]

AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
LINK = '<p><a href="https://{}.example/">{} here</a> and so on, and on.</p>'
TABLE = {"caption": "", "cells": "a\tb\nc\td", "has_header_row": True, "has_header_column": False}
EMBED = {"url": "https://a.example/1", "title": "A film", "author": "", "provider": ""}


def a_block(kind: str, **changes: Any) -> tuple[str, Any]:
    """Return a block as rows hold it, changed as a test says."""
    plain = {"table": TABLE, "embed": EMBED, "update": {"at": AT, "headline": "Now"}}[kind]
    text = {"text": RichText("<p>Words of it.</p>")} if kind == "update" else {}
    return (kind, {**plain, **text, **changes})


def shown(desk: Client, story: Story) -> dict[str, str]:
    """Return what the page of two versions marks as gone and as come, tags left out."""
    page = desk.get(reverse("story_versions", args=[story.pk])).content.decode()
    return {
        tag: unescape(
            regex.sub("<[^>]+>", " ", " ".join(regex.findall(f"<{tag}.*?</{tag}>", page)))
        )
        for tag in ("del", "ins")
    }


@pytest.mark.parametrize(
    ("old", "new", "went", "came"),
    [
        (
            ("text", RichText(LINK.format("one", "Read"))),
            ("text", RichText(LINK.format("two", "Look"))),
            "https://one.example/",
            "https://two.example/",
        ),
        (
            ("text", RichText("<p>He is <b>not</b> guilty.</p>")),
            ("text", RichText("<p>He is not <b>guilty</b>.</p>")),
            "Bold: “not”",
            "Bold: “guilty”",
        ),
        (
            a_block("embed"),
            a_block("embed", url="https://b.example/2", title="A new film"),
            "https://a.example/1",
            "https://b.example/2",
        ),
        (
            a_block("table"),
            a_block("table", cells="a\tb\nc\te", has_header_row=False),
            "The first row names the columns",
            "e",
        ),
        (
            a_block("update"),
            a_block("update", at=AT + timedelta(seconds=30), headline="Then"),
            "13:00:00",
            "13:00:30",
        ),
        (
            ("quote", {"text": "We will, said", "attribution": "Ada"}),
            ("quote", {"text": "We will,", "attribution": "said Ada"}),
            "By: Ada",
            "By: said Ada",
        ),
    ],
    ids=["link", "bold", "embed", "table", "time", "quote"],
)
def test_what_changed_besides_a_word_is_shown(
    desk: Client, old: tuple[str, Any], new: tuple[str, Any], went: str, came: str
):
    """Where a link leads, what is bold, an address, a heading, a time: before and after."""
    story = rows.a_live_story(body=[old])
    story.body = [new]
    story.save_revision().publish()

    found = shown(desk, story)

    assert went in found["del"]
    assert came in found["ins"]


def test_another_picture_with_the_same_caption_is_shown(desk: Client):
    """A picture that was exchanged under its caption, or changed its place, is told by name."""
    one, two = a_picture_row(title="Ferry"), a_picture_row(title="Bridge")
    uses = [{"picture": each, "caption": "Here"} for each in (one, two)]
    story = rows.a_live_story(body=[("picture", uses[0]), ("gallery", {"pictures": uses})])
    story.body = [("picture", uses[1]), ("gallery", {"pictures": uses[::-1]})]
    story.save_revision().publish()

    found = shown(desk, story)

    assert ["Ferry", "Ferry", "Bridge"] == regex.findall("Picture: (.*?) ", found["del"])
    assert ["Bridge", "Bridge", "Ferry"] == regex.findall("Picture: (.*?) ", found["ins"])


def test_a_date_that_moved_is_a_difference(desk: Client):
    """A significant update without another word is what readers see as updated, and is shown."""
    story, later = rows.a_live_story(), timezone.now() + timedelta(hours=1)
    story.significant_update = True
    with acting("ada", now=later):
        story.save_revision().publish()

    page = desk.get(reverse("story_versions", args=[story.pk])).content.decode()

    assert "Nothing that readers see differs" not in page
    assert f"{later.astimezone(paper_zone()):%d %B %Y, %H:%M:%S}" in page


def test_what_is_told_besides_the_words_is_never_markup(desk: Client):
    """The author of an embed is shown as it was written."""
    story = rows.a_live_story(body=[a_block("embed")])
    story.body = [a_block("embed", author="<script>alert(1)</script>")]
    story.save_revision().publish()

    page = desk.get(reverse("story_versions", args=[story.pk])).content.decode()

    assert "<script>alert" not in page
    assert "By: &lt;script&gt;alert(1)" in page


def test_two_drafts_are_compared_as_versions_are(desk: Client):
    """A link that changed between two drafts is shown, from the history too."""
    story = rows.a_draft(body=[("text", RichText(LINK.format("one", "Read")))])
    story.body = [("text", RichText(LINK.format("two", "Read")))]
    story.save_revision()
    args = [story.pk, "earliest", "latest"]

    page = desk.get(reverse("wagtailadmin_pages:revisions_compare", args=args)).content.decode()

    assert "https://one.example/" in page.split("<del", 1)[1]
    assert "https://two.example/" in page.split("<ins", 1)[1]
    assert "From the first draft to the newest draft" in page


def test_drafts_of_another_desk_are_compared_by_nobody_else(desk: Client):
    """Who may not edit the story does not see its drafts' differences."""
    del desk
    city = rows.a_section_row("City")
    story = rows.a_draft(rows.a_section_row("World"))
    stranger = Client()
    stranger.force_login(rows.a_person("rita", Role.EDITOR, sections=[city]))
    args = [story.pk, "earliest", "latest"]

    answer = stranger.get(reverse("wagtailadmin_pages:revisions_compare", args=args))

    assert 302 == answer.status_code  # back to the desk, with a message

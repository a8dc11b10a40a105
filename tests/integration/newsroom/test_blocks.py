"""The blocks beyond running text: from the desk's form to the log, and refused in words."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from wagtail.rich_text import RichText
from wagtail.test.utils.form_data import rich_text, streamfield

from broadsheet.media.illustrations import illustration
from broadsheet.newsroom import acts, edges
from broadsheet.newsroom.models import Picture, Story
from broadsheet.story.body import FactBox, Gallery, Paragraph, Points, PullQuote, Run, Table, Update
from tests.factories import rows
from tests.factories.logged import acts_of, version_of

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

PUBLISH = {"action-publish": "1"}
NOW = datetime(2026, 11, 22, 12, 0, 7, 345678, tzinfo=UTC)


def a_picture_row(title: str = "harbor") -> Picture:
    """Return a picture with its file."""
    file = ContentFile(illustration(title), name=f"{title}.png")
    picture = Picture(title=title, file=file, alternative_text="A ferry", credit="Ada")
    picture.save()
    return picture


def an_update(text: str, **changes: Any) -> tuple[str, dict[str, Any]]:
    """Return an update as rows hold it."""
    return ("update", {"at": None, "headline": "", "text": RichText(f"<p>{text}</p>"), **changes})


def updates_of(story: Story) -> list[Update]:
    """Return the updates in the newest version."""
    return [block for block in version_of(story).content.body if isinstance(block, Update)]


def test_the_desk_publishes_every_block(desk: Client, form: Any):
    """What the form says in each kind of block is what the log says."""
    story, picture = rows.a_draft(), a_picture_row()
    html = rich_text("<ul><li>One</li><li><b>Two</b></li></ul><p>End</p>")
    body = streamfield(
        [
            ("pull_quote", {"text": "Large", "attribution": "Ada"}),
            ("text", html),
            (
                "table",
                {
                    "caption": "Rails",
                    "cells": "a\tb\r\nc",
                    "has_header_row": "on",
                    "has_header_column": "",
                },
            ),
            ("fact_box", {"title": "Facts", "text": html}),
            (
                "gallery",
                {
                    "pictures-count": "1",
                    "pictures-0-deleted": "",
                    "pictures-0-order": "0",
                    "pictures-0-type": "item",
                    "pictures-0-value-picture": picture.pk,
                    "pictures-0-value-caption": "Here",
                },
            ),
            ("update", {"at": "2026-11-22 13:30", "headline": "Signed", "text": html}),
        ]
    )

    response = desk.post(edit_url(story), form(story, body=body) | PUBLISH)

    found = version_of(story).content.body
    points = Points(items=((Run(text="One"),), (Run(text="Two", strong=True),)), is_numbered=False)
    end = Paragraph(runs=(Run(text="End"),))
    assert 302 == response.status_code
    assert PullQuote(text="Large", attribution="Ada") == found[0]
    assert (points, end) == found[1:3]
    assert isinstance(found[3], Table)
    assert (("a", "b"), ("c", "")) == found[3].rows
    assert FactBox(title="Facts", text=(points, end)) == found[4]
    assert isinstance(found[5], Gallery)
    assert ["Here"] == [use.caption for use in found[5].pictures]
    assert isinstance(found[6], Update)
    assert datetime(2026, 11, 22, 12, 30, tzinfo=UTC) == found[6].at  # the paper is in Berlin


def edit_url(story: Story) -> str:
    """Return the address of a story's form."""
    return reverse("wagtailadmin_pages:edit", args=[story.pk])


def test_an_update_gets_the_time_it_came_out_with():
    """An update without a time gets that of its publication, to the second, and keeps it."""
    story = rows.a_live_story(body=[an_update("One")], now=NOW)

    story.body.append(an_update("Two"))
    draft = story.save_revision().as_object()
    draft.title = "Another headline"
    later = NOW + timedelta(hours=1)
    with rows.acting("ada", now=later):
        draft.save_revision().publish()

    first, second = updates_of(story)
    assert NOW.replace(microsecond=0) == first.at
    assert later.replace(microsecond=0) == second.at
    assert ([], 0) == edges.word_edges(after_pk=0)


def test_an_editor_may_set_the_time_of_an_update():
    """A time that was typed stands, before and after publication."""
    typed = datetime(2026, 11, 22, 9, 15, tzinfo=UTC)
    story = rows.a_live_story(body=[an_update("One", at=typed)], now=NOW)
    assert [typed] == [update.at for update in updates_of(story)]

    draft = story.save_revision().as_object()
    draft.body[0].value["at"] = typed + timedelta(minutes=5)
    draft.save_revision().publish()

    assert [typed + timedelta(minutes=5)] == [update.at for update in updates_of(story)]


def test_the_form_shows_the_time_an_update_came_out_with():
    """Opened again, a published update has its time in the form; an unpublished one has none."""
    story = rows.a_draft(body=[an_update("One")])
    with rows.acting("ada", now=NOW):
        acts.publish_newest(story)

    opened = Story.objects.get(pk=story.pk).get_latest_revision_as_object()

    assert NOW.replace(microsecond=0) == opened.body[0].value["at"]


def test_a_row_changed_behind_our_back_with_an_undated_update_is_swept():
    """An update that reached the row without a time is an edge, and no error."""
    story = rows.a_live_story(now=NOW)
    undated = {"at": None, "headline": "", "text": "<p>One</p>"}
    body = json.dumps([{"type": "update", "id": "u1", "value": undated}])
    Story.objects.filter(pk=story.pk).update(body=body)

    mismatches, _ = edges.word_edges(after_pk=0)

    assert 1 == len(mismatches)


def test_pictures_of_a_gallery_reach_the_log():
    """A published gallery's pictures are in the log and protected, like any shown picture."""
    picture = a_picture_row()
    uses = {"pictures": [{"picture": picture, "caption": ""}]}

    rows.a_live_story(body=[("gallery", uses)])

    with pytest.raises(Exception, match="protected"):
        picture.delete()


@pytest.mark.parametrize(
    ("cells", "complaint"),
    [
        ("\n | \n", "no cells here"),
        ("|".join("x" * 51), "at most 50 columns, this has 51"),
        ("x\n" * 501, "at most 500 rows, this has 501"),
    ],
)
def test_no_table_is_refused_in_words(cells: str, complaint: str):
    """A table of nothing, or larger than any reader could use, is refused, and nothing is out."""
    value = {"caption": "", "cells": cells, "has_header_row": True, "has_header_column": False}
    story = rows.a_draft(body=[("table", value)])

    with pytest.raises(ValidationError, match=complaint):
        acts.publish_newest(story)

    assert [] == acts_of(story)


def test_forty_columns_are_a_table():
    """Forty columns are published as they are."""
    cells = "\n".join("\t".join(f"{row}.{column}" for column in range(40)) for row in range(3))
    value = {"caption": "", "cells": cells, "has_header_row": True, "has_header_column": False}

    story = rows.a_live_story(body=[("table", value)])

    (table,) = version_of(story).content.body
    assert isinstance(table, Table)
    assert [40, 40, 40] == [len(row) for row in table.rows]

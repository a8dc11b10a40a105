"""The form a story is written in: what it shows of counts, notes and acts, and to whom."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from broadsheet.newsroom.models import Story
from broadsheet.newsroom.writing.counts import RULES, link_of, surfaces, used
from broadsheet.story.textrule import measure
from tests.factories import rows
from tests.factories.logged import version_of

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

PUBLISH = {"action-publish": "1"}


def form_of(desk: Client, story: Story) -> str:
    """Return the page a story is written on."""
    return desk.get(reverse("wagtailadmin_pages:edit", args=[story.pk])).content.decode()


def test_form_has_the_words_first(desk: Client):
    """Kicker, headline, standfirst, length, body: in this order, before everything else."""
    page = form_of(desk, rows.a_draft())

    marks = [
        "id_kicker",
        "id_title",
        "id_standfirst",
        "data-newsroom-counts",
        'id="body',
        "id_lead",
    ]
    places = [page.index(mark) for mark in marks]
    assert sorted(places) == places


def test_form_scripts_are_files(desk: Client):
    """What writing adds to the form is in files: no script and no style of ours is inline."""
    page = form_of(desk, rows.a_draft())

    for name in ("counts.js", "pasting.js", "writing.css"):
        assert f"newsroom/{name}" in page
    ours = page[page.index("data-newsroom-counts") :].partition("</section>")[0]
    assert "<script" not in ours
    assert "style=" not in ours


def test_room_for_a_headline_is_what_the_link_leaves(desk: Client):
    """A network's figures add up to what measuring the post with its link gives."""
    del desk
    story = rows.a_live_story()
    link = link_of(story)

    assert version_of(story).address in link
    for room in surfaces(link):
        if room.key in RULES:
            whole = measure(f"{story.title}\n{link}", RULES[room.key]).used[0]
            assert whole == used(story.title, RULES[room.key]) + room.link


def test_lengths_are_told_to_those_signed_in(desk: Client):
    """The desk measures a text with links by each rule; strangers and nonsense are refused."""
    url, text = reverse("lengths"), "Read https://example.com/a/long/address/of/ours now"

    answer = desk.post(url, json.dumps({"text": text}), content_type="application/json").json()

    assert len(text) == answer["bluesky"]
    assert len("Read ") + 23 + len(" now") == answer["mastodon"] == answer["x"]
    assert 302 == Client().post(url, "{}", content_type="application/json").status_code
    for sent in ("{", "[]", '{"text": 7}', json.dumps({"text": "x" * 10_001})):
        assert 400 == desk.post(url, sent, content_type="application/json").status_code


@pytest.mark.parametrize("act", [PUBLISH, {"action-submit": "1"}])
def test_a_save_by_itself_carries_out_no_act(desk: Client, form: Any, act: dict[str, str]):
    """A form that saves itself with an act left in it saves a draft, and nothing more."""
    story = rows.a_draft()

    answer = desk.post(
        reverse("wagtailadmin_pages:edit", args=[story.pk]),
        form(story, title="Saved by itself") | act,
        headers={"accept": "application/json"},
    )

    story.refresh_from_db()
    assert answer.json()["success"]
    assert not story.live
    assert story.current_workflow_state is None
    assert "Saved by itself" == story.get_latest_revision_as_object().title


def test_headline_pasted_in_lines_becomes_one(desk: Client, form: Any):
    """A headline with line ends is published on one line."""
    story = rows.a_draft()

    desk.post(
        reverse("wagtailadmin_pages:edit", args=[story.pk]),
        form(story, title="A headline\r\nof two lines") | PUBLISH,
    )

    assert "A headline of two lines" == version_of(story).content.headline


def test_form_tells_the_three_kinds_of_change_apart(desk: Client):
    """Typo fix, correction and significant update are named, each with what it does."""
    page = form_of(desk, rows.a_draft())

    assert "no date moves, and no post changes" in page
    assert "Add a note below" in page
    assert "The story is dated now" in page
    assert "there is nothing to correct" in page


def test_form_shows_the_notes_as_readers_see_them(desk: Client, form: Any):
    """Published notes stand beside the form, newest first, in the story's language, escaped."""
    story = rows.a_live_story(language="ar")
    assert "Readers have been told of no change" in form_of(desk, story)
    note = {"kind": "correction", "text": "On <Tuesday>.", "uuid": ""}
    notes = {
        "corrections-TOTAL_FORMS": "1",
        **{f"corrections-0-{name}": value for name, value in note.items()},
    }

    desk.post(
        reverse("wagtailadmin_pages:edit", args=[story.pk]),
        form(story, language="ar") | notes | PUBLISH,
    )

    page = form_of(desk, story)
    assert "<strong>تصحيح</strong>" in page
    assert "On &lt;Tuesday&gt;." in page
    assert "told of no change" not in page

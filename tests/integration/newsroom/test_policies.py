"""Policies: what the paper says of itself, written at the desk and kept by the log."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from wagtail.rich_text import RichText

from broadsheet.newsroom.models import PaperSettings, Policy
from broadsheet.newsroom.policies import policy_edges
from broadsheet.press import log
from broadsheet.press.models import LogEntry
from broadsheet.story.body import Heading, Paragraph, Run
from broadsheet.story.records import PAPER, Coverage, Syndication
from tests.factories import rows
from tests.factories.story import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
DAY = timedelta(days=1)


def a_policy_row(**changes: Any) -> Policy:
    """Return a policy as the form would save it."""
    body = [("heading", "Mistakes"), ("text", RichText("<p>Write to the desk.</p>"))]
    rows.a_paper()
    values = {"purpose": "corrections", "title": "How we correct ourselves", "body": body}
    with rows.acting("ada", now=NOON):
        policy = Policy(**(values | changes))
        policy.full_clean()
        policy.save()
    return policy


def test_a_saved_policy_is_in_the_log():
    """Saving a policy commits its title and text, with the time."""
    a_policy_row()

    found = log.newest("policy", "corrections")

    assert "How we correct ourselves" == found.title
    assert (
        Heading(text="Mistakes"),
        Paragraph(runs=(Run(text="Write to the desk."),)),
    ) == found.body
    assert LogEntry.objects.get(kind="policy").at == found.changed_at


def test_saving_again_says_nothing_new():
    """A policy that is saved as it was leaves the log, and its date, as they are."""
    policy = a_policy_row()
    before = log.length()

    with rows.acting("ada", now=NOON + DAY):
        policy.save()

    assert before == log.length()


def test_there_is_one_policy_of_a_purpose():
    """A second policy of the same purpose is refused beside the field."""
    a_policy_row()

    with pytest.raises(ValidationError) as refused:
        a_policy_row()

    assert {"purpose"} == refused.value.message_dict.keys()


def test_an_emptied_policy_stays_in_the_log_without_text():
    """Taking the text away is how a policy leaves the site."""
    policy = a_policy_row()

    policy.body = []
    with rows.acting("ada", now=NOON + DAY):
        policy.full_clean()
        policy.save()

    assert () == log.newest("policy", "corrections").body


def test_a_policy_changed_behind_the_desk_is_found():
    """The sweep finds a policy whose row says something else than the log."""
    a_policy_row()
    assert [] == list(policy_edges(Policy.objects.iterator()))

    Policy.objects.update(title="Changed by a shell")

    assert ["corrections"] == [
        mismatch.record_id for mismatch in policy_edges(Policy.objects.iterator())
    ]


def test_coverage_source_and_syndication_are_published():
    """What a story's form says of live coverage, agency and partners stands in its version."""
    rows.a_paper()

    story = rows.a_live_story(coverage="running", source="Reuters", syndication="allowed")

    content = log.newest("story", str(story.uuid)).content

    assert (Coverage.RUNNING, "Reuters", Syndication.ALLOWED) == (
        content.coverage,
        content.source,
        content.syndication,
    )
    assert content.may_be_taken


def test_a_hub_is_an_https_address():
    """The hub of the paper's feeds is refused unless it is an https address, and kept if so."""
    rows.a_paper()
    row = PaperSettings.load()
    row.websub_hub = "hub.example"

    with pytest.raises(ValidationError) as refused:
        row.full_clean()
    row.websub_hub = "https://hub.example/"
    with rows.acting("ada", now=NOON):
        row.full_clean()
        row.save()

    assert {"websub_hub"} == refused.value.message_dict.keys()
    assert "https://hub.example/" == log.newest("settings", PAPER).websub_hub

"""The list of stories: found by section, state, author and date, in bounded time, by who may."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.models import GroupPagePermission

from broadsheet.newsroom import acts
from broadsheet.newsroom.acting import acting
from broadsheet.newsroom.desk import finding, mending
from broadsheet.newsroom.models import ListedStory, SectionPage, Story
from broadsheet.press.models import Schedule
from tests.factories import rows

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
LIST = "/desk/stories/"
MOST_QUERIES = 30  # of a page of fifty, Wagtail's own furniture included


def listed(client: Client, **asked: Any) -> list[str]:
    """Return the headlines a list shows, in its order."""
    response = client.get(LIST, asked or {"all": ""}, follow=True)
    assert 200 == response.status_code
    return [line.headline for line in response.context["lines"]]


def reporter_of(section: SectionPage, name: str = "rita") -> Client:
    """Return the browser of somebody who may write in one section only."""
    user = get_user_model()._default_manager.create_user(name, password="a-test-password")
    group = Group.objects.create(name=f"of {section.slug}")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    GroupPagePermission.objects.create(
        group=group, page=section, permission=Permission.objects.get(codename="add_page")
    )
    user.groups.add(group)
    client = Client()
    client.force_login(user)
    return client


def test_newest_change_stands_first(desk: Client):
    """A story that was saved again moves to the top."""
    first, _ = rows.a_draft(title="First"), rows.a_draft(title="Second")

    first.save_revision()

    assert ["First", "Second"] == listed(desk)


def test_it_shows_what_the_newest_draft_says(desk: Client):
    """Headline and byline are those of the draft, though readers have older ones."""
    story = rows.a_live_story(title="Old words")
    story.title = "New words"
    rows.with_byline(story, rows.an_author_row("Bea Late"))
    story.save_revision()

    assert ["New words"] == listed(desk, author="bea")
    assert "Bea Late" in desk.get(LIST, {"author": "bea"}).content.decode()
    assert "changed" == ListedStory.objects.get(pk=story.pk).state


@pytest.mark.parametrize(
    ("state", "headline"),
    [
        ("draft", "A draft"),
        ("live", "A live one"),
        ("changed", "A changed one"),
        ("unpublished", "A fixed one"),
        ("expired", "An old one"),
        ("retracted", "A wrong one"),
        ("scheduled", "A coming one"),
        ("trouble", "A late one"),
    ],
)
def test_each_state_is_found_by_its_filter(desk: Client, state: str, headline: str):
    """One story stands in each state; the filter of the state finds that one alone."""
    rows.a_draft(title="A draft")
    rows.a_live_story(title="A live one")
    rows.a_live_story(title="A changed one").save_revision()
    rows.a_live_story(title="A fixed one").unpublish()
    rows.a_live_story(title="An old one").unpublish(set_expired=True)
    acts.retract(rows.a_live_story(title="A wrong one"), reason="It was not so.")
    for title, days in (("A coming one", 1), ("A late one", -1)):
        coming = rows.a_draft(title=title)
        Schedule.objects.create(
            story=str(coming.uuid),
            act="go-live",
            due_at=timezone.now() + timedelta(days=days),
            asked_at=timezone.now(),
            asked_by="ada",
            failures=int(days < 0),
        )

    found = listed(desk, state=state)

    assert headline in found
    assert {"draft": 3, "scheduled": 2}.get(state, 1) == len(found)


def test_section_and_date_are_filters_too(desk: Client):
    """A section shows its own stories; a range of days those of its days, in the paper's zone."""
    culture = rows.a_section_row("Culture")
    rows.a_live_story(culture, title="Opera", now=datetime(2026, 3, 28, 22, 59, tzinfo=UTC))
    rows.a_live_story(culture, title="Ballet", now=datetime(2026, 3, 28, 23, 1, tzinfo=UTC))
    rows.a_draft(rows.a_section_row("World"), title="Summit")
    Story.objects.filter(title="Opera").update(first_published_at="2026-03-28T22:59:00Z")
    Story.objects.filter(title="Ballet").update(first_published_at="2026-03-28T23:01:00Z")
    mending.mend(after_pk=0)

    assert {"Opera", "Ballet"} == set(listed(desk, section=culture.pk))
    asked = {"dated": "published", "since": "2026-03-29", "until": "2026-03-29"}
    assert ["Ballet"] == listed(desk, **asked)


def test_pages_follow_each_other_without_a_gap(desk: Client, monkeypatch: pytest.MonkeyPatch):
    """Turning to older pages and back shows every story once, though many changed at one time."""
    monkeypatch.setattr(finding, "PAGE", 3)
    for number in range(8):
        rows.a_draft(title=f"Story {number}")
    ListedStory.objects.update(changed_at=timezone.now())
    rows_of = ListedStory.objects.all()

    pages = [finding.page(rows_of, finding.Dated.CHANGED)]
    while pages[-1].older:
        pages.append(finding.page(rows_of, finding.Dated.CHANGED, before=pages[-1].older))
    back = finding.page(rows_of, finding.Dated.CHANGED, after=pages[-1].newer)

    keys = [row.pk for page in pages for row in page.rows]
    assert sorted(keys, reverse=True) == keys
    assert 8 == len(set(keys))
    assert [row.pk for row in pages[-2].rows] == [row.pk for row in back.rows]


def test_a_section_not_ones_own_is_not_shown(desk: Client):
    """Who works in one section sees its stories only, whatever the address asks for."""
    world, culture = rows.a_section_row("World"), rows.a_section_row("Culture")
    rows.a_draft(world, title="Summit")
    rows.a_draft(culture, title="Opera")
    client = reporter_of(culture)

    assert ["Opera"] == listed(client)
    assert ["Opera"] == listed(client, section=world.pk)
    assert {"Summit", "Opera"} == set(listed(desk))  # the twin: it is the section that hides it


def test_who_works_on_no_story_is_refused(desk: Client):
    """An account without any right on stories gets no list."""
    del desk
    user = get_user_model()._default_manager.create_user("paul", password="a-test-password")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client = Client()
    client.force_login(user)

    assert 302 == client.get(LIST).status_code


def test_it_says_who_has_a_story_open(desk: Client):
    """Another person's open form is shown by name; an hour later no more."""
    story = rows.a_draft()
    other = get_user_model()._default_manager.create_user("bea", password="a-test-password")
    session = EditingSession.objects.create(
        user=other,
        content_type=ContentType.objects.get_for_model(Story),
        object_id=str(story.pk),
        last_seen_at=timezone.now(),
    )

    assert ("bea",) == desk.get(LIST).context["lines"][0].open_by
    session.last_seen_at -= timedelta(hours=1)
    session.save()
    assert () == desk.get(LIST).context["lines"][0].open_by


def test_filters_are_remembered_until_they_are_cleared(desk: Client):
    """The bare address leads to the filters somebody left; clearing forgets them."""
    desk.get(LIST, {"state": "draft"})

    assert f"{LIST}?state=draft" == desk.get(LIST).headers["location"]
    desk.get(LIST, {"all": "1"})
    assert 200 == desk.get(LIST).status_code


@pytest.mark.parametrize(
    "asked",
    [
        {"section": "x"},
        {"section": "99999999999999999999"},
        {"state": "<script>"},
        {"since": "2026-13-45"},
        {"since": "9999-12-31", "until": "9999-12-31"},
        {"since": "0001-01-01"},
        {"until": "0001-01-01"},
        {"since": "2026-02-02", "until": "2026-02-01"},
        {"before": "x"},
        {"before": "99999999999999999999999.1"},
        {"after": "1.99999999999999999999999"},
        {"before": "9999999999999999.1"},
        {"dated": "never"},
        {"q": "a\0b"},
        {"author": "%_\\'"},
        {"q": "x " * 100},
    ],
)
def test_an_address_that_means_nothing_is_answered_in_words(desk: Client, asked: dict[str, str]):
    """What nobody could mean is an empty list or a complaint at its field, never an error."""
    rows.a_draft()

    response = desk.get(LIST, asked)

    assert 200 == response.status_code
    assert "<script>alert" not in response.content.decode()


def test_what_is_written_is_shown_and_never_run(desk: Client):
    """A headline of markup is text in the list."""
    rows.a_draft(title="<script>alert(1)</script>")

    assert "<script>alert(1)" not in desk.get(LIST).content.decode()


def test_a_page_of_fifty_takes_no_more_questions_than_a_page_of_two(desk: Client):
    """How much the database is asked does not depend on how many stories are shown."""
    author = rows.an_author_row()

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            desk.get(LIST, {"state": "draft"})
        return len(queries)

    for number in range(2):
        rows.with_byline(rows.a_draft(title=f"Story {number}"), author).save_revision()
    asked()  # content types are read once for each process
    of_two = asked()
    for number in range(10):
        rows.with_byline(rows.a_draft(title=f"Another {number}"), author).save_revision()

    assert of_two == asked() <= MOST_QUERIES


def test_a_lost_row_is_made_again(desk: Client):
    """The sweep lists what was saved behind the desk's back, and drops nothing."""
    lost, other = rows.a_draft(title="Lost"), rows.a_draft(title="Renamed")
    ListedStory.objects.filter(pk=lost.pk).delete()
    Story.objects.filter(pk=other.pk).update(draft_title="Renamed by a shell")

    assert ["Renamed"] == listed(desk)
    mending.mend(after_pk=0)
    assert {"Lost", "Renamed by a shell"} == set(listed(desk))


def test_an_erased_story_leaves_no_word_in_the_list(desk: Client):
    """What the law has erased is gone from the row of the list as well."""
    story = rows.a_live_story(title="A name")

    with acting("ada", now=timezone.now()):
        acts.erase(story, reason="By order of the court.")

    assert "A name" not in listed(desk)
    assert "erased" == ListedStory.objects.get(pk=story.pk).state


def test_moving_a_story_moves_it_in_the_list(desk: Client):
    """A story that was moved stands in its new section."""
    story = rows.a_draft(rows.a_section_row("World"))
    culture = rows.a_section_row("Culture")

    story.move(culture, pos="last-child")

    assert 1 == len(listed(desk, section=culture.pk))

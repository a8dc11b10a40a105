"""Fronts are published, scheduled and carried out by who may, and nothing is overwritten unseen."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from uuid6 import uuid7
from wagtail.models import ModelLogEntry

from broadsheet.newsroom.acting import acting
from broadsheet.newsroom.adapter import WagtailNewsroom
from broadsheet.newsroom.fronts import drafts, fronts, publishing, scheduling
from broadsheet.newsroom.fronts.arranging import stories_on
from broadsheet.newsroom.fronts.publishing import ChangedMeanwhile
from broadsheet.newsroom.models import FrontChange
from broadsheet.newsroom.roles.names import Role
from broadsheet.press import log
from broadsheet.press.models import LogEntry, Schedule
from tests.factories import rows
from tests.factories.fronts import a_board, a_publisher, publish_front, the_front

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


def boards_logged():
    """Return the stories of each edition of the paper's front, oldest first."""
    return [stories_on(each.board) for each in reversed(fronts.editions("paper", limit=9))]


def ids(*stories):
    """Return the ids of stories as the log writes them."""
    return [str(story.uuid) for story in stories]


def test_published_front_is_in_both_logs():
    """Publishing commits the version, and says in the audit log who did it."""
    story, petra = rows.a_live_story(), a_publisher()

    publish_front(a_board(story), by=petra, at=NOW)

    assert [ids(story)] == boards_logged()
    assert "petra" == LogEntry.objects.filter(kind="front").get().by
    (entry,) = ModelLogEntry.objects.filter(action=publishing.PUBLISHED)
    assert (petra, "Front page") == (entry.user, entry.label)


def test_draft_changes_nothing_readers_see():
    """What an editor arranges is in no log until it is published."""
    story, petra, front = rows.a_live_story(), a_publisher(), the_front()
    length = log.length()

    seen = drafts.draft_of(front, petra)
    drafts.save(front, petra, a_board(story), seen=seen)

    assert length == log.length()
    assert ids(story) == stories_on(drafts.draft_of(the_front(), petra).board)


def test_drafts_are_each_editors_own():
    """Two editors arrange one front without touching each other's draft."""
    one, other, front = rows.a_live_story(), rows.a_live_story(), the_front()
    petra, ben = a_publisher(), a_publisher("ben")
    for editor, story in ((petra, one), (ben, other)):
        drafts.save(front, editor, a_board(story), seen=drafts.draft_of(front, editor))
        front = the_front()

    assert [ids(one), ids(other)] == [
        stories_on(drafts.draft_of(front, editor).board) for editor in (petra, ben)
    ]
    assert [ben] == [draft.editor for draft in drafts.of_others(front, petra)]


def test_second_window_overwrites_no_draft():
    """A draft saved from a form of before its last save is refused."""
    one, other, petra, front = rows.a_live_story(), rows.a_live_story(), a_publisher(), the_front()
    seen = drafts.draft_of(front, petra)
    drafts.save(front, petra, a_board(one), seen=seen)

    with pytest.raises(drafts.Outdated):
        drafts.save(the_front(), petra, a_board(other), seen=seen)

    assert ids(one) == stories_on(drafts.draft_of(the_front(), petra).board)


def _overtaken_publisher_is_told():
    """Publish what somebody published since; return what is told, and who was overtaken."""
    one, other, petra = rows.a_live_story(), rows.a_live_story(), a_publisher()
    seen = fronts.newest_seq("paper")
    publish_front(a_board(one), by=petra, at=NOW)

    with pytest.raises(ChangedMeanwhile) as told, acting("ben", now=LATER):
        publishing.publish(the_front(), a_board(other), seen=seen, user=a_publisher("ben"))

    assert ("petra", ids(one)) == (told.value.newest.by, stories_on(told.value.newest.board))
    assert [ids(one)] == boards_logged()


def test_later_publisher_is_told():
    """Who publishes a front that changed since they opened it is told; nothing is committed."""
    _overtaken_publisher_is_told()


def test_publishing_that_does_not_look_is_found(monkeypatch):
    """Publishing that takes what it finds for what was seen overwrites it, and is found."""
    monkeypatch.setattr(publishing, "is_same", lambda *_: True)

    with pytest.raises(pytest.fail.Exception, match="DID NOT RAISE"):
        _overtaken_publisher_is_told()


def test_publisher_who_has_seen_it_may_replace_it():
    """Who was told and publishes all the same replaces what they have now seen."""
    one, other, petra = rows.a_live_story(), rows.a_live_story(), a_publisher()
    publish_front(a_board(one), by=petra, at=NOW)

    publish_front(a_board(other), by=petra, at=LATER)

    assert [ids(one), ids(other)] == boards_logged()


def _may_not(who, act):
    length, changes = log.length(), FrontChange.objects.count()
    with pytest.raises(PermissionDenied):
        act(who)
    assert (length, changes) == (log.length(), FrontChange.objects.count())


@pytest.mark.parametrize("role", [Role.REPORTER, Role.EDITOR, Role.ADMINISTRATOR])
def test_who_may_not_publish_is_refused(role):
    """Without the right to publish a front it is neither published nor scheduled nor cancelled."""
    section = rows.a_section_row()
    who, petra = rows.a_person("ria", role), a_publisher()
    due = datetime.now(UTC) + timedelta(days=1)
    waiting = scheduling.schedule(the_front(), a_board(), based_on=0, due_at=due, user=petra)

    for front in (the_front(), the_front(section)):
        _may_not(who, lambda user, f=front: publishing.publish(f, a_board(), seen=0, user=user))
        _may_not(
            who,
            lambda user, f=front: scheduling.schedule(
                f, a_board(), based_on=0, due_at=due, user=user
            ),
        )
    _may_not(who, lambda user: scheduling.cancel(waiting, user=user))


def test_section_editor_publishes_that_front_only():
    """Who publishes a section's stories publishes its front, and no other."""
    world, city = rows.a_section_row(), rows.a_section_row("City")
    story, ed = rows.a_live_story(world), rows.a_person("ed", Role.PUBLISHER, sections=[world])

    publish_front(a_board(story), by=ed, section=world, at=NOW)

    for front in (the_front(), the_front(city)):
        _may_not(ed, lambda user, f=front: publishing.publish(f, a_board(), seen=0, user=user))


def test_rights_that_are_not_asked_for_are_found(monkeypatch):
    """A permission that says yes to all lets a reporter publish: the check would see it."""
    ria = rows.a_person("ria", Role.REPORTER)
    monkeypatch.setattr(publishing, "may_publish", lambda *_: True)

    with pytest.raises(pytest.fail.Exception):
        _may_not(
            ria,
            lambda user: publishing.publish(
                the_front(), a_board(rows.a_live_story()), seen=0, user=user
            ),
        )


def scheduled(story, *, after, by=None):
    """Schedule the paper's front with a story on it."""
    with acting("petra", now=NOW):
        return scheduling.schedule(
            the_front(),
            a_board(story),
            based_on=fronts.newest_seq("paper"),
            due_at=NOW + after,
            user=by,
        )


def carry_out(change, *, at):
    """Carry a change out as the press does."""
    WagtailNewsroom().change_front(str(change.uuid), now=at)
    change.refresh_from_db()
    return change.state


def test_change_is_made_when_it_is_due():
    """A scheduled change is on the press's schedule, is made once, and not before its time."""
    story, petra = rows.a_live_story(), a_publisher()
    change = scheduled(story, after=timedelta(hours=1), by=petra)

    assert [(str(change.uuid), "front")] == list(Schedule.objects.values_list("story", "act"))
    assert "waiting" == carry_out(change, at=NOW)
    assert "done" == carry_out(change, at=LATER)
    assert "done" == carry_out(change, at=LATER)
    assert [ids(story)] == boards_logged()


def test_cancelled_change_is_not_made():
    """A change that was taken off the schedule is not made, and stands as cancelled."""
    petra = a_publisher()
    change = scheduled(rows.a_live_story(), after=timedelta(hours=1), by=petra)

    assert scheduling.cancel(change, user=petra)
    assert not Schedule.objects.exists()
    assert "cancelled" == carry_out(change, at=LATER)
    assert not scheduling.cancel(change, user=petra)
    assert [] == boards_logged()


def test_change_that_was_overtaken_is_not_made():
    """A change that could not be made in time does not undo what was published since."""
    story, other, petra = rows.a_live_story(), rows.a_live_story(), a_publisher()
    change = scheduled(story, after=timedelta(minutes=30), by=petra)
    publish_front(a_board(other), by=petra, at=LATER)

    assert "overtaken" == carry_out(change, at=LATER + timedelta(minutes=1))
    assert [ids(other)] == boards_logged()


def test_late_changes_are_all_made_in_order():
    """Two changes that are both late are made one after the other."""
    one, other, petra = rows.a_live_story(), rows.a_live_story(), a_publisher()
    first = scheduled(one, after=timedelta(minutes=10), by=petra)
    second = scheduled(other, after=timedelta(minutes=20), by=petra)

    assert ["done", "done"] == [carry_out(each, at=LATER) for each in (first, second)]
    assert [ids(one), ids(other)] == boards_logged()


@pytest.mark.parametrize("due", [NOW, NOW - timedelta(days=1), NOW + timedelta(days=4000)])
def test_time_that_cannot_be_is_refused(due):
    """A change is scheduled for a time to come, within ten years."""
    with pytest.raises(ValidationError):
        scheduled(rows.a_live_story(), after=due - NOW, by=a_publisher())


def test_sweep_mends_the_schedule_of_changes():
    """A change the press's schedule lost is noted again; one that is no more is struck off."""
    petra = a_publisher()
    due = datetime.now(UTC) + timedelta(days=1)
    change = scheduling.schedule(the_front(), a_board(), based_on=0, due_at=due, user=petra)
    Schedule.objects.update(story=str(uuid7()))
    newsroom = WagtailNewsroom()

    for mismatch in list(newsroom.edges(limit=9)):
        newsroom.repair(mismatch, now=datetime.now(UTC))

    assert [(str(change.uuid), due)] == list(Schedule.objects.values_list("story", "due_at"))
    assert [] == list(newsroom.edges(limit=9))

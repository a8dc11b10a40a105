"""What the press asks of the newsroom, answered with Wagtail's rows."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Revision
from wagtail.tasks import update_reference_index_task

from broadsheet.accounts import forgetting
from broadsheet.newsroom import chores, edges, publishing, wordings
from broadsheet.newsroom.acting import acting
from broadsheet.newsroom.desk import mending
from broadsheet.newsroom.fronts import scheduling
from broadsheet.newsroom.lateness import alarm
from broadsheet.newsroom.models.author import Author
from broadsheet.newsroom.models.paper import PaperSettings
from broadsheet.newsroom.models.picture import Picture
from broadsheet.newsroom.models.policy import Policy
from broadsheet.newsroom.models.section import SectionPage
from broadsheet.newsroom.models.story import Story
from broadsheet.newsroom.models.topic import Topic
from broadsheet.newsroom.paper_time import in_paper_time
from broadsheet.newsroom.pictures import making, rights
from broadsheet.newsroom.policies import policy_edges
from broadsheet.press.ports import Mismatch
from broadsheet.story.ids import PictureId, StoryId

SCHEDULER = "scheduler"
SWEEP = "sweep"
_FORGETS_EVERY = timedelta(hours=1)

# Wagtail asks for this whenever a row is saved, a draft too: its words may have changed.
_THEN = {update_reference_index_task.module_path: wordings.read}


class WagtailNewsroom:
    """The editor's side, as the press sees it (press.ports.Newsroom)."""

    def __init__(self) -> None:
        """Begin reading stories word for word at the first, and all that can be searched."""
        self._read_up_to = 0
        self._searchable_up_to = self._listed_up_to = 0
        self._may_be_outdated = True
        self._forgets_at = datetime.min.replace(tzinfo=UTC)

    def go_live(self, story: StoryId, *, now: datetime) -> None:
        """
        Publish the version of a story that was scheduled, if it still is.

        Raises:
            ValidationError: it may not be published as it is.

        """
        row = Story.objects.get(uuid=story)
        revision = (
            Revision.objects.for_instance(row)
            .filter(approved_go_live_at__lte=now)
            .order_by("-approved_go_live_at")
            .first()
        )
        if revision is None:
            return
        _must_be_free(row, now=now)
        with acting(SCHEDULER, now=now), transaction.atomic():
            action = PublishPageRevisionAction(revision)
            # The time has come by the press's clock; Wagtail would ask its own.
            action.object.go_live_at = None
            action.execute(skip_permission_checks=True)

    def expire(self, story: StoryId, *, now: datetime) -> None:
        """Take down a story whose time is over, if it is live and still ends by now."""
        row = Story.objects.get(uuid=story)
        if not row.live or row.expire_at is None or row.expire_at > now:
            return
        with acting(SCHEDULER, now=now), transaction.atomic():
            row.unpublish(set_expired=True)

    def end_rights(self, picture: PictureId, *, now: datetime) -> None:
        """Take a picture whose rights are over by now out of every story that shows it."""
        with acting(SCHEDULER, now=now), transaction.atomic():
            row = Picture.objects.get(uuid=picture)
            row.save()
            if row.have_rights_ended:
                rights.note(row, rights.RIGHTS_ENDED)

    def make_sizes(
        self, *, now: datetime, is_first_only: bool, is_stopping: Callable[[], bool]
    ) -> int:
        """Make what is wanted of pictures' sizes, until told to stop."""
        return making.make_some(now=now, is_first_only=is_first_only, is_stopping=is_stopping)

    def change_front(self, change: str, *, now: datetime) -> None:
        """
        Arrange a front as a change that is due says, if it still waits.

        Raises:
            ValidationError: the press declines.

        """
        with acting(SCHEDULER, now=now), transaction.atomic():
            scheduling.carry_out(change, now=now)

    def edges(self, *, limit: int) -> Iterator[Mismatch]:
        """Return rows whose edge was lost; each call reads the next slice word for word."""
        self._may_be_outdated = True
        self._listed_up_to = mending.mend(after_pk=self._listed_up_to)
        words, self._read_up_to = edges.word_edges(after_pk=self._read_up_to)
        return edges.first(
            limit,
            edges.state_edges(),
            iter(words),
            edges.other_edges(),
            edges.topic_edges(),
            policy_edges(Policy.objects.iterator()),
            edges.schedule_edges(),
            scheduling.edges(),
        )

    def repair(self, mismatch: Mismatch, *, now: datetime) -> None:
        """
        Commit the version or schedule a mismatch lacks.

        Raises:
            ValidationError: the row may not be public as it is; a person must mend it.

        """
        with acting(SWEEP, now=now), transaction.atomic():
            _REPAIRS[mismatch.kind](mismatch.record_id)

    def raise_alarms(self, *, now: datetime) -> int:
        """Tell of stories that are late and were not told of; return how many."""
        return alarm.raise_alarms(now=now)

    def do_chores(self, *, is_stopping: Callable[[], bool]) -> int:
        """Do some of the housekeeping that waits, until told to stop; return how much of it."""
        done = chores.do_some(then=_THEN, is_stopping=is_stopping)
        if done or is_stopping():
            return done
        return self._read_outdated() or self._forget_old()

    def _forget_old(self) -> int:
        """Remove what the sign-in log has kept for long enough, now and then; return how much."""
        now = timezone.now()
        if now < self._forgets_at:
            return 0
        forgotten = forgetting.forget_old(now=now)
        if not forgotten:
            self._forgets_at = now + _FORGETS_EVERY
        return forgotten

    def _read_outdated(self) -> int:
        """Read words no chore told of; return the pages there were at most, 0 for none."""
        if not self._may_be_outdated:
            return 0
        self._searchable_up_to = wordings.read_outdated(after_pk=self._searchable_up_to)
        self._may_be_outdated = self._searchable_up_to > 0
        return wordings.AT_ONCE if self._may_be_outdated else 0


def _must_be_free(story: Story, *, now: datetime) -> None:
    """
    Make sure that no newer draft has the story embargoed for longer than what was scheduled.

    Raises:
        ValidationError: one has; whoever saved it believes that it holds.

    """
    embargo = story.get_latest_revision_as_object().embargo_until
    if embargo is not None and embargo > now:
        message = (
            f"the newest draft of “{story.draft_title}” is embargoed until "
            f"{in_paper_time(embargo)}; publish that one, or take the embargo out of it"
        )
        raise ValidationError(message)


def _keep_schedule(uuid: str) -> None:
    story = Story.objects.filter(uuid=uuid).first()
    picture = Picture.objects.filter(uuid=uuid).first()
    if picture is not None:
        publishing.keep_rights_end(picture)
    elif story is None:
        publishing.forget_schedule(StoryId(uuid))
    else:
        publishing.keep_schedule(story)


def _save_settings(_: str) -> None:
    PaperSettings.load().save()


def _save_by_uuid(model: Any) -> Callable[[str], None]:
    def save(uuid: str) -> None:
        model.objects.get(uuid=uuid).save()

    return save


def _save_policy(purpose: str) -> None:
    Policy.objects.get(purpose=purpose).save()


_REPAIRS: Mapping[str, Callable[[str], None]] = {
    "story": _save_by_uuid(Story),
    "section": _save_by_uuid(SectionPage),
    "author": _save_by_uuid(Author),
    "topic": _save_by_uuid(Topic),
    "picture": _save_by_uuid(Picture),
    "settings": _save_settings,
    "policy": _save_policy,
    edges.SCHEDULE: _keep_schedule,
    scheduling.KIND: scheduling.keep,
}

"""When a picture's rights end, stories stay and are shown without it; an embargo hides it."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from broadsheet.config.printing import Printing
from broadsheet.newsroom.adapter import WagtailNewsroom
from broadsheet.newsroom.models import Picture, Story
from broadsheet.newsroom.pictures import rights
from broadsheet.press import log
from broadsheet.press.models import LogEntry, Schedule
from broadsheet.press.ports import Wiring
from broadsheet.press.worker import Worker
from broadsheet.projections import renditions
from broadsheet.story import records
from broadsheet.surfaces.website.store import Store
from tests.factories import rows
from tests.factories.logged import acts_of
from tests.factories.pictures import a_picture_row
from tests.factories.press import THEME, Clock, NoNetworks

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


class Paper:
    """A newsroom and its press over one site, at a clock."""

    def __init__(self, folder: Path) -> None:
        """Start at the present minute: rows are saved by the real clock."""
        (folder / "run").mkdir()
        self.site = folder / "site"
        self.clock = Clock(timezone.now())
        wired: Any = Wiring(
            newsroom=WagtailNewsroom(),
            printing=Printing(THEME),
            store=Store(self.site, renditions=django_settings.HOME.renditions),
            networks=NoNetworks(),  # type: ignore[arg-type]  # never asked
            run_folder=folder / "run",
            instance_file=folder / "instance.json",
        )
        self.press = Worker(wired, owner="test", clock=self.clock)

    def work(self, **later: float) -> None:
        """Let time pass, and the press do what there is to do."""
        self.clock.move(**later)
        self.press.run_until_quiet()

    def page_of(self, story: Story) -> str:
        """Return a story's page as readers get it."""
        found = log.newest("story", str(story.uuid))
        assert isinstance(found, records.Story)
        return (self.site / found.address.strip("/") / "index.html").read_text()

    def media(self) -> list[Path]:
        """Return the picture files readers can get."""
        return [path for path in (self.site / "media").rglob("*") if path.is_file()]


@pytest.fixture
def paper(tmp_path: Path, db: None) -> Paper:
    """Return a paper that is out."""
    del db
    rows.a_paper()
    return Paper(tmp_path)


def in_(**later: float) -> datetime:
    """Return a time to come."""
    return timezone.now() + timedelta(**later)


def test_when_rights_end_the_story_stays_without_the_picture(paper: Paper):
    """At the minute the picture leaves page and public tree, by an entry of the log."""
    picture = a_picture_row(rights_end_at=in_(hours=2), caption="SHOWN")
    story = rows.a_live_story(lead=picture)
    paper.work()
    shown, files = paper.page_of(story), paper.media()
    length = log.length()

    paper.work(hours=3)

    assert "SHOWN" in shown
    assert [] != files
    assert "SHOWN" not in paper.page_of(story)
    assert "awaited" not in paper.page_of(story)
    assert [] == paper.media()
    assert ["publish"] == acts_of(story)
    entry = LogEntry.objects.get(seq__gt=length, kind="picture")
    assert "scheduler" == entry.by
    assert not Schedule.objects.exists()


def test_a_press_that_forgets_rights_would_be_found(paper: Paper):
    """The broken twin: without its place on the schedule the picture stays where it is."""
    story = rows.a_live_story(lead=a_picture_row(rights_end_at=in_(hours=2), caption="SHOWN"))
    Schedule.objects.all().delete()

    paper.work(hours=3)

    assert "SHOWN" in paper.page_of(story)


def test_the_sweep_puts_a_lost_end_back_on_the_schedule(paper: Paper):
    """A schedule that lost a picture's end of rights has it again after the minute's sweep."""
    a_picture_row(rights_end_at=in_(hours=2))
    Schedule.objects.all().delete()
    newsroom = WagtailNewsroom()

    for mismatch in newsroom.edges(limit=10):
        newsroom.repair(mismatch, now=timezone.now())

    assert ["rights-end"] == [row.act for row in Schedule.objects.all()]
    assert [] == list(newsroom.edges(limit=10))


def test_longer_rights_bring_the_picture_back(paper: Paper):
    """An editor who buys more time has the picture shown again."""
    picture = a_picture_row(rights_end_at=in_(hours=2), caption="SHOWN")
    story = rows.a_live_story(lead=picture)
    paper.work(hours=3)
    picture.refresh_from_db()

    picture.rights_end_at = None
    picture.save()
    paper.work()

    assert "SHOWN" in paper.page_of(story)
    assert [] != paper.media()


def test_ended_rights_hold_up_no_correction(paper: Paper):
    """A live story whose picture has gone is updated like any other."""
    picture = a_picture_row(rights_end_at=in_(hours=2), caption="SHOWN")
    story = rows.a_live_story(lead=picture)
    paper.work(hours=3)

    story = Story.objects.get(pk=story.pk)
    story.title = "Corrected"
    story.save_revision().publish()
    paper.work()

    assert ["publish", "update"] == acts_of(story)
    assert "SHOWN" not in paper.page_of(story)


def test_rights_that_ended_while_no_press_ran_do_not_show_the_picture(paper: Paper):
    """A story published after the end, before the scheduler came, goes out without the picture."""
    picture = a_picture_row(rights_end_at=in_(hours=2))
    later = in_(hours=3)

    rows.a_live_story(lead=picture, now=later)

    version = log.newest("picture", str(picture.uuid))
    assert isinstance(version, records.Picture)
    assert ((), 0) == (version.renditions, version.width_px)


def test_the_end_of_rights_is_in_the_audit_log_and_on_the_page(paper: Paper, desk: Client):
    """The desk says since when, and which stories it concerns."""
    picture = a_picture_row(rights_end_at=in_(hours=2))
    rows.a_live_story(lead=picture, title="Tram story")
    paper.work(hours=3)

    page = desk.get(reverse("wagtailimages:edit", args=[picture.pk])).content.decode()

    assert ModelLogEntry.objects.filter(action=rights.RIGHTS_ENDED).exists()
    assert "Its rights ended on" in page
    assert "Tram story" in page


def test_an_embargoed_picture_keeps_its_story_from_going_live(paper: Paper):
    """Publishing is refused, with the minute, and nothing of the picture is anywhere."""
    picture = a_picture_row(embargo_until=in_(hours=2))

    with pytest.raises(ValidationError, match="is embargoed until"):
        rows.a_live_story(lead=picture)
    paper.work()

    assert [] == paper.media()
    assert log.newest("picture", str(picture.uuid)) is None


def test_a_story_scheduled_for_the_embargo_s_end_goes_live_then(paper: Paper):
    """A story may be scheduled for when the picture is free, and not for earlier."""
    free_at = in_(hours=2).replace(microsecond=0)
    picture = a_picture_row(embargo_until=free_at, caption="SHOWN")
    early = rows.a_draft(lead=picture, go_live_at=free_at - timedelta(minutes=1))
    timely = rows.a_draft(lead=picture, go_live_at=free_at)
    for story in (early, timely):
        story.get_latest_revision().publish()

    paper.work(hours=1, minutes=59, seconds=30)
    before = paper.media()
    paper.work(minutes=2)

    assert [] == before
    assert ["publish"] == acts_of(timely)
    assert "SHOWN" in paper.page_of(timely)


def test_a_press_that_ignores_embargoes_would_be_found(
    paper: Paper, monkeypatch: pytest.MonkeyPatch
):
    """The broken twin: where nobody asks for the embargo the picture's file is public early."""
    monkeypatch.setattr(rights, "why_embargoed", lambda *_, **__: "")
    rows.a_live_story(lead=a_picture_row(embargo_until=in_(hours=2)))

    paper.work()

    assert [] != paper.media()


def test_an_author_s_face_can_be_embargoed(paper: Paper):
    """A picture under embargo is refused as an author's picture, too."""
    with pytest.raises(ValidationError, match="is embargoed until"):
        rows.an_author_row(avatar=a_picture_row(embargo_until=in_(hours=2)))


def test_what_readers_see_cannot_be_embargoed(desk: Client):
    """The form refuses an embargo on a public picture, and an end of rights before one."""
    picture = a_picture_row()
    rows.a_live_story(lead=picture)
    times = {"embargo_until": rows.typed(in_(hours=5))}
    early = {"rights_end_at": rows.typed(in_(hours=4))}

    response = desk.post(
        reverse("wagtailimages:edit", args=[picture.pk]),
        {"title": "Tram", "credit": "Ada", **times, **early},
    )

    assert {"embargo_until", "rights_end_at"} == set(response.context["form"].errors)


def files_while_stories_leave(paper: Paper, stories: list[Story]) -> list[int]:
    """Return how many picture files are public with all of these stories, and one by one fewer."""
    paper.work()
    counts = [len(paper.media())]
    for story in stories:
        story.unpublish()
        paper.work()
        counts.append(len(paper.media()))
    return counts


def test_files_leave_with_the_last_story(paper: Paper):
    """A picture's files are public while one live story shows it, and not longer."""
    picture = a_picture_row()
    stories = [rows.a_live_story(lead=picture) for _ in range(2)]

    both, one, none = files_while_stories_leave(paper, stories)

    assert both == one > none == 0
    assert Picture.objects.get().sizes


def test_a_face_leaves_with_its_author_s_last_story(paper: Paper):
    """An author's picture is public while a live story is by them, and not longer."""
    face = a_picture_row()
    author = rows.an_author_row("Ada", avatar=face)
    paper.work()
    before = paper.media()
    stories = [rows.with_byline(rows.a_live_story(), author) for _ in range(2)]
    for story in stories:
        story.save_revision().publish()

    both, one, none = files_while_stories_leave(paper, stories)

    assert [] == before
    assert both == one > none == 0


def test_a_press_that_shows_every_face_would_be_found(
    paper: Paper, monkeypatch: pytest.MonkeyPatch
):
    """The broken twin: a face that is public because there is an author is seen at once."""
    monkeypatch.setattr(renditions, "is_public", lambda *_: True)
    rows.an_author_row("Ada", avatar=a_picture_row())

    paper.work()

    assert [] != paper.media()

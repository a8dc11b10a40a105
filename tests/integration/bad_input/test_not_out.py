"""A command says that its act is out only if it is; what is committed is kept either way."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.utils import timezone

from broadsheet.config.cli.acting import NOT_OUT
from broadsheet.config.main import cli
from broadsheet.config.printing import Printing
from broadsheet.newsroom.adapter import WagtailNewsroom
from broadsheet.newsroom.models import Story
from broadsheet.press.models import LedgerRow, LogEntry
from broadsheet.press.ports import Wiring
from tests.factories import rows
from tests.factories.logged import version_of
from tests.factories.press import THEME, a_wiring
from tests.integration.adversary.network import hand
from tests.integration.bad_input.test_disk_full import a_full_disk
from tests.integration.bad_input.test_template_error import broken_theme

pytestmark = pytest.mark.django_db
PAGE = """\
Tram line opens

The first tram left the depot at six on Tuesday, and the council was on it.
"""


@pytest.fixture
def wired(tmp_path: Path, settings: Any) -> Wiring:
    """Return what commands of this test are wired with: a paper with a section."""
    rows.a_paper()
    rows.a_section_row()
    wired = a_wiring(tmp_path)._replace(newsroom=WagtailNewsroom())
    settings.BROADSHEET_WIRING = hand(wired)
    return wired


@pytest.fixture
def broken(wired: Wiring) -> Wiring:
    """Return the same with a template that cannot render stories about trams."""
    broken = wired._replace(printing=Printing(broken_theme()))
    hand(broken)
    return broken


def broadsheet(*arguments: object) -> Result:
    """Run a command here."""
    return CliRunner().invoke(cli, [str(each) for each in arguments], catch_exceptions=False)


ACTS: dict[str, Callable[[Story], Result]] = {
    "correct": lambda story: broadsheet("story", "correct", story.uuid, "--note", "It was six."),
    "change-address": lambda story: broadsheet("story", "change-address", story.uuid, "trams"),
    "publish": lambda story: broadsheet("story", "publish", _changed(story).uuid),
}


def _changed(story: Story) -> Story:
    story.standfirst = "At six."
    story.save_revision()
    return story


@pytest.mark.parametrize("act", ACTS)
def test_command_whose_page_cannot_be_rendered_says_so(act: str, broken: Wiring) -> None:
    """The page is named with the template's complaint, the act is kept, and the status tells."""
    story = rows.a_live_story(title="Tram line opens")
    before = LogEntry.objects.filter(kind="story").count()

    done = ACTS[act](story)

    assert NOT_OUT == done.exit_code
    assert f"Story {story.uuid} is committed, and that is kept" in done.output
    assert f"{version_of(story).address}: story.html: UndefinedError:" in done.output
    assert "(needs a person)" in done.output
    assert before + 1 == LogEntry.objects.filter(kind="story").count()


def test_copy_that_is_published_but_not_out_says_so(broken: Wiring, tmp_path: Path) -> None:
    """Taking copy in and publishing it ends with the same status, and names the story."""
    page = tmp_path / "page.txt"
    page.write_text(PAGE, encoding="utf-8")

    done = broadsheet("intake", "copy", page, "--section", "world", "--publish")

    story = Story.objects.get()
    assert (NOT_OUT, "publish") == (done.exit_code, LogEntry.objects.get(kind="story").act)
    assert f"Story {story.uuid} is committed" in done.output
    assert f"Published {story.uuid}" not in done.output


@pytest.mark.parametrize(
    ("act", "option"), [("retract", "--reason"), ("unpublish", ""), ("erase", "--reason")]
)
def test_withdrawal_that_a_full_disk_keeps_in_says_so(act: str, option: str, wired: Wiring) -> None:
    """A story readers still see in lists is not said to be gone; the disk's reason is told."""
    story = rows.a_live_story(title="Harbor reopens")
    rows.a_live_story(title="Market opens")
    broadsheet("rebuild")
    more = [option, "Wrong."] if option else []
    more += ["--yes"] if act == "erase" else []

    with a_full_disk():
        done = broadsheet("story", act, story.uuid, *more)

    assert NOT_OUT == done.exit_code
    assert "/: NotStored: / could not be stored: File too large" in done.output
    assert "tried again at" in done.output


def test_page_that_was_stuck_before_fails_no_other_command(broken: Wiring) -> None:
    """A colleague's broken page is not this act's: the command says that it is out."""
    broadsheet("story", "publish", rows.a_draft(title="Tram line opens").uuid)
    parked = LedgerRow.objects.exclude(parked="").get()

    done = broadsheet("story", "publish", rows.a_draft(title="Harbor reopens").uuid)

    assert (0, parked) == (done.exit_code, LedgerRow.objects.exclude(parked="").get())
    assert "is published." in done.output


def test_publishing_again_does_not_say_it_is_out(broken: Wiring) -> None:
    """Asked again for a story that is stuck and unchanged, the command says the same."""
    story = rows.a_draft(title="Tram line opens")
    broadsheet("story", "publish", story.uuid)

    again = broadsheet("story", "publish", story.uuid)

    assert NOT_OUT == again.exit_code
    assert f"{version_of(story).address}: story.html: UndefinedError:" in again.output
    assert 1 == LogEntry.objects.filter(kind="story").count()


def test_list_that_is_stuck_and_shows_the_act_counts(wired: Wiring) -> None:
    """A front page that was stuck before fails every command whose act it should show."""
    fronts = {**THEME.templates, "front.html": broken_theme().templates["story.html"]}
    hand(wired._replace(printing=Printing(replace(THEME, templates=fronts, hash="no fronts"))))
    for title in ("Tram line opens", "Harbor reopens"):
        done = broadsheet("story", "publish", rows.a_draft(title=title).uuid)

        assert NOT_OUT == done.exit_code
        assert "/world/: front.html: UndefinedError:" in done.output


def test_story_that_is_only_scheduled_is_nobodys_fault(broken: Wiring) -> None:
    """A story that waits for its time has no page yet: what is stuck elsewhere is not its."""
    broadsheet("story", "publish", rows.a_draft(title="Tram line opens").uuid)
    story = rows.a_draft(title="Harbor reopens", go_live_at=timezone.now() + timedelta(days=1))

    done = broadsheet("story", "publish", story.uuid)

    assert (0, "goes live at" in done.output) == (done.exit_code, True)

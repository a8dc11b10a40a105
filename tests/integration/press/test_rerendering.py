"""What was rendered from a reading nobody recorded is found when the press is idle, and healed."""

import logging
import os
from pathlib import Path
from typing import Any

import pytest

from broadsheet.press import rerendering
from broadsheet.press import worker as working
from broadsheet.press.models import FactRead, LedgerRow, WindowRead
from broadsheet.press.worker import Worker
from broadsheet.projections.facts import Facts
from broadsheet.projections.objects import Object, Rendered
from tests.factories.press import Clock, publish_story
from tests.properties.forgetting import Forgetful, facet
from tests.properties.watching import files_seen

pytestmark = pytest.mark.both_databases


def rerender_everything(worker: Worker) -> None:
    """Let the sweep go round once."""
    after = rerendering.rerender_some(worker.wired.printing, after_id=0, is_stopping=lambda: False)
    while after:
        after = rerendering.rerender_some(
            worker.wired.printing, after_id=after, is_stopping=lambda: False
        )


def site_of(worker: Worker) -> Path:
    """Return the public tree."""
    return worker.wired.run_folder.parent / "site"


def home_of(worker: Worker) -> str:
    """Return the paper's front page."""
    return (site_of(worker) / "index.html").read_text(encoding="utf-8")


def everything(worker: Worker) -> tuple[Any, ...]:
    """Return every file and every row that printing writes, so that a rewritten one shows."""
    rows = [
        list(kind.objects.order_by("id").values()) for kind in (LedgerRow, FactRead, WindowRead)
    ]
    return (files_seen(site_of(worker)), *rows)


def make_stale(worker: Worker, clock: Clock) -> None:
    """Change a headline while nobody knows that the front page shows it."""
    publish_story(clock, headline="Old headline")
    worker.run_until_quiet()
    FactRead.objects.filter(row__key="/", fact__contains="/card").delete()
    publish_story(clock, headline="New headline")
    worker.run_until_quiet()
    assert "Old headline" in home_of(worker)


def test_stale_page_is_healed_and_its_reading_recorded(
    worker: Worker, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    """A page that shows what it was not known to show is written anew, and hears of the next."""
    make_stale(worker, clock)

    with caplog.at_level(logging.WARNING):
        rerender_everything(worker)
    worker.run_until_quiet()
    healed = home_of(worker)
    publish_story(clock, headline="Newest headline")
    worker.run_until_quiet()

    assert ("New headline" in healed, "Newest headline" in home_of(worker)) == (True, True)
    assert "/ was not what the log gives; it is rendered again" in caplog.messages


def test_page_of_a_press_that_forgets_is_healed_each_time(worker: Worker, clock: Clock) -> None:
    """A fault in our own recording leaves a page stale only until the sweep comes by."""
    printing = Forgetful(worker.wired.printing, facet("story", "card"))
    worker.wired = worker.wired._replace(printing=printing)
    make_stale(worker, clock)

    rerender_everything(worker)
    worker.run_until_quiet()

    assert "New headline" in home_of(worker)


def test_sound_site_is_left_alone(worker: Worker, clock: Clock) -> None:
    """Rendered again to the same bytes, no row and no file changes."""
    publish_story(clock)
    worker.run_until_quiet()
    before = everything(worker)

    rerender_everything(worker)

    assert before == everything(worker)
    assert worker.run_until_quiet().did_nothing


def test_page_that_cannot_be_rendered_any_more_is_parked(worker: Worker) -> None:
    """What fails where it did not before is parked with its reason, for a person to see."""
    printing = worker.wired.printing

    class Broken:
        """A press that cannot render the front page."""

        generation, objects = printing.generation, printing.objects

        def render(self, obj: Object, facts: Facts) -> Rendered:
            """Break at the front page."""
            if obj.key == "/":
                raise KeyError(obj.key)
            return printing.render(obj, facts)

    worker.wired = worker.wired._replace(printing=Broken())

    rerender_everything(worker)
    worker.run_until_quiet()

    assert ["/"] == list(LedgerRow.objects.exclude(parked="").values_list("key", flat=True))


def test_sweep_stops_at_a_bell(worker: Worker, clock: Clock) -> None:
    """Told that there is work, the sweep renders nothing more, and goes on from there later."""
    make_stale(worker, clock)

    after = rerendering.rerender_some(worker.wired.printing, after_id=0, is_stopping=lambda: True)

    assert (0, False) == (after, LedgerRow.objects.filter(dirty_seq__isnull=False).exists())


def test_idle_worker_heals(worker: Worker, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker with nothing to do finds a stale page by itself, and writes it."""
    make_stale(worker, clock)
    monkeypatch.setattr(working, "IDLE_S", 0)
    monkeypatch.setattr(os, "sync", lambda: None)
    looks = iter(range(1_000))

    worker.run(is_stopping=lambda: "New headline" in home_of(worker) or next(looks) > 900)

    assert "New headline" in home_of(worker)

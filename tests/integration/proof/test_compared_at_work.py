"""The site is compared with its log while a press is at work: what is on its way is no fault."""

from pathlib import Path

import pytest

from broadsheet.press import rebuilding
from broadsheet.press.worker import Worker
from tests.factories.press import Clock, publish_story

pytestmark = pytest.mark.both_databases


@pytest.fixture
def site(worker: Worker) -> Path:
    """Return the folder of the site's files."""
    return worker.wired.run_folder.parent / "site"


class Waits:
    """Does something at each wait, in turn, and nothing from then on."""

    def __init__(self, *acts):
        """Say what is to be done."""
        self._acts = list(acts)
        self.count = 0

    def __call__(self) -> None:
        """Let the next thing happen."""
        self.count += 1
        if self._acts:
            self._acts.pop(0)()


def compared(worker: Worker, wait: Waits | None) -> rebuilding.Comparison:
    """Compare the site with its log."""
    wired = worker.wired
    return rebuilding.compare(wired.printing, wired.store, progress=lambda _: None, wait=wait)


def test_what_comes_out_meanwhile_is_no_fault(worker: Worker, clock: Clock) -> None:
    """A story the press had yet to bring out when the check began is out when it ends."""
    publish_story(clock)

    found = compared(worker, Waits(worker.run_until_quiet))

    assert found.agrees


def test_a_log_that_grows_meanwhile_is_followed(worker: Worker, clock: Clock) -> None:
    """What was asked for after the check began is judged by the log that asked for it."""
    publish_story(clock, 100)
    worker.run_until_quiet()
    publish_story(clock, 101)

    def publish_another() -> None:
        publish_story(clock, 102)
        worker.run_until_quiet()

    found = compared(worker, Waits(publish_another))

    assert (found.agrees, found.entries) == (True, compared(worker, None).entries)


def test_looked_at_once_what_is_on_its_way_is_a_fault(worker: Worker, clock: Clock) -> None:
    """The broken twin: a check that does not look again finds a sound paper at fault."""
    publish_story(clock)

    assert not compared(worker, None).agrees


def test_what_stays_is_found_and_soon(worker: Worker, clock: Clock, site: Path) -> None:
    """A lost file, a stray one and a changed one are found by a few looks, and named."""
    story = publish_story(clock)
    worker.run_until_quiet()
    page = site / story.address.strip("/") / "index.html"
    page.with_suffix(".html.gz").unlink()
    page.write_text("Not ours.", encoding="utf-8")
    (site / "stray").mkdir()
    (site / "stray" / "index.html").write_text("Not ours.", encoding="utf-8")
    for file in (site / "feeds").glob("site.rss*"):
        file.unlink()
    waits = Waits()

    found = compared(worker, waits)

    assert (found.differing, found.missing, found.orphaned) == (
        (story.address,),
        ("/feeds/site.rss",),
        ("/stray/",),
    )
    assert rebuilding.LOOKS_ALIKE == waits.count


def test_an_orphan_that_goes_meanwhile_is_none(worker: Worker, clock: Clock, site: Path) -> None:
    """A file nobody called for that is gone at the next look is not told of."""
    publish_story(clock)
    worker.run_until_quiet()
    stray = site / "stray.html"
    stray.write_text("Not ours.", encoding="utf-8")

    assert compared(worker, Waits(stray.unlink)).agrees


def test_where_much_disagrees_it_is_told_at_once(
    worker: Worker, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A site that is still to be made is not rendered again and again."""
    monkeypatch.setattr(rebuilding, "LOOKED_AT_AGAIN", 5)
    publish_story(clock)
    waits = Waits()

    assert len(compared(worker, waits).missing) > 5
    assert 0 == waits.count


def test_a_press_that_works_on_lets_the_check_end(
    worker: Worker, clock: Clock, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where each look finds something else, the last one is told."""
    monkeypatch.setattr(rebuilding, "MOST_LOOKS", 7)
    story = publish_story(clock)
    worker.run_until_quiet()
    page = site / story.address.strip("/") / "index.html"

    def damage() -> None:
        page.write_text("Not ours.", encoding="utf-8")

    def lose() -> None:
        for file in page.parent.iterdir():
            file.unlink()

    damage()
    waits = Waits(*[lose, damage] * 10)

    assert (story.address,) == compared(worker, waits).missing
    assert 7 == waits.count

"""What edges, crashes and strangers change behind the log's back is found and mended."""

import json
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.db import transaction

from broadsheet.config.home import current
from broadsheet.config.main import cli
from broadsheet.press import orphans, sweeps
from broadsheet.press.actions import retract
from broadsheet.press.models import Account, LedgerRow
from broadsheet.press.models.ledger import ABSENT_TEXT, DAMAGED, DOUBTED, NOT_KNOWN_TO_BE_OUT, Lane
from broadsheet.press.ports import Mismatch
from broadsheet.press.posts.pages_first import without_their_pages
from broadsheet.press.waking import Bell
from broadsheet.press.worker import Worker
from broadsheet.projections.objects import ObjectKey
from tests.factories.press import Clock, RememberingNewsroom, publish_story

pytestmark = pytest.mark.both_databases


def reread_everything(worker: Worker) -> None:
    """Let the content sweep go round once."""
    after = sweeps.reread_some(worker.wired.store, after_id=0, is_stopping=never)
    while after:
        after = sweeps.reread_some(worker.wired.store, after_id=after, is_stopping=never)


def never() -> bool:
    """Never stop a sweep."""
    return False


def test_content_sweep_mends_a_damaged_page(worker: Worker, clock: Clock) -> None:
    """A page somebody changed on the disk is rendered again."""
    story = publish_story(clock, headline="As written")
    worker.run_until_quiet()
    file = worker.wired.run_folder.parent / "site" / story.address.strip("/") / "index.html"
    file.write_text("defaced", encoding="utf-8")

    reread_everything(worker)
    worker.run_until_quiet()

    assert "As written" in file.read_text(encoding="utf-8")


def test_content_sweep_leaves_a_sound_site_alone(worker: Worker, clock: Clock) -> None:
    """Reading a sound site back makes no work."""
    publish_story(clock)
    worker.run_until_quiet()

    reread_everything(worker)

    assert worker.run_until_quiet().did_nothing


def test_unclean_stop_is_followed_by_a_reading(worker: Worker, clock: Clock) -> None:
    """After a power cut, what was written since the checkpoint is read back, and mended."""
    story = publish_story(clock, headline="As written")
    worker.run_until_quiet()
    worker.lock.release()
    file = worker.wired.run_folder.parent / "site" / story.address.strip("/") / "index.html"
    file.write_bytes(b"")  # as a file system may leave a renamed file that was never flushed
    checkpoint = {"at": (clock() - timedelta(hours=1)).isoformat(), "clean": False}
    (worker.wired.run_folder / sweeps.CHECKPOINT).write_text(json.dumps(checkpoint), "utf-8")

    Worker(worker.wired, owner="after the cut", clock=clock).run_until_quiet()

    assert "As written" in file.read_text(encoding="utf-8")


def stop_uncleanly(worker: Worker, clock: Clock) -> None:
    """Leave the run folder as a killed press does, an hour after its last checkpoint."""
    worker.lock.release()
    checkpoint = {"at": (clock() - timedelta(hours=1)).isoformat(), "clean": False}
    (worker.wired.run_folder / sweeps.CHECKPOINT).write_text(json.dumps(checkpoint), "utf-8")


@pytest.mark.parametrize(
    ("live", "after"), [("0" * 64, DOUBTED), (ABSENT_TEXT, ""), (DAMAGED, DAMAGED), ("", "")]
)
def test_what_was_out_of_date_at_an_unclean_stop_is_doubted(
    worker: Worker, clock: Clock, live: str, after: str
) -> None:
    """Its last batch may lie there unrecorded: what is out is not known, but that something is."""
    story = publish_story(clock)
    worker.run_until_quiet()
    page = LedgerRow.objects.filter(key=story.address)
    page.update(live=live, dirty_seq=1, parked="its template fails", written_at=None)
    stop_uncleanly(worker, clock)

    sweeps.after_unclean_stop(worker.wired, clock=clock)

    assert after == page.get().live


def test_a_second_unclean_stop_doubts_no_more(worker: Worker, clock: Clock) -> None:
    """Killed between doubting and its checkpoint, the press hurries nothing and damages nothing."""
    story = publish_story(clock)
    worker.run_until_quiet()
    page = LedgerRow.objects.filter(key=story.address)
    page.update(dirty_seq=1, lane=Lane.TAKE_DOWN)
    for _ in range(2):
        stop_uncleanly(worker, clock)
        sweeps.after_unclean_stop(worker.wired, clock=clock)

    row = page.get()
    assert (DOUBTED, Lane.TAKE_DOWN) == (row.live, row.lane)


def test_a_damaged_page_that_is_taken_down_stays_first(worker: Worker, clock: Clock) -> None:
    """A power cut damages a page that is to go: it does not lose its lane."""
    story = publish_story(clock)
    worker.run_until_quiet()
    page = LedgerRow.objects.filter(key=story.address)
    page.update(dirty_seq=1, lane=Lane.TAKE_DOWN)
    site = worker.wired.run_folder.parent / "site"
    (site / story.address.strip("/") / "index.html.gz").write_bytes(b"")
    stop_uncleanly(worker, clock)

    sweeps.after_unclean_stop(worker.wired, clock=clock)

    row = page.get()
    assert (DAMAGED, Lane.TAKE_DOWN) == (row.live, row.lane)


def test_a_page_out_of_date_that_a_power_cut_took_is_damaged(worker: Worker, clock: Clock) -> None:
    """A page that is nowhere is not one that readers have as it was."""
    story = publish_story(clock)
    worker.run_until_quiet()
    page = LedgerRow.objects.filter(key=story.address)
    page.update(dirty_seq=1)
    site = worker.wired.run_folder.parent / "site"
    for file in (site / story.address.strip("/")).iterdir():
        file.unlink()
    stop_uncleanly(worker, clock)

    sweeps.after_unclean_stop(worker.wired, clock=clock)

    assert DAMAGED == page.get().live


def test_a_page_that_was_written_and_not_recorded_is_doubted(
    worker: Worker, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    """Killed between file and row, the press has a page that is whole: readers have it."""
    story = publish_story(clock)
    worker.run_until_quiet()
    page = LedgerRow.objects.filter(key=story.address)
    page.update(dirty_seq=1, live="0" * 64)
    stop_uncleanly(worker, clock)

    sweeps.after_unclean_stop(worker.wired, clock=clock)

    assert DOUBTED == page.get().live
    assert "is not what was written there" not in caplog.text


@pytest.mark.parametrize("live", NOT_KNOWN_TO_BE_OUT)
def test_no_post_goes_before_a_page_that_is_not_known_to_be_out(
    worker: Worker, clock: Clock, live: str
) -> None:
    """Of a site that was moved here, say, a page may be damaged that waits in the background."""
    story = publish_story(clock)
    worker.run_until_quiet()
    LedgerRow.objects.create(surface="sandbox", account="a", key="post", story=story.id)
    waiting = LedgerRow.objects.filter(without_their_pages(), surface="sandbox")
    assert not waiting.exists()

    LedgerRow.objects.filter(key=story.address).update(live=live, dirty_seq=1, lane=Lane.REBUILD)

    assert waiting.exists()


def test_the_press_is_seen_at_work_while_it_reads_back(
    worker: Worker, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading back a large site takes minutes, through which nobody is told that it stands."""
    publish_story(clock)
    worker.run_until_quiet()
    stop_uncleanly(worker, clock)
    monkeypatch.setattr(sweeps, "PULSE_ROWS", 2)
    noted = []
    monkeypatch.setattr(sweeps, "note_pulse", lambda folder, *, now: noted.append((folder, now)))

    sweeps.after_unclean_stop(worker.wired, clock=clock)

    written = LedgerRow.objects.filter(surface="website", written_at__isnull=False).count()
    assert [(worker.wired.run_folder, clock())] * -(-written // 2) == noted


def test_page_written_anew_is_read_after_an_unclean_stop(worker: Worker, clock: Clock) -> None:
    """A page of long ago that was corrected just before the power cut was written since, too."""
    publish_story(clock, headline="As written")
    worker.run_until_quiet()
    clock.move(days=1)
    story = publish_story(clock, headline="As corrected")
    worker.run_until_quiet()
    worker.lock.release()
    file = worker.wired.run_folder.parent / "site" / story.address.strip("/") / "index.html"
    file.write_bytes(b"")
    checkpoint = {"at": (clock() - timedelta(hours=1)).isoformat(), "clean": False}
    (worker.wired.run_folder / sweeps.CHECKPOINT).write_text(json.dumps(checkpoint), "utf-8")

    Worker(worker.wired, owner="after the cut", clock=clock).run_until_quiet()

    assert "As corrected" in file.read_text(encoding="utf-8")


def test_clean_stop_needs_no_reading(worker: Worker, clock: Clock) -> None:
    """After a clean stop, nothing is read back at the start (the twin of the test above)."""
    story = publish_story(clock)
    worker.run_until_quiet()
    sweeps.note_checkpoint(worker.wired, now=clock(), is_stopping=True)
    worker.lock.release()
    file = worker.wired.run_folder.parent / "site" / story.address.strip("/") / "index.html"
    file.write_bytes(b"")

    Worker(worker.wired, owner="next", clock=clock).run_until_quiet()

    assert file.read_bytes() == b""


def test_edge_sweep_asks_the_newsroom_to_mend(worker: Worker, clock: Clock) -> None:
    """Rows that differ from the log are mended through the newsroom."""
    newsroom = worker.wired.newsroom
    assert isinstance(newsroom, RememberingNewsroom)
    newsroom.mismatches.append(Mismatch("story", "some-id", "live, but the log does not know"))

    mended = sweeps.mend_edges(newsroom, now=clock())

    assert (mended, newsroom.mismatches) == (1, [])


def test_full_disk_is_tried_again(worker: Worker, clock: Clock) -> None:
    """A page that cannot be written for lack of space waits with its reason and then goes out."""
    store = worker.wired.store

    class FullDisk:
        """A store on a disk without space."""

        def put(self, key, rendered):
            """Fail as a full disk does."""
            message = f"{key} could not be written: no space left on device"
            raise OSError(28, message)

        read = store.read
        folders = store.folders

    story = publish_story(clock, headline="Patient")
    worker.wired = worker.wired._replace(store=FullDisk())
    worker.run_until_quiet()
    parked = LedgerRow.objects.get(key=story.address)
    assert ("no space left" in parked.parked, parked.due_at is not None) == (True, True)

    worker.wired = worker.wired._replace(store=store)
    clock.move(seconds=5)
    worker.run_until_quiet()
    assert store.read(ObjectKey(story.address)) == LedgerRow.objects.get(key=story.address).live


@dataclass
class WatchingNewsroom(RememberingNewsroom):
    """A newsroom that looks, at each chore, whether a file is out."""

    file: Path = Path()
    was_out: list[bool] = field(default_factory=list)

    def do_chores(self, *, is_stopping: Callable[[], bool]) -> int:
        """Look, and do one."""
        self.was_out.append(self.file.exists())
        return super().do_chores(is_stopping=is_stopping)


def test_chores_are_done_after_what_readers_wait_for(worker: Worker, clock: Clock) -> None:
    """A press with a story to bring out and chores to do ends with both done, the story first."""
    Account.objects.all().delete()  # its thread would need a database of its own
    story = publish_story(clock)
    file = worker.wired.run_folder.parent / "site" / story.address.strip("/") / "index.html"
    newsroom = WatchingNewsroom(chores=2, file=file)
    worker.lock.release()

    Worker(worker.wired._replace(newsroom=newsroom), owner="idle", clock=clock).run(
        is_stopping=lambda: not newsroom.chores
    )

    assert [True, True] == newsroom.was_out


def test_idle_press_listens_while_it_does_chores(worker: Worker, clock: Clock) -> None:
    """Chores get the bell to listen to: once it has rung, none is begun."""
    newsroom = RememberingNewsroom(chores=1)
    idle = Worker(worker.wired._replace(newsroom=newsroom), owner="idle", clock=clock)
    worker.lock.release()
    idle.run_until_quiet()
    path = worker.wired.run_folder / "press.sock"
    with Bell(path) as bell, socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ringing:
        ringing.sendto(b"!", str(path))

        done = idle._idle(bell)

    assert (0, 1) == (done, newsroom.chores)


def look_all_round(worker: Worker) -> tuple[str, ...]:
    """Let the sweep for orphans go round once, as a worker that starts; return what it notes."""
    sweep = orphans.OrphanSweep(worker.wired.store, run_folder=worker.wired.run_folder)
    while not sweep.look_on(is_stopping=never):
        pass
    return orphans.noted(worker.wired.run_folder)


def test_orphans_are_noted_and_left_alone(
    worker: Worker, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files nothing asked for are noted by name, whether they could be keys or not, and stay."""
    publish_story(clock)
    worker.run_until_quiet()
    monkeypatch.setattr(orphans, "SLICE_FOLDERS", 2)
    site = worker.wired.run_folder.parent / "site"
    (site / "stray").mkdir()
    strays = [site / "stray" / "index.html", site / "world" / ".secret", site / ("x" * 245)]
    for stray in strays:
        stray.write_text("Not ours.", encoding="utf-8")

    found = look_all_round(worker)

    assert ("/stray/", "/world/.secret", f"/{'x' * 245}") == found
    assert all(stray.exists() for stray in strays)


def test_orphan_that_was_removed_is_noted_no_more(worker: Worker) -> None:
    """Once a person took the file away, the next round forgets it."""
    stray = worker.wired.run_folder.parent / "site" / "stray.html"
    stray.write_text("Not ours.", encoding="utf-8")
    found = look_all_round(worker)
    stray.unlink()

    assert (("/stray.html",), ()) == (found, look_all_round(worker))


def test_sound_site_has_no_orphans(worker: Worker, clock: Clock) -> None:
    """Pages, siblings, tombstones and redirects are asked for: none of them is noted."""
    story = publish_story(clock)
    worker.run_until_quiet()
    with transaction.atomic():
        retract.retract(story.id, reason="Wrong.", now=clock(), by="test")
    worker.run_until_quiet()

    assert () == look_all_round(worker)


def test_sweep_for_orphans_stops_when_there_is_work(worker: Worker) -> None:
    """Told to stop, the sweep looks at nothing more, and goes on from there the next time."""
    sweep = orphans.OrphanSweep(worker.wired.store, run_folder=worker.wired.run_folder)
    (worker.wired.run_folder.parent / "site" / "stray.html").write_text("Not ours.", "utf-8")

    ended = [sweep.look_on(is_stopping=lambda: True) for _ in range(50)]

    assert ([False] * 50, ()) == (ended, orphans.noted(worker.wired.run_folder))


def test_status_names_orphans(
    worker: Worker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`broadsheet status` names what was found, until a person removes it."""
    monkeypatch.setenv("BROADSHEET_HOME", str(tmp_path / "home"))
    current().make()
    sweep = orphans.OrphanSweep(worker.wired.store, run_folder=current().run)
    stray = worker.wired.run_folder.parent / "site" / "stray.html"
    stray.write_text("Not ours.", encoding="utf-8")

    said = []
    for _ in range(2):
        while not sweep.look_on(is_stopping=never):
            pass
        said.append(CliRunner().invoke(cli, ["status"], catch_exceptions=False).output)
        stray.unlink(missing_ok=True)

    assert [True, False] == ["Orphaned   /stray.html: lies in the site" in each for each in said]

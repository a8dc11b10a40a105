"""
`broadsheet rebuild --check` finds every way in which the site could differ from its log.

The check runs as people run it: in processes of its own, over a home on the disk. One home
is founded; each test plants its fault in a copy.
"""

import gzip
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.integration.proof import planted

pytestmark = pytest.mark.xdist_group("rebuild --check")

REPOSITORY = Path(__file__).parents[3]
STORY = "/2026/11/22/story-100/"


def run(*arguments: str, home: Path, wiring: str = "") -> subprocess.CompletedProcess[str]:
    """Run a module of Python in a home, in surroundings unlike those of the check."""
    surroundings = {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C.UTF-8"}
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        env=os.environ | surroundings | _environment(home, wiring),
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )


def do(step: str, *, home: Path, wiring: str = "") -> None:
    """Do one of the steps of founding, in a process of its own."""
    done = run("tests.integration.proof.founding", step, home=home, wiring=wiring)
    assert done.returncode == 0, done.stderr


def check(home: Path, *, wiring: str = "") -> subprocess.CompletedProcess[str]:
    """Run the check's command."""
    return run("broadsheet.config.main", "rebuild", "--check", home=home, wiring=wiring)


def _environment(home: Path, wiring: str) -> dict[str, str]:
    named = f"tests.integration.proof.planted.{wiring}" if wiring else ""
    return {
        "BROADSHEET_HOME": str(home),
        "BROADSHEET_WIRING": named or "broadsheet.config.wiring.wiring",
        "BROADSHEET_DATABASE": "",
        # The code beside these tests, wherever another copy of it is installed.
        "PYTHONPATH": f"{REPOSITORY / 'src'}{os.pathsep}{REPOSITORY}",
    }


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the home of a small paper that is out."""
    home = tmp_path_factory.mktemp("rebuild-check") / "home"
    do("found_a_paper", home=home)
    return home


@pytest.fixture
def home(founded: Path, tmp_path: Path) -> Path:
    """Return a copy of that home, for a test to damage."""
    return Path(shutil.copytree(founded, tmp_path / "home", symlinks=True))


def test_site_as_published_agrees(founded: Path) -> None:
    """A site nobody touched agrees, says so with counts, and exits 0."""
    done = check(founded)

    assert (0, "") == (done.returncode, done.stderr)
    entries, compared = done.stdout.split(" log entries; ")
    assert int(entries) >= 9
    assert compared.endswith(" compared, 0 differing, 0 missing, 0 orphaned\n")
    assert int(compared.split()[0]) > 30


def test_every_damaged_file_is_named(home: Path) -> None:
    """A flipped byte, a lost file, strays, and a sibling that says something else are all seen."""
    site = home / "site"
    page = site / STORY.strip("/") / "index.html"
    data = bytearray(page.read_bytes())
    data[len(data) // 2] ^= 1
    page.write_bytes(data)
    for file in (site / "feeds").glob("world.rss*"):
        file.unlink()
    (site / "feeds" / "city.rss").unlink()  # its siblings stay
    (site / "stray").mkdir()
    (site / "stray" / "index.html").write_text("Not ours.", encoding="utf-8")
    (site / ".hidden.html").write_text("Not ours.", encoding="utf-8")
    (site / "world" / ".secret").write_text("Not ours.", encoding="utf-8")
    (site / "world" / ("x" * 245)).write_text("Longer than a name of ours.", encoding="utf-8")
    (site / ".writing" / "0123456789abcdef").write_text("In flight.", encoding="utf-8")
    author = site / "authors" / "ada-reporter" / "index.html"
    author.with_name("index.html.gz").write_bytes(gzip.compress(b"Something else."))
    (site / "world" / "index.html.301").write_text("/elsewhere/", encoding="utf-8")

    found = check(home)

    assert 1 == found.returncode
    assert {
        f"differing: {STORY}",
        "differing: /authors/ada-reporter/",
        "differing: /feeds/city.rss",
        "differing: /world/",
        "missing: /feeds/world.rss",
        "orphaned: /stray/",
        "orphaned: /.hidden.html",
        "orphaned: /world/.secret",
        f"orphaned: /world/{'x' * 245}",
    } == {line for line in found.stdout.splitlines() if "compared" not in line}
    assert found.stdout.endswith("4 differing, 1 missing, 4 orphaned\n")


def test_what_a_press_has_yet_to_bring_out_is_told_of(home: Path) -> None:
    """With nobody at work the site is behind its log: that is found, and told apart."""
    do("write_and_go", home=home)

    found = check(home)

    assert 1 == found.returncode
    assert "differing: /\n" in found.stdout
    assert "The press has work waiting, which may be why" in found.stdout


def test_reading_that_was_not_recorded_is_found(home: Path) -> None:
    """Objects left stale, since nobody recorded that they show a headline, differ."""
    do("fix_a_typo", home=home, wiring="forgetful")

    found = check(home)

    assert 1 == found.returncode
    assert {"differing: /", "differing: /feeds/site.rss", "differing: /world/"} <= set(
        found.stdout.splitlines()
    )


def test_what_hangs_on_the_surroundings_is_found(home: Path) -> None:
    """What reads the clock, a set's order or the locale differs, and nothing else."""
    do("put_out", home=home, wiring="unsteady")

    found = check(home, wiring="unsteady")

    assert 1 == found.returncode
    differing = {planted.CLOCK, planted.HASHES, planted.LOCALE}
    assert {f"differing: {key}" for key in differing} == {
        line for line in found.stdout.splitlines() if "compared" not in line
    }


def test_check_that_reads_more_than_the_log_is_refused(home: Path) -> None:
    """A check that looks into another table ends with that table's name, and says no more."""
    found = check(home, wiring="peeping")

    assert 1 == found.returncode
    assert "the check may read the log alone, not press_ledgerrow" in found.stderr
    assert "compared" not in found.stdout

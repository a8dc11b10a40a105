"""`broadsheet run`: one command, four processes, and none left behind."""

import os
import re
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from broadsheet.config.cli import children
from broadsheet.config.cli.children import Child, Children
from tests.servers.processes import a_free_port

ROOT = Path(__file__).parents[3]
WITHIN_S = 120  # a first start on a busy machine; ten seconds on an idle one
SAYS_ITS_NUMBER = "import os, time; print(os.getpid(), flush=True); time.sleep(600)"
SPAWNS = (
    "import os, subprocess, sys, time;"
    "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)']);"
    "print(os.getpid(), child.pid, flush=True); time.sleep(600)"
)
DEAF = "import signal, time; signal.signal(15, signal.SIG_IGN); print('deaf'); time.sleep(600)"


def a_child(script: str, name: str = "child") -> Child:
    """Return a process that runs a script."""
    return Child(name, [sys.executable, "-uc", script], os.environ)


def until(holds):
    """Wait until something holds, and return what it returned."""
    deadline = time.monotonic() + WITHIN_S
    while time.monotonic() < deadline:
        found = holds()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError("it did not come to hold")


def is_there(pid: int) -> bool:
    """Return whether a process runs: one that ended and was not asked for does not."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return stat.rpartition(")")[2].split()[0] not in "ZX"


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """Give a function that keeps processes running for the test, and those it started."""
    monkeypatch.setattr(children, "_FIRST_PAUSE_S", 0.05)
    monkeypatch.setattr(children, "_STOPS_WITHIN_S", 0.5)
    stopping = threading.Event()
    started = []

    def keep(child):
        keeper = Children(tmp_path)
        keeper.start(child)
        keeping = threading.Thread(target=keeper.keep, args=(stopping,))
        keeping.start()
        started.append((keeper, keeping))

    yield keep
    stopping.set()
    for keeper, keeping in started:
        keeping.join()
        keeper.stop()


def test_what_ends_is_started_again(kept, capfd):
    """A killed process is started again, and why it ended is said."""
    said = []
    kept(a_child(SAYS_ITS_NUMBER))
    first = int(until(lambda: _numbers(capfd, said))[0])

    os.kill(first, signal.SIGKILL)

    assert first != int(until(lambda: _numbers(capfd, said)[1:])[0])
    assert "child   | ended (by SIGKILL); starts again in 0.05 s" in "".join(said)


def test_what_keeps_ending_is_started_ever_more_slowly(kept, capfd):
    """Pauses double, so that a broken process does not eat the machine."""
    said = []
    kept(a_child("raise SystemExit(3)"))

    def pauses():
        said.append(capfd.readouterr().out)
        return re.findall(r"ended \(exit status 3\); starts again in (\S+) s", "".join(said))

    assert ["0.05", "0.1", "0.2"] == until(lambda: pauses()[:3] if len(pauses()) > 2 else None)


def test_what_a_killed_process_started_goes_with_it(kept, capfd):
    """A killed process's own children, which would keep its port, are ended before the restart."""
    said = []
    kept(a_child(SPAWNS))
    first, grandchild = map(int, until(lambda: _numbers(capfd, said)))

    os.kill(first, signal.SIGKILL)

    until(lambda: not is_there(grandchild))


def test_stopping_ends_what_does_not_listen(tmp_path, monkeypatch, capfd):
    """A process that ignores being asked is ended by force."""
    monkeypatch.setattr(children, "_STOPS_WITHIN_S", 0.5)
    keeper = Children(tmp_path)
    keeper.start(a_child(DEAF))
    until(lambda: "deaf" in capfd.readouterr().out)

    keeper.stop()

    assert [] == _with_words(_children_of(os.getpid()), DEAF)


def test_no_process_outlives_a_killed_supervisor(tmp_path):
    """When the supervisor is killed, with no chance to tell them, its processes end."""
    script = textwrap.dedent(
        f"""
        import os, pathlib, sys, threading
        from broadsheet.config.cli.children import Child, Children
        keeper = Children(pathlib.Path({str(tmp_path)!r}))
        keeper.start(Child("child", [sys.executable, "-uc", {SAYS_ITS_NUMBER!r}], os.environ))
        keeper.keep(threading.Event())
        """
    )
    command = [sys.executable, "-uc", script]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as supervisor:
        child = int(supervisor.stdout.readline().split("|")[1])
        assert is_there(child)

        supervisor.kill()

        until(lambda: not is_there(child))


def broadsheet_run(home: Path, *options: str) -> subprocess.Popen[str]:
    """Start `broadsheet run` in a home."""
    unset = ("BROADSHEET_DATABASE", "BROADSHEET_URL")
    told = {name: value for name, value in os.environ.items() if name not in unset}
    return subprocess.Popen(
        [sys.executable, "-m", "broadsheet.config.main", "run", *options],
        env=told | {"BROADSHEET_HOME": str(home)},
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


class Newspaper:
    """A running `broadsheet run`, and what it has said."""

    def __init__(self, home: Path, *options: str) -> None:
        self.home = home
        self.process = broadsheet_run(home, *options)
        self.said: list[str] = []
        self._listening = threading.Thread(target=self._listen, daemon=True)
        self._listening.start()

    def await_line(self, pattern: str) -> re.Match[str]:
        """Return where a pattern is found in what was said, once it is."""

        def found() -> re.Match[str] | None:
            assert self.process.poll() is None, "".join(self.said)
            return re.search(pattern, "".join(self.said))

        return until(found)

    def stop(self) -> int:
        """Ask it to stop; return its exit status."""
        self.process.terminate()
        status = self.process.wait(30)
        self._listening.join(30)
        return status

    def _listen(self) -> None:
        with self.process.stdout as lines:
            self.said.extend(lines)


@pytest.fixture(scope="module")
def newspaper(tmp_path_factory) -> Iterator[Newspaper]:
    """Give a newspaper that runs, in a new home."""
    running = Newspaper(tmp_path_factory.mktemp("paper") / "home", "--port", str(a_free_port()))
    try:
        running.await_line(r"Stop with Ctrl-C")
        yield running
    finally:
        if running.process.poll() is None:
            running.stop()


def address_of(newspaper: Newspaper) -> str:
    """Return the newspaper's address as it says it."""
    return newspaper.await_line(r"Newspaper +(http://\S+)/\n")[1]


@pytest.mark.xdist_group("broadsheet run")
def test_a_new_newspaper_says_where_it_is(newspaper):
    """Newspaper and desk answer where it says; the desk knows the editor by the first password."""
    password = newspaper.await_line(r"sign in as editor; first password (\S+)")[1]
    with httpx.Client(base_url=address_of(newspaper), trust_env=False, timeout=60) as reader:
        assert 200 == reader.get("/_health").status_code
        assert 200 == reader.get("/desk/static/wagtailadmin/css/core.css").status_code
        assert 200 == reader.get("/desk/login/").status_code
        form = {
            "username": "editor",
            "password": password,
            "csrfmiddlewaretoken": reader.cookies["csrftoken"],
        }
        signed_in = reader.post("/desk/login/", data=form)

    assert (302, "/desk/") == (signed_in.status_code, signed_in.headers["location"])
    assert 0o600 == (newspaper.home / "desk-password").stat().st_mode & 0o777


@pytest.mark.xdist_group("broadsheet run")
def test_a_second_run_is_refused(newspaper):
    """One home runs once: the second says which process has it, and changes nothing."""
    second = broadsheet_run(newspaper.home, "--port", str(a_free_port()))
    said, _ = second.communicate(timeout=WITHIN_S)

    assert 1 == second.returncode
    assert f"is running already (process {newspaper.process.pid})" in said
    assert newspaper.process.poll() is None


@pytest.mark.xdist_group("broadsheet run")
def test_a_taken_port_is_named(newspaper, tmp_path):
    """A port somebody listens on is named, and no other server joins it silently."""
    port = address_of(newspaper).rpartition(":")[2]
    second = broadsheet_run(tmp_path / "home", "--port", port)
    said, _ = second.communicate(timeout=WITHIN_S)

    assert (1, True) == (second.returncode, f"port {port} on 127.0.0.1 is in use" in said)


@pytest.mark.xdist_group("broadsheet run")
def test_a_killed_site_server_comes_back(newspaper):
    """Killed with signal 9, worker and all, the site is served again in seconds."""
    (killed,) = _with_words(_children_of(newspaper.process.pid), "web.server:application")
    os.kill(killed, signal.SIGKILL)

    newspaper.await_line(r"site +\| ended \(by SIGKILL\)")

    def answers() -> bool:
        try:
            return httpx.get(f"{address_of(newspaper)}/_health", trust_env=False).is_success
        except httpx.TransportError:
            return False

    assert until(answers)
    assert killed not in _children_of(newspaper.process.pid)


def test_a_run_leaves_nothing_running_and_starts_again(tmp_path):
    """Told to stop, it ends with status 0 and every process with it; its editor stays."""
    options = ("--port", str(a_free_port()))
    first = Newspaper(tmp_path / "home", *options)
    password = first.await_line(r"first password (\S+)")[1]
    started = _descendants_of(first.process.pid)

    assert 0 == first.stop()

    assert len(started) >= 3
    until(lambda: not any(map(is_there, started)))
    second = Newspaper(tmp_path / "home", *options)
    assert password == second.await_line(r"first password (\S+)")[1]
    assert 0 == second.stop()


def test_a_run_tells_the_server_before_it(tmp_path, monkeypatch):
    """Told how another server reads its maps again, it keeps them and has them read."""
    monkeypatch.setenv("BROADSHEET_RELOAD", f"touch {tmp_path}/told")
    paper = Newspaper(tmp_path / "home", "--port", str(a_free_port()))

    try:
        said = paper.await_line(r"moved addresses in (\S+); the server was told")[1]
    finally:
        status = paper.stop()

    assert (0, True) == (status, (tmp_path / "told").exists())
    assert str(tmp_path / "home" / "maps") == said


def test_a_folder_with_other_things_is_left_alone(tmp_path):
    """A folder that is not a home, and not empty, is refused and not written to."""
    (tmp_path / "thesis.txt").write_text("mine")
    refused = broadsheet_run(tmp_path)
    said, _ = refused.communicate(timeout=WITHIN_S)

    assert (1, True) == (refused.returncode, "is not a Broadsheet home and is not empty" in said)
    assert [tmp_path / "thesis.txt"] == list(tmp_path.iterdir())


def _numbers(capfd, said):
    said.append(capfd.readouterr().out)
    return re.findall(r"(?<=[| ])\d+(?=[ \n])", "".join(re.findall(r"\|[ \d]+\n", "".join(said))))


def _children_of(pid: int) -> list[int]:
    try:
        return [int(c) for c in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []


def _descendants_of(pid: int) -> list[int]:
    below = _children_of(pid)
    return [*below, *(each for child in below for each in _descendants_of(child))]


def _with_words(pids: list[int], words: str) -> list[int]:
    return [pid for pid in pids if words in Path(f"/proc/{pid}/cmdline").read_text()]

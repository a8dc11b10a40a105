"""Another server is told of moved addresses: once for many, again where it failed, never lost."""

import sys

import pytest

from broadsheet.projections.objects import Moved, ObjectKey, Page
from broadsheet.surfaces.website.store import Store
from broadsheet.web.telling import Follower, HookFailed, look
from tests.servers.newspaper import broadsheet

OLD, NEWER = ObjectKey("/2026/11/21/old/"), ObjectKey("/2026/11/22/newer/")


@pytest.fixture
def site(tmp_path):
    """Give a public tree in which one address moved."""
    store = Store(tmp_path / "site", renditions=tmp_path / "renditions")
    store.put(OLD, Moved(NEWER))
    return tmp_path / "site"


@pytest.fixture
def store(site, tmp_path):
    """Give what writes into the tree."""
    return Store(site, renditions=tmp_path / "renditions")


@pytest.fixture
def hook(tmp_path):
    """Give a hook that notes each call, and fails while a file is in its way."""
    script = tmp_path / "hook.py"
    script.write_text(
        "import pathlib, sys\n"
        f"folder = pathlib.Path({str(tmp_path)!r})\n"
        "with (folder / 'calls').open('a') as calls: calls.write('called\\n')\n"
        "sys.exit('nginx: no such process' if (folder / 'broken').exists() else 0)\n"
    )
    return f"{sys.executable} {script}"


@pytest.fixture
def calls(tmp_path):
    """Give a function that counts the hook's calls."""
    return lambda: (
        len((tmp_path / "calls").read_text().split()) if (tmp_path / "calls").exists() else 0
    )


def test_the_server_is_told_once(site, tmp_path, hook, calls):
    """Maps that say what was told already are told to nobody."""
    first = look(site, tmp_path / "maps", hook=hook)

    second = look(site, tmp_path / "maps", hook=hook)

    assert (True, False, 1) == (first.was_told, second.was_told, calls())
    assert f'"{OLD}" "{NEWER}";\n' == (tmp_path / "maps" / "moved.nginx").read_text("utf-8")


def test_a_failing_hook_is_owed(site, tmp_path, hook, calls):
    """What could not be told is told at the next look, though nothing moved since."""
    (tmp_path / "broken").touch()
    with pytest.raises(HookFailed, match="ended with 1: nginx: no such process; it is tried again"):
        look(site, tmp_path / "maps", hook=hook)
    (tmp_path / "broken").unlink()

    again = look(site, tmp_path / "maps", hook=hook)

    assert (True, 2) == (again.was_told, calls())


@pytest.mark.parametrize("hook", ["no-such-command-anywhere", "'unfinished"])
def test_a_hook_that_cannot_start_is_told(site, tmp_path, hook):
    """A hook that is no command fails in words, and the maps are written all the same."""
    with pytest.raises(HookFailed, match="could not tell the server"):
        look(site, tmp_path / "maps", hook=hook)

    assert (tmp_path / "maps" / "moved.caddy").exists()


@pytest.mark.parametrize("rendered", [Moved(ObjectKey("/elsewhere/")), Page(b"back")])
def test_a_move_is_noticed(site, store, rendered):
    """A move that changes or ends is looked at; a page that comes is not."""
    looks = []
    follower = Follower(site, look=lambda: looks.append(1))
    follower.follow(0.0)
    store.put(NEWER, Page(b"story"))
    follower.follow(1.0)
    assert 1 == len(looks)

    store.put(OLD, rendered)
    follower.follow(2.0)
    follower.follow(3.0)

    assert 2 == len(looks)


def test_many_moves_are_told_at_once(site, store):
    """However many addresses move between two looks, one look sees them."""
    looks = []
    follower = Follower(site, look=lambda: looks.append(1))
    for number in range(20):
        store.put(ObjectKey(f"/2026/11/20/{number}/"), Moved(NEWER))

    follower.follow(0.0)
    follower.follow(1.0)

    assert 1 == len(looks)


def test_a_failed_look_is_repeated_in_a_minute(site):
    """What failed is tried again though nothing moved; what succeeded, once an hour."""
    looks = []

    def fails_once():
        looks.append(1)
        if len(looks) == 1:
            raise HookFailed

    follower = Follower(site, look=fails_once)
    with pytest.raises(HookFailed):
        follower.follow(0.0)

    for now_s in (10.0, 59.0, 61.0, 200.0, 3_600.0, 3_700.0):
        follower.follow(now_s)

    assert 3 == len(looks)


def test_what_killed_writers_left_does_not_count_the_note(store):
    """The note of moves is nothing temporary: the press's start leaves it."""
    assert 0 == store.sweep_temporaries()


def test_the_command_ends_with_1_where_nobody_was_told(site, tmp_path, hook):
    """`broadsheet deploy maps` needs no home and no database, and says what its hook said."""
    (tmp_path / "broken").touch()
    told = ("deploy", "maps", "--site", site, "--into", tmp_path / "maps", "--hook", hook)
    failed = broadsheet(tmp_path / "no-home", *told)
    (tmp_path / "broken").unlink()

    done = broadsheet(tmp_path / "no-home", *told)

    assert (1, True) == (failed.returncode, "nginx: no such process" in failed.stderr)
    assert f"1 moved addresses in {tmp_path}/maps; the server was told\n" == done.stdout

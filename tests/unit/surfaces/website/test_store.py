"""What the store makes readers see: each state, each change of state, each fault of the disk."""

import errno
import gzip
import hashlib
import itertools
import os
import threading

import brotli
import pytest

from broadsheet.projections.objects import Absent, Gone, Moved, Page, Stored, identity_of
from broadsheet.surfaces.website import tree
from broadsheet.surfaces.website.layout import NotAKey
from broadsheet.surfaces.website.store import DAMAGED, NotStored, Store
from tests.factories.readers import Reader
from tests.factories.steps import before_each_step

KEY = "/2026/11/22/tram/"
FIRST = Page(b"<p>The tram comes in spring.</p>" * 20)
SECOND = Page(b"<p>The tram comes in autumn.</p>" * 21)
SHORT = Page(b"<p>Soon.</p>")
TOMBSTONE = Gone(b"<p>Retracted.</p>")
MOVED = Moved("/2026/11/22/trams/")
STATES = [FIRST, SECOND, SHORT, TOMBSTONE, MOVED, Absent()]
SEEN = {
    FIRST: (200, FIRST.data),
    SECOND: (200, SECOND.data),
    SHORT: (200, SHORT.data),
    TOMBSTONE: (410, TOMBSTONE.data),
    MOVED: (301, MOVED.location.encode()),
    Absent(): (404, b"Not found.\n"),
}


@pytest.fixture
def site(tmp_path):
    """Give the folder of the public tree."""
    return tmp_path / "site"


@pytest.fixture
def store(site, tmp_path):
    """Give a store over an empty tree."""
    return Store(site, renditions=tmp_path / "renditions")


def names_in(folder):
    """Return the names of what lies in a folder."""
    return [found.name for found in folder.iterdir()]


def keep_rendition(folder, data):
    """Keep a picture in private storage, and return its hash."""
    sha256 = hashlib.sha256(data).hexdigest()
    (folder / sha256[:2]).mkdir(parents=True)
    (folder / sha256[:2] / sha256).write_bytes(data)
    return sha256


@pytest.mark.parametrize("rendered", STATES)
def test_what_is_put_is_read(store, site, rendered):
    """The fingerprint read from disk, and what a reader sees, are those of what was put."""
    store.put(KEY, rendered)

    assert identity_of(rendered) == store.read(KEY)
    assert SEEN[rendered] == Reader(site).sees(KEY)


def test_a_text_has_siblings_that_decode_to_it(store, site):
    """A page lies there plain, as gzip without a date, and as Brotli."""
    store.put("/feeds/world.rss", FIRST)

    file = site / "feeds" / "world.rss"
    compressed = file.with_name("world.rss.gz").read_bytes()
    assert FIRST.data == gzip.decompress(compressed)
    assert b"\x00\x00\x00\x00" == compressed[4:8]
    assert FIRST.data == brotli.decompress(file.with_name("world.rss.br").read_bytes())


def test_a_short_text_has_no_siblings(store, site):
    """A page that became short loses the siblings it had."""
    store.put("/", FIRST)

    store.put("/", SHORT)

    assert ["index.html"] == [file.name for file in site.iterdir() if file.is_file()]


def test_a_picture_comes_from_private_storage(store, site, tmp_path):
    """A rendition enters the tree under its address, and leaves with its folder."""
    sha256 = keep_rendition(tmp_path / "renditions", b"\x89PNG picture")

    store.put("/media/tram-800.png", Stored(sha256))

    assert (200, b"\x89PNG picture") == Reader(site).sees("/media/tram-800.png")
    assert sha256 == store.read("/media/tram-800.png")
    store.put("/media/tram-800.png", Absent())
    assert not (site / "media").exists()


def test_putting_a_picture_twice_is_putting_it_once(store, tmp_path):
    """A rendition put again leaves nothing temporary, though both names are one file."""
    sha256 = keep_rendition(tmp_path / "renditions", b"\x89PNG picture")
    store.put("/media/tram.png", Stored(sha256))

    store.put("/media/tram.png", Stored(sha256))

    assert 0 == store.sweep_temporaries()


def test_a_damaged_picture_is_not_published(store, tmp_path):
    """A rendition whose bytes are not those of its name is refused, and says so."""
    sha256 = keep_rendition(tmp_path / "renditions", b"\x89PNG picture")
    (tmp_path / "renditions" / sha256[:2] / sha256).write_bytes(b"\x89PNG torn")

    with pytest.raises(NotStored, match=r"^/media/tram.png could not be stored: the file kept"):
        store.put("/media/tram.png", Stored(sha256))

    assert identity_of(Absent()) == store.read("/media/tram.png")


@pytest.mark.parametrize(("key", "rendered"), [("/a.png", Stored("0" * 64)), ("/media/a", FIRST)])
def test_only_pictures_lie_under_media(store, key, rendered):
    """A picture elsewhere, or a page there, is refused: fingerprints are told apart by address."""
    with pytest.raises(NotAKey, match=r"another address|an address there"):
        store.put(key, rendered)


@pytest.mark.parametrize(("before", "after"), [*itertools.permutations(STATES, 2)])
def test_each_change_is_one_step_to_readers(store, site, before, after):
    """Between any two states a reader sees the old one, then the new one, and nothing else."""
    store.put(KEY, before)
    reader = Reader(site)
    seen = [reader.sees(KEY)]

    with before_each_step(lambda: seen.append(reader.sees(KEY))):
        store.put(KEY, after)

    seen.append(reader.sees(KEY))
    assert [SEEN[before], SEEN[after]] == [sight for sight, _ in itertools.groupby(seen)]
    assert identity_of(after) == store.read(KEY)


def test_an_observer_sees_a_store_that_withdraws_first(site):
    """The twin: a store that removes the page, then writes the tombstone, is caught saying 404."""
    (site / "tram").mkdir(parents=True)
    page = site / "tram" / "index.html"
    page.write_bytes(FIRST.data)
    reader = Reader(site)
    seen = []

    with before_each_step(lambda: seen.append(reader.sees("/tram/")[0])):
        page.unlink()
        page.with_name("index.html.410").write_bytes(TOMBSTONE.data)

    assert 404 in seen


def test_leftovers_of_a_crash_never_show(store, site):
    """With page, move and tombstone left side by side, going absent shows none of the weaker."""
    folder = site / "2026/11/22/tram"
    folder.mkdir(parents=True)
    (folder / "index.html").write_bytes(SHORT.data)
    (folder / "index.html.301").write_bytes(b"/elsewhere/")
    (folder / "index.html.410").write_bytes(TOMBSTONE.data)
    reader = Reader(site)
    seen = [reader.sees(KEY)]

    with before_each_step(lambda: seen.append(reader.sees(KEY))):
        store.put(KEY, Absent())

    seen.append(reader.sees(KEY))
    assert [SEEN[SHORT], SEEN[Absent()]] == [sight for sight, _ in itertools.groupby(seen)]


@pytest.mark.parametrize(
    ("suffix", "damage"),
    [
        (".gz", gzip.compress(b"<p>Older.</p>", mtime=0)),
        (".br", b"torn"),
        (".br", None),
        (".410", b"left over"),
        ("", None),
    ],
)
def test_files_that_disagree_are_damage(store, site, suffix, damage):
    """A stale, torn or missing sibling, or a second state, shows when read; a put heals it."""
    store.put(KEY, FIRST)
    file = site / f"2026/11/22/tram/index.html{suffix}"
    file.unlink(missing_ok=True)
    if damage is not None:
        file.write_bytes(damage)

    assert DAMAGED == store.read(KEY)

    store.put(KEY, FIRST)
    assert identity_of(FIRST) == store.read(KEY)


def test_a_flipped_byte_changes_the_fingerprint(store, site):
    """Bytes are read and hashed, not believed: one flipped byte is another identity."""
    store.put(KEY, SHORT)
    (site / "2026/11/22/tram/index.html").write_bytes(b"<p>Sooo.</p>")

    assert store.read(KEY) not in {identity_of(SHORT), identity_of(Absent())}


def test_all_keys_and_strangers_are_found(store, site):
    """Each object is listed once, whatever its files; a file no put would write is a stranger."""
    store.put("/", FIRST)
    store.put(KEY, TOMBSTONE)
    store.put("/old/", MOVED)
    store.put("/feeds/world.rss", SECOND)
    (site / "feeds" / ".notes").write_text("left by hand")
    (site / "feeds" / ("x" * 245)).write_text("longer than any name of ours")
    (site / "feeds" / "two\nlines.410.410").write_text("no key")
    (site / "old" / "elsewhere").symlink_to(site / "feeds", target_is_directory=True)

    found = list(store.folders())

    keys = sorted(key for folder in found for key in folder.keys)
    strangers = sorted(name for folder in found for name in folder.strangers)
    assert ["/", KEY, "/feeds/world.rss", "/old/", "/old/elsewhere"] == keys
    assert [
        "/feeds/.notes",
        r"/feeds/two\nlines.410.410",
        f"/feeds/{'x' * 245}",
    ] == strangers


def test_what_is_being_written_is_no_stranger(store, site):
    """Temporaries in flight are counted as nothing: no reader gets them, and they pass."""
    store.put("/", FIRST)
    (site / ".writing" / "0123456789abcdef").write_text("half a p")

    assert [({"/"}, [])] == [tuple(folder) for folder in store.folders()]


def test_a_full_disk_leaves_the_old_version(store, site, monkeypatch):
    """When writing fails, the error names the object, readers keep the old one, no rest stays."""
    store.put(KEY, FIRST)

    def full(_descriptor, _mode):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tree.os, "fdopen", full)
    with pytest.raises(NotStored, match=rf"^{KEY} could not be stored: No space left on device"):
        store.put(KEY, SECOND)

    monkeypatch.undo()
    assert identity_of(FIRST) == store.read(KEY)
    assert [] == names_in(site / tree.WRITING)


def test_a_file_in_the_way_is_named(store):
    """A key below a key that is a file cannot be stored, and the error says which."""
    store.put("/about", FIRST)

    with pytest.raises(NotStored, match=r"^/about/us/ could not be stored: "):
        store.put("/about/us/", FIRST)

    assert identity_of(Absent()) == store.read("/about/us/")


def test_empty_folders_go_and_full_ones_stay(store, site):
    """Removing a folder's last object removes it, and those above up to one that holds another."""
    store.put("/2026/11/21/other/", FIRST)
    store.put(KEY, FIRST)

    store.put(KEY, Absent())

    assert ["21"] == names_in(site / "2026" / "11")


def test_neighbors_come_and_go_at_once(store, site):
    """A put next to removals that empty the folder never fails and is never lost."""

    def come_and_go():
        for _ in range(100):
            store.put("/2026/11/22/brief/", SHORT)
            store.put("/2026/11/22/brief/", Absent())

    neighbor = threading.Thread(target=come_and_go)
    neighbor.start()
    for _ in range(100):
        store.put("/2026/11/22/other/", SHORT)
        assert identity_of(SHORT) == store.read("/2026/11/22/other/")
        store.put("/2026/11/22/other/", Absent())
    neighbor.join()

    assert [tree.WRITING] == names_in(site)


def test_folder_made_and_pruned_by_a_neighbor_is_made_again(store, site, monkeypatch):
    """A folder that was there when it was made, and gone when it was looked at, is no failure."""
    mkdir = os.mkdir
    found = [site / "2026"]  # by its making, once

    def mkdir_next_to_a_neighbor(path, *mode):
        if path in found:
            found.remove(path)
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
        mkdir(path, *mode)

    monkeypatch.setattr(os, "mkdir", mkdir_next_to_a_neighbor)

    store.put(KEY, FIRST)

    assert [] == found
    assert identity_of(FIRST) == store.read(KEY)


def test_versions_in_one_second_differ_by_second(store, site):
    """Each version's file is dated a later second, as servers tell versions by size and second."""
    seconds = []
    for rendered in (FIRST, Page(FIRST.data.replace(b"spring", b"summer")), FIRST):
        store.put("/", rendered)
        seconds.append(int((site / "index.html").stat().st_mtime))

    assert sorted(set(seconds)) == seconds


def test_temporaries_of_killed_writers_are_swept(store, site):
    """What a killed writer left is removed, and counted."""
    store.put("/", FIRST)
    (site / tree.WRITING / "0123").write_bytes(b"half a pa")

    assert 1 == store.sweep_temporaries()
    assert [] == names_in(site / tree.WRITING)

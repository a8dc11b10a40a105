"""A public tree and a press that notice what is done in vain; the tree may be torn mid-write."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from broadsheet.press.models import ListMember
from broadsheet.press.ports import Press
from broadsheet.projections.facets import Fact, Fingerprint
from broadsheet.projections.facts import Facts, Window
from broadsheet.projections.objects import Identity, Object, ObjectKey, Rendered, identity_of
from broadsheet.surfaces.website.encodings import is_encoding_of
from broadsheet.surfaces.website.store import Store


class Killed(BaseException):
    """The worker's process ends here; no handler of ours runs."""


class WatchedStore(Store):
    """The real store over a real folder, with a witness."""

    def __init__(self, site: Path, *, renditions: Path) -> None:
        """Begin with an empty tree and no kill in sight."""
        super().__init__(site, renditions=renditions)
        self.site = site
        self.needless: list[ObjectKey] = []  # written though readers got just that already
        self.kill_after: int | None = None  # puts
        self._said: dict[ObjectKey, Identity] = {}
        self._in_doubt: set[ObjectKey] = set()  # written, and perhaps never recorded

    def put(self, key: ObjectKey, rendered: Rendered) -> None:
        """Write, note whether that was needed, and die if it is time."""
        identity = identity_of(rendered)
        said = self._said.get(key, Identity("absent"))
        if said == identity != "absent" and key not in self._in_doubt:
            self.needless.append(key)
        super().put(key, rendered)
        self._said[key] = identity
        if self.kill_after is not None:
            self.kill_after -= 1
            if self.kill_after < 0:
                self.kill_after = None
                self._in_doubt = set(self._said)
                raise Killed


class Trace(NamedTuple):
    """All that a rendering read, and what it said."""

    facts: Mapping[Fact, Fingerprint]
    windows: Mapping[Window, tuple[tuple[object, ...], ...]]


class FileSeen(NamedTuple):
    """One file of the tree, so that a rewritten one shows even with the same bytes."""

    sha256: str
    inode: int
    modified_ns: int


def files_seen(site: Path) -> dict[str, FileSeen]:
    """Return every file of a tree that no writer is at."""
    return {name: _seen(site / name) for name in file_names(site)}


def rewritten(before: dict[str, FileSeen], after: dict[str, FileSeen]) -> set[str]:
    """Return the files that were written again to the bytes they had."""
    return {
        name
        for name, seen in after.items()
        if name in before and before[name].sha256 == seen.sha256 and before[name] != seen
    }


def file_names(site: Path) -> set[str]:
    """Return the names of all files of a tree, as paths within it."""
    files = (file for file in site.rglob("*") if file.is_file())
    return {str(file.relative_to(site)) for file in files if ".writing" not in file.parts}


def differing_files(one: Path, other: Path) -> set[str]:
    """Return the files two trees do not share byte for byte; encodings count by what they say."""
    names, others = file_names(one), file_names(other)
    return {
        name
        for name in names | others
        if name not in names or name not in others or not _same(one / name, other / name)
    }


def _same(one: Path, other: Path) -> bool:
    if one.suffix in {".gz", ".br"}:
        identity = one.with_suffix("").read_bytes()
        return all(
            is_encoding_of(identity, file.read_bytes(), suffix=one.suffix) for file in (one, other)
        )
    return one.read_bytes() == other.read_bytes()


def _seen(file: Path) -> FileSeen:
    status = file.stat()
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    return FileSeen(digest, status.st_ino, status.st_mtime_ns)


class WatchedPress:
    """A press that notices what it renders again although all it read says what it said."""

    def __init__(self, press: Press, traces: dict[ObjectKey, Trace], needless: list[str]) -> None:
        """Render with this press; keep traces, and tell of needless renderings, there."""
        self._press, self._traces, self._needless = press, traces, needless
        self.generation = press.generation
        self.objects = press.objects

    def render(self, obj: Object, facts: Facts) -> Rendered:
        """Render, and compare what was read with what the last rendering read."""
        rendered = self._press.render(obj, facts)
        trace = Trace(dict(facts.facts), {window: _within(window) for window in facts.windows})
        if self._traces.get(obj.key) == trace:
            self._needless.append(obj.key)
        self._traces[obj.key] = trace
        return rendered


def _within(window: Window) -> tuple[tuple[object, ...], ...]:
    """Return all members of a list between a window's bounds, with all that is said of them."""
    members = ListMember.objects.filter(
        list_name=window.name, key__gte=window.low, key__lt=window.high
    )
    return tuple(members.order_by("key").values_list("key", "updated_at", "address"))

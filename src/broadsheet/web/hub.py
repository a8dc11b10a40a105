"""
Tells the hub of the paper's feeds which of them changed, from the public folder alone (WebSub).

Feed readers that ask a hub to be told ask the paper itself no more: a hub that hears nothing
keeps news from them. Level-triggered: what the hub was told is kept by feed, as a hash, and
written after it took it. Killed at any step, or refused, the next look finds what it is owed.
"""

import hashlib
import json
import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple, Protocol

from broadsheet.media.fetching.guarded import Fetched, NotFetched
from broadsheet.media.fetching.web_addresses import Refused

_LOG = logging.getLogger(__name__)
LOOKS_EVERY_S = 5.0
_AT_ONCE = 30  # feeds told of in one look: the site's first, whatever else changed
_FEEDS, _SITE = "feeds", "feeds/site.json"
_FORMS = {".rss", ".atom", ".json"}
_REFUSED_FROM = 400
_SHOWN_CHARS = 200  # of what a hub says that refuses


# What reading a feed or a memory of ours can raise whose bytes a power cut, or somebody, changed.
_DAMAGE = (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError)


class Poster(Protocol):
    """Sends forms to addresses of other people's."""

    def post(self, address: str, *, form: Mapping[str, str]) -> Fetched:
        """Send one."""
        ...


class HubSilent(RuntimeError):  # names what happened, as all our errors do
    """The hub did not take what it was told; it is owed, and told later."""


class HubRefused(HubSilent):
    """The hub answered, and did not take one feed."""


class _Hub(NamedTuple):
    address: str
    paper: str  # the site's address, with a slash at the end


class Teller:
    """Tells the hub, and remembers what it was told."""

    def __init__(self, site: Path, memory: Path, *, poster: Poster) -> None:
        """Look at this public tree; keep what was told in a file."""
        self._site = site
        self._memory = memory
        self._poster = poster
        self._seen: dict[str, int] = {}  # feeds by path: when they were last written, in ns

    def look(self) -> int:
        """
        Tell the hub of feeds that changed; return of how many.

        What is there when a hub is first seen is no news: whoever asks it to be told reads it.

        Raises:
            HubSilent: it did not take one; those before it are told.
            OSError: the tree cannot be read, or the memory not written.

        """
        hub = self._hub()
        if hub is None:
            return 0
        told = self._told(hub)
        if not told:
            self._seen.clear()  # of another hub, or of a memory that was damaged meanwhile
        changed = self._changed(told or {})
        if told is None:
            self._remember(hub, changed)
            return 0
        if not changed:
            return 0
        done: dict[str, str] = {}
        refused: HubRefused | None = None
        try:
            for path in sorted(changed, key=_site_first)[:_AT_ONCE]:
                try:
                    self._tell(hub, path)
                except HubRefused as error:
                    refused = error  # this feed; others may be welcome
                else:
                    done[path] = changed[path]
        finally:
            for path in changed.keys() - done.keys():
                self._seen.pop(path, None)  # looked at again
            self._remember(hub, told | done)
        if refused is not None:
            raise refused
        return len(done)

    def _hub(self) -> _Hub | None:
        try:
            said = json.loads((self._site / _SITE).read_bytes())
        except FileNotFoundError:  # nothing is published yet
            return None
        hubs, paper = said.get("hubs", ()), str(said.get("feed_url", "")).removesuffix(_SITE)
        return _Hub(str(hubs[0]["url"]), paper) if hubs and paper else None

    def _changed(self, told: Mapping[str, str]) -> dict[str, str]:
        """Return the feeds that say something else than the hub was told, with their hashes."""
        changed = {}
        for file in self._feeds():
            path = file.relative_to(self._site).as_posix()
            try:
                written = file.stat().st_mtime_ns
                if self._seen.get(path) == written:
                    continue
                said = hashlib.sha256(file.read_bytes()).hexdigest()
            except FileNotFoundError:  # its author has no story any more
                continue
            self._seen[path] = written
            if told.get(path) != said:
                changed[path] = said
        return changed

    def _feeds(self) -> Iterator[Path]:
        for file in sorted((self._site / _FEEDS).rglob("*")):
            if file.suffix in _FORMS and not file.name.startswith(".") and file.is_file():
                yield file

    def _tell(self, hub: _Hub, path: str) -> None:
        """Tell of one feed. Source: WebSub, 7; the form is that of PubSubHubbub 0.4, 7.1."""
        topic = hub.paper + path
        form = {"hub.mode": "publish", "hub.topic": topic, "hub.url": topic}
        try:
            answer = self._poster.post(hub.address, form=form)
        except (Refused, NotFetched) as error:
            message = f"the hub {hub.address} was not told of {topic}: {error}"
            raise HubSilent(message) from error
        if answer.status >= _REFUSED_FROM:
            told = answer.body[:_SHOWN_CHARS].decode("utf-8", "replace")
            said = "".join(each if each.isprintable() else " " for each in told).strip()
            message = f"the hub {hub.address} refuses {topic}: {answer.status} {said}".strip()
            raise HubRefused(message)

    def _told(self, hub: _Hub) -> dict[str, str] | None:
        """
        Return what this hub was told; None if it was never seen.

        Of a memory that a power cut damaged, nothing is known: then all is owed, since a feed told
        of twice is read once in vain, and one not told of is not read.
        """
        try:
            kept = json.loads(self._memory.read_bytes())
        except FileNotFoundError:
            return None
        except (ValueError, RecursionError):
            return {}
        if not isinstance(kept, dict) or not isinstance(kept.get("hub"), str):
            return {}
        if kept["hub"] != hub.address:
            return None
        told = kept.get("told")
        return (
            {str(path): str(said) for path, said in told.items()} if isinstance(told, dict) else {}
        )

    def _remember(self, hub: _Hub, told: Mapping[str, str]) -> None:
        there = {path: said for path, said in told.items() if (self._site / path).exists()}
        unfinished = self._memory.with_suffix(".unfinished")
        unfinished.write_text(json.dumps({"hub": hub.address, "told": there}), encoding="utf-8")
        unfinished.replace(self._memory)


def _site_first(path: str) -> tuple[bool, str]:
    return not path.startswith(f"{_FEEDS}/site."), path


class Follower:
    """Looks every few seconds, and less often at a hub that does not answer."""

    AGAIN_S = 60.0
    LONGEST_S = 3600.0

    def __init__(self, look: Callable[[], int]) -> None:
        """Call `look`."""
        self._look = look
        self._due_at_s = 0.0
        self._failures = 0

    def follow(self, now_s: float) -> None:
        """
        Look, unless the hub failed a moment ago; say what it failed with.

        A feed or a memory that a power cut damaged is looked at again, too: the press mends feeds.
        """
        if now_s < self._due_at_s:
            return
        try:
            self._look()
        except (HubSilent, *_DAMAGE) as error:
            answered = isinstance(error, HubRefused)  # others are told soon; this one, too
            self._failures = 0 if answered else self._failures
            wait_s = min(self.AGAIN_S * 2**self._failures, self.LONGEST_S)
            self._failures += 0 if answered else 1
            self._due_at_s = now_s + wait_s
            _LOG.warning("%s; tried again in %d s", error, wait_s)
        else:
            self._failures = 0

    def run(self, stopping: threading.Event, *, clock: Callable[[], float]) -> None:
        """Follow until told to stop."""
        while not stopping.wait(LOOKS_EVERY_S):
            self.follow(clock())

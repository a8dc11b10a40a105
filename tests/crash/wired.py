"""
Wires a newspaper as config.wiring does, with a clock that stands and connections that step.

Chance stands still too where it would show: ids are dealt from one deck, so that an act
repeated after a crash can be compared, byte for byte, with one that was not disturbed.
"""

import os
import random
import secrets
import ssl
import time
from collections.abc import Iterable
from functools import cache
from types import SimpleNamespace

import httpcore
import uuid6

from broadsheet.config import home
from broadsheet.config.networks import KnownNetworks
from broadsheet.config.printing import Printing
from broadsheet.newsroom.adapter import WagtailNewsroom
from broadsheet.press.ports import Wiring
from broadsheet.press.posts import routing
from broadsheet.projections.theme.loading import load_theme
from broadsheet.surfaces.sending import Sender
from broadsheet.surfaces.website.store import Store
from tests.crash.clock import CLOCK, NOON
from tests.crash.steps import stepped


@cache
def wiring() -> Wiring:
    """Return what a process to be killed works with (BROADSHEET_WIRING names this)."""
    here = home.current()
    networks = KnownNetworks(clock=CLOCK)
    networks._sender = Sender(
        connections=_Steps(httpcore.SyncBackend()),
        tls=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
        monotonic=time.monotonic,
    )
    return Wiring(
        newsroom=WagtailNewsroom(),
        printing=Printing(load_theme()),
        store=Store(here.site, renditions=here.renditions),
        networks=networks,
        run_folder=here.run,
        instance_file=here.instance,
    )


def deal_ids_from(seed: int) -> None:
    """Make all ids made here come in one order, the same in each process."""
    deck = random.Random(seed)
    dealt = SimpleNamespace(time_ns=lambda: int(NOON.timestamp() * 1e9))
    uuid6.time = dealt  # type: ignore[attr-defined]
    uuid6.secrets = SimpleNamespace(randbits=deck.getrandbits)  # type: ignore[attr-defined]
    uuid6._last_v7_timestamp = None
    random.seed(seed)  # Wagtail's keys of paragraphs
    os.urandom = deck.randbytes  # which uuid4 takes its bytes from
    routing.secrets = SimpleNamespace(token_bytes=deck.randbytes)  # type: ignore[attr-defined]


def deal_ids_by_chance() -> None:
    """Give chance back what deal_ids_from() took."""
    uuid6.time = time  # type: ignore[attr-defined]
    uuid6.secrets = secrets  # type: ignore[attr-defined]
    routing.secrets = secrets  # type: ignore[attr-defined]


class _Steps(httpcore.NetworkBackend):
    """Connections whose every use is a step."""

    def __init__(self, inner: httpcore.NetworkBackend) -> None:
        self._inner = inner

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        stepped("before the connection")
        return _SteppingStream(
            self._inner.connect_tcp(host, port, timeout, local_address, socket_options)
        )


class _SteppingStream(httpcore.NetworkStream):
    """A connection with a step before bytes leave, after, and after each part of the answer."""

    def __init__(self, inner: httpcore.NetworkStream) -> None:
        self._inner = inner

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        stepped("before bytes come")
        data = self._inner.read(max_bytes, timeout)
        stepped("after bytes came")
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        stepped("before bytes leave")
        self._inner.write(buffer, timeout)
        stepped("after bytes left")

    def close(self) -> None:
        self._inner.close()

    def get_extra_info(self, info: str) -> object:
        return self._inner.get_extra_info(info)

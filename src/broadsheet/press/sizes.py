"""
Has the sizes of pictures made, in a thread of its own: no page waits for them.

A picture takes seconds, most of them in a process that decodes it; what it writes is
brief. Only who holds the site lock works, so two presses of one home never do it twice.
"""

import threading
from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.db import connection

from broadsheet.press.isolation import Failed, isolated
from broadsheet.press.ports import Newsroom

IDLE_S = 1.0  # the queue is looked at this often even if nobody wakes us
STOPPING_S = 5.0  # how long a stopping press waits for the picture in hand


class SizeMaker:
    """One thread that makes what is wanted, the most urgent first."""

    def __init__(self, newsroom: Newsroom, *, clock: Callable[[], datetime]) -> None:
        """Start nothing yet."""
        self._newsroom, self._clock = newsroom, clock
        self._wake = threading.Event()
        self._is_stopping = False
        self._thread: threading.Thread | None = None

    def see_to_all(self) -> None:
        """Make sure that the thread runs, and wake it."""
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._serve, name="sizes", daemon=True)
            self._thread.start()
        self._wake.set()

    def stop(self) -> None:
        """End after the picture in hand, or leave it to the next press."""
        self._is_stopping = True
        self._wake.set()
        if self._thread is not None:
            self._thread.join(STOPPING_S)

    def _serve(self) -> None:
        try:
            while not self._is_stopping:
                self._wake.clear()
                work = partial(
                    self._newsroom.make_sizes,
                    now=self._clock(),
                    is_first_only=False,
                    is_stopping=lambda: self._is_stopping,
                )
                worked = isolated("making sizes of pictures", work)
                if worked == 0 or isinstance(worked, Failed):
                    self._wake.wait(IDLE_S)
        finally:
            connection.close()

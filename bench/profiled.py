"""
Publishes, or renders, under a profile, and prints where the time went: see bench.profiling.

Run in a paper's home whose press is not at work: python -m bench.within HOME
bench.profiled press|newsroom COUNT, or bench.profiled render COUNT.
"""

import cProfile
import pstats
import random
import sys
from collections.abc import Callable, Iterator

from bench import publishing, rendering
from bench.profiling import lines
from broadsheet.press.ports import wiring
from broadsheet.press.worker import Worker
from broadsheet.projections.objects import Object


def main() -> None:
    """Act as often as told, and print the profile."""
    what, count = sys.argv[1], int(sys.argv[2])
    worker = Worker(wiring())
    worker.run_until_quiet()
    with worker.lock:  # held throughout, as the press at work holds it: what it read, it keeps
        _profile(what, count, worker)


def _profile(what: str, count: int, worker: Worker) -> None:
    acts = _renderings(count) if what == "render" else _publications(what, count, worker)
    profile, done = cProfile.Profile(), 0
    for act in acts:
        profile.enable()
        act()
        profile.disable()
        done += 1
    print("\n".join(lines(pstats.Stats(profile), of=done)))


def _work(worker: Worker) -> None:
    while not worker.round().did_nothing:
        pass


def _publications(way: str, count: int, worker: Worker) -> Iterator[Callable[[], None]]:
    """Give acts that publish a story and bring it out; the first, unprofiled, warms up."""
    chance = random.Random()
    publishing.WAYS[way](chance).publish()
    _work(worker)
    for _ in range(count):
        ready = publishing.WAYS[way](chance)

        def act(publish: Callable[[], None] = ready.publish) -> None:
            publish()
            _work(worker)

        yield act


def _renderings(count: int) -> Iterator[Callable[[], None]]:
    """Give acts that render and fingerprint a story's page each."""
    render = rendering.renderer()
    for obj in rendering.stories()[:count]:

        def act(page: Object = obj) -> None:
            render(page)

        yield act


if __name__ == "__main__":
    main()

"""Renders a paper's every object, thrice, and prints what it took: see bench.rebuild."""

import json
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from broadsheet.config import home
from broadsheet.press.dirtying import mark_all_dirty
from broadsheet.press.models import LedgerRow
from broadsheet.press.ports import wiring
from broadsheet.press.tables import Tables
from broadsheet.press.worker import Worker
from broadsheet.projections.facts import Facts
from broadsheet.projections.objects import Object, ObjectKey, Recipe, Rendered, Stored, identity_of
from broadsheet.surfaces.website.store import Store

Taken = dict[str, float]


def main() -> None:
    """Render, and print."""
    Worker(wiring()).run_until_quiet()
    pages, everything = stories(), _objects()
    with _elsewhere() as store:
        found = {
            "story pages, rendered and fingerprinted": _taken(pages, lambda *_: None),
            "every object, rendered and fingerprinted": _taken(everything, lambda *_: None),
            "every object, written too, with siblings": _taken(everything, store.put),
        }
    found["every object, by the press, with its ledger"] = _by_press(len(everything))
    print(json.dumps(found))


def stories() -> list[Object]:
    """Return the paper's story pages."""
    return [obj for obj in _objects() if obj.recipe is Recipe.STORY]


def renderer() -> Callable[[Object], Rendered]:
    """Return what renders and fingerprints one object, with an empty memory of the tables."""
    tables, press = Tables(), wiring().printing

    def render(obj: Object) -> Rendered:
        rendered = press.render(obj, Facts(tables, tables.fingerprints))
        identity_of(rendered)
        return rendered

    return render


def _objects() -> list[Object]:
    rows = LedgerRow.objects.filter(surface="website").order_by("id")
    return [
        Object(ObjectKey(key), Recipe(recipe), subject)
        for key, recipe, subject in rows.values_list("key", "recipe", "subject")
    ]


def _taken(objects: Sequence[Object], put: Callable[[ObjectKey, Rendered], None]) -> Taken:
    render = renderer()
    wall_s, core_s = time.perf_counter(), time.process_time()
    for obj in objects:
        rendered = render(obj)
        if not isinstance(rendered, Stored):
            put(obj.key, rendered)
    return {
        "objects": len(objects),
        "wall_s": time.perf_counter() - wall_s,
        "core_s": time.process_time() - core_s,
    }


def _by_press(count: int) -> Taken:
    """Have the press render all of it again; nothing differs, so nothing is written."""
    mark_all_dirty(1)
    worker = Worker(wiring())
    wall_s, core_s = time.perf_counter(), time.process_time()
    done = worker.run_until_quiet()
    assert done.rendered >= count, done
    return {
        "objects": done.rendered,
        "wall_s": time.perf_counter() - wall_s,
        "core_s": time.process_time() - core_s,
    }


@contextmanager
def _elsewhere() -> Iterator[Store]:
    here = home.current()
    with tempfile.TemporaryDirectory(dir=here.root) as folder:
        yield Store(Path(folder), renditions=here.renditions)


if __name__ == "__main__":
    main()

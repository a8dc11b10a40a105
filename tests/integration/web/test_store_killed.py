"""A writer killed with signal 9 at any step of any change of state harms no reader."""

import itertools

import pytest

from broadsheet.projections.objects import Absent, Gone, Moved, Page, identity_of
from broadsheet.surfaces.website.store import Store
from tests.factories.readers import Reader
from tests.factories.steps import killed_at_step

KEY = "/2026/11/22/tram/"
STATES = {
    "page": Page(b"<p>The tram comes in spring.</p>" * 20),
    "corrected": Page(b"<p>The tram comes in autumn.</p>" * 21),
    "gone": Gone(b"<p>Retracted.</p>"),
    "moved": Moved("/2026/11/22/trams/"),
    "absent": Absent(),
}


@pytest.mark.parametrize(("before", "after"), [*itertools.permutations(STATES, 2)])
def test_killed_at_any_step_it_is_old_or_new_and_converges(tmp_path, count, before, after):
    """After a kill readers have the old object or the new; putting it again gives the new."""
    killed = 0
    for step in itertools.count(1):
        folder = tmp_path / str(step)
        store = Store(folder / "site", renditions=folder / "renditions")
        store.put(KEY, STATES[before])
        old = Reader(folder / "site").sees(KEY)
        if not killed_at_step(step, lambda store=store: store.put(KEY, STATES[after])):
            break
        killed += 1
        seen = Reader(folder / "site").sees(KEY)
        store.sweep_temporaries()
        store.put(KEY, STATES[after])

        new = Reader(folder / "site").sees(KEY)
        assert seen in {old, new}
        assert identity_of(STATES[after]) == store.read(KEY)
        assert [] == [name for found in store.folders() for name in found.strangers]
        assert 0 == store.sweep_temporaries()

    count("crash steps killed", f"writing {after} over what was there", killed)
    assert killed >= 2

"""
After any sequence of acts the site is byte for byte that of a rebuild from the log.

The proof of promises 4, 5 and 10 over the real press: tables, cursor, traces and files. Its
broken twins are presses that each forget to record one kind of reading, one that renders
what reads nothing new, one that writes what readers have already, and one that answers
from lists of before.
"""

import os
from types import ModuleType

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from broadsheet.press import deriving, listing, printing
from broadsheet.press.actions import edit
from broadsheet.press.tables import Tables
from broadsheet.projections import (
    api_lists,
    author_page,
    facets,
    facts,
    feeds,
    front,
    sitemaps,
    topic_page,
)
from broadsheet.projections.objects import identity_of
from broadsheet.surfaces.website import encodings
from tests.properties.forgetting import FORGETTING, SHOWN_BY
from tests.properties.front_acts import SMALL_LAYOUT
from tests.properties.paper_machine import PaperMachine

pytestmark = pytest.mark.django_db

STEPS = 25
BUDGET = settings(
    max_examples=80,
    stateful_step_count=STEPS,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    database=None,
    print_blob=True,
)
# Finding is what counts, not the smallest example, nor what else there is to find.
SEARCH = settings(BUDGET, phases=[Phase.generate], report_multiple_bugs=False)
# A twin may be looked for this often, each time by other chances: which examples a budget
# draws also depends on what other tests have imported, and one budget has missed twins.
SEARCHES = 6
OFTEN = 10  # there are about twenty acts

# Small limits, so that a few stories cross them. Each is patched wherever it is read.
SMALL: tuple[tuple[ModuleType, str, object], ...] = (
    (facts, "MONTH_IS_CUT_ABOVE", 3),
    (listing, "MONTH_IS_CUT_ABOVE", 3),
    (front, "LAYOUT", SMALL_LAYOUT),
    (edit, "LAYOUT", SMALL_LAYOUT),
    (front, "STORIES_IN_A_STRIP", 1),
    (front, "MOST_STRIPS", 2),
    (author_page, "STORIES_SHOWN", 3),
    (topic_page, "STORIES_SHOWN", 3),
    (feeds, "ENTRIES", 3),
    (api_lists, "NEWEST", 3),
    (sitemaps, "NEWS_ENTRIES", 3),
    (printing, "BATCH_OBJECTS", 32),
    (deriving, "BATCH_ENTRIES", 500),
    (encodings, "_BROTLI_QUALITY", 1),  # how small copies are is not what is judged
    (encodings, "_GZIP_LEVEL", 1),
)


@pytest.fixture(autouse=True)
def small_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make lists short, batches free to change, and syncing the machine's disks nobody's wait."""
    for module, name, value in SMALL:
        monkeypatch.setattr(module, name, value)
    monkeypatch.setattr(os, "sync", lambda: None)


def test_site_after_any_acts_is_that_of_a_rebuild() -> None:
    """Whatever is done, in batches of any size and with workers dying: files equal a rebuild."""
    run_state_machine_as_test(PaperMachine, settings=BUDGET)


@pytest.mark.parametrize("forgotten", FORGETTING)
def test_press_that_forgets_a_reading_is_found(forgotten: str) -> None:
    """A trace that lacks one kind of reading leaves an object stale, and is found."""

    class ForgetfulPaper(PaperMachine):
        """A paper whose press forgets."""

        forgets = staticmethod(FORGETTING[forgotten])

    for act in SHOWN_BY.get(forgotten, ()):
        do_often(act, ForgetfulPaper)

    with pytest.raises(AssertionError, match=r"differing files|Comparison\("):
        search(ForgetfulPaper)


def test_press_that_keeps_a_list_that_changed_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A press that answers from lists it read before the cursor moved is found."""
    monkeypatch.setattr(Tables, "forget_lists", lambda _: None)

    with pytest.raises(AssertionError, match=r"differing files|Comparison\("):
        search(PaperMachine)


def test_press_that_renders_what_did_not_change_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A press that takes all facets of a changed record for changed renders in vain: found."""
    monkeypatch.setattr(
        deriving,
        "changed_facts",
        lambda old, new: facets.changed_facts(old, new) | facets.facets(new).keys(),
    )
    monkeypatch.setattr(deriving, "fingerprint", lambda _: "something else")

    with pytest.raises(AssertionError, match="rendered in vain"):
        search(PaperMachine)


def test_press_that_writes_what_is_there_already_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A press that writes whatever it renders, equal or not, is found."""
    monkeypatch.setattr(printing, "identity_of", lambda rendered: Always(identity_of(rendered)))

    with pytest.raises(AssertionError, match="written in vain"):
        search(PaperMachine)


def do_often(act: str, machine: type[PaperMachine]) -> None:
    """Have an act drawn a third of the time: one rule under many names is as many rules."""
    for number in range(OFTEN):
        setattr(machine, f"{act}_{number}", getattr(machine, act))


def search(machine: type[PaperMachine]) -> None:
    """Act at random until a check fails, by one budget after another."""
    for number in range(SEARCHES):
        run_state_machine_as_test(seed(number)(machine), settings=SEARCH)


class Always(str):
    """An identity that differs from every other, as one that is never compared does."""

    __slots__ = ()
    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        """Say no."""
        return False

    def __ne__(self, other: object) -> bool:
        """Say yes."""
        return True

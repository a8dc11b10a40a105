"""
Counts what an act re-renders and rewrites, and what without a reason: python -m bench rewriting.

An object may be rendered again only if a fact it read says something else, or a member
came, went or changed within a stretch of a list that it read; and written only if its
bytes differ from those that readers have. The bar is none, for each act.
"""

import json
import subprocess
from collections.abc import Sequence

from bench import papers, sizes
from bench.measuring import Bar, hold, say_table
from bench.papers import REPOSITORY

NONE = Bar(0, is_least=False)
ESTIMATE_S = 30.0  # two processes, six acts each


def estimate_s() -> float:
    """Return about how long this takes, once the archives are made."""
    return ESTIMATE_S


def main() -> None:
    """Count on both archives, and print."""
    counted = [
        (f"{size:,} stories: {act['act']}", act)
        for size in (sizes.SMALL, sizes.LARGE)
        for act in _counted(size)
    ]
    say_table(
        "Objects rendered again and written again for each act",
        ("", "rendered", "written", "without a changed fact", "with the bytes they had"),
        (
            (
                name,
                *(str(act[count]) for count in ("rendered", "written")),
                *(str(len(_keys(act, of))) for of in ("unfounded", "same")),
            )
            for name, act in counted
        ),
    )
    _hold("rendered though no fact they read had changed", "unfounded", counted)
    _hold("written though their bytes had not changed", "same", counted)


def _counted(size: int) -> list[dict[str, object]]:
    command = papers.within(papers.archive(size), "bench.counting")
    said = subprocess.run(
        command, check=True, stdout=subprocess.PIPE, text=True, cwd=REPOSITORY
    ).stdout
    return json.loads(said)  # type: ignore[no-any-return]  # as bench.counting prints it


def _hold(what: str, of: str, counted: Sequence[tuple[str, dict[str, object]]]) -> None:
    wrong = [f"{name}: {key}" for name, act in counted for key in _keys(act, of)]
    hold(f"objects {what}, in {len(counted)} acts", len(wrong), NONE, explain=lambda: wrong)


def _keys(act: dict[str, object], of: str) -> list[str]:
    return act[of]  # type: ignore[return-value]  # a list of keys

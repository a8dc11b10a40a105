"""
Renders what was kept as Markdown, for docs/performance.md: python -m bench report.

For each figure the newest one of the sizes that are told (bench.sizes); tiny runs that
only tried the benches are so left out. Nothing is computed here.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import cast

from bench.measuring import kept, say

Result = Mapping[str, object]


def main() -> None:
    """Print the newest results as Markdown."""
    for line in rendered(list(kept())):
        say(line)


def rendered(results: Sequence[Result]) -> Iterator[str]:
    """Return the lines: figures beside bars and goals, then tables, then why bars were missed."""
    if not results:
        yield "No results of these sizes are kept."
        return
    yield f"Newest result: {results[-1]['machine']}."
    yield ""
    figures = _newest(each for each in results if "figure" in each)
    yield from _table(["what", "figure", "bar", "goal", "measured"], map(_row, figures))
    for table in _newest(each for each in results if "table" in each):
        yield f"\n**{table['what']}**\n"
        lines = cast("list[list[str]]", table["table"])
        yield from _table(lines[0], lines[1:])
    for why in _newest(each for each in results if "why" in each):
        if _is_missed_still(why, figures):
            yield f"\nWhy missed: {why['what']}\n"
            yield from (f"    {line}" for line in cast("list[str]", why["why"]))


def _newest(results: Iterable[Result]) -> list[Result]:
    return list({str(each["what"]): each for each in results}.values())


def _is_missed_still(why: Result, figures: Iterable[Result]) -> bool:
    return any(each["what"] == why["what"] and not each.get("is_met", True) for each in figures)


def _row(result: Result) -> list[str]:
    return [
        str(result["what"]),
        f"{result['figure']:,.2f}{result['unit']}",
        _judged(result, "bar", "is_met", missed="**missed**"),
        _judged(result, "goal", "is_goal_met", missed="missed"),
        str(result["at"])[:10],
    ]


def _judged(result: Result, name: str, verdict: str, *, missed: str) -> str:
    if name not in result:
        return ""
    return f"{result[name]}: {'met' if result[verdict] else missed}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'|'.join('---' for _ in head)}|"
    for row in rows:
        yield f"| {' | '.join(row)} |"

"""
Reads a table as an editor types or pastes it: a row a line, cells apart by a tab or "|".

A spreadsheet copies cells apart by tabs; nobody can type a tab into a form, so "|" does
as well, in a table without tabs. Spaces beside them are the table's; wider ones and those that do
not break are the cell's, and readers see them.
"""

from collections.abc import Iterator

MOST_COLUMNS = 50
MOST_ROWS = 500


def cells_of(text: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a table, all as long as the longest; empty lines are left out."""
    between = "\t" if "\t" in text else "|"
    lines = (line for line in text.split("\n") if line.strip(f" \t{between}"))
    rows = [tuple(cell.strip(" ") for cell in line.split(between)) for line in lines]
    width = max((len(row) for row in rows), default=0)
    return tuple(row + ("",) * (width - len(row)) for row in rows)


def table_problems(text: str) -> Iterator[str]:
    """Yield why a text is no table readers could use, in words for the editor."""
    rows = cells_of(text)
    if not rows:
        yield "there are no cells here; write some, a row a line, or remove this table"
        return
    if len(rows) > MOST_ROWS:
        yield f"a table has at most {MOST_ROWS} rows, this has {len(rows)}; cut it into several"
    if len(rows[0]) > MOST_COLUMNS:
        yield (
            f"a table has at most {MOST_COLUMNS} columns, this has {len(rows[0])}; "
            "cut it into several"
        )

"""
Asks the database in plain SQL, where Django took longer to build a query than SQLite to answer it.

Only for what a publish does many times (measured: 0.25 ms to build, 0.02 ms to answer);
the statements are those both databases understand. Everything else uses the models.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, TypeVar

from django.db import connection

Row = tuple[Any, ...]
_T = TypeVar("_T")

QUERY_TERMS = 200  # SQLite takes expressions up to 1,000 deep; this keeps well below


def rows(statement: str, *values: Any) -> list[Row]:
    """Return the rows that answer a statement; times as they are stored (see moment)."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: list[Row] = cursor.fetchall()
    return found


def carry_out(statement: str, each: Iterable[Sequence[Any]]) -> None:
    """Carry out a statement once for each row of values."""
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(each))


def moment(stored: Any) -> datetime:
    """Return a time as it is stored (SQLite: text in UTC) as a time."""
    at = datetime.fromisoformat(stored) if isinstance(stored, str) else stored
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def stored(at: datetime | None) -> Any:
    """Return a time as the database stores it."""
    return connection.ops.adapt_datetimefield_value(at)


def places(values: Sequence[Any]) -> str:
    """Return as many placeholders, for IN (...)."""
    return ", ".join(["%s"] * len(values))


def chunks(values: Sequence[_T]) -> Iterable[Sequence[_T]]:
    """Return the values in as many parts as fit into a statement each."""
    return (values[i : i + QUERY_TERMS] for i in range(0, len(values), QUERY_TERMS))

"""The press's tables, where Django looks for them; import from the modules."""

from broadsheet.press.models.ledger import (
    Account,
    Attempt,
    FactRead,
    FoundPost,
    LedgerRow,
    WindowRead,
)
from broadsheet.press.models.log import AssignedAddress, Counter, LogEntry
from broadsheet.press.models.state import (
    Current,
    Cursor,
    ListMember,
    ListPeriod,
    SearchEntry,
)
from broadsheet.press.models.work import MassChange, Schedule

__all__ = [
    "Account",
    "AssignedAddress",
    "Attempt",
    "Counter",
    "Current",
    "Cursor",
    "FactRead",
    "FoundPost",
    "LedgerRow",
    "ListMember",
    "ListPeriod",
    "LogEntry",
    "MassChange",
    "Schedule",
    "SearchEntry",
    "WindowRead",
]

"""The ledger in memory is held to the laws of ledgers."""

from dataclasses import dataclass, field

import pytest

from broadsheet.reconciler.memory import MemoryLedger
from tests.contract.ledger_laws import ACCOUNT, Kept, LedgerLaws


@dataclass
class MemoryBook:
    """A ledger in memory, as the laws handle it."""

    ledger: MemoryLedger = field(default_factory=MemoryLedger)

    def place(self, placement):
        """Add a placement."""
        self.ledger.place(placement)

    def want(self, key, desired, payload):
        """Change what it should be."""
        self.ledger.want(ACCOUNT, key, desired, payload)

    def verify(self, key, *, now):
        """Ask for it to be read back."""
        self.ledger.verify(ACCOUNT, key, now=now)

    def kept(self, key):
        """Return what the row holds."""
        row = self.ledger.rows[ACCOUNT, key]
        return Kept(row.placement, row.standing, row.due_at, row.parked)


class TestMemoryLedger(LedgerLaws):
    """The laws, for the ledger in memory."""

    @pytest.fixture
    def book(self):
        """Give an empty ledger in memory."""
        return MemoryBook()

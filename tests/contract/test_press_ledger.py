"""The press's ledger, in its tables, is held to the laws of ledgers."""

import pytest

from broadsheet.press.models import Account, LedgerRow
from broadsheet.press.models.ledger import Lane
from broadsheet.press.posts.ledger import PostLedger, _placement
from broadsheet.reconciler.ledger import Standing
from broadsheet.reconciler.planning import ABSENT, Fingerprint
from tests.contract.ledger_laws import ACCOUNT, NOON, Kept, LedgerLaws


class PressBook:
    """The press's ledger, as the laws handle it."""

    def __init__(self):
        """Connect the account the laws speak of."""
        surface, name = ACCOUNT.split("/")
        self._account = Account.objects.create(
            surface=surface, name=name, settings={"rewrite": "ask"}, added_at=NOON
        )
        self.ledger = PostLedger(self._account)

    def place(self, placement):
        """Add a row, as routing does."""
        is_gone = placement.desired is ABSENT
        LedgerRow.objects.create(
            surface=self._account.surface,
            account=self._account.name,
            key=placement.key,
            lane=Lane.WITHDRAW if is_gone else Lane.FAN_OUT,
            desired=_text(placement.desired),
            payload=placement.payload,
            delivery_id=placement.delivery_id,
        )

    def want(self, key, desired, payload):
        """Change what a row should be, as routing does."""
        LedgerRow.objects.filter(key=key).update(
            desired=_text(desired), payload=payload, due_at=None, parked="", failures=0
        )

    def verify(self, key, *, now):
        """Ask for a reading, as sweeps do."""
        LedgerRow.objects.filter(key=key).update(verify_at=now, parked="")

    def kept(self, key):
        """Return what the row and its attempts hold."""
        row = LedgerRow.objects.get(key=key)
        live = ABSENT if row.live == "absent" else Fingerprint(row.live) if row.live else None
        standing = Standing(live, row.remote_id, row.container_id, row.container_at)
        return Kept(_placement(row, self._account), standing, row.due_at, row.parked)


def _text(desired):
    return "absent" if desired is ABSENT else desired


@pytest.mark.both_databases
@pytest.mark.django_db
class TestPressLedger(LedgerLaws):
    """The laws, for the press's ledger."""

    @pytest.fixture
    def book(self, db):
        """Give the press's ledger, empty."""
        del db
        return PressBook()

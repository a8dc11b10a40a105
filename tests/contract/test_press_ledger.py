"""The press's ledger, in its tables, is held to the laws of ledgers."""

from datetime import timedelta

import pytest

from broadsheet.press.models import Account, LedgerRow
from broadsheet.press.models.ledger import Lane
from broadsheet.press.posts.ledger import PostLedger, _placement, may_have_work
from broadsheet.reconciler.ledger import Standing
from broadsheet.reconciler.planning import ABSENT, Fingerprint
from tests.contract.ledger_laws import ACCOUNT, NOON, Kept, LedgerLaws


class WatchedLedger(PostLedger):
    """A ledger that sees whether the quick look would have passed over what it gives."""

    def claim(self, account, *, owner, now, lease_s):
        """Give a row, and see that the look says so."""
        is_looked_for = may_have_work(self._account, now=now)
        claim = super().claim(account, owner=owner, now=now, lease_s=lease_s)
        assert claim is None or is_looked_for
        return claim


class PressBook:
    """The press's ledger, as the laws handle it."""

    def __init__(self):
        """Connect the account the laws speak of."""
        surface, name = ACCOUNT.split("/")
        self._account = Account.objects.create(
            surface=surface, name=name, settings={"rewrite": "ask"}, added_at=NOON
        )
        self.ledger = WatchedLedger(self._account)

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


WORDS, OTHERS = "a" * 64, "b" * 64
SETTLED = {"desired": WORDS, "live": WORDS}


@pytest.mark.both_databases
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("row", "is_work"),
    [
        (SETTLED, False),
        ({"desired": WORDS, "live": OTHERS}, True),
        ({"desired": "absent", "live": WORDS}, True),
        ({"desired": WORDS, "live": OTHERS, "parked": "no token"}, False),
        ({"desired": "", "live": WORDS}, False),
        (SETTLED | {"verify_at": NOON}, True),
        (SETTLED | {"verify_at": NOON + timedelta(seconds=1)}, False),
        (SETTLED | {"read_again_at": NOON}, True),
        (SETTLED | {"read_again_at": NOON + timedelta(seconds=1)}, False),
    ],
)
def test_the_quick_look_passes_over_no_work(row, is_work):
    """What is to be sent, looked at, or read again is seen; what is settled or parked is not."""
    book = PressBook()
    account = Account.objects.get()
    other = {"surface": account.surface, "account": "another", "desired": WORDS, "live": OTHERS}
    LedgerRow.objects.create(key="post/1", **other)
    LedgerRow.objects.create(
        surface=account.surface, account=account.name, key="post/1", payload=b"{}", **row
    )

    may_be = may_have_work(account, now=NOON)

    claim = book.ledger.claim(ACCOUNT, owner="one", now=NOON, lease_s=20)
    is_claimed = claim is not None or book.ledger.read_again(ACCOUNT, now=NOON) > 0
    assert (is_work, is_work) == (may_be, is_claimed)

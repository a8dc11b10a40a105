"""
Carries out what the ledger wants of networks, through the reconciler's engine.

One account is served by one thread at a time, so a slow or dead network delays no
other, and never the site. Each thread of each process is a worker of its own to the
ledger: rows are claimed by lease, so a second one on another machine does no harm.
"""

import logging
import threading
import uuid
from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.db import connection

from broadsheet.press import log, mass_change
from broadsheet.press.isolation import Failed, isolated
from broadsheet.press.models import Account, LedgerRow
from broadsheet.press.ports import Networks
from broadsheet.press.posts.ledger import PostLedger, may_have_work
from broadsheet.press.posts.pages_first import before_their_pages, without_their_pages
from broadsheet.reconciler.engine import Outlet, Worker, run_to_the_end

_LOG = logging.getLogger(__name__)

Clock = Callable[[], datetime]
ROWS_AT_ONCE = 200  # then other accounts, and the clock, are looked at again
IDLE_S = 1.0
UNUSABLE = "cannot be used; mend it, connect it again, release it"  # how such a hold begins


def working_accounts() -> list[Account]:
    """Return the accounts that are not on hold."""
    return list(Account.objects.filter(on_hold="").order_by("id"))


def _always() -> bool:
    return True


def deliver(
    networks: Networks, *, clock: Clock, owner: str, may_go_on: Callable[[], bool] = _always
) -> int:
    """Do everything that is due on every account; return how many rows were worked on."""
    return sum(
        deliver_to(account, networks, clock=clock, owner=owner, may_go_on=may_go_on)
        for account in working_accounts()
    )


def deliver_to(
    account: Account,
    networks: Networks,
    *,
    clock: Clock,
    owner: str,
    may_go_on: Callable[[], bool] = _always,
) -> int:
    """
    Do what is due on one account, while that may go on; return how many rows were worked on.

    What has to wait, and whether the account is on hold, is asked before each row: much may
    be decided while a network is slow.
    """
    name = f"{account.surface}/{account.name}"
    outlet = isolated(f"opening {name}", partial(_outlet, account, networks))
    if isinstance(outlet, Failed):
        if not outlet.is_temporary:
            hold_unusable(account, outlet.reason)
        return 0
    worked, length, worker = 0, -1, None
    while worked < ROWS_AT_ONCE and may_go_on() and _is_working(account, now=clock()):
        now_long = log.length()
        if worker is None or now_long != length:  # only an act makes a plan for a person
            length = now_long
            waiting = mass_change.held_posts(account, now=clock()) | before_their_pages()
            ledger = PostLedger(account, waiting=waiting, not_to_be_made=without_their_pages())
            worker = Worker(owner, clock, ledger)
        if not _work_once(worker, outlet, account):
            break
        worked += 1
    return worked


def _is_working(account: Account, *, now: datetime) -> bool:
    if not may_have_work(account, now=now):
        return False
    return Account.objects.filter(id=account.id, on_hold="").exists()


def _work_once(worker: Worker, outlet: Outlet, account: Account) -> bool:
    """
    Work on one row; one that breaks our own code is parked, so that the others go on.

    A database that is locked or gone is no fault of the row's.
    """
    worked = isolated(
        f"posting to {outlet.account}", lambda: run_to_the_end(worker.work_once(outlet))
    )
    if not isinstance(worked, Failed):
        return worked
    if not worked.is_temporary:
        ours = LedgerRow.objects.filter(surface=account.surface, account=account.name)
        ours.filter(lease_owner=worker.owner, parked="").update(
            parked=f"our own fault; tell who looks after the software: {worked.reason}"
        )
    return False


def hold_unusable(account: Account, reason: str) -> None:
    """Put an account on hold whose settings or token cannot be used, so that a person sees why."""
    held = f"{UNUSABLE}: {reason}"[:200]
    Account.objects.filter(id=account.id, on_hold="").update(on_hold=held)


def _outlet(account: Account, networks: Networks) -> Outlet:
    return Outlet(
        f"{account.surface}/{account.name}", networks.traits(account), networks.surface(account)
    )


class Postmen:
    """A thread for each account, started as accounts are added, stopped together."""

    def __init__(self, networks: Networks, *, clock: Clock, owner: str) -> None:
        """Start none yet."""
        self._networks, self._clock, self._owner = networks, clock, owner
        self._threads: dict[int, threading.Thread] = {}
        self._wake = threading.Condition()
        self._is_stopping = False

    def see_to_all(self) -> None:
        """Make sure that every working account has its thread, and wake them."""
        for account in working_accounts():
            thread = self._threads.get(account.id)
            if thread is None or not thread.is_alive():
                thread = threading.Thread(
                    target=self._serve, args=(account.id,), name=f"post {account.name}", daemon=True
                )
                self._threads[account.id] = thread
                thread.start()
        with self._wake:
            self._wake.notify_all()

    def stop(self) -> None:
        """Let each finish its request, at most its deadline, and end."""
        self._is_stopping = True
        with self._wake:
            self._wake.notify_all()
        for thread in self._threads.values():
            thread.join()

    def _serve(self, account_id: int) -> None:
        owner = f"{self._owner}/{uuid.uuid4().hex[:8]}"
        try:
            while not self._is_stopping:
                account = Account.objects.filter(id=account_id, on_hold="").first()
                if account is None:
                    return
                work = partial(
                    deliver_to,
                    account,
                    self._networks,
                    clock=self._clock,
                    owner=owner,
                    may_go_on=lambda: not self._is_stopping,
                )
                worked = isolated(f"posting to {account.surface}/{account.name}", work)
                if worked == 0 or isinstance(worked, Failed):
                    with self._wake:
                        self._wake.wait(IDLE_S)
        finally:
            connection.close()

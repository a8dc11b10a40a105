"""
Kills the press at every step of posting to a sandbox network that is a process of its own.

One account for each death, so that neither network nor database need be put back: all others
are on hold. The clock begins at the real time, as the network's does, and stands until moved.
"""

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from broadsheet.config.tokens import sealed
from broadsheet.newsroom import commands
from broadsheet.press.models import Account, LedgerRow
from broadsheet.press.ports import wiring
from broadsheet.press.posts import delivering
from broadsheet.reconciler.placements import Action
from broadsheet.reconciler.ports import Exactness
from broadsheet.story.records import CorrectionKind
from broadsheet.story.versions import canonical
from broadsheet.surfaces.sandbox.administration import SandboxAdministration
from broadsheet.surfaces.sandbox.rules import NETWORKS
from broadsheet.surfaces.sandbox.surface import SandboxAccount
from tests.crash.clock import CLOCK
from tests.crash.forks import die_at, in_a_fork, steps_of
from tests.crash.keeping import Keeping
from tests.crash.killing import Found
from tests.crash.paper import work

TOKEN = "only-for-tests"
WAITS = "waits for its turn to be killed"
AFTER_ALL_LEASES_S = 600
# Accounts there are for one act: it takes 47 steps, or 30 more if a reading falls due meanwhile.
DEATHS = 96
# Mastodon shows edits.
RULES = {"A": "bluesky", "B": "mastodon", "C": "mastodon", "D": "bluesky", "E": "bluesky"}
OVER = {"06", "0A"}  # states of a connection in /proc/net/tcp: TIME_WAIT, LISTEN
IDLE_LOOKS = 3  # in a row without work, some seconds apart: then all is settled


class Network(NamedTuple):
    """The sandbox network, for its administrator."""

    base_url: str
    admin_token: str

    def administration(self) -> SandboxAdministration:
        """Return the administrator's side of it."""
        return SandboxAdministration(self.base_url, token=self.admin_token)


class Posting:
    """Accounts of one class on a network, and the press posting to them."""

    def __init__(self, exactness: str, network: Network, keeping: Keeping, *, of: str) -> None:
        """Name the accounts; `of` tells those of one newspaper from another's."""
        self._class, self._network, self._keeping = exactness, network, keeping
        self._prefix = f"{of}-{exactness.lower()}"

    def kill_at_every_step(self, act: str, *, plant: Callable[..., object] | None = None) -> Found:
        """Kill the press at every step of posting what an act wants; read the network after."""
        began = time.monotonic()
        carry_or_twin = partial(plant, carry_out) if plant else carry_out
        self._keeping.bring_back(self._kept_after(act))
        CLOCK.now = datetime.now(tz=UTC)
        steps: list[str] = []
        broken: list[str] = []
        number = 0
        while number <= len(steps):
            account = f"{self._prefix}-{act}-{number}"
            in_a_fork(partial(_let_work_alone, account))
            if number == 0:
                steps = steps_of(carry_or_twin, counts=_counts)
                assert len(steps) < DEATHS, f"{len(steps)} steps; make more accounts"
            else:
                die_at(number, steps[number - 1], carry_or_twin, counts=_counts)
            broken += [
                f"died at step {number}, {(['none', *steps])[number]}: {what}"
                for what in self._recover(account)
            ]
            if broken and plant:
                break
            number += 1
        return Found(steps, len(steps), broken, round(time.monotonic() - began, 1))

    def _recover(self, account: str) -> list[str]:
        _await_end_of_requests(self._network)

        def recover() -> list[str]:
            CLOCK.move(seconds=AFTER_ALL_LEASES_S)
            carry_out()
            if self._class == Exactness.WRITE_ONLY.value:
                return broken_unread_posts(account, self._network)
            return broken_posts(account, self._network)

        return list(in_a_fork(recover))

    def _kept_after(self, act: str) -> str:
        """Return the name of the state in which the network is to follow an act."""
        name = f"{self._prefix}-{act}"
        if name in self._keeping:
            return name
        CLOCK.now = datetime.now(tz=UTC)
        self._keeping.bring_back("quiet")
        in_a_fork(lambda: work() and None)  # what falls due by now, before anybody is told of it
        in_a_fork(partial(self._connect, act))
        in_a_fork(lambda: commands.publish_story("draft", by="ada") and None)
        in_a_fork(lambda: work() and None)  # no post leads to a page that is not out
        if act != "create":
            in_a_fork(self._post_to_all)
            in_a_fork(_ACTS[act])
        in_a_fork(lambda: work() and None)
        self._keeping.keep(name)
        return name

    def _connect(self, act: str) -> None:
        rules = RULES[self._class]
        administration = self._network.administration()
        for number in range(DEATHS):
            account = SandboxAccount(
                self._network.base_url,
                f"{self._prefix}-{act}-{number}",
                TOKEN,
                NETWORKS[rules],
                Exactness(self._class),
            )
            administration.set_account(account, title="The Daily Test")
            settings = {"base_url": account.base_url, "rules": rules, "class": self._class}
            Account.objects.create(
                surface="sandbox",
                name=account.name,
                settings=settings,
                secret=sealed(TOKEN),
                added_at=CLOCK(),
                on_hold=WAITS,
            )

    def _post_to_all(self) -> None:
        Account.objects.update(on_hold="")
        carry_out()
        Account.objects.update(on_hold=WAITS)


def carry_out() -> None:
    """Post what is to be posted, letting time pass until nothing is left to be done."""
    idle = 0
    while idle < IDLE_LOOKS:
        done = delivering.deliver(wiring().networks, clock=CLOCK, owner="crash")
        idle = 0 if done else idle + 1
        CLOCK.move(seconds=10)


def broken_posts(account: str, network: Network) -> list[str]:
    """Say how what readers of the account see differs from what the ledger wants."""
    rows = list(LedgerRow.objects.filter(surface="sandbox", account=account).order_by("key"))
    broken = [
        f"{row.key} is not settled: wants {row.desired[:8]}, has {row.live[:8]} {row.parked}"
        for row in rows
        if row.live != row.desired or row.parked or row.lease_owner or row.verify_at or row.due_at
    ]
    # The press mends a double, and readers saw it all the same.
    broken += [
        f"{row.key} stood twice"
        for row in rows
        if row.desired != "absent" and row.attempts.filter(action=Action.WITHDRAW.value).exists()
    ]
    wanted = Counter(row.desired for row in rows if row.desired != "absent")
    shown = _shown(account, network)
    if wanted != shown:
        broken.append(f"{wanted} are wanted, {shown} are shown")
    return broken


def broken_unread_posts(account: str, network: Network) -> list[str]:
    """Say what nobody can read, and so may not be: a post twice, or missing with nobody asked."""
    shown = _shown(account, network)
    broken = [f"{words[:8]} stands {times} times" for words, times in shown.items() if times > 1]
    for row in LedgerRow.objects.filter(surface="sandbox", account=account).order_by("key"):
        is_settled = row.live == row.desired and not row.lease_owner
        if not row.parked and not (is_settled and shown[row.desired] == 1):
            broken.append(f"{row.key} is shown {shown[row.desired]} times, and nobody is asked")
        if row.parked and not row.attempts.filter(action=Action.CREATE.value).exists():
            broken.append(f"{row.key} asks, and nothing was sent: {row.parked}")
    return broken


def _shown(account: str, network: Network) -> Counter[str]:
    posts = network.administration().posts(account)
    return Counter(hashlib.sha256(canonical(post["payload"])).hexdigest() for post in posts)


def _correct() -> None:
    commands.correct_story(
        "draft",
        text="It was Tuesday.",
        kind=CorrectionKind.CORRECTION,
        significant=False,
        replace=[("The draft story", "The corrected story")],
        by="ada",
    )


def _retract() -> None:
    commands.retract_story("draft", reason="Wrong.", by="ada")


_ACTS: Mapping[str, Callable[[], None]] = {"correct": _correct, "retract": _retract}


def _let_work_alone(account: str) -> None:
    Account.objects.update(on_hold=WAITS)
    Account.objects.filter(name=account).update(on_hold="")


def _counts(_: str) -> bool:
    return True


def _await_end_of_requests(network: Network) -> None:
    """Wait until the network is done with every connection, those of the dead too."""
    port = f"{urlsplit(network.base_url).port:04X}"
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        lines = Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]
        parts = [line.split() for line in lines]
        ours = [p for p in parts if port in {p[1].rpartition(":")[2], p[2].rpartition(":")[2]}]
        if all(part[3] in OVER for part in ours):
            return
        time.sleep(0.005)
    message = "the network still has connections open after ten seconds"
    raise TimeoutError(message)

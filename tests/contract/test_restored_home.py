"""A restored home takes its forgotten posts over, on each class of network that can be read."""

from collections.abc import Callable
from pathlib import Path

import pytest

from broadsheet.press.models import Account, LedgerRow
from broadsheet.press.posts import releasing
from broadsheet.press.worker import Worker
from broadsheet.surfaces.sandbox.surface import SandboxSurface
from tests.contract.sandbox_world import SENDER
from tests.contract.stage import Stage
from tests.factories.press import Clock, OneNetwork, a_press_paper, a_worker, publish_story
from tests.integration.press import restoring

ACCOUNTS = [("bluesky", "A"), ("mastodon", "B"), ("mastodon", "C"), ("x", "D")]


def a_poster(folder: Path, stage: Stage, clock: Clock) -> Worker:
    """Return a worker of a paper that posts to the stage's account; its clock is moved."""
    account = stage.world.account
    a_press_paper(clock)
    Account.objects.create(
        surface="sandbox",
        name=account.name,
        settings={
            "base_url": account.base_url,
            "rules": account.rules.name,
            "class": account.exactness.value,
        },
        added_at=clock(),
    )
    surface = SandboxSurface(account, sender=SENDER, clock=clock)
    return a_worker(folder, clock, networks=OneNetwork(surface, stage.traits))


def work(worker: Worker, clock: Clock) -> None:
    """Let the press work for a minute."""
    for _ in range(12):
        worker.run_until_quiet()
        clock.move(seconds=5)


@pytest.mark.django_db
@pytest.mark.parametrize(("rules", "exactness"), ACCOUNTS, ids="-".join)
def test_forgotten_post_stands_alone_after_republication(
    tmp_path: Path, sandbox_stage_of: Callable[[str, str], Stage], rules: str, exactness: str
) -> None:
    """Restored from before the publication, released and published again: one post stands."""
    stage, clock = sandbox_stage_of(rules, exactness), Clock()
    poster = a_poster(tmp_path, stage, clock)
    poster.run_until_quiet()
    backup = restoring.keep()
    publish_story(clock)
    work(poster, clock)
    (shown,) = stage.world.shown()
    restoring.bring_back(backup)
    restored = Worker(poster.wired, owner="restored", clock=clock)
    work(restored, clock)

    (held,) = Account.objects.exclude(on_hold="")
    released = releasing.release(held, poster.wired.networks, now=clock(), by="publisher")
    publish_story(clock)
    work(restored, clock)

    row = LedgerRow.objects.get(surface="sandbox")
    assert 1 == released.found
    assert (shown,) == stage.world.shown()
    assert (row.desired, "") == (row.live, row.parked)

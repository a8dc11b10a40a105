"""Publishes stories to an account of the sandbox network, and delivers: see bench.placements."""

import json
import os
import random
import sys
import time
from datetime import UTC, datetime

from django.core.management import call_command
from django.db import transaction
from uuid6 import uuid7

from bench import archive
from broadsheet.config import home, sandbox_accounts
from broadsheet.config.cli import processes
from broadsheet.config.cli.processes import Place
from broadsheet.newsroom.demo import set_up_paper
from broadsheet.press.actions.publish import publish
from broadsheet.press.models import Account, LedgerRow
from broadsheet.press.ports import wiring
from broadsheet.press.posts import delivering
from broadsheet.press.worker import Worker
from broadsheet.story.ids import StoryId
from tests.servers.processes import a_free_port, listens, running

ACCOUNT = "bluesky"


def main() -> None:
    """Publish as many stories as told, deliver their posts, and print what it took."""
    call_command("migrate", interactive=False, verbosity=0)
    set_up_paper(name="The Bench", tagline="", zone=archive.ZONE)
    here, port = home.current(), a_free_port()
    child = processes.sandbox(here, Place("127.0.0.1", 0, port), os.environ)
    with running(child.command, log=here.run / "sandbox.log", answers=lambda: listens(port)):
        os.environ["BROADSHEET_SANDBOX"] = f"http://127.0.0.1:{port}"
        sandbox_accounts.connect_all(now=datetime.now(UTC))
        Account.objects.exclude(name=ACCOUNT).delete()
        _publish(int(sys.argv[1]))
        print(json.dumps(_deliver()))


def _publish(count: int) -> None:
    who, chance = archive.staff(), random.Random()
    for place in range(count):
        headline = archive.sentence(chance, 7)
        content = archive.content(chance, who.sections[0], who.authors[0], headline, f"s-{place}")
        with transaction.atomic():
            now = datetime.now(UTC)
            publish(StoryId(str(uuid7())), content, now=now, by="bench", significant=False)
    accounts = Account.objects.filter(name=ACCOUNT)
    accounts.update(on_hold="until the pages are out")
    Worker(wiring()).run_until_quiet()
    accounts.update(on_hold="")


def _deliver() -> dict[str, float]:
    placed = LedgerRow.objects.filter(account=ACCOUNT, live__gt="")
    before, wall_s, core_s = placed.count(), time.perf_counter(), time.process_time()
    while delivering.deliver(wiring().networks, clock=lambda: datetime.now(UTC), owner="bench"):
        pass
    return {
        "placed": placed.count() - before,
        "wall_s": time.perf_counter() - wall_s,
        "core_s": time.process_time() - core_s,
    }


if __name__ == "__main__":
    main()

"""What the sandbox network answered for is there after its process was killed."""

import signal
import sys

import pytest

from broadsheet.reconciler.outcomes import Done, Found, Missing
from broadsheet.reconciler.ports import Exactness
from broadsheet.surfaces.sandbox.server.serving import admin_token
from tests.contract.conftest import answers
from tests.contract.sandbox_world import SandboxServer, SandboxWorld, sandbox_stage
from tests.contract.stage import Trouble, found, posted
from tests.servers.processes import a_free_port, running


@pytest.fixture
def start(tmp_path):
    """Give a function that starts the network in the test's folder, on a port of its own."""

    def started():
        port = a_free_port()
        base_url = f"http://127.0.0.1:{port}"
        module = "broadsheet.surfaces.sandbox.server"
        command = [sys.executable, "-m", module, "--home", tmp_path, "--port", str(port)]
        server = SandboxServer(base_url, admin_token(tmp_path))
        return server, running(command, log=tmp_path / "log", answers=lambda: answers(base_url))

    return started


def test_an_answered_post_survives_a_kill(start):
    """A post the network said it has is there when it comes back from SIGKILL."""
    server, process = start()
    with process as running_server:
        world = SandboxWorld(server, rules="mastodon", exactness=Exactness.READABLE)
        stage = sandbox_stage(world)
        order = stage.order()
        outcome = posted(stage, order)
        running_server.send_signal(signal.SIGKILL)
        running_server.wait()
    world.close()

    again, process = start()
    with process:
        seen = found(stage._replace(surface=stage.surface_at(again.base_url)), order)

    assert isinstance(outcome, Done)
    assert isinstance(seen, Found)
    assert [outcome.remote_id] == [copy.remote_id for copy in seen.copies]


def test_a_spoiled_post_survives_a_kill_and_its_fault_is_spent(start):
    """A post made without an answer is there after SIGKILL, and its fault strikes no more."""
    server, process = start()
    with process as running_server:
        world = SandboxWorld(server, rules="mastodon", exactness=Exactness.DEDUPE_KEY)
        stage = sandbox_stage(world)
        order = stage.order()
        world.spoil(Trouble.DROP_AFTER, "create")
        posted(stage, order)
        running_server.send_signal(signal.SIGKILL)
        running_server.wait()
    world.close()

    again, process = start()
    with process:
        there = stage._replace(surface=stage.surface_at(again.base_url))
        outcome, seen = posted(there, order), found(there, order)

    assert isinstance(outcome, Done)
    assert isinstance(seen, Found)
    assert [outcome.remote_id] == [copy.remote_id for copy in seen.copies]


def test_a_post_that_was_not_made_yet_does_not_survive(start):
    """The kill is a real one: a post still to be made when it strikes is not there after."""
    server, process = start()
    with process as running_server:
        world = SandboxWorld(server, rules="mastodon", exactness=Exactness.READABLE)
        stage = sandbox_stage(world)
        order = stage.order()
        world.spoil(Trouble.LATE, "create", seconds=60)
        posted(stage, order)
        running_server.send_signal(signal.SIGKILL)
        running_server.wait()
    world.close()

    again, process = start()
    with process:
        seen = found(stage._replace(surface=stage.surface_at(again.base_url)), order)

    assert isinstance(seen, Missing)

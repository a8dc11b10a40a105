"""Networks that are down, slow or answer nonsense hold up nothing but their own posts."""

import re
import time

import pytest

from broadsheet.surfaces.sandbox.administration import SandboxAdministration
from broadsheet.surfaces.sandbox.rules import DEADLINE_S
from broadsheet.surfaces.sandbox.server.serving import admin_token
from tests.servers.newspaper import until

pytestmark = pytest.mark.xdist_group("journeys")
COPY = """Swimmers cross the bay by moonlight

Forty of them reached the far shore before midnight.

The oldest, Femi Ade, is 71 and swam in a hat.
"""


@pytest.fixture
def networks(newspaper):
    """Give the sandbox's administration, and clear what was spoiled in the end."""
    token = admin_token(newspaper.home / "sandbox")
    administration = SandboxAdministration(newspaper.sandbox_url, token=token)
    yield administration
    for account in ("bluesky", "mastodon", "x"):
        administration.behave(account)
    administration.close()


def test_troubled_networks_do_not_hold_up_the_site(newspaper, networks, tmp_path):
    """With one down, one too slow and one answering HTML the page is out; later, one post each."""
    page = tmp_path / "page.txt"
    page.write_text(COPY, encoding="utf-8")
    networks.spoil("bluesky", "down")
    networks.spoil("mastodon", "delay-before", operation="create", seconds=DEADLINE_S + 3)
    networks.spoil("x", "html-after", operation="create")

    began_at_s = time.monotonic()
    story = newspaper.takes_in(page, "--section", "sport", "--language", "en")
    took_s = time.monotonic() - began_at_s

    assert 200 == newspaper.get(story.address).status_code
    assert [] == newspaper.posts("bluesky", story.address)
    assert took_s < 60  # of which the command's own start is most
    said = newspaper.does("status")
    waiting = re.findall(r"sandbox/(\w+): .* ([1-9]\d*) (?:waiting|parked)", said)
    assert "bluesky" in dict(waiting), said

    networks.behave("bluesky")
    for account in ("bluesky", "mastodon", "x"):
        posts = until(lambda: newspaper.posts(account, story.address), what=f"post on {account}")  # noqa: B023  # called at once
        assert 1 == len(posts)
    until(
        lambda: newspaper.broadsheet("status", "--quiet-or-fail").returncode == 0,
        what="everything is out",
    )
    for account in ("bluesky", "mastodon", "x"):
        assert 1 == len(newspaper.posts(account, story.address))

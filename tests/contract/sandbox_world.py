"""The sandbox network from the inside: accounts, faults and the truth, by its administration."""

import itertools
import os
from datetime import UTC, datetime
from typing import NamedTuple

import httpx

from broadsheet.reconciler.ports import Exactness
from broadsheet.story.versions import canonical
from broadsheet.surfaces.sandbox.administration import SandboxAdministration
from broadsheet.surfaces.sandbox.rules import NETWORKS
from broadsheet.surfaces.sandbox.surface import SandboxAccount, SandboxSurface
from broadsheet.surfaces.sending import over_the_network
from tests.contract.stage import Stage, Trouble

CROWD = 12  # posts; a page has five
TOKEN = "only-for-tests"
NO_TLS = (
    False  # loopback without TLS: reading the certificates of the world takes longer than a law
)
SENDER = over_the_network()

_numbers = itertools.count(1)


class SandboxServer(NamedTuple):
    """A running sandbox network and the token of its administration."""

    base_url: str
    admin_token: str


class SandboxWorld:
    """One account's world on the sandbox network."""

    def __init__(self, server: SandboxServer, *, rules: str, exactness: Exactness) -> None:
        """Make the account."""
        self.account = SandboxAccount(
            base_url=server.base_url,
            name=f"paper-{os.getpid()}-{next(_numbers)}",
            token=TOKEN,
            rules=NETWORKS[rules],
            exactness=exactness,
        )
        self.administration = SandboxAdministration(server.base_url, token=server.admin_token)
        self.administration.set_account(self.account, title="The Daily Test")

    def close(self) -> None:
        """Leave the account behind."""
        self.administration.close()

    def shown(self) -> tuple[bytes, ...]:
        """Return the canonical payload of every post, newest first."""
        posts = self.administration.posts(self.account.name)
        return tuple(canonical(post["payload"]) for post in posts)

    def spoil(
        self,
        trouble: Trouble,
        operation: str,
        *,
        seconds: float = 0.0,
        skip: int = 0,
        times: int = 1,
    ) -> None:
        """Put a fault in the account's queue."""
        self.administration.spoil(
            self.account.name,
            trouble.value,
            operation=operation,
            seconds=seconds,
            skip=skip,
            times=times,
        )

    def crowd(self) -> None:
        """Post what other stories would."""
        with httpx.Client(
            base_url=f"{self.account.base_url}/api/{self.account.name}",
            headers={"Authorization": f"Bearer {TOKEN}"},
            verify=NO_TLS,
            trust_env=False,
        ) as client:
            for number in range(CROWD):
                self._post(client, number)

    def payload(self, text: str, *, delivery_id: str) -> bytes:
        """Return a post with a link, a card and a picture."""
        link = f"https://paper.example/2026/11/22/tram/?d={delivery_id}"
        return canonical(
            {
                "text": text,
                "link": link,
                "card": {"title": "Council approves", "description": "Soon.", "link": link},
                "pictures": [{"sha256": "ab" * 32, "alternative_text": "A tram on a bridge"}],
                "language": "en",
            }
        )

    def unacceptable_payload(self, *, delivery_id: str) -> bytes:
        """Return a post too long for every network."""
        return self.payload("long " * 700, delivery_id=delivery_id)

    def _post(self, client: httpx.Client, number: int) -> None:
        payload = self.payload(f"Another story, {number}.", delivery_id=f"other{number:03}")
        match self.account.exactness:
            case Exactness.NATURAL_ID:
                path = f"/records/other{number:03}"
                answer = client.put(path, content=payload, headers={"If-None-Match": "*"})
            case Exactness.CONTAINER:
                made = client.post("/containers", content=payload).raise_for_status().json()
                answer = client.post(f"/containers/{made['id']}/publish")
            case _:
                answer = client.post("/posts", content=payload)
        answer.raise_for_status()


def sandbox_stage(world: SandboxWorld) -> Stage:
    """Return a stage with the surface of the world's account."""

    def surface_at(base_url: str) -> SandboxSurface:
        return SandboxSurface(
            world.account._replace(base_url=base_url),
            sender=SENDER,
            clock=lambda: datetime.now(tz=UTC),
        )

    surface = surface_at(world.account.base_url)
    return Stage(surface=surface, traits=surface.traits, world=world, surface_at=surface_at)

"""Knows which networks this release can post to, and opens an account on one of them."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import cast

from broadsheet.config.tokens import opened
from broadsheet.press.models import Account
from broadsheet.reconciler.ports import Exactness, Surface, Traits
from broadsheet.story.textrule import BLUESKY, MASTODON, TextRule, X
from broadsheet.surfaces.sandbox.rules import NETWORKS, traits
from broadsheet.surfaces.sandbox.surface import SandboxAccount, SandboxSurface
from broadsheet.surfaces.sending import Sender, over_the_network

TEXT_RULES: Mapping[str, TextRule] = {"bluesky": BLUESKY, "mastodon": MASTODON, "x": X}


class NoSuchNetwork(LookupError):
    """An account is on a network this release does not know."""


class KnownNetworks:
    """The sandbox network with the rules of three others, for now."""

    def __init__(self, *, clock: Callable[[], datetime]) -> None:
        """Keep one sender, and so one pool of connections, for the process."""
        self._clock = clock
        self._sender: Sender | None = None

    def surface(self, account: Account) -> Surface:
        """Return the surface that posts as an account."""
        _must_be_known(account)
        settings = account.settings
        sandbox = SandboxAccount(
            base_url=str(settings["base_url"]),
            name=account.name,
            token=opened(bytes(account.secret)),
            rules=NETWORKS[str(settings["rules"])],
            exactness=Exactness(str(settings["class"])),
        )
        return cast("Surface", SandboxSurface(sandbox, sender=self._sending(), clock=self._clock))

    def traits(self, account: Account) -> Traits:
        """Return what the reconciler must know of an account's network."""
        _must_be_known(account)
        settings = account.settings
        return traits(NETWORKS[str(settings["rules"])], exactness=Exactness(str(settings["class"])))

    def rule(self, account: Account) -> TextRule:
        """Return the rule an account's posts are fitted by."""
        _must_be_known(account)
        return TEXT_RULES[str(account.settings["rules"])]

    def _sending(self) -> Sender:
        if self._sender is None:
            self._sender = over_the_network()
        return self._sender


def _must_be_known(account: Account) -> None:
    if account.surface != "sandbox":
        message = (
            f"account {account.name} is on {account.surface!r}, which this release cannot post to"
        )
        raise NoSuchNetwork(message)

"""Makes a surface of what an editor entered: an account's settings and its token."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Annotated, Literal

import msgspec

from broadsheet.reconciler.ports import Exactness, Surface
from broadsheet.surfaces.sandbox.rules import KEY_LIFE_S, NETWORKS
from broadsheet.surfaces.sandbox.surface import SandboxAccount, SandboxSurface
from broadsheet.surfaces.sending import Sender


class AccountIncomplete(ValueError):
    """The settings of a sandbox account are not all there, or not what they must be."""


class _Settings(msgspec.Struct, frozen=True):
    base_url: Annotated[str, msgspec.Meta(pattern="^https?://[^/]+/?$")]
    rules: Literal["bluesky", "mastodon", "x"]
    exactness: Exactness
    key_life_s: float = KEY_LIFE_S


def account_of(name: str, *, settings: Mapping[str, object], token: str) -> SandboxAccount:
    """
    Return the account these settings describe.

    Settings: base_url, rules ("bluesky", "mastodon", "x"), exactness ("A" to "E"), and
    key_life_s if it is not an hour.

    Raises:
        AccountIncomplete: something is missing or wrong; the message says what.

    """
    try:
        wanted = msgspec.convert(dict(settings), _Settings)
    except msgspec.ValidationError as error:
        message = f"the sandbox account {name} cannot be used: {error}; correct its settings"
        raise AccountIncomplete(message) from error
    return SandboxAccount(
        base_url=wanted.base_url,
        name=name,
        token=token,
        rules=NETWORKS[wanted.rules],
        exactness=wanted.exactness,
        key_life_s=wanted.key_life_s,
    )


def surface_of(
    account: SandboxAccount, *, sender: Sender, clock: Callable[[], datetime]
) -> Surface:
    """Return the surface of an account."""
    return SandboxSurface(account, sender=sender, clock=clock)

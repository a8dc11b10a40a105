"""Opens accounts on the sandbox network and connects them, for the demo newspaper."""

import os
import secrets
from datetime import datetime

import httpx

from broadsheet.config import home
from broadsheet.config.tokens import sealed
from broadsheet.press.models import Account
from broadsheet.reconciler.ports import Exactness
from broadsheet.surfaces.sandbox.server.serving import admin_token

# One account for each network whose rules the sandbox knows, in the class it has there.
ACCOUNTS = {
    "bluesky": ("bluesky", Exactness.NATURAL_ID),
    "mastodon": ("mastodon", Exactness.DEDUPE_KEY),
    "x": ("x", Exactness.READABLE),
}
_WITHIN_S = 10.0


class SandboxNotThere(RuntimeError):
    """The sandbox network did not answer as it should; is it running?"""


def connect_all(*, now: datetime) -> list[str]:
    """
    Open and connect an account of each kind; return their names, none without a sandbox.

    Raises:
        SandboxNotThere: BROADSHEET_SANDBOX names a network that does not answer.

    """
    base_url = os.environ.get("BROADSHEET_SANDBOX", "")
    if not base_url:
        return []
    for name, (rules, exactness) in ACCOUNTS.items():
        token = secrets.token_urlsafe(24)
        _open(base_url, name, rules=rules, exactness=exactness, token=token)
        settings = {"base_url": base_url, "rules": rules, "class": exactness.value}
        Account.objects.update_or_create(
            surface="sandbox",
            name=name,
            defaults={"settings": settings, "secret": sealed(token)},
            create_defaults={"settings": settings, "secret": sealed(token), "added_at": now},
        )
    return list(ACCOUNTS)


def _open(base_url: str, name: str, *, rules: str, exactness: Exactness, token: str) -> None:
    try:
        answer = httpx.put(
            f"{base_url}/admin/accounts/{name}",
            headers={"Authorization": f"Bearer {admin_token(home.current().sandbox)}"},
            json={"rules": rules, "exactness": exactness.value, "token": token},
            timeout=_WITHIN_S,
        )
        answer.raise_for_status()
    except httpx.HTTPError as error:
        message = f"the sandbox network at {base_url} could not open account {name}: {error}"
        raise SandboxNotThere(message) from error

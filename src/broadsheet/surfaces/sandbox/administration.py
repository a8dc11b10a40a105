"""
Sets up accounts on a running sandbox network, and spoils their requests on purpose.

For the demo newspaper and for tests; the surface itself never needs the administrator's token.
"""

from typing import Any

import httpx

from broadsheet.surfaces.sandbox.surface import SandboxAccount

TIMEOUT_S = 10.0


class SandboxAdministration:
    """The administrator's side of one sandbox network."""

    def __init__(self, base_url: str, *, token: str) -> None:
        """Keep where the network is, and the token from its folder."""
        self._client = httpx.Client(
            base_url=f"{base_url.rstrip('/')}/admin/accounts",
            headers={"Authorization": f"Bearer {token}"},
            timeout=TIMEOUT_S,
            verify=base_url.startswith("https:"),  # certificates are slow to load, and not needed
            trust_env=False,
        )

    def close(self) -> None:
        """Close the connection."""
        self._client.close()

    def set_account(self, account: SandboxAccount, *, title: str) -> None:
        """
        Make the account, or change how it behaves; its posts stay.

        Raises:
            httpx.HTTPError: the network is not there, or refuses.

        """
        settings = {
            "rules": account.rules.name,
            "exactness": account.exactness.value,
            "token": account.token,
            "title": title,
            "key_life_s": account.key_life_s,
        }
        self._client.put(f"/{account.name}", json=settings).raise_for_status()

    def posts(self, account: str) -> list[dict[str, Any]]:
        """
        Return every post of an account, newest first: what is truly there.

        Raises:
            httpx.HTTPError: the network is not there, or there is no such account.

        """
        answer = self._client.get(f"/{account}/posts").raise_for_status()
        return list(answer.json()["posts"])

    def spoil(
        self,
        account: str,
        kind: str,
        *,
        operation: str = "any",
        seconds: float = 0.0,
        skip: int = 0,
        times: int = 1,
    ) -> None:
        """
        Make the account's next matching requests go wrong; kinds are in server/faults.py.

        Raises:
            httpx.HTTPError: the network is not there, or knows no such fault.

        """
        fault = {
            "kind": kind,
            "operation": operation,
            "seconds": seconds,
            "skip": skip,
            "times": times,
        }
        self._client.post(f"/{account}/faults", json=fault).raise_for_status()

    def behave(self, account: str) -> None:
        """
        Drop the faults that have not struck yet.

        Raises:
            httpx.HTTPError: the network is not there, or there is no such account.

        """
        self._client.delete(f"/{account}/faults").raise_for_status()

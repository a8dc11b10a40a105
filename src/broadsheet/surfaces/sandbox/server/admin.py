"""
Sets accounts and faults, and tells what is truly there. For tests and whoever runs the demo.

A token of its own guards it, kept in the network's folder; no client of the network has it.
"""

import re
import secrets
from collections.abc import Callable
from typing import Annotated, Literal, TypeVar

import msgspec
from starlette.requests import Request
from starlette.routing import Route
from starlette.types import ASGIApp

from broadsheet.surfaces.sandbox.server import entry
from broadsheet.surfaces.sandbox.server.faults import FaultKind, json_response
from broadsheet.surfaces.sandbox.server.posting import OK, shown
from broadsheet.surfaces.sandbox.server.replies import Declined, Reply
from broadsheet.surfaces.sandbox.server.storage import Account, Storage, StoredFault

POSTS_LIMIT = 10_000  # in one answer; no test or demo comes near
FAULTS_LIMIT = 1_000  # waiting for one account

Seconds = Annotated[float, msgspec.Meta(ge=0, le=86_400)]
Wanted = TypeVar("Wanted", bound=msgspec.Struct)
Deed = Callable[[str, bytes], Reply]  # by the account's name and the body
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")


class AccountSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How an account is to behave."""

    rules: Literal["bluesky", "mastodon", "x"]
    exactness: Literal["A", "B", "C", "D", "E"]
    token: Annotated[str, msgspec.Meta(min_length=8, max_length=200, pattern="^[!-~]+$")]
    title: Annotated[str, msgspec.Meta(max_length=100)] = ""  # "" shows the name
    key_life_s: Seconds = 3600.0


class FaultSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is to go wrong next."""

    kind: FaultKind
    operation: Literal["any", "create", "prepare", "publish", "edit", "withdraw", "read"] = "any"
    seconds: Seconds = 0.0
    skip: Annotated[int, msgspec.Meta(ge=0, le=1_000_000)] = 0  # requests that go well first
    times: Annotated[int, msgspec.Meta(ge=1, le=1_000_000)] = 1


class Office:
    """Where accounts and faults are set."""

    def __init__(self, storage: Storage, *, token: str) -> None:
        """Keep the storage, and the token that is asked for."""
        self._storage = storage
        self._token = token

    def routes(self) -> list[Route]:
        """Return the addresses of the administration."""
        here = "/admin/accounts/{account}"
        return [
            self._route("PUT", here, self._set_account),
            self._route("GET", f"{here}/posts", self._show_posts),
            self._route("GET", f"{here}/faults", self._show_faults),
            self._route("POST", f"{here}/faults", self._add_fault),
            self._route("DELETE", f"{here}/faults", self._clear_faults),
        ]

    def _route(self, method: str, path: str, deed: Deed) -> Route:
        async def endpoint(request: Request) -> ASGIApp:
            try:
                self._check(request)
                body = await entry.body_of(request)
                return json_response(deed(request.path_params["account"], body))
            except Declined as declined:
                return json_response(declined.reply())

        return Route(path, endpoint, methods=[method])

    def _check(self, request: Request) -> None:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if not secrets.compare_digest(token.encode(), self._token.encode()):
            raise Declined(401, "not-you", "this is not the administrator's token")

    def _set_account(self, name: str, body: bytes) -> Reply:
        if not _NAME.fullmatch(name):
            message = "an account's name is 1 to 60 small letters, digits and dashes"
            raise Declined(400, "bad-name", message)
        wanted = _wanted(body, as_type=AccountSettings)
        self._check_names_of_posts(name, wanted)
        account = Account(
            name=name,
            title=wanted.title or name,
            rules=wanted.rules,
            exactness=wanted.exactness,
            token=wanted.token,
            key_life_s=wanted.key_life_s,
        )
        self._storage.set_account(account)
        return Reply(OK, {"name": name})

    def _check_names_of_posts(self, name: str, wanted: AccountSettings) -> None:
        before = self._storage.account(name)
        if before is None or (before.exactness == "A") == (wanted.exactness == "A"):
            return
        if self._storage.posts(name, below=None, limit=1):
            message = f"{name} has posts, and class A names posts otherwise; make another account"
            raise Declined(409, "has-posts", message)

    def _show_posts(self, name: str, body: bytes) -> Reply:  # noqa: ARG002  # a Deed
        posts = self._storage.posts(self._known(name), below=None, limit=POSTS_LIMIT)
        return Reply(OK, {"posts": [shown(post) for post in posts]})

    def _show_faults(self, name: str, body: bytes) -> Reply:  # noqa: ARG002  # a Deed
        waiting = self._storage.faults(self._known(name))
        return Reply(OK, {"faults": [fault._asdict() for fault in waiting]})

    def _add_fault(self, name: str, body: bytes) -> Reply:
        wanted = _wanted(body, as_type=FaultSettings)
        if len(self._storage.faults(self._known(name))) >= FAULTS_LIMIT:
            raise Declined(409, "too-many-faults", f"{FAULTS_LIMIT} faults are waiting already")
        fault = StoredFault(
            id=0,  # given by the storage
            operation=wanted.operation,
            kind=wanted.kind.value,
            seconds=wanted.seconds,
            skip=wanted.skip,
            times=wanted.times,
        )
        self._storage.add_fault(name, fault)
        return Reply(OK, {"name": name})

    def _clear_faults(self, name: str, body: bytes) -> Reply:  # noqa: ARG002  # a Deed
        self._storage.clear_faults(self._known(name))
        return Reply(OK, {"name": name})

    def _known(self, name: str) -> str:
        if self._storage.account(name) is None:
            raise Declined(404, "no-such-account", f"there is no account {name[:60]}")
        return name


def _wanted(body: bytes, *, as_type: type[Wanted]) -> Wanted:
    try:
        return msgspec.json.decode(body, type=as_type)
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise Declined(400, "bad-settings", str(error)) from error

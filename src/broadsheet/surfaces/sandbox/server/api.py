"""
The sandbox network's HTTP API for one account: what each address asks for.

Every request carries the account's token, is read whole, and meets the account's faults
before it is carried out. `surfaces/sandbox/client.py` is the other side.
"""

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from starlette.requests import Request
from starlette.routing import Route
from starlette.types import ASGIApp

from broadsheet.surfaces.sandbox.rules import NETWORKS
from broadsheet.surfaces.sandbox.server import entry
from broadsheet.surfaces.sandbox.server.faults import Act, Faults, json_response
from broadsheet.surfaces.sandbox.server.posting import Network
from broadsheet.surfaces.sandbox.server.replies import Declined, Reply
from broadsheet.surfaces.sandbox.server.storage import Account, Storage


class Asked(NamedTuple):
    """A request that came in whole, from somebody who may ask."""

    request: Request
    body: bytes
    account: Account

    def post(self) -> str:
        """Return the JSON of the post in the body, if the account's network allows it."""
        return entry.post_in(self.body, rules=NETWORKS[self.account.rules])

    def path(self, name: str) -> str:
        """Return a part of the address."""
        return str(self.request.path_params[name])


Meaning = Callable[[Callable[[], Network], Asked], Act]


class Door:
    """Lets requests in, to the network's storage and past its faults."""

    def __init__(self, storage: Storage, *, faults: Faults, clock: Callable[[], datetime]) -> None:
        """Keep what every request needs."""
        self._storage = storage
        self._faults = faults
        self._clock = clock

    def routes(self) -> list[Route]:
        """Return the addresses of the API."""
        return [
            self._route("POST", "/posts", "create", _create),
            self._route("GET", "/posts", "read", _timeline),
            self._route("GET", "/posts/{post}", "read", _read),
            self._route("PATCH", "/posts/{post}", "edit", _edit),
            self._route("DELETE", "/posts/{post}", "withdraw", _withdraw),
            self._route("GET", "/records/{post}", "read", _read),
            self._route("PUT", "/records/{post}", "create", _put),
            self._route("POST", "/containers", "prepare", _prepare),
            self._route("GET", "/containers/{container}", "read", _container),
            self._route("POST", "/containers/{container}/publish", "publish", _publish),
        ]

    def _route(self, method: str, path: str, operation: str, meaning: Meaning) -> Route:
        async def endpoint(request: Request) -> ASGIApp:
            try:
                asked = await self._asked(request)
                act = meaning(lambda: self._network(asked.account), asked)
            except Declined as declined:
                return json_response(declined.reply())
            fault = self._faults.taken(asked.account.name, _operation(request, operation))
            return await self._faults.answer(act, fault)

        return Route(f"/api/{{account}}{path}", endpoint, methods=[method])

    async def _asked(self, request: Request) -> Asked:
        account = self._account(request)
        return Asked(request=request, body=await entry.body_of(request), account=account)

    def _network(self, account: Account) -> Network:
        # Made when the act is carried out: a late one has the time of then.
        return Network(self._storage, account, now=self._clock())

    def _account(self, request: Request) -> Account:
        """
        Return the account whose token the request carries.

        Raises:
            Declined: there is no such account, or this is not its token.

        """
        account = self._storage.account(request.path_params["account"])
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        # A missing account is compared with too, so that the time taken tells nothing.
        expected = account.token if account is not None else secrets.token_urlsafe()
        if not secrets.compare_digest(token.encode(), expected.encode()) or account is None:
            raise Declined(401, "not-you", "no such account, or not its token")
        return account


def _operation(request: Request, operation: str) -> str:
    """Return what faults call this request: a record is created or edited by the same PUT."""
    return "edit" if request.headers.get("If-Match") == "*" else operation


def _create(network: Callable[[], Network], asked: Asked) -> Act:
    post, key = asked.post(), entry.key_in(asked.request)
    return Act(
        once=lambda: network().create(post, key=key),
        again=lambda: network().create_again(post),
    )


def _put(network: Callable[[], Network], asked: Asked) -> Act:
    post, record = asked.post(), entry.record_in(asked.path("post"))
    match asked.request.headers.get("If-None-Match"), asked.request.headers.get("If-Match"):
        case "*", None:
            return _twice_the_same(lambda: network().put_new(post, record=record))
        case None, "*":
            return _twice_the_same(lambda: network().put_over(post, record=record))
        case _:
            message = "say If-None-Match: * to make a record, If-Match: * to change one"
            raise Declined(428, "condition-needed", message)


def _edit(network: Callable[[], Network], asked: Asked) -> Act:
    post, post_id = asked.post(), asked.path("post")
    return _twice_the_same(lambda: network().edit(post_id, post))


def _withdraw(network: Callable[[], Network], asked: Asked) -> Act:
    return _twice_the_same(lambda: network().withdraw(asked.path("post")))


def _prepare(network: Callable[[], Network], asked: Asked) -> Act:
    post = asked.post()
    return _twice_the_same(lambda: network().prepare(post))


def _publish(network: Callable[[], Network], asked: Asked) -> Act:
    container = entry.number_in(asked.path("container"), what="container")
    return Act(
        once=lambda: network().publish(container),
        again=lambda: network().publish_again(container),
    )


def _container(network: Callable[[], Network], asked: Asked) -> Act:
    container = entry.number_in(asked.path("container"), what="container")
    return _twice_the_same(lambda: network().container(container))


def _read(network: Callable[[], Network], asked: Asked) -> Act:
    return _twice_the_same(lambda: network().read(asked.path("post")))


def _timeline(network: Callable[[], Network], asked: Asked) -> Act:
    cursor = asked.request.query_params.get("cursor", "")
    below = entry.number_in(cursor, what="cursor") if cursor else None
    return _twice_the_same(lambda: network().timeline(below=below))


def _twice_the_same(act: Callable[[], Reply]) -> Act:
    """Return an act a second time of which is the same act: it cannot double."""
    return Act(once=act, again=act)

"""Puts the sandbox network together: its API, its administration, its pages."""

from collections.abc import Callable
from datetime import datetime

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from broadsheet.surfaces.sandbox.server.admin import Office
from broadsheet.surfaces.sandbox.server.api import Door
from broadsheet.surfaces.sandbox.server.faults import Faults, json_response
from broadsheet.surfaces.sandbox.server.pages import Pages
from broadsheet.surfaces.sandbox.server.replies import Declined
from broadsheet.surfaces.sandbox.server.storage import Storage


def sandbox_network(
    storage: Storage, *, admin_token: str, clock: Callable[[], datetime]
) -> Starlette:
    """Return the network as an ASGI application."""
    faults = Faults(storage, clock=clock)
    network = Starlette(
        routes=[
            Route("/health", _health),
            *Door(storage, faults=faults, clock=clock).routes(),
            *Office(storage, token=admin_token).routes(),
            *Pages(storage).routes(),
        ],
        exception_handlers={404: _not_here, 405: _not_so},
    )
    network.router.redirect_slashes = False  # an address is right or it is nothing
    return network


async def _health(request: Request) -> Response:  # noqa: ARG001  # an endpoint
    return PlainTextResponse("ok")


async def _not_here(request: Request, error: Exception) -> Response:  # noqa: ARG001  # a handler
    message = f"there is nothing at {request.url.path[:200]}"
    return json_response(Declined(404, "no-such-address", message).reply())


async def _not_so(request: Request, error: Exception) -> Response:  # noqa: ARG001  # a handler
    message = f"{request.method} is not for {request.url.path[:200]}"
    return json_response(Declined(405, "not-so", message).reply())

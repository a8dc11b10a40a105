"""
Shows accounts and their timelines as a reader of a network would see them.

Read only. Nothing inline: the one style sheet is a file, and the policy lets nothing else in.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route

from broadsheet.story.links import links_with_scheme
from broadsheet.surfaces.sandbox.payload import Card, PostPayload, parsed
from broadsheet.surfaces.sandbox.rules import NETWORKS
from broadsheet.surfaces.sandbox.server.storage import Account, Storage, StoredPost

HERE = Path(__file__).parent
POSTS_PER_PAGE = 30
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
CLASSES = {
    "A": "we choose the id",
    "B": "dedupe key",
    "C": "container, then publish",
    "D": "readable timeline",
    "E": "write only",
}


class AccountShown(NamedTuple):
    """One account on a page."""

    name: str
    title: str
    network: str
    exactness: str
    exactness_means: str
    posts: tuple["PostShown", ...]


class Piece(NamedTuple):
    """A stretch of a post's text: words, or an address that readers can follow."""

    text: str
    is_link: bool


class PostShown(NamedTuple):
    """One post on a page."""

    id: str
    post: PostPayload
    pieces: tuple[Piece, ...]  # of its text
    link: str  # "" when the text says it already, or a card shows it
    card: Card | None
    host: str  # of the card's link
    created_at: datetime
    edited_at: datetime | None


class Pages:
    """The network's pages for people."""

    def __init__(self, storage: Storage) -> None:
        """Load the templates; keep what they show."""
        self._storage = storage
        self._templates = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def routes(self) -> list[Route]:
        """Return the addresses of the pages."""
        return [
            Route("/", self._accounts),
            Route("/@{account}", self._timeline),
            Route("/sandbox.css", _style),
        ]

    async def _accounts(self, request: Request) -> Response:  # noqa: ARG002  # an endpoint
        accounts = [
            _shown(account, self._storage.posts(account.name, below=None, limit=1))
            for account in self._storage.accounts()
        ]
        return self._page("accounts.html.j2", 200, accounts=accounts)

    async def _timeline(self, request: Request) -> Response:
        account = self._storage.account(request.path_params["account"])
        if account is None:
            return self._page("no_account.html.j2", 404, name=request.path_params["account"][:60])
        before = request.query_params.get("before", "")
        below = int(before) if before.isascii() and before.isdecimal() else None
        posts = self._storage.posts(
            account.name,
            below=below if below is None else min(below, 10**18),
            limit=POSTS_PER_PAGE + 1,
        )
        shown = _shown(account, posts[:POSTS_PER_PAGE])
        older = posts[POSTS_PER_PAGE - 1].id if len(posts) > POSTS_PER_PAGE else None
        return self._page("timeline.html.j2", 200, account=shown, older=older, below=below)

    def _page(self, template: str, status: int, **shown: object) -> Response:
        html = self._templates.get_template(template).render(**shown)
        return HTMLResponse(html, status_code=status, headers=HEADERS)


async def _style(request: Request) -> Response:  # noqa: ARG001  # an endpoint
    return FileResponse(
        HERE / "static" / "sandbox.css",
        media_type="text/css",
        headers={"Cache-Control": "max-age=0, must-revalidate"},
    )


def _shown(account: Account, posts: tuple[StoredPost, ...]) -> AccountShown:
    return AccountShown(
        name=account.name,
        title=account.title,
        network=NETWORKS[account.rules].title,
        exactness=account.exactness,
        exactness_means=CLASSES[account.exactness],
        posts=tuple(_post_shown(post) for post in posts),
    )


def _post_shown(stored: StoredPost) -> PostShown:
    post = parsed(stored.payload.encode())
    card_link = post.card.link or post.link if post.card is not None else ""
    return PostShown(
        id=stored.record or str(stored.id),
        post=post,
        pieces=tuple(_pieces(post.text)),
        link="" if post.link in {card_link, ""} or post.link in post.text else post.link,
        card=post.card,
        host=urlsplit(card_link).hostname or "",
        created_at=stored.created_at,
        edited_at=stored.edited_at,
    )


def _pieces(text: str) -> Iterator[Piece]:
    reached = 0
    for link in links_with_scheme(text):
        yield Piece(text[reached : link.start], is_link=False)
        yield Piece(text[link.start : link.end], is_link=True)
        reached = link.end
    yield Piece(text[reached:], is_link=False)

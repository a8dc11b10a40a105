"""
Lets a request into the sandbox network, or says clearly why not.

Everything is bounded before it is read whole: the body, its fields, ids, keys, names.
"""

import re
from urllib.parse import urlsplit

from starlette.requests import Request

from broadsheet.story.textrule import measure
from broadsheet.surfaces.sandbox.payload import PayloadUnreadable, PostPayload, parsed
from broadsheet.surfaces.sandbox.rules import NetworkRules
from broadsheet.surfaces.sandbox.server.replies import Declined

BODY_LIMIT_BYTES = 65_536  # the longest text with four pictures and a card needs a tenth
LINK_LIMIT = 2_048  # code points
CARD_LIMIT = 1_000  # code points of title and description each

_NUMBER = re.compile(r"[0-9]{1,18}")  # fits SQLite's integers
_RECORD = re.compile(r"[A-Za-z0-9._~-]{1,200}")
_KEY = re.compile(r"[!-~]{1,200}")


async def body_of(request: Request) -> bytes:
    """
    Return the body of a request.

    Raises:
        Declined: it is larger than any post.

    """
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > BODY_LIMIT_BYTES:
            message = f"the body is over {BODY_LIMIT_BYTES} bytes"
            raise Declined(413, "too-large", message)
    return body


def post_in(body: bytes, *, rules: NetworkRules) -> str:
    """
    Return the JSON of a post the network's rules allow, as it was sent.

    Raises:
        Declined: it is no post, or too long for this network.

    """
    try:
        post = parsed(body)
    except PayloadUnreadable as error:
        raise Declined(400, "not-a-post", str(error)) from error
    _check_text(post, rules=rules)
    _check_pictures(post, rules=rules)
    _check_links(post)
    return body.decode()


def number_in(value: str, *, what: str) -> int:
    """
    Return an id of ours.

    Raises:
        Declined: it is none; so nothing is there under it.

    """
    if not _NUMBER.fullmatch(value):
        raise Declined(404, f"no-such-{what}", f"there is no {what} {value[:40]!r}")
    return int(value)


def record_in(value: str) -> str:
    """
    Return an id the client chose.

    Raises:
        Declined: it has characters ids may not have, or too many.

    """
    if not _RECORD.fullmatch(value):
        message = "a record's id is 1 to 200 letters, digits, dots, dashes, tildes, underscores"
        raise Declined(400, "bad-record", message)
    return value


def key_in(request: Request) -> str:
    """
    Return the request's dedupe key; "" is none.

    Raises:
        Declined: it is longer than a key may be, or not plain ASCII.

    """
    key: str = request.headers.get("Idempotency-Key", "")
    if key and not _KEY.fullmatch(key):
        message = "Idempotency-Key is 1 to 200 visible ASCII characters"
        raise Declined(400, "bad-key", message)
    return key


def _check_text(post: PostPayload, *, rules: NetworkRules) -> None:
    if not post.text and not post.pictures and post.card is None:
        raise Declined(422, "empty", "a post needs a text, a picture or a card")
    measured = measure(post.text, rules.text)
    if measured.fits:
        return
    counts = ", ".join(
        f"{used} of {limit.at_most} {limit.unit.value}"
        for used, limit in zip(measured.used, rules.text.limits, strict=True)
    )
    raise Declined(422, "text-too-long", f"the text is too long for {rules.title}: {counts}")


def _check_pictures(post: PostPayload, *, rules: NetworkRules) -> None:
    if len(post.pictures) > rules.pictures_limit:
        message = f"{len(post.pictures)} pictures; {rules.title} takes {rules.pictures_limit}"
        raise Declined(422, "too-many-pictures", message)
    longest = max((len(picture.alternative_text) for picture in post.pictures), default=0)
    if longest > rules.alternative_text_limit:
        message = f"an alternative text of {longest}; the limit is {rules.alternative_text_limit}"
        raise Declined(422, "alternative-text-too-long", message)


def _check_links(post: PostPayload) -> None:
    links = [post.link]
    if post.card is not None:
        links.append(post.card.link)
        if max(len(post.card.title), len(post.card.description)) > CARD_LIMIT:
            message = f"a card's title or description is over {CARD_LIMIT} characters"
            raise Declined(422, "card-too-long", message)
        if not any(links):
            raise Declined(422, "card-without-link", "a card needs an address to lead to")
    for link in links:
        if link and not _is_web_address(link):
            message = f"not an http or https address of at most {LINK_LIMIT}: {link[:80]!r}"
            raise Declined(422, "bad-link", message)


def _is_web_address(link: str) -> bool:
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc) and len(link) <= LINK_LIMIT

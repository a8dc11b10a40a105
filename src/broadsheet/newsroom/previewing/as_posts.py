"""
Shows what each network account would post of a draft: the words that fit, and what does not.

The press fits them, by the function that fits the post itself; here they are only counted.
"""

from typing import NamedTuple

import msgspec

from broadsheet.press import previewing
from broadsheet.press.models import Account, LedgerRow
from broadsheet.press.posts.routing import FIRST
from broadsheet.projections import addresses
from broadsheet.projections.locales import direction_of
from broadsheet.projections.posts import Payload, Post
from broadsheet.story.ids import Sha256
from broadsheet.story.records import Picture
from broadsheet.story.textrule import TextRule, Unit, measure

UNITS = {
    Unit.GRAPHEMES: "characters",
    Unit.UTF8_BYTES: "bytes",
    Unit.CODE_POINTS: "code points",
    Unit.UTF16_UNITS: "UTF-16 units",
    Unit.X_WEIGHT: "of X’s weight",
}


class Count(NamedTuple):
    """How much of one limit a post's text takes."""

    used: int
    at_most: int
    unit: str


class PostCard(NamedTuple):
    """The preview of the link, under a post's text."""

    title: str
    description: str
    site: str
    picture: str  # "" has none
    alternative_text: str


class ShownPost(NamedTuple):
    """What one account would post."""

    account: str
    rules: str  # whose limits the account has
    problem: str  # why there can be no post; "" is fine
    is_out: bool  # the story's post was made already, and stays as it is
    on_hold: str  # why nothing is posted for now; "" is working
    text: str
    language: str
    direction: str
    counts: tuple[Count, ...]
    left_out_words: str
    left_out_hashtags: tuple[str, ...]
    card: PostCard | None


def post_of(draft: previewing.Draft, account: Account, rule: TextRule | None) -> ShownPost:
    """Return what an account would post; rule is None where its network is not known."""
    made = previewing.post(draft, account)
    key = f"post/{draft.story.id}/{FIRST}"
    rows = LedgerRow.objects.filter(surface=account.surface, account=account.name, key=key)
    shown = ShownPost(
        account=f"{account.surface}/{account.name}",
        rules=str(account.settings.get("rules", "")),
        problem=made if isinstance(made, str) else "",
        is_out=rows.exists(),
        on_hold=account.on_hold,
        text="",
        language="",
        direction="",
        counts=(),
        left_out_words="",
        left_out_hashtags=(),
        card=None,
    )
    if isinstance(made, str):
        return shown
    post = msgspec.json.decode(made.data, type=Post)
    return shown._replace(
        text=post.text,
        language=post.language,
        direction=direction_of(post.language),
        counts=_counts(post.text, rule) if rule else (),
        left_out_words=_left_out(made),
        left_out_hashtags=made.fitted.left_out_hashtags,
        card=_card(post, draft),
    )


def _counts(text: str, rule: TextRule) -> tuple[Count, ...]:
    used = measure(text, rule).used
    return tuple(
        Count(number, limit.at_most, UNITS[limit.unit])
        for number, limit in zip(used, rule.limits, strict=True)
    )


def _left_out(made: Payload) -> str:
    return made.parts.words.removeprefix(made.fitted.kept_words).strip()


def _card(post: Post, draft: previewing.Draft) -> PostCard:
    texts = {picture.sha256: picture.alternative_text for picture in post.pictures}
    picture = post.card.picture
    return PostCard(
        title=post.card.title,
        description=post.card.description,
        site=post.card.link.partition("://")[2].partition("/")[0],
        picture=_address_of(picture, draft) if picture else "",
        alternative_text=texts.get(picture, "") if picture else "",
    )


def _address_of(sha256: Sha256, draft: previewing.Draft) -> str:
    found = (
        f"{draft.pictures_under}{addresses.rendition(record.id, size)}"
        for record in draft.brings
        if isinstance(record, Picture)
        for size in record.renditions
        if size.sha256 == sha256
    )
    return next(found, "")

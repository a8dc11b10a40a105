"""
Shows what each network account would post of a draft: the words that fit, and what does not.

The press fits them, by the function that fits the post itself; here they are only counted. Of a
story that is live already they say what publishing makes of the posts it has.
"""

from typing import NamedTuple

import msgspec

from broadsheet.press import previewing
from broadsheet.press.models import Account
from broadsheet.press.posts.foretelling import Foretold
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
    """What one account would post, or has posted."""

    account: str
    rules: str  # whose limits the account has
    how: str  # press.posts.foretelling.How
    problem: str  # why there can be no post; "" is fine
    on_hold: str  # why nothing is posted for now; "" is working
    text: str = ""
    language: str = ""
    direction: str = ""
    counts: tuple[Count, ...] = ()
    left_out_words: str = ""
    left_out_hashtags: tuple[str, ...] = ()
    card: PostCard | None = None


def posts_of(
    draft: previewing.Draft, account: Account, rule: TextRule | None
) -> tuple[ShownPost, ...]:
    """Return what an account would have of a story; rule is None where its network is not known."""
    return tuple(
        _shown(foretold, draft, account, rule) for foretold in previewing.posts(draft, account)
    )


def _shown(
    foretold: Foretold, draft: previewing.Draft, account: Account, rule: TextRule | None
) -> ShownPost:
    shown = ShownPost(
        account=f"{account.surface}/{account.name}",
        rules=str(account.settings.get("rules", "")),
        how=foretold.how.value,
        problem=foretold.problem,
        on_hold=account.on_hold,
    )
    if foretold.problem or not foretold.data:
        return shown
    post = msgspec.json.decode(foretold.data, type=Post)
    return shown._replace(
        text=post.text,
        language=post.language,
        direction=direction_of(post.language),
        counts=_counts(post.text, rule) if rule else (),
        left_out_words=_left_out(foretold.made) if foretold.made else "",
        left_out_hashtags=foretold.made.fitted.left_out_hashtags if foretold.made else (),
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
    """Return where the desk shows a picture: the draft's, or of a post that was made before."""
    found = (
        f"{draft.pictures_under}{addresses.rendition(record.id, size)}"
        for record in (*draft.brings, *previewing.pictures_before(draft.story.id))
        if isinstance(record, Picture)
        for size in record.renditions
        if size.sha256 == sha256
    )
    return next(found, "")

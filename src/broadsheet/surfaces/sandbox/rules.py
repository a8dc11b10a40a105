"""
The limits of the networks a sandbox account can behave as, as data.

The sandbox server holds posts to them, and whoever fits a post can read them here. Each
number has the document it was read in and the date of reading; how texts are measured is in
story.textrule.
"""

from typing import NamedTuple

from broadsheet.reconciler.ports import Exactness, Traits
from broadsheet.story import textrule
from broadsheet.story.textrule import TextRule


class NetworkRules(NamedTuple):
    """What one network lets a post be."""

    name: str
    title: str  # as people know it
    text: TextRule
    pictures_limit: int
    alternative_text_limit: int  # code points
    shows_edits: bool
    refuses_repeats: bool  # the same words again are refused as a duplicate
    source: str


BLUESKY = NetworkRules(
    name="bluesky",
    title="Bluesky",
    text=textrule.BLUESKY,
    pictures_limit=4,
    alternative_text_limit=2000,
    shows_edits=False,
    refuses_repeats=False,
    # The app's own alternative text box ends at 2,000; the server takes 90 kB.
    source="lexicon app.bsky.embed.images, read 2026-08-20",
)
MASTODON = NetworkRules(
    name="mastodon",
    title="Mastodon",
    text=textrule.MASTODON,
    pictures_limit=4,
    alternative_text_limit=1500,
    shows_edits=True,
    refuses_repeats=False,
    source="mastodon/documentation entities/Instance, read 2026-07-02",
)
X = NetworkRules(
    name="x",
    title="X",
    text=textrule.X,
    pictures_limit=4,
    alternative_text_limit=1000,
    shows_edits=False,
    refuses_repeats=True,
    source="docs.x.com, counting characters and media metadata, read 2026-08-22",
)
NETWORKS = {rules.name: rules for rules in (BLUESKY, MASTODON, X)}

DEADLINE_S = 10.0  # loopback answers in milliseconds; a busy machine gets room
SETTLE_S = 5.0  # the server applies a request at once, or when a "late" fault says
KEY_LIFE_S = 3600.0  # Mastodon keeps an Idempotency-Key an hour; containers live as long here
LEASE_S = 60.0

_WITH_LIFE = {Exactness.DEDUPE_KEY, Exactness.CONTAINER}


def traits(rules: NetworkRules, *, exactness: Exactness, key_life_s: float = KEY_LIFE_S) -> Traits:
    """Return what the reconciler must know of an account with these rules and this class."""
    return Traits(
        exactness=exactness,
        can_edit=rules.shows_edits,
        can_withdraw=True,
        deadline_s=DEADLINE_S,
        settle_s=SETTLE_S,
        key_life_s=key_life_s if exactness in _WITH_LIFE else 0.0,
        lease_s=LEASE_S,
    )

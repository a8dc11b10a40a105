"""
Measures text as each network does, by rules that are data.

A rule names its limits (unit and number) and what counts differently: links, and the
server part of mentions. measure() is the only place in the project that counts for a
network; the desk's live counter and the fitting of posts both use it.
"""

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from enum import Enum

import msgspec
import regex

from broadsheet.story.links import Span, links_as_x_sees_them, links_with_scheme


class Unit(Enum):
    """What a network counts."""

    GRAPHEMES = "graphemes"  # extended grapheme clusters, UAX #29
    UTF8_BYTES = "utf8-bytes"
    CODE_POINTS = "code-points"
    UTF16_UNITS = "utf16-units"
    X_WEIGHT = "x-weight"  # X's own scale; see x_weight


class Links(Enum):
    """What a network takes for a link, where it counts links differently."""

    PLAIN = "plain"  # a link counts like any text
    X = "x"  # also a bare domain whose top-level domain exists
    WITH_SCHEME = "with-scheme"  # http:// and https:// only


class Limit(msgspec.Struct, frozen=True, kw_only=True):
    """How much of one unit a text may be."""

    unit: Unit
    at_most: int


class TextRule(msgspec.Struct, frozen=True, kw_only=True):
    """How one network measures the text of a post."""

    version: str  # kept in the ledger beside each payload
    limits: tuple[Limit, ...]  # all of them hold
    links: Links = Links.PLAIN
    link_length: int = 0  # what any link counts, unless it is plain
    mentions_without_server: bool = False  # @user@host counts as @user


class Measured(msgspec.Struct, frozen=True, kw_only=True):
    """How long a text is by a rule: one number for each limit, in the rule's order."""

    used: tuple[int, ...]
    rule: TextRule

    @property
    def fits(self) -> bool:
        """Say whether the network would take a text of this length."""
        return all(
            used <= limit.at_most for used, limit in zip(self.used, self.rule.limits, strict=True)
        )


# Source: app.bsky.feed.post lexicon and a real PDS, shared facts section 2, read 2026-11-22.
BLUESKY = TextRule(
    version="bluesky-1",
    limits=(
        Limit(unit=Unit.GRAPHEMES, at_most=300),
        Limit(unit=Unit.UTF8_BYTES, at_most=3000),
    ),
)

# Source: StatusLengthValidator; 500 is the default of configuration.statuses.max_characters.
MASTODON = TextRule(
    version="mastodon-1",
    limits=(Limit(unit=Unit.GRAPHEMES, at_most=500),),
    links=Links.WITH_SCHEME,
    link_length=23,
    mentions_without_server=True,
)

# Source: X's text configuration, version 3.
X = TextRule(
    version="x-3",
    limits=(Limit(unit=Unit.X_WEIGHT, at_most=280),),
    links=Links.X,
    link_length=23,
)

# Code points that weigh 1 on X; every other weighs 2. Source: X's text configuration 3.
_X_LIGHT = regex.compile(r"[\u0000-\u10FF\u2000-\u200D\u2010-\u201F\u2032-\u2037]")

# Emoji sequences weigh 2 on X however long. A pictograph that is text unless styled (the
# copyright sign) is an emoji only with the style sign.
_EMOJI = regex.compile(
    r"\p{RI}\p{RI}"
    r"|[0-9#*]\uFE0F?\u20E3"
    r"|(?:(?![\u00A9\u00AE](?!\uFE0F))\p{Extended_Pictographic}(?:\uFE0F|\p{EMod})?"
    r"(?:[\U000E0020-\U000E007E]+\U000E007F)?)"
    r"(?:\u200D\p{Extended_Pictographic}(?:\uFE0F|\p{EMod})?)*"
)
_GRAPHEME = regex.compile(r"\X")
_MENTION_WITH_SERVER = regex.compile(
    r"(?<![=/\w])(@\w(?:[\w.-]*\w)?)@[\w-]++(?:\.[\w-]++)*+(?::[0-9]++)?"
)


def measure(text: str, rule: TextRule) -> Measured:
    """Return how long a text is by a network's rule."""
    if rule.mentions_without_server:
        text = _MENTION_WITH_SERVER.sub(r"\1", text)
    used = tuple(_used(text, rule, COUNTING[limit.unit]) for limit in rule.limits)
    return Measured(used=used, rule=rule)


def graphemes(text: str) -> int:
    """Return how many characters a reader sees."""
    return sum(1 for _ in _GRAPHEME.finditer(text))


def utf8_bytes(text: str) -> int:
    """Return the length of the text as it travels."""
    return len(text.encode())


def utf16_units(text: str) -> int:
    """Return the length of the text as JavaScript and Java count it."""
    return len(text.encode("utf-16-le")) // 2


def x_weight(text: str) -> int:
    """
    Return the weight of a text without links on X's scale.

    An emoji sequence that Unicode does not recommend weighs more on X than here; X shows
    it as several emoji.
    """
    emoji = 0
    rest = []
    reached = 0
    for match in _EMOJI.finditer(text):
        emoji += 1
        rest.append(text[reached : match.start()])
        reached = match.end()
    rest.append(text[reached:])
    others = "".join(rest)
    light = sum(1 for _ in _X_LIGHT.finditer(others))
    return 2 * emoji + 2 * (len(others) - light) + light


COUNTING: Mapping[Unit, Callable[[str], int]] = {
    Unit.GRAPHEMES: graphemes,
    Unit.UTF8_BYTES: utf8_bytes,
    Unit.CODE_POINTS: len,
    Unit.UTF16_UNITS: utf16_units,
    Unit.X_WEIGHT: x_weight,
}


def links_in(text: str, rule: TextRule) -> Iterator[Span]:
    """Return the links that count differently by a rule; none where all text is alike."""
    match rule.links:
        case Links.PLAIN:
            return iter(())
        case Links.X:
            return links_as_x_sees_them(text)
        case Links.WITH_SCHEME:
            return links_with_scheme(text)


def _used(text: str, rule: TextRule, counted: Callable[[str], int]) -> int:
    if rule.links is Links.X:
        text = unicodedata.normalize("NFC", text)  # X counts this form; the text stays as it is
    total, reached = 0, 0
    for link in links_in(text, rule):
        total += counted(text[reached : link.start]) + rule.link_length
        reached = link.end
    return total + counted(text[reached:])

"""
The providers we know, as data: which addresses are theirs, and where they answer by oEmbed.

Each says what it was read in. The registry is oembed.com's, github.com/iamcal/oembed; all
were read 2026-11-28.
"""

import re
from typing import NamedTuple

import httpx

from broadsheet.media.fetching.web_addresses import SCHEMES, Refused, read


class Provider(NamedTuple):
    """One place where people put videos, posts, sounds or charts."""

    name: str  # as people know it
    hosts: frozenset[str]  # none: any host, since everybody may run one
    path: re.Pattern[str]
    endpoint: str  # where it answers; "" does not, {host} is the address's own
    source: str


def _provider(name: str, hosts: str, path: str, endpoint: str, source: str) -> Provider:
    return Provider(name, frozenset(hosts.split()), re.compile(path), endpoint, source)


PROVIDERS = (
    _provider(
        "YouTube",
        "youtube.com www.youtube.com m.youtube.com youtu.be",
        r"/(watch|shorts/|live/|playlist|[\w-]{11}$)",
        "https://www.youtube.com/oembed",
        "the registry, providers/youtube.yml; it names no documentation",
    ),
    _provider(
        "Vimeo",
        "vimeo.com www.vimeo.com player.vimeo.com",
        r"/.*\d",
        "https://vimeo.com/api/oembed.json",
        "the registry, providers/vimeo.yml, and Vimeo's help, Overview: Developer Tools",
    ),
    _provider(
        "X",
        "x.com www.x.com mobile.x.com twitter.com www.twitter.com mobile.twitter.com",
        r"/[^/]+/status/\d",
        "https://publish.twitter.com/oembed",
        "the registry, providers/twitter.yml: developer.twitter.com, oEmbed API",
    ),
    _provider(
        "Bluesky",
        "bsky.app",
        r"/profile/[^/]+/post/",
        "https://embed.bsky.app/oembed",
        "docs.bsky.app, advanced guides, oEmbed and Post Embed Widget",
    ),
    _provider(
        "Instagram",
        "instagram.com www.instagram.com",
        r"/(p|reel|reels|tv)/",
        "",  # answers with HTML and no text since 2025-11: nothing we would keep
        "developers.facebook.com, Graph API, Oembed Post: author_name is no longer returned",
    ),
    _provider(
        "TikTok",
        "tiktok.com www.tiktok.com",
        r"/@[^/]+/(video|photo)/\d",
        "https://www.tiktok.com/oembed",
        "the registry, providers/TikTok.yml: developers.tiktok.com, Embed Videos",
    ),
    _provider(
        "SoundCloud",
        "soundcloud.com www.soundcloud.com m.soundcloud.com",
        r"/[^/]+/[^/]",
        "https://soundcloud.com/oembed",
        "the registry, providers/soundcloud.yml",
    ),
    _provider(
        "Spotify",
        "open.spotify.com",
        r"/(intl-\w+/)?(track|album|artist|playlist|episode|show)/",
        "https://open.spotify.com/oembed",
        "developer.spotify.com, embeds, Using the oEmbed API",
    ),
    _provider(
        "Datawrapper",
        "datawrapper.dwcdn.net",
        r"/\w",
        "https://api.datawrapper.de/v3/oembed",
        "developer.datawrapper.de, Embedding charts via oEmbed",
    ),
    _provider(
        "Dailymotion",
        "dailymotion.com www.dailymotion.com dai.ly",
        r"/(video/)?\w",
        "https://www.dailymotion.com/services/oembed",
        "developers.dailymotion.com, Embed videos with oEmbed",
    ),
    # The last, since its posts may be anywhere.
    _provider(
        "Mastodon",
        "",
        r"/@[\w.-]+(@[\w.-]+)?/\d+$",
        "https://{host}/api/oembed",
        "docs.joinmastodon.org, methods, oembed",
    ),
)


def provider_of(url: httpx.URL) -> Provider | None:
    """Return whose address this is, as far as it tells; None if nobody's we know."""
    return next((each for each in PROVIDERS if _is_of(url, each)), None)


def name_at(address: str) -> str:
    """Return the name of the provider whose host an address has, "" if it is nobody's we know."""
    try:
        provider = provider_of(read(address, ports=SCHEMES.values()))
    except Refused:
        return ""
    return provider.name if provider is not None and provider.hosts else ""


def _is_of(url: httpx.URL, provider: Provider) -> bool:
    is_host = url.host in provider.hosts if provider.hosts else "." in url.host
    return is_host and provider.path.match(url.path) is not None

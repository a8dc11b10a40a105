"""
Says which things elsewhere can be played on our own pages, and where their players are.

Nothing of a player is loaded before a reader asks for it: the page has a link, and our script
offers to put the player in its place. PLAYER_HOSTS is what the site's Content-Security-Policy
lets a frame show; whatever else a story embeds stays a link.
Source: each provider's own page on embedding, as known in 2026-11.
"""

import re
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import parse_qs, quote, urlsplit

_YOUTUBE = "www.youtube-nocookie.com"
_VIMEO = "player.vimeo.com"
_DAILYMOTION = "geo.dailymotion.com"
_SPOTIFY = "open.spotify.com"
_SOUNDCLOUD = "w.soundcloud.com"
_TIKTOK = "www.tiktok.com"
_DATAWRAPPER = "datawrapper.dwcdn.net"
_FLOURISH = "flo.uri.sh"
PLAYER_HOSTS = (
    _YOUTUBE,
    _VIMEO,
    _DAILYMOTION,
    _SPOTIFY,
    _SOUNDCLOUD,
    _TIKTOK,
    _DATAWRAPPER,
    _FLOURISH,
)

_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")
_NUMBER = re.compile(r"[0-9]{1,20}")


class Player(NamedTuple):
    """Where a player is, and the shape of the place it takes."""

    src: str
    shape: str  # "wide", "tall" or "bar": a class of the style sheet


def player_of(url: str) -> Player | None:
    """Return the player of something elsewhere; None if it can only be linked to."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or parts.username or parts.port:
        return None
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    find = _BY_HOST.get(host)
    segments = [part for part in parts.path.split("/") if part]
    return find(segments, parts.query, url) if find else None


def _youtube(segments: list[str], query: str, _url: str) -> Player | None:
    named = segments[1:2] if segments[:1] in (["shorts"], ["live"], ["embed"]) else []
    asked = parse_qs(query).get("v", [])[:1] if segments == ["watch"] else []
    shape = "tall" if segments[:1] == ["shorts"] else "wide"
    return _at(f"https://{_YOUTUBE}/embed/{{}}?autoplay=1", named or asked, shape)


def _youtube_short(segments: list[str], _query: str, _url: str) -> Player | None:
    return _at(f"https://{_YOUTUBE}/embed/{{}}?autoplay=1", segments[:1], "wide")


def _vimeo(segments: list[str], _query: str, _url: str) -> Player | None:
    return _at(f"https://{_VIMEO}/video/{{}}?autoplay=1&dnt=1", segments[:1], "wide", _NUMBER)


def _dailymotion(segments: list[str], _query: str, _url: str) -> Player | None:
    found = segments[1:2] if segments[:1] == ["video"] else []
    return _at(f"https://{_DAILYMOTION}/player.html?video={{}}", found, "wide")


def _spotify(segments: list[str], _query: str, _url: str) -> Player | None:
    kinds = ("track", "album", "playlist", "episode", "show", "artist")
    found = segments[1:2] if segments[:1] and segments[0] in kinds else []
    return _at(f"https://{_SPOTIFY}/embed/{segments[0] if found else ''}/{{}}", found, "bar")


def _soundcloud(segments: list[str], _query: str, url: str) -> Player | None:
    if not segments:
        return None
    return Player(f"https://{_SOUNDCLOUD}/player/?url={quote(url, safe='')}", "bar")


def _tiktok(segments: list[str], _query: str, _url: str) -> Player | None:
    found = segments[2:3] if segments[1:2] == ["video"] else []
    return _at(f"https://{_TIKTOK}/embed/v2/{{}}", found, "tall", _NUMBER)


def _datawrapper(segments: list[str], _query: str, _url: str) -> Player | None:
    return _at(f"https://{_DATAWRAPPER}/{{}}/", segments[:1], "wide")


def _flourish(segments: list[str], _query: str, _url: str) -> Player | None:
    found = segments[1:2] if segments[:1] in (["visualisation"], ["story"]) else []
    kind = segments[0] if found else ""
    return _at(f"https://{_FLOURISH}/{kind}/{{}}/embed", found, "wide", _NUMBER)


def _at(src: str, found: list[str], shape: str, known: re.Pattern[str] = _NAME) -> Player | None:
    if not found or known.fullmatch(found[0]) is None:
        return None
    return Player(src.format(found[0]), shape)


_BY_HOST: dict[str, Callable[[list[str], str, str], Player | None]] = {
    "youtube.com": _youtube,
    "youtube-nocookie.com": _youtube,
    "youtu.be": _youtube_short,
    "vimeo.com": _vimeo,
    "dailymotion.com": _dailymotion,
    "open.spotify.com": _spotify,
    "soundcloud.com": _soundcloud,
    "tiktok.com": _tiktok,
    "datawrapper.dwcdn.net": _datawrapper,
    "flo.uri.sh": _flourish,
    "public.flourish.studio": _flourish,
}

"""Which embeds can be played on our own pages, and from where."""

from urllib.parse import urlsplit

import pytest

from broadsheet.projections.players import PLAYER_HOSTS, player_of


@pytest.mark.parametrize(
    ("url", "src"),
    [
        ("https://www.youtube.com/watch?v=a_B-1&t=3", "www.youtube-nocookie.com/embed/a_B-1"),
        ("https://youtu.be/abc?si=x", "www.youtube-nocookie.com/embed/abc"),
        ("https://m.youtube.com/shorts/abc", "www.youtube-nocookie.com/embed/abc"),
        ("https://vimeo.com/123", "player.vimeo.com/video/123"),
        ("https://www.dailymotion.com/video/x8abc", "geo.dailymotion.com/player.html?video=x8abc"),
        ("https://open.spotify.com/episode/4rO", "open.spotify.com/embed/episode/4rO"),
        (
            "https://soundcloud.com/a/b",
            "w.soundcloud.com/player/?url=https%3A%2F%2Fsoundcloud.com%2Fa%2Fb",
        ),
        ("https://www.tiktok.com/@a/video/71", "www.tiktok.com/embed/v2/71"),
        ("https://datawrapper.dwcdn.net/aBcD1/2/", "datawrapper.dwcdn.net/aBcD1/"),
        ("https://public.flourish.studio/visualisation/9/", "flo.uri.sh/visualisation/9/embed"),
    ],
)
def test_known_providers_have_a_player(url, src):
    """Each provider's page leads to its player, at a host that our pages may show."""
    player = player_of(url)

    assert player is not None
    assert player.src.startswith(f"https://{src}")
    assert urlsplit(player.src).hostname in PLAYER_HOSTS


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/watch?v=abc",
        "https://youtube.com.example.org/watch?v=abc",
        "https://www.youtube.com/@channel",
        "https://www.youtube.com/watch?v=a%22onload=",
        "https://www.youtube.com/watch?v=../../x",
        "https://user@vimeo.com/1",
        "https://vimeo.com:8443/1",
        "https://vimeo.com/channels",
        "https://open.spotify.com/",
        "https://soundcloud.com/",
        "ftp://vimeo.com/1",
        "javascript:alert(1)",
        "",
    ],
)
def test_anything_else_is_a_link_only(url):
    """What is no such page, or pretends to be one, is given no player."""
    assert player_of(url) is None

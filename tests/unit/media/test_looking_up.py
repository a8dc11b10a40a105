"""What a provider says of an address becomes a few words of ours, or a reason why not."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.media.fetching.guarded import Fetched, NotFetched
from broadsheet.media.fetching.web_addresses import SCHEMES, Refused, read
from broadsheet.media.oembed.looking_up import LONGEST_TEXT, Found, NotFound, look_up, plain
from broadsheet.media.oembed.providers import PROVIDERS, name_at, provider_of
from broadsheet.story.text import flaws

VIDEO = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"


class Answering:
    """A fetcher that remembers what it was asked, and answers one thing."""

    def __init__(self, body: bytes, status: int = 200, error: Exception | None = None) -> None:
        self.asked: list[str] = []
        self._answer = Fetched("", status, "application/json", body)
        self._error = error

    def fetch(self, address: str, *, accept: str) -> Fetched:
        """Answer as told, or fail."""
        self.asked.append(address)
        if self._error:
            raise self._error
        return self._answer


def an_answer(**said: object) -> Answering:
    """Return a fetcher that answers with this."""
    return Answering(json.dumps(said).encode())


@pytest.mark.parametrize(
    ("address", "name"),
    [
        (VIDEO, "YouTube"),
        ("https://youtu.be/dQw4w9WgXcQ", "YouTube"),
        ("https://www.youtube.com/shorts/abc", "YouTube"),
        ("https://vimeo.com/76979871", "Vimeo"),
        ("https://x.com/Interior/status/463440424141459456", "X"),
        ("https://twitter.com/Interior/status/463440424141459456", "X"),
        ("https://bsky.app/profile/bsky.app/post/3kqmooj3ems2w", "Bluesky"),
        ("https://www.instagram.com/p/abc/", "Instagram"),
        ("https://www.tiktok.com/@scout2015/video/6718335390845095173", "TikTok"),
        ("https://soundcloud.com/forss/flickermood", "SoundCloud"),
        ("https://open.spotify.com/episode/7makk4oTQel546B0PZlDM5", "Spotify"),
        ("https://open.spotify.com/intl-de/track/7makk4oTQel546B0PZlDM5", "Spotify"),
        ("https://datawrapper.dwcdn.net/WpAbK/2/", "Datawrapper"),
        ("https://www.dailymotion.com/video/x7tgad0", "Dailymotion"),
        ("https://social.example/@ada/117498495330835648", "Mastodon"),
    ],
)
def test_addresses_are_known(address: str, name: str):
    """An address of each provider is known for its."""
    provider = provider_of(read(address, ports=SCHEMES.values()))

    assert provider is not None
    assert name == provider.name


@pytest.mark.parametrize(
    "address",
    [
        "https://example.com/watch?v=abc",
        "https://youtube.com.evil.example/watch?v=abc",
        "https://notyoutube.com/watch?v=abc",
        "https://www.youtube.com/about/",
        "https://x.com/Interior",
        "https://social.example/@ada",
    ],
)
def test_other_addresses_are_nobodys(address: str):
    """A page that is none of a provider's, or only looks so, is nobody's we know."""
    assert provider_of(read(address, ports=SCHEMES.values())) is None


def test_every_provider_says_where_it_was_read():
    """Each row of the table has its source, and an endpoint that is encrypted or none."""
    for provider in PROVIDERS:
        assert provider.source
        assert provider.endpoint == "" or provider.endpoint.startswith("https://")


def test_a_name_is_told_by_the_host_alone():
    """Of anybody's host we do not say what runs there; of a known one we do."""
    assert "YouTube" == name_at(VIDEO)
    assert "" == name_at("https://social.example/@ada/117498495330835648")
    assert "" == name_at("javascript:alert(1)")


def test_a_provider_is_asked_and_its_words_are_taken():
    """Title and author come from the answer, the provider's name from our table."""
    fetcher = an_answer(title="Trams", author_name="City TV", provider_name="Evil", version="1.0")

    assert Found("YouTube", "Trams", "City TV") == look_up(VIDEO, fetcher)
    [asked] = fetcher.asked
    assert asked.startswith("https://www.youtube.com/oembed?")
    assert {"format": ["json"], "url": [VIDEO]} == parse_qs(urlsplit(asked).query)


def test_an_address_cannot_say_more_than_itself_to_a_provider():
    """What stands in an address arrives as part of it, and as no parameter of the question."""
    address = f"{VIDEO}&format=xml&callback=evil#x"
    fetcher = an_answer(title="Trams")

    look_up(address, fetcher)

    assert {"format": ["json"], "url": [address]} == parse_qs(urlsplit(fetcher.asked[0]).query)


def test_a_server_of_anybody_is_asked_at_its_own_host():
    """A post on some Mastodon server is looked up there."""
    fetcher = an_answer(title="New status by ada", author_name="Ada", version="1.0")

    look_up("https://social.example/@ada/1174984", fetcher)

    assert fetcher.asked[0].startswith("https://social.example/api/oembed?format=json&url=")


def test_html_of_an_answer_is_taken_nowhere():
    """Neither the HTML nor the picture of an answer is part of what is found."""
    fetcher = an_answer(
        title="<strong>More than</strong> 3 < 4 &amp; 5",
        html="<script>alert(1)</script>",
        thumbnail_url="https://tracker.example/pixel.gif",
        version=1,
    )

    assert Found("YouTube", "More than 3 < 4 & 5", "") == look_up(VIDEO, fetcher)


@pytest.mark.parametrize("address", ["https://example.com/", "https://www.instagram.com/p/abc/"])
def test_who_cannot_be_asked_is_told(address: str):
    """Where nobody answers by oEmbed the editor is told to write the title; nobody is asked."""
    fetcher = an_answer(title="x")

    with pytest.raises(NotFound, match="write the title yourself"):
        look_up(address, fetcher)
    assert [] == fetcher.asked


def test_a_hostile_address_is_refused():
    """An address that leads to no public page is not looked up."""
    fetcher = an_answer(title="x")

    with pytest.raises(Refused):
        look_up("http://localhost/@ada/1174984", fetcher)
    assert [] == fetcher.asked


@pytest.mark.parametrize(
    "fetcher",
    [
        Answering(b"", error=NotFetched("too slow")),
        Answering(b"", error=Refused("inside")),
        Answering(b"Not Found", 404),
        Answering(b"not json"),
        Answering(b"[1, 2]"),
        Answering(b'{"title": {"a": 1}}'),
        Answering(b'{"title": "\xff"}'),
        Answering(b"[" * 100_000),
    ],
)
def test_a_failed_look_up_says_so(fetcher: Answering):
    """Whatever goes wrong, the editor gets a sentence."""
    with pytest.raises(NotFound, match="YouTube"):
        look_up(VIDEO, fetcher)


@given(st.text(max_size=600))
def test_words_of_others_may_be_written(text: str):
    """Any text of somebody else's becomes one line that may be written here, and is not long."""
    line = plain(text)

    assert not flaws(line)
    assert len(line) <= LONGEST_TEXT
    assert "\n" not in line

"""How long a text is, network by network."""

import importlib.resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.story.textrule import BLUESKY, MASTODON, Limit, TextRule, Unit, X, measure
from broadsheet.story.top_level_domains import TOP_LEVEL_DOMAINS

FAMILY = "👨‍👩‍👧‍👦"


@pytest.mark.parametrize(
    ("text", "graphemes", "utf8_bytes"),
    [
        pytest.param("", 0, 0, id="empty"),
        pytest.param("Tram", 4, 4, id="Latin"),
        pytest.param("e\u0301", 1, 3, id="decomposed"),
        pytest.param(FAMILY, 1, 25, id="family"),
        pytest.param("🇩🇪🇫🇷", 2, 16, id="flags"),
        pytest.param("க்ஷ நி", 4, 16, id="Tamil joins no conjunct"),
        pytest.param("हिन्दी", 2, 18, id="Devanagari conjunct"),
        pytest.param("https://example.com/a", 21, 21, id="a link is plain text"),
    ],
)
def test_bluesky_counts_graphemes_and_bytes(text: str, graphemes: int, utf8_bytes: int) -> None:
    """Bluesky's two numbers are what a reader sees and what travels."""
    assert (graphemes, utf8_bytes) == measure(text, BLUESKY).used


@pytest.mark.parametrize(("families", "fits"), [(120, True), (121, False)])
def test_bluesky_refuses_too_many_bytes(families: int, fits: bool) -> None:  # noqa: FBT001  # a case
    """121 family emoji are few graphemes, but more than 3000 bytes."""
    assert fits == measure(FAMILY * families, BLUESKY).fits


@pytest.mark.parametrize(
    ("text", "length"),
    [
        pytest.param("https://example.com/" + "a" * 200, 23, id="any link is 23"),
        pytest.param("http://a.bc", 23, id="a short one too"),
        pytest.param("example.com", 11, id="no link without its scheme"),
        pytest.param("https://example.com/a, and", 28, id="the comma is not the link's"),
        pytest.param("https://example.com/новости/ё", 23, id="a path in any script"),
        pytest.param("ask @ada@press.example.com now", 12, id="the server of a mention is free"),
        pytest.param("mail ada@example.com", 20, id="mail is no mention"),
        pytest.param(FAMILY * 3, 3, id="graphemes"),
    ],
)
def test_mastodon_counts_links_as_23_and_mentions_without_server(text: str, length: int) -> None:
    """Mastodon counts graphemes after its two replacements."""
    assert (length,) == measure(text, MASTODON).used


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        pytest.param("news", 4, id="Latin weighs 1"),
        pytest.param("新闻", 4, id="Chinese weighs 2"),
        pytest.param("خبر", 3, id="Arabic weighs 1"),
        pytest.param("செய்தி", 6, id="Tamil weighs 1"),
        pytest.param(FAMILY, 2, id="an emoji sequence weighs 2"),
        pytest.param("🙋🏽🇩🇪1️⃣❤️", 8, id="skin, flag, keycap and style too"),
        pytest.param("© ©️", 4, id="a sign is an emoji when styled"),
        pytest.param("e\u0301", 1, id="composed before counting"),
        pytest.param("read paper.com/a now", 32, id="a bare domain is a link"),
        pytest.param("read https://paper.example/a", 28, id="an unknown domain is text"),
    ],
)
def test_x_weighs(text: str, weight: int) -> None:
    """X's scale: light and heavy code points, emoji sequences, links of 23."""
    assert (weight,) == measure(text, X).used


@pytest.mark.parametrize(
    ("unit", "length"), [(Unit.CODE_POINTS, 9), (Unit.UTF16_UNITS, 13), (Unit.UTF8_BYTES, 27)]
)
def test_other_units(unit: Unit, length: int) -> None:
    """A rule may count code points, UTF-16 units or bytes."""
    rule = TextRule(version="test", limits=(Limit(unit=unit, at_most=10),))

    assert (length,) == measure(FAMILY + "ok", rule).used


@settings(deadline=None)
@given(st.text(), st.sampled_from([BLUESKY, MASTODON, X]))
def test_any_text_can_be_measured(text: str, rule: TextRule) -> None:
    """No text, however odd, fails to have a length; an empty one has none."""
    used = measure(text, rule).used

    assert all((number > 0) == bool(text) for number in used)


def test_top_level_domains_are_those_of_the_root_zone() -> None:
    """Our list agrees with the copy of IANA's that Hypothesis carries, name for name."""
    listed = importlib.resources.files("hypothesis") / "vendor" / "tlds-alpha-by-domain.txt"
    names = listed.read_text().splitlines()[1:]

    independent = {
        name[4:].encode().decode("punycode") if name.startswith("xn--") else name
        for name in map(str.lower, names)
    }

    assert independent == TOP_LEVEL_DOMAINS

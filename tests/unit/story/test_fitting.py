"""What a post says when its words are too long."""

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from broadsheet.story.fitting import ELLIPSIS, LinkDoesNotFit, Parts, fit
from broadsheet.story.textrule import BLUESKY, MASTODON, Limit, TextRule, Unit, X, measure

LINK = "https://paper.news/2026/11/22/tram/?d=abcd2345"
FAMILY = "👨‍👩‍👧‍👦"
RULES = [
    BLUESKY,
    MASTODON,
    X,
    TextRule(version="small", limits=(Limit(unit=Unit.CODE_POINTS, at_most=60),)),
]
PIECES = st.sampled_from(
    [
        "tram ", "Straße ", "வணக்கம் ", "مرحبا بكم ", "故人西辞黄鹤楼", "e\u0301", FAMILY, "🇩🇪",
        "🙋🏽", "#elections ", "@ada@press.news ", "https://paper.news/Русские_слова ", "paper.com",
        "\n", " ", "…", "हिन्दी", "\u0600", ".", "x" * 40,
    ]
)  # fmt: skip
CLUSTERS = st.sampled_from([FAMILY, "e\u0301", "🇩🇪", "🙋🏽", "हिन्दी", "கொ", "市"])
WORDS = st.one_of(
    st.text(),
    st.lists(PIECES, max_size=60).map("".join),
    st.lists(CLUSTERS, min_size=20, max_size=400).map("".join),
)
HASHTAGS = st.lists(st.sampled_from(["#news", "#برلين", "#berlin_wahl"]), max_size=3).map(tuple)


def tokens(text: str) -> list[str]:
    """Return a text's graphemes."""
    return regex.findall(r"\X", text)


@settings(deadline=None)
@given(WORDS, HASHTAGS, st.sampled_from(RULES))
def test_fitted_text_fits_and_keeps_its_link(
    words: str, hashtags: tuple[str, ...], rule: TextRule
) -> None:
    """However long the words, the post is within every limit and ends with its whole link."""
    fitted = fit(Parts(words, hashtags, LINK), rule)

    assert measure(fitted.text, rule).fits
    assert LINK == fitted.text.split("\n")[-1]


@settings(deadline=None)
@given(WORDS, HASHTAGS, st.sampled_from(RULES))
def test_what_remains_is_a_beginning_of_whole_graphemes(
    words: str, hashtags: tuple[str, ...], rule: TextRule
) -> None:
    """Words are only cut at the end, never changed, never inside a character."""
    fitted = fit(Parts(words, hashtags, LINK), rule)

    kept = tokens(fitted.kept_words)
    assert kept == tokens(words)[: len(kept)]
    assert fitted.text.startswith(fitted.kept_words)
    assert hashtags == (*hashtags[: len(hashtags) - len(fitted.left_out_hashtags)],
                        *fitted.left_out_hashtags)  # fmt: skip


@settings(deadline=None)
@given(WORDS, HASHTAGS, st.sampled_from(RULES))
def test_text_that_fits_is_unchanged(words: str, hashtags: tuple[str, ...], rule: TextRule) -> None:
    """A post within the limit says all its words, hashtags and its link, one per line."""
    whole = "\n".join(part for part in (words, " ".join(hashtags), LINK) if part)

    fitted = fit(Parts(words, hashtags, LINK), rule)

    assert (fitted.text == whole) == measure(whole, rule).fits
    assert fitted.is_shortened == (fitted.text != whole)


@settings(deadline=None)
@given(st.integers(0, 40), st.sampled_from(["https://paper.news/a_b", "#elections", "@ada@a.news"]))
def test_link_hashtag_or_mention_in_the_words_is_kept_whole_or_not_at_all(
    before: int, token: str
) -> None:
    """A cut that would fall inside one falls before it."""
    rule = TextRule(version="small", limits=(Limit(unit=Unit.CODE_POINTS, at_most=40),))

    fitted = fit(Parts(f"{'a' * before} {token} {'z' * 40}", (), ""), rule)

    assert fitted.kept_words[before:].strip(" z") in {"", token}


def test_cut_prefers_the_end_of_a_word() -> None:
    """Words are shortened after a whole word, without the space that followed."""
    rule = TextRule(version="small", limits=(Limit(unit=Unit.GRAPHEMES, at_most=20),))

    fitted = fit(Parts("The council approves the new tram", (), ""), rule)

    assert "The council…" == fitted.text


def test_script_without_spaces_is_cut_at_a_character() -> None:
    """One early space does not cost a Chinese text all that would fit."""
    rule = TextRule(version="small", limits=(Limit(unit=Unit.GRAPHEMES, at_most=10),))

    fitted = fit(Parts("快讯 市议会批准建设新的有轨电车线路", (), ""), rule)

    assert "快讯 市议会批准建…" == fitted.text


def test_ellipsis_stays_out_of_a_link() -> None:
    """After a link the ellipsis stands apart, or it would become part of the address."""
    rule = TextRule(version="small", limits=(Limit(unit=Unit.CODE_POINTS, at_most=30),))

    fitted = fit(Parts("https://paper.news/tram-line and more words", (), ""), rule)

    assert "https://paper.news/tram-line …" == fitted.text


def test_hashtags_give_way_whole_when_no_word_would_fit() -> None:
    """The last hashtag goes before the words do."""
    rule = TextRule(version="small", limits=(Limit(unit=Unit.CODE_POINTS, at_most=20),))

    fitted = fit(Parts("Tram line opens", ("#berlin", "#verkehrswende"), ""), rule)

    assert ("Tram line…\n#berlin", ("#verkehrswende",)) == (fitted.text, fitted.left_out_hashtags)


def test_link_that_alone_is_too_long_is_an_error() -> None:
    """A link is never cut; the message names it and what to do."""
    rule = TextRule(version="small", limits=(Limit(unit=Unit.CODE_POINTS, at_most=20),))

    with pytest.raises(LinkDoesNotFit, match=r"paper\.news.*shorten the address"):
        fit(Parts("Tram", (), LINK), rule)


# The inputs another publisher's tool damaged; source: shared facts on auto-publishing.
LONG_WORDS = ("The city council has approved the new tram line. " * 6)[:250]


@pytest.mark.parametrize(
    ("words", "link"),
    [
        pytest.param(LONG_WORDS, "https://example.news/world/tram-line", id="long domain ending"),
        pytest.param(LONG_WORDS + "0123456789", LINK, id="text almost as long as the limit"),
        pytest.param(LONG_WORDS, "https://paper.com/город/новая-линия-трамвая", id="Cyrillic path"),
        pytest.param("市" * 200, LINK, id="two hundred heavy characters"),
        pytest.param("a" * 248 + FAMILY + " and more", LINK, id="family at the edge"),
    ],
)
def test_inputs_that_broke_another_tool(words: str, link: str) -> None:
    """The link stays whole, no word after it is lost, and no emoji falls apart."""
    fitted = fit(Parts(words, ("#tram",), link), X)

    *_, hashtags, last = fitted.text.split("\n")
    assert ("#tram", link) == (hashtags, last)
    assert 280 >= measure(fitted.text, X).used[0] >= 240
    assert words.startswith(fitted.kept_words)
    assert FAMILY in fitted.kept_words or "👨" not in fitted.text
    assert fitted.is_shortened == (ELLIPSIS in fitted.text)


def test_properties_catch_a_cut_by_code_points() -> None:
    """The broken twin: cutting code points splits a family, and the property sees it."""
    words = "a" * 3 + FAMILY

    kept = tokens(words[:5])

    assert kept != tokens(words)[: len(kept)]

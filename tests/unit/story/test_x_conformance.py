"""X's own cases for lengths and links, all of them; those we do not meet are named here."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
import yaml

from broadsheet.story.links import links_as_x_sees_them
from broadsheet.story.textrule import X, measure
from broadsheet.story.top_level_domains import TOP_LEVEL_DOMAINS
from tests.counts import Count
from tests.factories.inputs import X_TEXT

Case = Mapping[str, Any]

# Cases of older configurations, kept by X beside those of version 3.
OF_VERSION_2 = {
    # An emoji sequence weighs 2 since version 3, whatever it is joined from.
    "Count a mix of single byte single word, and double word unicode characters",
    "Count unicode emoji chars outside the basic multilingual plane with skin tone modifiers",
}
OF_VERSION_1 = {
    # The limit was 140 characters; it is 280 of weight since version 2.
    "Invalid Tweet: 141 characters",
    "Invalid Tweet: 141 characters (due to newline)",
}


def weight(text: str) -> int:
    """Return what X counts."""
    return measure(text, X).used[0]


def has_its_weight(case: Case) -> bool:
    """Say whether we count as X does."""
    return bool(case["expected"]["weightedLength"] == weight(case["text"]))


def is_judged_alike(case: Case) -> bool:
    """Say whether we take the text for a post as X does; X takes no empty one."""
    return bool(case["expected"] == (0 < weight(case["text"]) and measure(case["text"], X).fits))


def has_its_links(case: Case) -> bool:
    """Say whether we find the links X finds."""
    text = case["text"]
    return bool(case["expected"] == [text[a:b] for a, b in links_as_x_sees_them(text)])


def has_its_links_in_place(case: Case) -> bool:
    """Say whether we find the links X finds, where it finds them."""
    text = case["text"]
    spans = links_as_x_sees_them(text)
    return bool(case["expected"] == [{"url": text[a:b], "indices": [a, b]} for a, b in spans])


@pytest.mark.parametrize(
    ("file", "section", "is_met", "not_met"),
    [
        ("validate.yml", "WeightedTweetsCounterTest", has_its_weight, OF_VERSION_2),
        ("validate.yml", "WeightedTweetsWithDiscountedEmojiCounterTest", has_its_weight, set()),
        ("validate.yml", "UnicodeDirectionalMarkerCounterTest", has_its_weight, set()),
        ("validate.yml", "tweets", is_judged_alike, OF_VERSION_1),
        ("extract.yml", "urls", has_its_links, set()),
        ("extract.yml", "urls_with_indices", has_its_links_in_place, set()),
        ("extract.yml", "urls_with_directional_markers", has_its_links_in_place, set()),
        ("extract.yml", "tco_urls_with_params", has_its_links, set()),
    ],
)
def test_every_case_of_x_is_met_but_those_named(
    count: Count, file: str, section: str, is_met: Callable[[Case], bool], not_met: set[str]
) -> None:
    """We count and find as X does, except for the cases of its older configurations."""
    cases = yaml.safe_load((X_TEXT / file).read_text())["tests"][section]

    failed = {case["description"] for case in cases if not is_met(case)}

    count("cases of X met", section, len(cases) - len(failed))
    count("cases of X", section, len(cases))
    assert not_met == failed


@pytest.mark.parametrize(("section", "retired"), [("country", 7), ("generic", 139)])
def test_every_top_level_domain_of_x_that_still_exists_makes_a_link(
    count: Count, section: str, retired: int
) -> None:
    """X's list is of 2018: names that have left the root zone since make no link here."""
    cases = yaml.safe_load((X_TEXT / "tlds.yml").read_text())["tests"][section]

    failed = {case["text"].rsplit(".", 1)[1] for case in cases if not has_its_links(case)}

    count("cases of X met", f"{section} top-level domains", len(cases) - len(failed))
    count("cases of X", f"{section} top-level domains", len(cases))
    assert not failed & TOP_LEVEL_DOMAINS
    assert retired == len(failed)

"""What a story's page promises of its structured data is held to the newsroom's row."""

from http import HTTPStatus
from pathlib import Path

import pytest

from audit.site import Shown, Site
from audit.suites.structured_data import missing_from

URL = "http://127.0.0.1/ferry/"
A_STORY = {
    "state": "live",
    "address": "/ferry/",
    "language": "en",
    "headline": "Ferry",
    "authors": ["Amara Okoye"],
    "lead": "a-picture",
    "updates": 0,
    "corrections": ["Eleven goats, not nine."],
}
IMAGES = [
    {"@type": "ImageObject", "url": f"http://a/{height}", "width": 1200, "height": height}
    for height in (675, 900, 1200)
]
AUTHOR = {"@type": "Person", "name": "Amara Okoye", "url": "http://127.0.0.1/authors/amara/"}
ARTICLE = {
    "@type": "NewsArticle",
    "url": URL,
    "headline": "Ferry",
    "author": [AUTHOR],
    "datePublished": "2026-11-28T09:00:00+01:00",
    "dateModified": "2026-11-28T09:00:00+01:00",
    "image": IMAGES,
    "inLanguage": "en",
    "isAccessibleForFree": True,
    "isPartOf": {"@type": "CreativeWork", "name": "The Harbor Light"},
    "publisher": {"@type": "NewsMediaOrganization", "name": "The Harbor Light"},
    "correction": {"@type": "CorrectionComment", "text": "Eleven goats, not nine."},
}
TRAIL = {"@type": "BreadcrumbList", "itemListElement": []}


def said_of(*items, **story) -> list[str]:
    """Return what is missing from a story's page with these items."""
    page = Shown("story", URL, HTTPStatus.OK, "", Path("story.html"))
    rows = {"stories": [A_STORY | story]}
    site = Site(url="http://127.0.0.1", rows=rows, pages=(page,))
    return [each.says for each in missing_from(site, {"story": items})]


def test_a_page_that_keeps_its_promises_is_sound():
    """Everything promised is there, and says what the newsroom wrote."""
    assert [] == said_of(ARTICLE, TRAIL)


@pytest.mark.parametrize(
    ("planted", "fact"),
    [
        ({"headline": "Ferries"}, "headline"),
        ({"author": [AUTHOR | {"name": "Tobi Lawal"}]}, "author"),
        ({"author": [{"@type": "Person", "name": "Amara Okoye"}]}, "author's address"),
        ({"datePublished": "2026-11-28T09:00:00"}, "datePublished with offset"),
        ({"dateModified": "2026-11-28"}, "dateModified with offset"),
        ({"image": IMAGES[:1]}, "image in three ratios"),
        (
            {"image": [*IMAGES[:2], IMAGES[2] | {"width": 1067, "height": 1067}]},
            "images as wide as Google asks",
        ),
        ({"image": [*IMAGES, "http://a/3"]}, "images as wide as Google asks"),
        ({"image": IMAGES[:1] * 3}, "image in three ratios"),
        ({"inLanguage": "ar"}, "inLanguage"),
        ({"isPartOf": None}, "isPartOf"),
        ({"url": "http://127.0.0.1/another/"}, "mainEntityOfPage or url"),
        ({"correction": None}, "correction"),
    ],
)
def test_a_promise_that_is_not_kept_is_found(planted, fact):
    """It is named; the others are not."""
    assert [f"the article's {fact} is not as promised"] == said_of(ARTICLE | planted, TRAIL)


def test_an_author_that_is_a_text_is_found():
    """All authors are objects with addresses."""
    assert "the article's author is not as promised" in said_of(
        ARTICLE | {"author": "Amara Okoye"}, TRAIL
    )


def test_a_live_story_is_a_live_blog():
    """A story with updates is not told as one that is over."""
    assert ["has 0 of LiveBlogPosting, not one"] == said_of(ARTICLE, TRAIL, updates=3)


def test_two_articles_are_one_too_many():
    """A page is about one story."""
    assert ["has 2 of"] == [each[:8] for each in said_of(ARTICLE, ARTICLE, TRAIL)]

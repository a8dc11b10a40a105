"""The suites about what machines read find planted faults: structured data, feeds, sitemaps."""

import json
from dataclasses import replace

import pytest

from audit.suites import feeds, structured_data
from audit.suites.sitemaps import CORE, NEWS
from tests.integration.audit.planted import A_PAGE, HERE, Answer, a_planted_site

A_STORY = {
    "state": "live",
    "address": "/ferry/",
    "language": "en",
    "headline": "Ferry",
    "authors": ["Amara Okoye"],
    "lead": "a-picture",
    "lead_text": "Two ships.",
    "published_at": "2026-11-28T08:00:00.123+00:00",
    "updated_at": "2026-11-28T08:00:00.123+00:00",
    "updates": 0,
    "corrections": [],
    "body": ["The first boat left the old customs quay on time."],
}
_AUTHOR = {"@type": "Person", "name": "Amara Okoye", "url": "http://127.0.0.1/authors/amara/"}
_ARTICLE = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Ferry",
    "author": [_AUTHOR],
    "datePublished": "2026-11-28T09:00:00+01:00",
    "dateModified": "2026-11-28T09:00:00+01:00",
    "image": ["http://a/1", "http://a/2", "http://a/3"],
    "inLanguage": "en",
    "isAccessibleForFree": True,
    "isPartOf": {"@type": ["CreativeWork", "Product"], "name": "The Harbor Light"},
    "publisher": {"@type": "NewsMediaOrganization", "name": "The Harbor Light"},
}
_TRAIL = {"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": []}
RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>The Harbor Light</title><link>{url}/</link><description>News</description>
<item><title>Ferry</title><link>{url}/ferry/</link><guid>urn:uuid:1</guid>
<pubDate>Sat, 28 Nov 2026 08:00:00 GMT</pubDate>
<content:encoded>{text}</content:encoded></item></channel></rss>
"""
_LINKS = "".join(
    f'<link rel="alternate" type="{media_type}" href="/feed-{number}">'
    for number, media_type in enumerate(feeds.TYPES.values())
)


def judged(tmp_path, *articles):
    """Return what is said of a story's page with these items in it."""
    items = "".join(
        f'<script type="application/ld+json">{json.dumps(each)}</script>' for each in articles
    )
    answers = {"/ferry/": Answer(A_PAGE.format(items))}
    with a_planted_site(
        answers, kept=tmp_path, kinds={"story": "/ferry/"}, stories=[A_STORY]
    ) as site:
        return structured_data.run(site)


def says(outcome) -> set[str]:
    """Return the faults found."""
    return {each.says for each in outcome.findings if each.is_fault}


def test_a_page_without_structured_data_has_not_passed(tmp_path):
    """No data is no error to a validator; it is one to us."""
    outcome = judged(tmp_path)

    assert not outcome.has_passed
    assert {"has no BreadcrumbList", "has no NewsMediaOrganization"} < says(outcome)


def test_a_type_that_is_none_is_an_error(tmp_path):
    """The validator knows schema.org's types and properties by their names."""
    article = _ARTICLE | {"isPartOf": {"@type": "Newspapers"}, "byline": "Amara"}

    outcome = judged(tmp_path, article, _TRAIL)

    assert 'Type "Newspapers" is not a valid schema.org type' in says(outcome)
    assert any('Property "byline"' in each.says for each in outcome.findings)


def test_data_that_cannot_be_read_is_an_error(tmp_path):
    """A comma too many is found, and keeps the suite from nothing else."""
    planted = A_PAGE.format('<script type="application/ld+json">{"@type": "Thing",,}</script>')

    with a_planted_site(
        {"/ferry/": Answer(planted)}, kept=tmp_path, kinds={"a": "/ferry/"}
    ) as site:
        outcome = structured_data.run(site)

    assert any(each.startswith("extruct cannot read it") for each in says(outcome))


SOUND = RSS.format(url=HERE, text=A_STORY["body"][0])


def read_feeds(tmp_path, *, rss=SOUND, json_feed="{}", sitemap="<urlset/>") -> list[str]:
    """Return the faults that are found in a home page's feeds, and in the sitemap."""
    answers = {
        "/": Answer(A_PAGE.replace("</head>", f"{_LINKS}</head>")),
        "/feed-0": Answer(rss, "application/rss+xml"),
        "/feed-1": Answer("", "text/xml"),
        "/feed-2": Answer(json_feed, "application/feed+json"),
        "/robots.txt": Answer(f"Sitemap: {HERE}/map.xml", "text/plain"),
        "/map.xml": Answer(sitemap, "application/xml"),
    }
    kinds = {"home": "/", "author": "/"}
    with a_planted_site(answers, kept=tmp_path, kinds=kinds, stories=[A_STORY]) as site:
        with_hub = replace(site, rows={**site.rows, "hub": "https://hub.example/"})
        return [each.says for each in feeds.run(with_hub).findings]


def test_a_feed_without_what_was_promised_is_found(tmp_path):
    """The author, the picture and the hub are missed; the text that is there is not."""
    found = read_feeds(tmp_path)

    assert "an entry has not every author" in found
    assert "an entry has no media:content for its lead picture" in found
    assert "does not name the paper's WebSub hub (rel=hub)" in found
    assert "an entry has not the full text" not in found


def test_a_picture_in_a_feed_keeps_its_words(tmp_path):
    """Its credit, and its alternative text, are missed; its description is not."""
    media = (
        '<media:content xmlns:media="http://search.yahoo.com/mrss/" url="/media/a-picture/1.jpg"'
        ' type="image/jpeg" width="9" height="9">'
        "<media:description>Ships</media:description></media:content></item>"
    )

    found = read_feeds(tmp_path, rss=SOUND.replace("</item>", media))

    assert {
        "a media:content has no media:credit",
        "an entry has not the alternative text of its lead picture",
    } == {each for each in found if "media:" in each or "picture" in each}


def test_a_feed_with_another_date_is_found(tmp_path):
    """An item is dated as its story is: an hour later is another date."""
    found = read_feeds(tmp_path, rss=SOUND.replace("08:00:00", "09:00:00"))

    assert "an entry has another date than its story" in found
    assert "an entry has another date than its story" not in read_feeds(tmp_path)


def test_a_feed_that_lost_half_the_text_is_found(tmp_path):
    """Full text is the newsroom's text, not whatever is there."""
    found = read_feeds(tmp_path, rss=RSS.format(url=HERE, text="The first boat left."))

    assert "an entry has not the full text" in found


def test_a_feed_that_is_not_well_formed_is_found(tmp_path):
    """What feedparser doubts is passed on."""
    found = read_feeds(tmp_path, rss=SOUND.replace("</item>", ""))

    assert any("is not well formed" in each for each in found)


def test_a_feed_of_another_media_type_or_page_is_found(tmp_path):
    """An Atom feed served as text/xml, and an author's page with the paper's feeds alone."""
    found = read_feeds(tmp_path)

    assert "answers 200 with text/xml" in found
    assert "announces no RSS of its own" in found


def test_a_json_feed_is_held_to_its_schema(tmp_path):
    """A feed without a title is against the schema."""
    found = read_feeds(tmp_path, json_feed='{"version": "https://jsonfeed.org/version/1.1"}')

    assert any("'title' is a required property" in each for each in found)


@pytest.mark.parametrize(
    ("item", "is_sound"),
    [
        ("<loc>http://a.example/</loc><lastmod>2026-11-28</lastmod>", True),
        ("<loc>http://a.example/</loc><lastmod>yesterday</lastmod>", False),
        (f'<loc>http://a.example/</loc><news xmlns="{NEWS}"><title>Ferry</title></news>', False),
    ],
)
def test_a_sitemap_is_held_to_its_schemas(item, is_sound, tmp_path):
    """A date that is none is found, and news without its publication."""
    sitemap = f'<urlset xmlns="{CORE}"><url>{item}</url></urlset>'

    found = read_feeds(tmp_path, sitemap=sitemap)

    assert is_sound == (not any("Element '{" in each for each in found))


def test_without_the_schemas_the_suite_has_not_run(tmp_path, monkeypatch):
    """Missing inputs are said, and are not passed."""
    monkeypatch.setenv("BROADSHEET_INPUTS", str(tmp_path / "nothing"))

    with a_planted_site({}, kept=tmp_path) as site:
        outcome = feeds.run(site)

    assert not outcome.has_passed
    assert "there are no schemas in" in outcome.not_run

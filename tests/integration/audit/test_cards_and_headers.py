"""Cards of links and headers of answers: planted faults are found."""

from audit.suites import cards, http
from tests.integration.audit.planted import A_PAGE, HERE, Answer, a_planted_site

A_STORY = {
    "state": "live",
    "address": "/ferry/",
    "headline": "Ferry",
    "standfirst": "On time.",
    "published_at": "2026-11-28T08:00:00+00:00",
    "lead": "a-picture",
    "updates": 0,
}
TAGS = {
    "og:title": "Ferry",
    "og:description": "On time.",
    "og:url": f"{HERE}/ferry/",
    "og:site_name": "The Harbor Light",
    "og:type": "article",
    "article:published_time": "2026-11-28T09:00:00+01:00",
    "article:author": f"{HERE}/authors/amara/",
    "og:image": f"{HERE}/media/a-picture/12-1200.jpg",
    "og:image:alt": "Two ships.",
    "og:image:width": "1200",
    "og:image:height": "675",
}
SECURE = (
    ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "strict-origin-when-cross-origin"),
    ("permissions-policy", "camera=()"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cache-control", "max-age=60"),
)


def faults_of_card(tags, tmp_path) -> set[str]:
    """Return the faults found in the card of a story's page with these tags."""
    head = "".join(f'<meta property="{name}" content="{value}">' for name, value in tags.items())
    page = A_PAGE.replace("</head>", f"{head}</head>")
    with a_planted_site(
        {"/ferry/": Answer(page)}, kept=tmp_path, kinds={"story": "/ferry/"}, stories=[A_STORY]
    ) as site:
        return {each.says for each in cards.run(site).findings}


def faults_of_headers(headers, tmp_path) -> list[str]:
    """Return the faults found in how a page with these headers is served."""
    answers = {"/": Answer("<!doctype html><title>Ferry</title>", headers=headers)}
    with a_planted_site(answers, kept=tmp_path, kinds={"home": "/"}) as site:
        return [each.says for each in http.run(site).findings if each.is_fault]


def test_a_whole_card_is_sound(tmp_path):
    """Both readers find everything."""
    assert set() == faults_of_card(TAGS, tmp_path)


def test_a_card_without_words_for_its_picture_is_found(tmp_path):
    """Every field that is missing, or says something else, is named for each reader."""
    planted = {name: value for name, value in TAGS.items() if name != "og:image:alt"}

    found = faults_of_card(planted | {"og:title": "Ferries"}, tmp_path)

    readers = ("unfurl.js", "open-graph-scraper")
    wrong = ("title", "image_alt")
    assert {f"{reader} finds no right {field}," for reader in readers for field in wrong} <= found


def test_secure_headers_are_sound(tmp_path):
    """Neither has anything to say of what is served as it should be."""
    assert [] == faults_of_headers(SECURE, tmp_path)


def test_a_missing_header_is_found(tmp_path):
    """A page that any site may frame and sniff is told of by shcheck."""
    assert "shcheck misses Content-Security-Policy" in faults_of_headers((), tmp_path)


def test_a_header_that_is_no_date_is_found(tmp_path):
    """REDbot reads what headers say."""
    planted = (*SECURE, ("last-modified", "yesterday"))

    assert any(each.startswith("REDbot: ") for each in faults_of_headers(planted, tmp_path))

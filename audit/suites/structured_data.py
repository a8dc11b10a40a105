"""
Structured data: read out of pages by extruct, held to schema.org and Google's rules by Adobe's
validator, and to what this newspaper promises of it.

A page without any has no error, so what each kind of page must hold is checked here. Source:
https://developers.google.com/search/docs/appearance/structured-data/article, read 2026-11-28.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from audit.outcomes import Figure, Finding, Outcome
from audit.programs import ask_node, ask_reader
from audit.site import Shown, Site

Item = Mapping[str, Any]

_LIVE = "LiveBlogPosting"
_ARTICLES = {"NewsArticle", _LIVE, "ReportageNewsArticle", "AnalysisNewsArticle"}
_OF_KIND = {
    "home": {"NewsMediaOrganization"},
    "section": {"BreadcrumbList"},
    "author": {"ProfilePage"},
}
_OF_STORY = {"BreadcrumbList", "NewsMediaOrganization"}
_RATIOS = 3  # 1:1, 4:3 and 16:9
_WIDTH_PX = 1_200  # Source: Google, Discover: large images
_WITH_OFFSET = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)")


def run(site: Site) -> Outcome:
    """Return the validator's errors, and the promises that are not kept."""
    told = {page.kind: {"url": page.url, "html": page.html} for page in site.pages}
    read = ask_reader("read_structured_data.py", told)
    items = {kind: list(_items(each["json-ld"])) for kind, each in read.items()}
    errors = [
        Finding(kind, f"extruct cannot read it: {each['error']}")
        for kind, each in read.items()
        if "error" in each
    ] + [
        Finding(f"{kind} {issue['path']}", issue["says"], issue["severity"] == "ERROR")
        for kind, issues in ask_node("validate_structured_data.mjs", items).items()
        for issue in issues
    ]
    missing = list(missing_from(site, items))
    return Outcome(
        figures=(
            Figure("errors", sum(each.is_fault for each in errors)),
            Figure("promised facts missing", len(missing)),
            Figure("items read", sum(map(len, items.values())), None),
        ),
        findings=(*errors, *missing),
    )


def _items(found: Sequence[Item]) -> Iterator[Item]:
    """Return the items of a page, those of a graph one by one."""
    for each in found:
        if "@graph" in each:
            yield from _items(each["@graph"])
        else:
            yield each


def missing_from(site: Site, items: Mapping[str, Sequence[Item]]) -> Iterator[Finding]:
    """Return what pages promise and do not have, by their items."""
    stories = {page.kind: story for page, story in site.stories()}
    for page in site.pages:
        wanted = _OF_STORY if page.kind in stories else _OF_KIND.get(page.kind, set())
        has = set().union(*map(_types, _all_in(items[page.kind])))
        for each in sorted(wanted - has):
            yield Finding(page.kind, f"has no {each}")
        if page.kind in stories:
            yield from _of_article(page, stories[page.kind], items[page.kind])


def _of_article(page: Shown, story: Mapping[str, Any], items: Sequence[Item]) -> Iterator[Finding]:
    wanted = {_LIVE} if story["updates"] else _ARTICLES
    articles = [each for each in items if _types(each) & wanted]
    if len(articles) != 1:
        yield Finding(page.kind, f"has {len(articles)} of {' or '.join(sorted(wanted))}, not one")
        return
    for fact, holds in _facts(articles[0], page, story).items():
        if not holds:
            yield Finding(page.kind, f"the article's {fact} is not as promised")


def _facts(article: Item, page: Shown, story: Mapping[str, Any]) -> Mapping[str, object]:
    """Return, by its name, whether each promised fact of an article is there and right."""
    authors = [each if isinstance(each, Mapping) else {} for each in _listed(article.get("author"))]
    images = _listed(article.get("image"))
    return {
        "headline": article.get("headline") == story["headline"],
        "author": [str(each.get("name")) for each in authors] == story["authors"],
        "author's address": all(str(each.get("url", "")).startswith("http") for each in authors),
        "datePublished with offset": _WITH_OFFSET.fullmatch(str(article.get("datePublished"))),
        "dateModified with offset": _WITH_OFFSET.fullmatch(str(article.get("dateModified"))),
        "image in three ratios": not story["lead"]
        or len(set(map(_ratio, images)) - {0.0}) >= _RATIOS,
        "images as wide as Google asks": not story["lead"] or all(map(_is_wide, images)),
        "inLanguage": article.get("inLanguage") == story["language"],
        "isAccessibleForFree": article.get("isAccessibleForFree") in {True, "True"},
        "isPartOf": article.get("isPartOf"),
        "publisher": article.get("publisher"),
        "mainEntityOfPage or url": page.url
        in str([article.get("mainEntityOfPage"), article.get("url")]),
        "correction": not story["corrections"] or article.get("correction"),
    }


def _is_wide(image: object) -> bool:
    return _side(image, "width") >= _WIDTH_PX


def _ratio(image: object) -> float:
    """Return width by height, 0 where it is not said."""
    return round(_side(image, "width") / max(1, _side(image, "height")), 1)


def _side(image: object, name: str) -> int:
    said = str(image.get(name)) if isinstance(image, Mapping) else ""
    return int(said) if said.isdecimal() else 0


def _all_in(value: object) -> Iterator[Item]:
    """Return every typed item in a value, those inside others too."""
    if isinstance(value, Mapping):
        if "@type" in value:
            yield value
        value = list(value.values())
    if isinstance(value, list | tuple):
        for each in value:
            yield from _all_in(each)


def _types(item: Item) -> set[str]:
    types = item.get("@type", [])
    return set(types) if isinstance(types, list) else {str(types)}


def _listed(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]

"""
Writes the sitemaps: one for each month or day, one for news, one for pages, and their index.

Dates are of significant updates only, so a crawler comes for what changed. A month with
many stories is cut into days while it is the newest: so a publish rewrites a short day
and a short index, however long the archive (50,000 addresses fit into one month's, which
is 1,600 stories a day). A sitemap without entries is not a sitemap (its schema wants
one): it is Absent, and nothing names it.

The pages' sitemap names the fronts, the archive, the corrections and the policies; it reads
no list of stories, and says no dates. Authors and topics are found from their stories.
"""

from lxml import etree

from broadsheet.projections import addresses
from broadsheet.projections.catalog import period_of_subject
from broadsheet.projections.facets import StoryCard
from broadsheet.projections.facts import Facts
from broadsheet.projections.frame import text_setting
from broadsheet.projections.lists import HOME, ListName, Member, Period
from broadsheet.projections.locales import instant
from broadsheet.projections.objects import Absent, Object, Page
from broadsheet.projections.xml import child, written

_MAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
_M, _N = f"{{{_MAP}}}", f"{{{_NEWS}}}"
NEWS_ENTRIES = 1000  # Source: Google's news sitemap rules, at most 1,000 entries
# Source: Google's news sitemap rules: two or three letters, but these for Chinese.
_CHINESE = {"zh-hans": "zh-cn", "zh-cn": "zh-cn", "zh-hant": "zh-tw", "zh-tw": "zh-tw"}


def sitemap_index(facts: Facts) -> Page:
    """Return the index of all sitemaps with the newest update in each."""
    base_url = text_setting(facts, "base_url")
    root = etree.Element(f"{_M}sitemapindex", nsmap={None: _MAP})
    _located(root, "sitemap", f"{base_url}{addresses.PAGES_SITEMAP}", "")
    news = _news_members(facts)
    if news:
        newest = max(member.updated_at for member in news)
        _located(root, "sitemap", f"{base_url}{addresses.NEWS_SITEMAP}", instant(newest))
    for period, updated_at in facts.lastmods(HOME):
        url = f"{base_url}{addresses.sitemap_period(period)}"
        _located(root, "sitemap", url, instant(updated_at))
    return Page(written(root))


def sitemap_pages(facts: Facts) -> Page:
    """Return the sitemap of the pages that are no story's."""
    base_url = text_setting(facts, "base_url")
    root = etree.Element(f"{_M}urlset", nsmap={None: _MAP})
    paths = (
        addresses.FRONT,
        *(entry.address for entry in facts.menu()),
        addresses.archive_index(addresses.FRONT),
        addresses.CORRECTIONS,
        *(entry.address for entry in facts.policies()),
    )
    for path in paths:
        _located(root, "url", addresses.url_of(base_url, path), "")
    return Page(written(root))


def sitemap_period(obj: Object, facts: Facts) -> Page | Absent:
    """Return the sitemap of one month, or of one day of the newest month if it is cut."""
    name, period = period_of_subject(obj.subject)
    is_month = period.count("-") == 1
    if _is_cut(facts, name, period[:7]) is is_month:
        return Absent()
    base_url = text_setting(facts, "base_url")
    root = etree.Element(f"{_M}urlset", nsmap={None: _MAP})
    for member in facts.period(name, period):
        url = addresses.url_of(base_url, member.address)
        _located(root, "url", url, instant(member.updated_at))
    return Page(written(root)) if len(root) else Absent()


def news_sitemap(facts: Facts) -> Page | Absent:
    """Return the sitemap of what is news now, by the scheduler's newest word on it."""
    base_url = text_setting(facts, "base_url")
    paper = text_setting(facts, "name")
    root = etree.Element(f"{_M}urlset", nsmap={None: _MAP, "news": _NEWS})
    for member in _news_members(facts):
        card = facts.story_card(member.story)
        if card is not None:
            url = addresses.url_of(base_url, member.address)
            _news(_located(root, "url", url, instant(member.updated_at)), card, paper)
    return Page(written(root)) if len(root) else Absent()


def news_language(language: str) -> str:
    """Return a language as news sitemaps name it."""
    subtags = language.lower().split("-")
    return _CHINESE.get("-".join(subtags[:2]), subtags[0])


def _is_cut(facts: Facts, name: ListName, month: Period) -> bool:
    _, later = facts.neighbors(name, month)
    return later is None and bool(facts.days(name, month))


def _news_members(facts: Facts) -> list[Member]:
    opens_at = facts.news_opens_at()
    return [] if opens_at is None else list(facts.since(HOME, opens_at))[:NEWS_ENTRIES]


def _located(root: etree._Element, tag: str, url: str, lastmod: str) -> etree._Element:
    element = etree.SubElement(root, f"{_M}{tag}")
    child(element, f"{_M}loc", url)
    if lastmod:
        child(element, f"{_M}lastmod", lastmod)
    return element


def _news(url: etree._Element, card: StoryCard, paper: str) -> None:
    news = etree.SubElement(url, f"{_N}news")
    publication = etree.SubElement(news, f"{_N}publication")
    child(publication, f"{_N}name", paper)
    child(publication, f"{_N}language", news_language(card.language))
    child(news, f"{_N}publication_date", instant(card.first_published_at))
    child(news, f"{_N}title", card.headline)

"""
Tells crawlers where the sitemaps are, and that the desk is not for them.

It names the index alone, which names the news sitemap while there is news: a paper that
published nothing for two days has none.
"""

from broadsheet.projections import addresses
from broadsheet.projections.facts import Facts
from broadsheet.projections.frame import text_setting
from broadsheet.projections.objects import Page


def robots(facts: Facts) -> Page:
    """Return robots.txt (RFC 9309)."""
    base_url = text_setting(facts, "base_url")
    lines = (
        "User-agent: *",
        "Disallow: /desk/",
        "",
        f"Sitemap: {base_url}{addresses.SITEMAP_INDEX}",
        "",
    )
    return Page("\n".join(lines).encode())

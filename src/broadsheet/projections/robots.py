"""Tells crawlers where the sitemaps are, and that the desk is not for them."""

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
        f"Sitemap: {base_url}{addresses.NEWS_SITEMAP}",
        "",
    )
    return Page("\n".join(lines).encode())

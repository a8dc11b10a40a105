"""Holds sitemaps to the XSDs of sitemaps.org and Google News; part of `feeds`."""

from collections.abc import Iterator
from pathlib import Path

import httpx
from lxml import etree

from audit.outcomes import Finding

CORE = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"
# One schema that knows both, since a sitemap holds the elements of the other to theirs.
_BOTH = """<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema">
<xsd:import namespace="{core}" schemaLocation="{folder}/sitemap.xsd"/>
<xsd:import namespace="{news}" schemaLocation="{folder}/sitemap-news.xsd"/>
</xsd:schema>"""


def found(site_url: str, reader: httpx.Client, schemas: Path) -> Iterator[Finding]:
    """Return what is wrong with the index robots.txt names, and each sitemap the index names."""
    robots = reader.get(f"{site_url}/robots.txt").text.splitlines()
    indexes = [
        line.split(":", 1)[1].strip() for line in robots if line.lower().startswith("sitemap:")
    ]
    if not indexes:
        yield Finding("/robots.txt", "names no sitemap")
    index_schema = etree.XMLSchema(etree.parse(str(schemas / "siteindex.xsd")))
    text = _BOTH.format(core=CORE, news=NEWS, folder=schemas.as_uri())
    map_schema = etree.XMLSchema(etree.fromstring(text))
    for url in indexes:
        content = reader.get(url).content
        is_index = b"<sitemapindex" in content
        yield from _held(url, content, index_schema if is_index else map_schema)
        for each in _named_in(content) if is_index else ():
            yield from _held(each, reader.get(each).content, map_schema)


def _held(url: str, content: bytes, schema: etree.XMLSchema) -> Iterator[Finding]:
    try:
        document = etree.fromstring(content)
    except etree.XMLSyntaxError as error:
        yield Finding(url, f"is not well formed: {error}")
        return
    if not schema.validate(document):
        for each in list(schema.error_log)[:3]:
            yield Finding(url, each.message)


def _named_in(index: bytes) -> Iterator[str]:
    document = etree.fromstring(index)
    yield from (str(each.text) for each in document.iter(f"{{{CORE}}}loc"))

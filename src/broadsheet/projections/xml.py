"""Writes XML trees the same way everywhere: UTF-8, declared, indented outside of text."""

from lxml import etree

ATOM = "http://www.w3.org/2005/Atom"
CONTENT = "http://purl.org/rss/1.0/modules/content/"
DC = "http://purl.org/dc/elements/1.1/"
MEDIA = "http://search.yahoo.com/mrss/"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def child(parent: etree._Element, tag: str, text: str) -> etree._Element:
    """Append an element that holds a text, and return it."""
    element = etree.SubElement(parent, tag)
    element.text = text
    return element


def written(root: etree._Element) -> bytes:
    """Return the document's bytes."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)

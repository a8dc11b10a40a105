"""
Reads XMP: RDF in XML, which a stranger wrote, so that no entity, no document type and no
address in it is followed, and no more than so much of it is read.

Source: XMP specification part 1 (ISO 16684-1) and IPTC Photo Metadata Standard 2025.1.
Read 2026-11-28.
"""

import re
from collections.abc import Iterator

from lxml import etree

from broadsheet.media.said import Said, Text

MAX_BYTES = 2 * 1024**2  # of one picture; editing histories grow to many, and say nothing to us

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_DC = "{http://purl.org/dc/elements/1.1/}"
_CORE = "{http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/}"
_EXTENSION = "{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}"
_PHOTOSHOP = "{http://ns.adobe.com/photoshop/1.0/}"
_PLUS = "{http://ns.useplus.org/ldf/xmp/1.0/}"
_RIGHTS = "{http://ns.adobe.com/xap/1.0/rights/}"

_FIELDS = {
    f"{_DC}title": "title",
    f"{_DC}description": "caption",
    f"{_DC}creator": "creator",
    f"{_DC}rights": "copyright",
    f"{_CORE}AltTextAccessibility": "alternative_text",
    f"{_EXTENSION}DigitalSourceType": "digital_source_type",
    f"{_PHOTOSHOP}Headline": "headline",
    f"{_PHOTOSHOP}Credit": "credit",
    f"{_PHOTOSHOP}Source": "source",
    f"{_PHOTOSHOP}Instructions": "instructions",
    f"{_PHOTOSHOP}City": "city",
    f"{_PHOTOSHOP}Country": "country",
    f"{_PHOTOSHOP}DateCreated": "taken_at",
    f"{_RIGHTS}UsageTerms": "usage_terms",
    f"{_RIGHTS}WebStatement": "license_url",
    f"{_PLUS}Licensor": "licensor_url",
}

# XML has no place for these, written plainly; some programs write them.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_EXTENDED = re.compile(r"HasExtendedXMP\s*(?:=\s*[\"']|>)\s*([0-9A-Fa-f]{32})")


def read(packet: bytes) -> Said:
    """Return what an XMP packet says; nothing, with the reason, of one that cannot be read."""
    if len(packet) > MAX_BYTES:
        return Said({}, (too_long(len(packet)),))
    text = packet.decode("utf-8-sig", "replace")
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        return Said(
            {}, ("its XMP defines entities, which no camera or agency does: it was not read",)
        )
    bare = _NOT_XML.sub("", text).strip()
    lost = ("its XMP held control characters, which were left out",) if bare != text.strip() else ()
    if not bare:
        return Said({})
    try:
        root = etree.fromstring(bare.encode(), _parser())
    except etree.XMLSyntaxError as error:
        return Said({}, (f"its XMP is damaged, and was not read ({error.msg})",))
    return Said({field: text for field, text in _texts(root) if text.value}, lost)


def extended_by(packet: bytes) -> str:
    """Return the name of the extension a packet says it has; or an empty text."""
    found = _EXTENDED.search(packet[:MAX_BYTES].decode("utf-8", "replace"))
    return found[1].upper() if found else ""


def too_long(length: int) -> str:
    """Return the problem with XMP that is longer than is read."""
    return (
        f"its XMP is {length / 1024**2:.1f} MB long; at most {MAX_BYTES // 1024**2} MB are read: "
        "it was left out"
    )


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        encoding="utf-8",  # as given; what the packet says of itself could hide an entity
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def _texts(root: etree._Element) -> Iterator[tuple[str, Text]]:
    for rdf in root.iter(f"{_RDF}RDF"):
        for described in rdf.iterchildren(f"{_RDF}Description"):
            # Asked for one by one: a list of all takes lxml the square of their number.
            for name, field in _FIELDS.items():
                yield field, Text(described.get(name, ""))
            for element in described.iterchildren(*_FIELDS):
                field = _FIELDS[str(element.tag)]
                yield field, Text(_value(element, field))


def _value(element: etree._Element, field: str) -> str:
    if field == "licensor_url":
        return _licensor(element)
    resource = element.get(f"{_RDF}resource")
    if resource:
        return resource
    items = list(element.iter(f"{_RDF}li"))
    if not items:
        value = element.find(f".//{_RDF}value")  # of a property that is itself described
        return _all_text(element if value is None else value)
    if element.find(f"{_RDF}Alt") is not None:
        by_default = (item for item in items if item.get(_LANGUAGE) == "x-default")
        return _all_text(next(by_default, items[0]))
    return ", ".join(text for text in map(_all_text, items) if text)


def _licensor(element: etree._Element) -> str:
    """Return the first licensor's address, wherever in the structure it stands."""
    name = f"{_PLUS}LicensorURL"
    for inner in element.iter():
        found = inner.get(name) or (_all_text(inner) if inner.tag == name else "")
        if found:
            return found
    return ""


def _all_text(element: etree._Element) -> str:
    return "".join(str(text) for text in element.itertext()).strip()

"""
Writes into each rendition who made the picture and who may use it how; nothing else.

As an XMP packet in JPEG, WebP and AVIF, and as IPTC-IIM in JPEG besides, which older
programs read. Never where or with what the picture was taken: no place, no serial number,
no thumbnail, no maker's notes. The same rights are the same bytes.
"""

from xml.sax.saxutils import escape

import msgspec

from broadsheet.media import iim

# A JPEG segment holds 65,533 bytes, of which XMP's name takes 29. Source: XMP part 3, 1.1.3.
MAX_PACKET_BYTES = 65_504

_NAMESPACES = (
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("Iptc4xmpCore", "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"),
    ("Iptc4xmpExt", "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"),
    ("photoshop", "http://ns.adobe.com/photoshop/1.0/"),
    ("plus", "http://ns.useplus.org/ldf/xmp/1.0/"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("xmpRights", "http://ns.adobe.com/xap/1.0/rights/"),
)


class RightsTooLong(ValueError):
    """The words about a picture's rights do not fit into a JPEG."""


class Rights(msgspec.Struct, frozen=True, kw_only=True):
    """Who made a picture and who may use it how; what is not known is empty."""

    creator: str = ""
    credit: str = ""
    source: str = ""
    copyright: str = ""
    usage_terms: str = ""
    license_url: str = ""  # the page that says how it may be used (XMP: web statement)
    licensor_url: str = ""  # the page where a license can be had
    digital_source_type: str = ""  # IPTC's address for how it was made: by camera, by machine ...
    alternative_text: str = ""
    caption: str = ""  # of a file for other newsrooms; a rendition's stands on its page


def packet(rights: Rights) -> bytes:
    """
    Return the rights as an XMP packet; no bytes if nothing is known.

    Raises:
        RightsTooLong: it would not fit into a JPEG.

    """
    said = "".join(_properties(rights))
    if not said:
        return b""
    namespaces = "".join(f' xmlns:{name}="{uri}"' for name, uri in _NAMESPACES)
    data = (
        '<?xpacket begin="\N{ZERO WIDTH NO-BREAK SPACE}" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF{namespaces}>'
        f'<rdf:Description rdf:about="">{said}</rdf:Description>'
        '</rdf:RDF></x:xmpmeta>\n<?xpacket end="r"?>'
    ).encode()
    if len(data) > MAX_PACKET_BYTES:
        message = (
            f"what is said of the picture's rights takes {len(data):,} bytes; a file can carry "
            f"{MAX_PACKET_BYTES:,}: shorten the usage terms, or put them on a page and link it"
        )
        raise RightsTooLong(message)
    return data


def segment(rights: Rights) -> bytes:
    """Return the rights as the Photoshop segment of a JPEG that IPTC-IIM lies in; may be empty."""
    return iim.segment(
        (
            (iim.BYLINE, rights.creator),
            (iim.CREDIT, rights.credit),
            (iim.SOURCE, rights.source),
            (iim.COPYRIGHT, rights.copyright),
            (iim.CAPTION, rights.caption),
        )
    )


def _properties(rights: Rights) -> tuple[str, ...]:
    """Return the properties as XML, each where IPTC's standard puts it; empty ones left out."""
    return (
        _property("dc:creator", _list("Seq", rights.creator)),
        _property("dc:description", _alternative(rights.caption)),
        _property("dc:rights", _alternative(rights.copyright)),
        _property("Iptc4xmpCore:AltTextAccessibility", _alternative(rights.alternative_text)),
        _property("Iptc4xmpExt:DigitalSourceType", escape(rights.digital_source_type)),
        _property("photoshop:Credit", escape(rights.credit)),
        _property("photoshop:Source", escape(rights.source)),
        _property("plus:Licensor", _licensor(rights.licensor_url)),
        _property("xmpRights:Marked", "True" if rights.copyright else ""),
        _property("xmpRights:UsageTerms", _alternative(rights.usage_terms)),
        _property("xmpRights:WebStatement", escape(rights.license_url)),
    )


def _property(name: str, value: str) -> str:
    return f"<{name}>{value}</{name}>" if value else ""


def _list(kind: str, text: str) -> str:
    return f"<rdf:{kind}><rdf:li>{escape(text)}</rdf:li></rdf:{kind}>" if text else ""


def _alternative(text: str) -> str:
    item = f'<rdf:li xml:lang="x-default">{escape(text)}</rdf:li>'
    return f"<rdf:Alt>{item}</rdf:Alt>" if text else ""


def _licensor(url: str) -> str:
    item = f'<rdf:li rdf:parseType="Resource">{_property("plus:LicensorURL", escape(url))}</rdf:li>'
    return f"<rdf:Seq>{item}</rdf:Seq>" if url else ""

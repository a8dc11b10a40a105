"""
Writes a story's pictures as Media RSS, in RSS and Atom alike.

The title is what readers see under a picture, the description what it shows for those who do
not see it. Source: Media RSS 1.5.1, RSS Advisory Board; its description is "a short description
describing the media object", and Mastodon's feeds hold the alternative text there too.
"""

from lxml import etree

from broadsheet.projections.feed_pictures import FeedPicture
from broadsheet.projections.links import is_profile
from broadsheet.projections.xml import MEDIA, child

_M = f"{{{MEDIA}}}"


def add_picture(entry: etree._Element, picture: FeedPicture) -> None:
    """Append one picture to an entry."""
    file = picture.widest
    content = etree.SubElement(
        entry,
        f"{_M}content",
        url=file.url,
        medium="image",
        type=file.media_type,
        fileSize=str(file.bytes),
        width=str(file.width_px),
        height=str(file.height_px),
    )
    for tag, text in (("title", picture.caption), ("description", picture.alternative_text)):
        if text:
            child(content, f"{_M}{tag}", text).set("type", "plain")
    for tag, text in (("credit", picture.credit), ("copyright", picture.copyright)):
        if text:
            child(content, f"{_M}{tag}", text)
    if is_profile(picture.license_url):
        # The element's text is for people; its address is for machines.
        child(content, f"{_M}license", picture.license_url).set("href", picture.license_url)
    if picture.smallest is not None:
        etree.SubElement(
            content,
            f"{_M}thumbnail",
            url=picture.smallest.url,
            width=str(picture.smallest.width_px),
            height=str(picture.smallest.height_px),
        )

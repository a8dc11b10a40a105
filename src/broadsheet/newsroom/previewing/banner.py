"""
Puts a banner over a page that is shown to people outside: that it is a draft, and until when.

The rest of the page stays byte for byte what readers would get.
"""

import re
from zoneinfo import ZoneInfo

from django.template.loader import render_to_string

from broadsheet.newsroom.models.preview_link import PreviewLink
from broadsheet.press import log
from broadsheet.projections.locales import moment
from broadsheet.story.records import PAPER, Settings

_HEAD = b"</head>"
_BODY = re.compile(rb"<body[^>]*>\n?")


class PageHasNoPlace(LookupError):
    """A page of the theme has no head or body to put the banner into."""


def under_banner(page: bytes, link: PreviewLink) -> bytes:
    """
    Return a page with the banner above everything on it.

    Raises:
        PageHasNoPlace: the theme's pages have none; better no preview than one without a banner.

    """
    head, end_of_head, rest = page.partition(_HEAD)
    body = _BODY.search(rest)
    if not end_of_head or body is None:
        message = "the theme's pages have no </head> or <body> to put a banner at"
        raise PageHasNoPlace(message)
    in_head = render_to_string("newsroom/previewing/banner_head.html").encode()
    banner = render_to_string("newsroom/previewing/banner.html", _said(link)).encode()
    return b"".join((head, in_head, _HEAD, rest[: body.end()], banner, rest[body.end() :]))


def _said(link: PreviewLink) -> dict[str, object]:
    settings = log.newest("settings", PAPER)
    paper = settings.name if isinstance(settings, Settings) else ""
    zone = ZoneInfo(settings.time_zone if isinstance(settings, Settings) else "UTC")
    return {
        "paper": paper,
        "is_pinned": link.pinned is not None,
        "made": moment(link.made_at, zone=zone, language="en"),
        "until": moment(link.expires_at, zone=zone, language="en"),
    }

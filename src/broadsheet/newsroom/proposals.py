"""
Says, for a text the desk refused, what may be written instead, so that one press takes it over.

The browser counts in UTF-16; places are given as it counts.
"""

import json

from django.http import HttpRequest, JsonResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from broadsheet.story.text import Flaw, flaws, proposed


@require_POST
def proposals(request: HttpRequest) -> JsonResponse:
    """Return each text as it may be written, and the places to change in it, in their order."""
    try:
        texts = json.loads(request.body)["texts"]
        made = [{"text": proposed(text), "places": _places(text)} for text in texts]
    except (ValueError, TypeError, KeyError):
        return JsonResponse({"problem": 'send {"texts": ["…", …]}'}, status=400)
    return JsonResponse({"proposals": made})


def script() -> str:
    """Return the tag that loads the script of the button."""
    return format_html(
        '<script src="{}" data-proposals-url="{}"></script>',
        static("newsroom/proposals.js"),
        reverse("proposals"),
    )


def _places(text: str) -> list[dict[str, object]]:
    return [_place(text, flaw) for flaw in flaws(text)]


def _place(text: str, flaw: Flaw) -> dict[str, object]:
    start = _utf16_units(text[: flaw.offset])
    length = _utf16_units(text[flaw.offset : flaw.offset + flaw.length])
    return {"start": start, "end": start + length, "proposal": flaw.proposal}


def _utf16_units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2

"""Answers the editor in the browser, which asks what of a paste is ours. Keeps nothing."""

import json

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST

from broadsheet.newsroom.writing.pasting import LONGEST, TOO_LONG, cleaned


@require_POST
def paste(request: HttpRequest) -> JsonResponse:
    """Return a paste as our editor's HTML, and in words what was taken out of it."""
    try:
        html = json.loads(request.body)["html"]
    except RequestDataTooBig:
        return JsonResponse({"problem": TOO_LONG}, status=413)
    except (ValueError, TypeError, KeyError):
        html = None
    if not isinstance(html, str):
        return JsonResponse({"problem": 'send {"html": "…"}'}, status=400)
    if len(html) > LONGEST:
        return JsonResponse({"problem": TOO_LONG}, status=413)
    found = cleaned(html)
    return JsonResponse({"html": found.html, "taken_out": list(found.taken_out)})

"""
Looks an address up for an editor who asks: when a button is pressed, never when a story is saved.

The answer goes into the fields of the form, where the editor sees and changes it.
"""

import json

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST
from wagtail.permissions import page_permission_policy

from broadsheet.media.fetching.guarded import Fetcher
from broadsheet.media.fetching.web_addresses import Refused
from broadsheet.media.oembed.looking_up import NotFound, look_up

WRITERS = frozenset({"add", "change", "publish"})  # any of these, on any page
MOST_BYTES = 10_000  # of a question: one address


@require_POST
def look_up_embed(request: HttpRequest) -> JsonResponse:
    """
    Return what the provider of an address says of it, or in words why that is not known.

    Raises:
        PermissionDenied: this user writes no stories.

    """
    if not page_permission_policy.user_has_any_permission(request.user, WRITERS):
        raise PermissionDenied
    try:
        address = json.loads(request.body)["url"] if len(request.body) <= MOST_BYTES else None
    except (ValueError, TypeError, KeyError):
        address = None
    if not isinstance(address, str):
        return JsonResponse({"problem": 'send {"url": "https://…"}'}, status=400)
    try:
        found = look_up(address, Fetcher())
    except (Refused, NotFound) as reason:
        return JsonResponse({"problem": str(reason)})
    return JsonResponse(found._asdict())

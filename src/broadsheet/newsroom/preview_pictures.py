"""
Shows previews the pictures that no reader can get yet, in the sizes readers will get.

They lie in private storage. The browser asks for each by itself, so each is asked for
permission by itself.
"""

from uuid import UUID

import msgspec
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from wagtail.permissions import page_permission_policy, policy_registry

from broadsheet.media.renditions import rendition_path
from broadsheet.newsroom import to_version
from broadsheet.newsroom.models.picture import Picture
from broadsheet.projections import addresses
from broadsheet.story.records import Rendition

WRITERS = frozenset({"add", "change", "publish"})  # any of these, on any page
KEEPERS = frozenset({"add", "change", "choose"})  # any of these, of any picture


def preview_picture(request: HttpRequest, picture: UUID, name: str) -> HttpResponse:
    """
    Return one size of a picture, to those who write or publish stories or look after pictures.

    Raises:
        PermissionDenied: this user does neither.
        Http404: the picture has no such size now.

    """
    if not (
        page_permission_policy.user_has_any_permission(request.user, WRITERS)
        or policy_registry.get_by_type(Picture).user_has_any_permission(request.user, KEEPERS)
    ):
        raise PermissionDenied
    row = get_object_or_404(Picture, uuid=picture)
    # All the row has: the desk looks at pictures whose rights have ended, too.
    for size in msgspec.convert(row.sizes, tuple[Rendition, ...]):
        if addresses.rendition(to_version.picture_id(row), size) == f"/media/{picture}/{name}":
            return _file_of(size)
    raise Http404


def _file_of(size: Rendition) -> HttpResponse:
    path = rendition_path(size.sha256, folder=settings.HOME.renditions)
    try:
        data = path.read_bytes()
    except FileNotFoundError as missing:
        raise Http404 from missing
    response = HttpResponse(data, content_type=f"image/{size.format}")
    response["Cache-Control"] = "private, max-age=3600"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response

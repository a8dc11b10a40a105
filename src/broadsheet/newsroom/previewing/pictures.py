"""
Shows previews the pictures that no reader can get yet, in the sizes readers will get.

They lie in private storage. The browser asks for each by itself, so each is asked for
permission by itself.
"""

from collections.abc import Sequence
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
    sizes = msgspec.convert(row.sizes, tuple[Rendition, ...])
    return _named(name, of=row, among=sizes, kept="private, max-age=3600")


def size_of(picture: Picture, name: str, *, kept: str) -> HttpResponse:
    """
    Return one size of a picture, as readers may have it, by the name its file has on the site.

    Raises:
        Http404: the picture has no such size now.

    """
    return _named(name, of=picture, among=to_version.picture(picture).renditions, kept=kept)


def _named(name: str, *, of: Picture, among: Sequence[Rendition], kept: str) -> HttpResponse:
    for size in among:
        if addresses.rendition(to_version.picture_id(of), size) == f"/media/{of.uuid}/{name}":
            return _file_of(size, kept)
    raise Http404


def _file_of(size: Rendition, kept: str) -> HttpResponse:
    path = rendition_path(size.sha256, folder=settings.HOME.renditions)
    try:
        data = path.read_bytes()
    except FileNotFoundError as missing:
        raise Http404 from missing
    response = HttpResponse(data, content_type=f"image/{size.format}")
    response["Cache-Control"] = kept
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response

"""
Shows uploaded originals to signed-in editors, and to nobody else.

Originals carry what readers must not get: where a picture was taken, and what was cut.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.static import serve


def original(request: HttpRequest, path: str) -> HttpResponse:
    """Return one file of the originals, for this editor's eyes and cache only."""
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT))
    response["Cache-Control"] = "private, max-age=3600"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response  # type: ignore[return-value]  # a FileResponse is an HttpResponse

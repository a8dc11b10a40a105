"""Answers with a preview: kept nowhere, running nothing, framed by the desk alone."""

from django.http import HttpResponse

# As on the site, but that the desk may show the page in a frame.
_POLICY = (
    "default-src 'none'; img-src 'self'; style-src 'self'; font-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors {framed_by}"
)


def page_answer(data: bytes, *, status: int = 200, framed_by: str = "'self'") -> HttpResponse:
    """Return a page that no cache keeps and that runs no script."""
    response = HttpResponse(data, status=status, content_type="text/html; charset=utf-8")
    response["Content-Security-Policy"] = _POLICY.format(framed_by=framed_by)
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response

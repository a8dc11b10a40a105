"""
Addresses of Wagtail's that the desk does without.

Its interface for programs moves, copies and reverts pages, but asks no lock, runs in no
transaction, and none of the desk's pages uses it.
"""

from typing import NoReturn

from django.http import Http404, HttpRequest
from django.urls import path


def _nothing_here(request: HttpRequest, **named: object) -> NoReturn:
    message = f"{request.path} is closed: the desk has forms for that {sorted(named)}"
    raise Http404(message)


urlpatterns = [path("api/main/pages/<int:pk>/action/<str:action_name>/", _nothing_here)]

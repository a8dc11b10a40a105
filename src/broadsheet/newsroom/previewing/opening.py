"""
Opens preview links: the one thing the desk shows to people without an account.

The page is the one readers would get, under a banner. It may be kept, framed and indexed by
nobody, tells no other site where it is, and shows just the pictures that stand on it.
"""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import Http404
from django.template.loader import render_to_string
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from broadsheet.newsroom import to_version
from broadsheet.newsroom.models.picture import Picture
from broadsheet.newsroom.models.preview_link import PreviewLink
from broadsheet.newsroom.previewing import links, modes, throttle
from broadsheet.newsroom.previewing.answers import page_answer
from broadsheet.newsroom.previewing.banner import under_banner
from broadsheet.newsroom.previewing.drafting import NoPreviewYet
from broadsheet.newsroom.previewing.pictures import size_of
from broadsheet.press.isolation import Failed, isolated

# What people are told whose link shows nothing: never the headline, nor anything of the story.
_UNKNOWN = "There is no such preview link. Check that all of it was copied."
_CLOSED = "This preview link shows nothing any more. Whoever sent it can make another."
_SLOW_DOWN = "Too many links were tried that do not exist. Wait a minute and try again."
_NOT_YET = "The draft cannot be shown at the moment. Whoever sent the link can see why."


@require_safe
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Return the page a link shows, or in its place why it shows nothing."""
    if throttle.is_refused(request):
        answer = _told(_SLOW_DOWN, status=429)
        answer["Retry-After"] = str(throttle.WHILE_S)
        return answer
    link = links.found(token)
    if link is None:
        throttle.note_miss(request)
        return _told(_UNKNOWN, status=404)
    if links.why_closed(link, now=timezone.now()):
        return _told(_CLOSED, status=410)
    page = _page_of(link, token)
    if page is None:
        return _told(_NOT_YET, status=503)
    if request.method == "GET":
        links.note_opening(link)
    return _to_nobody_else(page_answer(page, framed_by="'none'"))


@require_safe
def open_picture(request: HttpRequest, token: str, picture: UUID, name: str) -> HttpResponse:
    """Return one size of a picture that stands on the page a link shows; no other."""
    if throttle.is_refused(request):
        return _told(_SLOW_DOWN, status=429)
    link = links.found(token)
    if link is None:
        throttle.note_miss(request)
        return _told(_UNKNOWN, status=404)
    if links.why_closed(link, now=timezone.now()):
        return _told(_CLOSED, status=410)
    row = Picture.objects.filter(uuid=picture).first()
    if row is None or not (_is_the_storys(row, link) or _stands_on(link, token, request.path)):
        return _told(_UNKNOWN, status=404)
    try:
        return _to_nobody_else(size_of(row, name, kept="no-store"))
    except Http404:
        return _told(_UNKNOWN, status=404)


urlpatterns = [
    path("<str:token>/", open_link, name="open_preview_link"),
    path("<str:token>/media/<uuid:picture>/<str:name>", open_picture, name="open_preview_picture"),
]


def _under(token: str) -> str:
    return f"/desk/preview/{token}"


def _page_of(link: PreviewLink, token: str) -> bytes | None:
    """Return the page of a link's story, None if there cannot be one now."""

    def work() -> bytes | None:
        try:
            page = modes.story_page(links.shown_by(link), pictures_under=_under(token))
            return under_banner(page, link)
        except NoPreviewYet:
            return None

    made = isolated(f"opening preview link {link.pk}", work)
    return None if isinstance(made, Failed) else made


def _is_the_storys(picture: Picture, link: PreviewLink) -> bool:
    """Say whether the story a link shows has a picture: most that are asked for, and cheap."""
    return picture in to_version.pictures_of(links.shown_by(link))


def _stands_on(link: PreviewLink, token: str, path: str) -> bool:
    """Say whether a link's page shows the picture at this address, another story's perhaps."""
    page = _page_of(link, token)
    return page is not None and path.encode() in page


def _told(message: str, *, status: int) -> HttpResponse:
    data = render_to_string("newsroom/previewing/closed.html", {"message": message}).encode()
    return _to_nobody_else(page_answer(data, status=status, framed_by="'none'"))


def _to_nobody_else(answer: HttpResponse) -> HttpResponse:
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex, nofollow, noarchive, nosnippet, noimageindex"
    answer["X-Frame-Options"] = "DENY"
    return answer

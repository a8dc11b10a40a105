"""
Answers Wagtail's requests for a preview of a story: the page readers would get, or why not.

Wagtail has asked for permission before it comes here, for the form and for older versions
alike. Nothing is saved: a preview leaves every row as it was.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.template.loader import render_to_string

from broadsheet.newsroom import acting, publishing, to_version
from broadsheet.newsroom.blocks import body_problems
from broadsheet.newsroom.writing.body import pictures_in
from broadsheet.press import previewing
from broadsheet.press.actions.errors import ActRefused
from broadsheet.press.isolation import Failed, isolated
from broadsheet.press.ports import wiring
from broadsheet.projections.objects import Page
from broadsheet.story import records

if TYPE_CHECKING:
    # The rows import this module; only the checker needs them here.
    from broadsheet.newsroom import models as rows

PICTURES_UNDER = "/desk/previews"  # before a picture file's address on the site

# As on the site, but that the editor's form may show the page in a frame.
_POLICY = (
    "default-src 'none'; img-src 'self'; style-src 'self'; font-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)


def preview_of(story: "rows.Story") -> HttpResponse:
    """Return the page readers would get if this draft were published now, or why there is none."""
    made = isolated(f"previewing story {story.uuid}", lambda: _made(story))
    if isinstance(made, Failed):
        made = [f"the page could not be made ({made.reason}); tell whoever runs the paper"]
    if isinstance(made, list):
        data = render_to_string("newsroom/no_preview.html", {"problems": made}).encode()
    else:
        data = made
    response = HttpResponse(data, content_type="text/html; charset=utf-8")
    response["Content-Security-Policy"] = _POLICY
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response


def _made(story: "rows.Story") -> bytes | list[str]:
    problems = list(_unfinished(story))
    if problems:
        return problems
    try:
        rendered = previewing.story_page(
            _next_version(story),
            laid=[to_version.picture(picture) for picture in to_version.pictures_of(story)],
            pictures_under=PICTURES_UNDER,
            printing=wiring().printing,
        )
    except ValidationError as refused:
        return list(refused.messages)
    except ActRefused as refused:
        return [str(refused)]
    if not isinstance(rendered, Page):
        return ["readers would get no page of this story"]
    return rendered.data


def _next_version(story: "rows.Story") -> records.Story:
    # A story that is to go live later is dated then.
    times = (acting.current().now, story.go_live_at, story.embargo_until)
    now = max(at for at in times if at is not None)
    significant = story.is_significant()
    with acting.acting(acting.current().by, now=now):
        story.date_corrections()
        content = publishing.content_of(story)
    return previewing.next_story(
        to_version.story_id(story.uuid), content, now=now, significant=significant
    )


def _unfinished(story: "rows.Story") -> Iterator[str]:
    """Yield what a draft may lack while it is written, and no page can be made without."""
    if any(picture is None for picture in pictures_in(story.body)):
        yield from body_problems(story.body)
    if any(byline.author_id is None for byline in story.bylines.all()):
        yield "a byline has no author yet; choose one, or remove it"

"""
Says how much room a headline has on each surface, and measures what the browser cannot.

The browser counts by itself, so that figures follow the keys; a text with a link or a
mention in it is measured here, since a network counts those by rules of its own.
"""

import json
from typing import Any, NamedTuple

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_POST
from wagtail.admin.panels import Panel

from broadsheet.newsroom import publishing
from broadsheet.press import log
from broadsheet.story.records import PAPER, Settings, Story
from broadsheet.story.slugs import slug_from
from broadsheet.story.textrule import BLUESKY, MASTODON, TextRule, Unit, X, graphemes, measure

MOST_TEXT = 10_000  # characters measured at once; ten times what any field of ours takes
_DELIVERY = "?d=aaaaaaaa"  # as long as every mark


class Surface(NamedTuple):
    """Somewhere a headline is read, and how much of it is."""

    name: str
    key: str
    unit: str
    at_most: int
    link: int  # what of it the link takes
    is_advice: bool  # more is shown, but cut or wrapped


# Source: our own front page at 1280 pixels, where the fourth line of a card begins.
_CARD = Surface("Card on the site", "card", Unit.GRAPHEMES.value, 90, 0, is_advice=True)
# Source: about 600 pixels of a title link on a results page, at 10 pixels a character.
_SEARCH = Surface("Search result", "search", Unit.GRAPHEMES.value, 60, 0, is_advice=True)
_NETWORKS = (("Bluesky", BLUESKY), ("Mastodon", MASTODON), ("X", X))
RULES = {name.lower(): rule for name, rule in _NETWORKS}


def surfaces(link: str) -> tuple[Surface, ...]:
    """Return where a headline is read; networks carry it above the story's link."""
    posts = tuple(
        Surface(name, name.lower(), limit.unit.value, limit.at_most, used, is_advice=False)
        for name, rule in _NETWORKS
        for limit, used in [(rule.limits[0], measure(f"\n{link}", rule).used[0])]
    )
    return (_CARD, _SEARCH, *posts)


def link_of(story: Any) -> str:
    """Return a story's link as posts carry it, or one of a likely length."""
    newest_version = publishing.newest_story(story) if story.pk else None
    if isinstance(newest_version, Story):
        path = str(newest_version.address)
    else:
        path = f"/2000/01/01/{slug_from(story.address_words or story.title or 'a-working-title')}/"
    settings = log.newest("settings", PAPER)
    base_url = settings.base_url if isinstance(settings, Settings) else "https://paper.example"
    return f"{base_url}{path}{_DELIVERY}"


def used(text: str, rule: TextRule) -> int:
    """Return how much of a network's room a text takes."""
    return measure(text, rule).used[0]


@require_POST
def lengths(request: HttpRequest) -> JsonResponse:
    """Return what a text takes by each rule."""
    try:
        text = json.loads(request.body)["text"]
    except (ValueError, TypeError, KeyError):
        text = None
    if not isinstance(text, str) or len(text) > MOST_TEXT:
        problem = f'send {{"text": "…"}}, of at most {MOST_TEXT} characters'
        return JsonResponse({"problem": problem}, status=400)
    found = {name: used(text, rule) for name, rule in RULES.items()}
    return JsonResponse(found | {"card": graphemes(text), "search": graphemes(text)})


class CountsPanel(Panel):
    """How long the story is, and its headline on each surface, while it is typed."""

    class BoundPanel(Panel.BoundPanel):
        """The panel for one story."""

        template_name = "newsroom/writing/counts.html"

        def get_context_data(self, parent_context: Any = None) -> Any:
            """Return what the template shows."""
            rooms = surfaces(link_of(self.instance))
            told = json.dumps([room._asdict() for room in rooms])
            return super().get_context_data(parent_context) | {"surfaces": rooms, "told": told}

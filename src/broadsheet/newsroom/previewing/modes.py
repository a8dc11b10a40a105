"""
Answers requests for a preview of a story: as page, on the front, in a feed, as link, as posts.

Wagtail has asked for permission before it comes here, for the form and for older versions
alike. Nothing is saved: a preview leaves every row as it was.
"""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.template.loader import render_to_string

from broadsheet.newsroom.previewing import as_links, as_posts
from broadsheet.newsroom.previewing.answers import page_answer
from broadsheet.newsroom.previewing.drafting import NoPreviewYet, draft_of
from broadsheet.press import previewing
from broadsheet.press.isolation import Failed, isolated
from broadsheet.press.models import Account
from broadsheet.press.ports import wiring
from broadsheet.projections.cards import cards
from broadsheet.projections.lists import member
from broadsheet.projections.objects import Page, Rendered
from broadsheet.story.textrule import TextRule

if TYPE_CHECKING:
    # The rows import this module; only the checker needs them here.
    from broadsheet.newsroom import models as rows

PICTURES_UNDER = "/desk/previews"  # before a picture file's address on the site
PAGE, FRONT, FEED, LINK, ALL = "", "front", "feed", "link", "all"
_POST = "post:"  # before an account's key

# The widths the preview panel and the preview's own page offer, narrowest first.
SIZES = (
    {"name": "mobile", "icon": "mobile-alt", "device_width": 390, "label": "Phone"},
    {"name": "tablet", "icon": "tablet-alt", "device_width": 820, "label": "Tablet"},
    {"name": "desktop", "icon": "desktop", "device_width": 1280, "label": "Desktop"},
)


def modes() -> list[tuple[str, str]]:
    """Return what a draft can be previewed as: name and label; the page first."""
    accounts = Account.objects.order_by("surface", "name")
    return [
        (PAGE, "Page"),
        (FRONT, "Front page, as the newest story"),
        (FEED, "Feed item"),
        (LINK, "Search result and link card"),
        *((f"{_POST}{each.pk}", f"Post: {each.surface}/{each.name}") for each in accounts),
        (ALL, "All cards at once"),
    ]


def preview_of(story: "rows.Story", mode: str = PAGE) -> HttpResponse:
    """Return what readers would get if this draft were published now, or why there is nothing."""
    what = f"previewing story {story.uuid}"
    made = isolated(what, lambda: _made(story, mode, pictures_under=PICTURES_UNDER))
    return page_answer(_in_words(made))


def story_page(story: "rows.Story", *, pictures_under: str) -> bytes:
    """
    Return the page readers would get if this draft were published now.

    Raises:
        NoPreviewYet: readers would get none; problems says why.

    """
    draft = draft_of(story, pictures_under=pictures_under)
    return _page(previewing.story_page(draft, printing=wiring().printing))


def why_none(problems: list[str]) -> bytes:
    """Return the page that tells why there is no preview yet."""
    return render_to_string("newsroom/previewing/none.html", {"problems": problems}).encode()


def _in_words(made: bytes | list[str] | Failed) -> bytes:
    if isinstance(made, Failed):
        reason = f"it could not be made ({made.reason}); tell whoever runs the paper"
        return why_none([reason])
    return why_none(made) if isinstance(made, list) else made


def _made(story: "rows.Story", mode: str, *, pictures_under: str) -> bytes | list[str]:
    try:
        draft = draft_of(story, pictures_under=pictures_under)
        printing = wiring().printing
        if mode == PAGE:
            return _page(previewing.story_page(draft, printing=printing))
        if mode == FRONT:
            return _page(previewing.front_page(draft, printing=printing))
        return _cards(draft, mode)
    except NoPreviewYet as missing:
        return list(missing.problems)


def _page(rendered: Rendered) -> bytes:
    if not isinstance(rendered, Page):
        raise NoPreviewYet(["readers would get no page of this story"])
    return rendered.data


def _cards(draft: previewing.Draft, mode: str) -> bytes:
    printing = wiring().printing
    shown: dict[str, object] = {"mode": mode}
    if mode == ALL:
        shown["front"] = cards(previewing.facts_of(draft), [member(draft.story)])
    if mode in {LINK, ALL}:
        shown["link"] = as_links.link_card(draft, printing)
    if mode in {FEED, ALL}:
        shown["item"] = as_links.feed_item(draft, printing)
    if mode == ALL or mode.startswith(_POST):
        accounts = Account.objects.order_by("surface", "name")
        asked = [each for each in accounts if mode in {ALL, f"{_POST}{each.pk}"}]
        if mode != ALL and not asked:
            raise NoPreviewYet(["this account is not connected any more"])
        posts = (as_posts.posts_of(draft, each, _rule(each)) for each in asked)
        shown["posts"] = [post for of_one in posts for post in of_one]
        shown["has_no_accounts"] = not asked
    if len(shown) == 1:
        raise NoPreviewYet([f"there is no preview called “{mode}”"])
    return render_to_string("newsroom/previewing/cards.html", shown).encode()


def _rule(account: Account) -> TextRule | None:
    try:
        return wiring().networks.rule(account)
    except LookupError:
        return None

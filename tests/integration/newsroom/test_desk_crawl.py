"""No link of the desk, and no address of it typed by hand, ends in an error of ours."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver
from wagtail.models import Page

from broadsheet.newsroom.adapter import WagtailNewsroom
from broadsheet.newsroom.models import Picture, SectionPage
from tests.factories import rows

pytestmark = pytest.mark.django_db

LINK = re.compile(r'(?:href|action|data-[\w-]*url[\w-]*)="([^"#]+)"')
LEFT_ALONE = re.compile(r"^/desk/(static|logout|failwhale|originals)/|/desk/images/\d+/download/")
MOST = 400  # addresses; the desk of this test has far fewer


def answered(desk: Client, url: str) -> Any:
    """Return what the desk answers, an error of ours too, to a browser or to its scripts."""
    return desk.get(url)


def links_of(response: Any, url: str) -> Iterator[str]:
    """Yield where a page leads within the desk, without queries: they lead to the same view."""
    if "location" in response.headers:
        yield urlsplit(urljoin(url, response.headers["location"])).path
    if not response.headers.get("content-type", "").startswith("text/html"):
        return
    for target in LINK.findall(response.content.decode()):
        path = urlsplit(urljoin(url, unescape(target))).path
        if path.startswith("/desk/") and not LEFT_ALONE.search(path):
            yield path


def addresses_without_arguments(patterns: Any, before: str = "/") -> Iterator[str]:
    """Yield every address the desk knows that one could type as it stands."""
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            if re.fullmatch(r"[\w/-]+", route) and not LEFT_ALONE.search(route):
                yield route
        else:
            yield from addresses_without_arguments(pattern.url_patterns, route)


@pytest.fixture
def administrator(desk: Client) -> Client:
    """Return the administrator's browser at a paper with some of everything."""
    desk.raise_request_exception = False
    picture = Picture.waiting_for_file("Depot")
    picture.save()
    author = rows.an_author_row()
    rows.with_byline(rows.a_draft(title="A draft"), author).save()
    rows.a_live_story(lead=picture)
    return desk


def test_no_link_of_the_desk_ends_in_an_error(administrator: Client):
    """Whatever the administrator follows from the desk's first page answers."""
    waiting, seen, wrong = ["/desk/"], {"/desk/"}, []

    while waiting and len(seen) < MOST:
        url = waiting.pop()
        response = answered(administrator, url)
        if response.status_code >= 500:
            wrong.append(url)
            continue
        new = set(links_of(response, url)) - seen
        seen |= new
        waiting += sorted(new)

    assert [] == wrong
    assert 50 < len(seen) < MOST


def test_no_address_typed_by_hand_ends_in_an_error(administrator: Client):
    """Every address that needs no more than its words answers, if only that there is nothing."""
    typed = sorted(set(addresses_without_arguments(get_resolver().url_patterns)))

    wrong = [url for url in typed if answered(administrator, url).status_code >= 500]

    assert [] == wrong
    assert "/desk/pages/" in typed


def test_the_top_of_the_tree_leads_to_the_sections(administrator: Client):
    """Who types /desk/pages/, or comes from a section just published, is at the list of them."""
    tops = [
        "/desk/pages/",
        *(f"/desk/pages/{page.pk}/" for page in Page.objects.filter(depth__lt=3)),
    ]

    led_to = {administrator.get(url).headers.get("location") for url in tops}

    assert {"/desk/sections/"} == led_to


def test_a_published_section_is_shown_in_the_list_of_sections(administrator: Client):
    """Publishing one ends at the list of sections, which says that it is published."""
    paper = rows.a_paper()
    form = {"title": "Culture", "slug": "culture", "position": "3", "description": ""}
    comments = {f"comments-{field}": "0" for field in ("TOTAL_FORMS", "INITIAL_FORMS")}

    response = administrator.post(
        f"/desk/pages/add/newsroom/sectionpage/{paper.pk}/",
        {**form, **comments, "action-publish": "1"},
        follow=True,
    )

    assert "/desk/sections/" == response.redirect_chain[-1][0]
    assert "Culture" in response.content.decode()
    assert SectionPage.objects.get(slug="culture").live


def test_the_papers_own_page_is_listed_among_others(administrator: Client):
    """A search that finds the paper itself answers, with a link to the paper's settings."""
    newsroom = WagtailNewsroom()
    while newsroom.do_chores(is_stopping=lambda: False):
        pass

    page = administrator.get("/desk/pages/search/", {"q": "daily"}).content.decode()

    assert "The Daily Test" in page
    settings = administrator.get("/desk/sites/", follow=True)
    assert (200, True) == (settings.status_code, "papersettings" in settings.request["PATH_INFO"])

"""Tells who wrote something, under one id on every page that names them."""

from broadsheet.projections import addresses, links
from broadsheet.projections.structured.nodes import Node, named, node
from broadsheet.projections.structured.paper import Paper
from broadsheet.story.records import Author


def author_of_story(author: Author, paper: Paper) -> Node:
    """
    Return an author as a story names them: the name alone, their page, their profiles.

    An author called like the paper is the paper. Whether another is a desk or a person, the
    log does not know; most are people.
    Source: Google, Article structured data, author markup best practices (read 2026-11-28).
    """
    kind = "Organization" if author.name == paper.name else "Person"
    url = _url(author, paper)
    told = node(kind, name=author.name, url=url, sameAs=profiles(author))
    return named(f"{url}#author", told)


def author_in_full(author: Author, paper: Paper, *, picture: Node | None) -> Node:
    """Return an author as their own page tells of them."""
    short = author_of_story(author, paper)
    told: dict[str, object] = {"image": picture, "description": author.bio}
    if short["@type"] == "Person":
        told |= {"jobTitle": author.role, "worksFor": {"@id": paper.publisher_id}}
    return short | {name: value for name, value in told.items() if value}


def profile_page(author: Author, paper: Paper, *, picture: Node | None) -> Node:
    """Return an author's page."""
    url = _url(author, paper)
    told = node(
        "ProfilePage",
        url=url,
        name=author.name,
        isPartOf={"@id": paper.website_id},
        mainEntity=author_in_full(author, paper, picture=picture),
    )
    return named(url, told)


def profiles(author: Author) -> tuple[str, ...]:
    """Return the addresses of an author's profiles elsewhere."""
    return tuple(href for href in author.links if links.is_profile(href))


def _url(author: Author, paper: Paper) -> str:
    return addresses.url_of(paper.base_url, author.address)

"""
Tells who publishes: the paper as an organization with its policies, and as a website.

Told in full where the paper tells of itself, on its front and its policy pages; elsewhere
in the few words that readers of one page alone need.
"""

from collections.abc import Iterable
from typing import NamedTuple

from broadsheet.projections import addresses, links
from broadsheet.projections.facets import PolicyEntry
from broadsheet.projections.facts import Facts
from broadsheet.projections.frame import text_setting
from broadsheet.projections.structured.nodes import Node, named, node
from broadsheet.projections.theme.loading import Logo, Theme
from broadsheet.story.records import PolicyPurpose

# Source: schema.org, Organization and NewsMediaOrganization (read 2026-11-28). Privacy has no
# property of its own there.
_PROPERTIES = {
    PolicyPurpose.CORRECTIONS: ("correctionsPolicy",),
    PolicyPurpose.ETHICS: ("ethicsPolicy", "publishingPrinciples"),
    PolicyPurpose.OWNERSHIP: ("ownershipFundingInfo",),
}


class Paper(NamedTuple):
    """The paper, as structured data names it."""

    name: str
    base_url: str
    language: str
    logo: Logo
    profiles: tuple[str, ...]  # its accounts elsewhere

    @property
    def url(self) -> str:
        """Return the address of its front."""
        return addresses.url_of(self.base_url, addresses.FRONT)

    @property
    def publisher_id(self) -> str:
        """Return the id of the organization in every page's graph."""
        return f"{self.url}#publisher"

    @property
    def website_id(self) -> str:
        """Return the id of the website in every page's graph."""
        return f"{self.url}#website"


def paper_of(facts: Facts, theme: Theme) -> Paper:
    """Return the paper; reads no more than every page's frame does."""
    return Paper(
        name=text_setting(facts, "name"),
        base_url=text_setting(facts, "base_url"),
        language=text_setting(facts, "language"),
        logo=theme.logo,
        profiles=tuple(each for each in facts.setting("profiles") if links.is_profile(each)),
    )


def publisher(paper: Paper) -> Node:
    """Return the paper as a page that is about something else names it."""
    told = node("NewsMediaOrganization", name=paper.name, url=paper.url, logo=_logo(paper))
    return named(paper.publisher_id, told)


def publisher_in_full(facts: Facts, paper: Paper) -> Node:
    """Return the paper with its accounts elsewhere, its policies and how to reach it."""
    entries = facts.policies()
    told = node(
        "NewsMediaOrganization",
        name=paper.name,
        url=paper.url,
        description=text_setting(facts, "tagline"),
        logo=_logo(paper),
        sameAs=paper.profiles,
        contactPoint=_contact(entries, paper),
        **_policies(entries, paper),
    )
    return named(paper.publisher_id, told)


def website(paper: Paper) -> Node:
    """Return the site that every page is part of."""
    told = node(
        "WebSite",
        name=paper.name,
        url=paper.url,
        inLanguage=paper.language,
        publisher={"@id": paper.publisher_id},
        potentialAction=_search(paper),
    )
    return named(paper.website_id, told)


def _search(paper: Paper) -> Node:
    """Return how the paper is searched. Source: schema.org, SearchAction (read 2026-11-28)."""
    url = f"{addresses.url_of(paper.base_url, addresses.SEARCH)}?q={{search_term_string}}"
    told = node("SearchAction", target=node("EntryPoint", urlTemplate=url))
    return {**told, "query-input": "required name=search_term_string"}


def _logo(paper: Paper) -> Node:
    return node(
        "ImageObject",
        url=addresses.url_of(paper.base_url, paper.logo.path),
        width=paper.logo.width_px,
        height=paper.logo.height_px,
    )


def _policies(entries: Iterable[PolicyEntry], paper: Paper) -> dict[str, str]:
    return {
        name: addresses.url_of(paper.base_url, entry.address)
        for entry in entries
        for name in _PROPERTIES.get(entry.purpose, ())
    }


def _contact(entries: Iterable[PolicyEntry], paper: Paper) -> Node | None:
    for entry in entries:
        if entry.purpose is PolicyPurpose.CONTACT:
            url = addresses.url_of(paper.base_url, entry.address)
            return node("ContactPoint", contactType="newsroom", url=url)
    return None

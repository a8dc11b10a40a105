"""
Makes the head of a story's page: what search engines and link cards are told of the story.

Reads no fact that the page itself does not read.
"""

from collections.abc import Iterable, Iterator
from itertools import chain

from broadsheet.projections import addresses
from broadsheet.projections.around_story import Translation
from broadsheet.projections.facets import MenuEntry, StoryBody, StoryCard, last_changed
from broadsheet.projections.facts import Facts
from broadsheet.projections.head import (
    Alternate,
    Head,
    Shared,
    Tag,
    first_x_handle,
    head_of,
)
from broadsheet.projections.locales import card_locale, moment
from broadsheet.projections.pictures import crop
from broadsheet.projections.structured.images import (
    card_picture,
    images_of_lead,
    pictures_of,
)
from broadsheet.projections.structured.nodes import Node, named, node
from broadsheet.projections.structured.paper import Paper, paper_of, website
from broadsheet.projections.structured.people import author_of_story
from broadsheet.projections.structured.story import Surroundings, story
from broadsheet.projections.structured.trail import Step, trail
from broadsheet.projections.theme.loading import Theme
from broadsheet.story.body import PictureUse, pictures_in
from broadsheet.story.records import Author

# The shape that networks cut pictures of links to. Source: Open Graph and X card guides,
# 1.91:1 and 2:1; the widest we make.
PREVIEW_SHAPE = "16:9"
ANY_OTHER_LANGUAGE = "x-default"  # Source: Google, Localized versions of pages


def story_head(
    card: StoryCard,
    body: StoryBody,
    facts: Facts,
    *,
    theme: Theme,
    translations: tuple[Translation, ...],
) -> Head:
    """Return the head of a live story's page."""
    paper = paper_of(facts, theme)
    url = addresses.url_of(paper.base_url, card.address)
    section = facts.section_card(card.section)
    found = (facts.author(byline.author) for byline in card.bylines)
    authors = tuple(author for author in found if author is not None)
    topics = _topics(body, facts)
    opening = _opening(card, body, facts)
    shared = Shared(
        kind="article",
        title=card.headline,
        description=card.standfirst,
        url=url,
        paper=paper.name,
        language=card.language,
        picture=card_picture(facts, opening, base_url=paper.base_url, shape=PREVIEW_SHAPE),
        profiles=paper.profiles,
    )
    around = Surroundings(
        url=url,
        zone=facts.zone(),
        section=_section(section, paper) if section else None,
        authors=tuple(author_of_story(author, paper) for author in authors),
        images=images_of_lead(facts, opening, base_url=paper.base_url),
        topics=topics,
        original_url=_original(translations),
        translation_urls=_translated(translations),
    )
    graph = (
        story(card, body, around, paper),
        website(paper),
        trail(tuple(_steps(card, section, paper))),
        *pictures_of(facts, _uses(card, body), base_url=paper.base_url),
    )
    head = head_of(shared, graph)
    return head._replace(
        names=(*head.names, *_author_names(authors)),
        properties=(
            *head.properties,
            *_other_locales(card, translations),
            *_article(card, body, facts, section),
            *(Tag("article:tag", topic) for topic in topics),
        ),
        alternates=tuple(_alternates(translations)),
    )


def _uses(card: StoryCard, body: StoryBody) -> Iterator[PictureUse]:
    if card.lead is not None:
        yield card.lead
    yield from chain.from_iterable(map(pictures_in, body.blocks))


def _opening(card: StoryCard, body: StoryBody, facts: Facts) -> PictureUse | None:
    """Return the picture that stands for the story: its lead, else the first with a file."""
    return next((use for use in _uses(card, body) if crop(facts, use, PREVIEW_SHAPE)), None)


def _topics(body: StoryBody, facts: Facts) -> tuple[str, ...]:
    found = (facts.topic_card(topic) for topic in body.topics)
    return tuple(topic[0] for topic in found if topic is not None)


def _section(section: MenuEntry, paper: Paper) -> Node:
    url = _url(section.address, paper)
    return named(url, node("CollectionPage", name=section.name, url=url))


def _steps(card: StoryCard, section: MenuEntry | None, paper: Paper) -> Iterator[Step]:
    yield Step(paper.name, paper.url)
    if section is not None:
        yield Step(section.name, _url(section.address, paper))
    yield Step(card.headline, _url(card.address, paper))


def _original(translations: Iterable[Translation]) -> str:
    """Return the address of the story this one is a translation of; "" if it is of none."""
    return next((each.url for each in translations if each.is_original and not each.is_here), "")


def _translated(translations: Iterable[Translation]) -> tuple[str, ...]:
    """Return the addresses of the story's translations; none if it is one itself."""
    if not any(each.is_original and each.is_here for each in translations):
        return ()
    return tuple(each.url for each in translations if not each.is_here)


def _author_names(authors: Iterable[Author]) -> Iterator[Tag]:
    """
    Yield the authors by name; their addresses are in the structured data.

    Open Graph's article:author would be an address, which readers take for a second name
    (newspaper4k 1.0 reads "ada-reporter" out of it, seen 2026-11-28).
    """
    for author in authors:
        yield Tag("author", author.name)
    account = first_x_handle(tuple(href for author in authors for href in author.links))
    if account:
        yield Tag("twitter:creator", account)


def _article(
    card: StoryCard, body: StoryBody, facts: Facts, section: MenuEntry | None
) -> Iterator[Tag]:
    zone, language = facts.zone(), card.language
    published = moment(card.first_published_at, zone=zone, language=language)
    yield Tag("article:published_time", published.iso)
    changed = moment(last_changed(card, body), zone=zone, language=language)
    yield Tag("article:modified_time", changed.iso)
    if section is not None:
        yield Tag("article:section", section.name)


def _other_locales(card: StoryCard, translations: Iterable[Translation]) -> Iterator[Tag]:
    own = card_locale(card.language)
    found = dict.fromkeys(card_locale(each.language) for each in translations)
    return (Tag("og:locale:alternate", each) for each in found if each not in {"", own})


def _alternates(translations: Iterable[Translation]) -> Iterator[Alternate]:
    """Yield the story in each language, and the original for who reads none of them."""
    for each in translations:
        yield Alternate(each.language, each.url)
    for each in translations:
        if each.is_original:
            yield Alternate(ANY_OTHER_LANGUAGE, each.url)


def _url(path: str, paper: Paper) -> str:
    return addresses.url_of(paper.base_url, path)

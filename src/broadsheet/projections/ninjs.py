"""
Makes a story for partners to take over: ninjs 3.1, the IPTC's news in JSON.

Only a story whose rights allow it has one. It stays when the story does not: a partner
who reads it again must learn that the story was taken down, for now (withheld) or for good
(canceled), and has no other way of learning it.
"""

from collections.abc import Iterator
from typing import Any

from broadsheet.projections import addresses, partner_body, partner_pictures
from broadsheet.projections.facets import StoryBody, StoryCard, last_changed
from broadsheet.projections.facts import Facts
from broadsheet.projections.frame import text_setting
from broadsheet.projections.json_files import written
from broadsheet.projections.locales import instant
from broadsheet.projections.objects import Absent, Object, Page
from broadsheet.projections.partner_body import Terms
from broadsheet.story.body import PictureUse, pictures_in
from broadsheet.story.ids import StoryId
from broadsheet.story.records import CorrectionKind, StoryState

# Source: ninjs-schema_3.1.json, its $id.
_STANDARD = {
    "name": "ninjs",
    "version": "3.1",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#",
}
_PROFILE = "broadsheet-story-1"  # another number when something is left out or means another thing
_PLAIN = "text/plain"
# Editorial notes are for the staff of whoever takes the story, in the language of the wires.
_KINDS = {
    CorrectionKind.CORRECTION: "Correction",
    CorrectionKind.CLARIFICATION: "Clarification",
    CorrectionKind.EDITORS_NOTE: "Editor's note",
    CorrectionKind.UPDATE: "Update",
}
_TERMS = (
    "For those with an agreement with {paper}. Keep the byline and the credits, and link to"
    " {url}. Publish the corrections, and take the story down when its status is withheld or"
    " canceled."
)


def ninjs(obj: Object, facts: Facts) -> Page | Absent:
    """Return a story as partners take it; Absent if they may not."""
    card = facts.story_card(StoryId(obj.subject))
    if card is None or not card.may_be_taken:
        return Absent()
    if card.state is not StoryState.LIVE:
        return Page(written(_notice(card, facts)))
    body = facts.story_body(card.id)
    return Page(written(_usable(card, body, facts))) if body else Absent()


def _notice(card: StoryCard, facts: Facts) -> dict[str, Any]:
    """Return what is left to say of a story that is not to be shown any more."""
    if card.state is StoryState.UNPUBLISHED:  # readers are told nothing of it, nor why
        return {**_named(card, facts), "pubStatus": "withheld"}
    said = {**_named(card, facts), "pubStatus": "canceled"}
    # As on its page: one whose time is over says no more than that.
    if card.retraction is None or card.state is StoryState.EXPIRED:
        return said
    at = instant(card.retraction.at)
    if card.state is StoryState.RETRACTED:
        said["headlines"] = [{"role": "main", "contentType": _PLAIN, "value": card.headline}]
    return {
        **said,
        "versionCreated": at,
        "edNote": f"Retracted, {at}: {card.retraction.reason}",
    }


def _named(card: StoryCard, facts: Facts) -> dict[str, Any]:
    return {
        "uri": f"urn:uuid:{card.id}",
        "type": "text",
        "representationType": "full" if card.state is StoryState.LIVE else "partial",
        "standard": _STANDARD,
        "profile": _PROFILE,
        "language": card.language,
        "altIds": [{"role": "web-page", "value": _url(card, facts)}],
    }


def _usable(card: StoryCard, body: StoryBody, facts: Facts) -> dict[str, Any]:
    paper, base_url = text_setting(facts, "name"), text_setting(facts, "base_url")
    terms = Terms(facts, paper, base_url, card.language)
    holder = body.source or paper
    said = {
        **_named(card, facts),
        "pubStatus": "usable",
        "firstCreated": instant(card.first_published_at),
        "contentCreated": instant(card.first_published_at),
        "versionCreated": instant(last_changed(card, body)),
        "headlines": list(_headlines(card)),
        "slugline": card.address.strip("/").rpartition("/")[2],
        "by": ", ".join(name for name, _, _ in _authors(card, facts)),
        "infoSources": list(_sources(card, body, facts)),
        "located": card.dateline,
        "descriptions": _texts([("standfirst", card.standfirst)]),
        "bodies": [
            {
                "role": "main",
                "contentType": each.content_type,
                "charCount": each.characters,
                "wordCount": each.words,
                "value": each.value,
            }
            for each in partner_body.bodies(body.blocks, terms)
        ],
        "edNote": "\n".join(
            f"{_KINDS[note.kind]}, {instant(note.at)}: {note.text}" for note in body.corrections
        ),
        "subjects": list(_subjects(card, facts)),
        "associations": list(_pictures(card, body, terms)),
        "copyrightHolder": holder,
        "copyrightNotice": f"© {_year(card, facts)} {holder}",
        "usageTerms": _TERMS.format(paper=paper, url=_url(card, facts)),
    }
    return {key: value for key, value in said.items() if value}


def _texts(said: list[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"role": role, "contentType": _PLAIN, "value": text} for role, text in said if text]


def _headlines(card: StoryCard) -> Iterator[dict[str, str]]:
    yield from _texts([("main", card.headline), ("kicker", card.kicker)])


def _authors(card: StoryCard, facts: Facts) -> Iterator[tuple[str, str, str]]:
    """Give name, role and address of each author there is."""
    for byline in card.bylines:
        author = facts.author_card(byline.author)
        if author is not None:
            name, address, role = author
            yield name, byline.role or role, address


def _sources(card: StoryCard, body: StoryBody, facts: Facts) -> Iterator[dict[str, str]]:
    base_url = text_setting(facts, "base_url")
    for name, role, address in _authors(card, facts):
        yield {"name": name, "role": role or "author", "uri": addresses.url_of(base_url, address)}
    if body.source:
        yield {"name": body.source, "role": "agency"}
    yield {
        "name": text_setting(facts, "name"),
        "role": "publisher",
        "uri": addresses.url_of(base_url, addresses.FRONT),
    }


def _subjects(card: StoryCard, facts: Facts) -> Iterator[dict[str, str]]:
    base_url = text_setting(facts, "base_url")
    section = facts.section_card(card.section)
    if section is not None:
        uri = addresses.url_of(base_url, section.address)
        yield {"name": section.name, "rel": "section", "uri": uri}
    for found in map(facts.topic_card, card.topics):
        if found is not None:
            name, address = found
            uri = addresses.url_of(base_url, address)
            yield {"name": name, "rel": "about", "uri": uri}


def _pictures(card: StoryCard, body: StoryBody, terms: Terms) -> Iterator[dict[str, Any]]:
    uses = [("lead", card.lead)] if card.lead else []
    shown = (use for block in body.blocks for use in pictures_in(block))
    uses += [(f"picture-{n}", use) for n, use in enumerate(shown, start=1)]
    for name, use in uses:
        if isinstance(use, PictureUse):
            picture = partner_pictures.taken(terms.facts, use, paper=terms.paper)
            if picture is not None:
                yield partner_pictures.association(picture, use, name=name, base_url=terms.base_url)


def _url(card: StoryCard, facts: Facts) -> str:
    return addresses.url_of(text_setting(facts, "base_url"), card.address)


def _year(card: StoryCard, facts: Facts) -> int:
    return card.first_published_at.astimezone(facts.zone()).year

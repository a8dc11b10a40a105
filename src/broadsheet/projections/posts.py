"""
Says what a post on a network must say: its text, link, card, pictures and language.

A payload is fitted once for each editorial act and account and kept in the ledger with
the rules it was made by; nothing here is run again when a template, a limit or the
software changes. The bytes are canonical JSON, so equal payloads have equal fingerprints.
"""

import hashlib
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import quote

import msgspec

from broadsheet.projections.facets import StoryCard
from broadsheet.story.fitting import Fitted, Parts, fit
from broadsheet.story.ids import PictureId, Sha256
from broadsheet.story.records import Correction, CorrectionKind, Picture, Rendition
from broadsheet.story.textrule import Links, TextRule
from broadsheet.story.versions import canonical

TEMPLATE = "post-1"  # version of the composition below; kept in the ledger with the rule's

# Bluesky's servers before 2026 take no more for a picture, and none of ours takes less.
# Source: shared facts, networks, section 4.
PICTURE_LIMIT_BYTES = 1_000_000


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """The preview of a link, where the network does not make its own."""

    title: str
    description: str
    link: str
    picture: Sha256 | None  # a rendition


class PostPicture(msgspec.Struct, frozen=True, kw_only=True):
    """A picture that goes with a post."""

    sha256: Sha256  # a rendition
    alternative_text: str


class Post(msgspec.Struct, frozen=True, kw_only=True):
    """What a post says; its canonical JSON is the payload."""

    text: str  # holds the link, on its last line
    link: str
    card: Card
    pictures: tuple[PostPicture, ...]
    language: str


class Payload(NamedTuple):
    """A post as the ledger keeps it."""

    data: bytes  # canonical JSON of a Post
    fingerprint: Sha256
    rules: str  # versions of template and text rule
    parts: Parts  # what it was fitted from; not kept
    fitted: Fitted  # what of that it says; not kept


class Delivery(NamedTuple):
    """Where a post goes: one account's own address for the story, and its rule."""

    base_url: str  # "https://paper.example", no slash at the end
    delivery_id: str  # 8 random base32 characters, kept in the ledger row
    rule: TextRule


class Wording(NamedTuple):
    """The words a post adds of its own."""

    correction: str
    clarification: str
    editors_note: str
    update: str
    retraction: str


# What readers are told in front of a notice, by language; others get English.
WORDINGS: Mapping[str, Wording] = {
    "en": Wording("Correction", "Clarification", "Editor’s note", "Update", "Retracted"),
    "ar": Wording("تصحيح", "توضيح", "ملاحظة المحرر", "تحديث", "سُحب هذا الخبر"),
    "de": Wording("Korrektur", "Klarstellung", "Anm. d. Red.", "Aktualisiert", "Zurückgezogen"),
    "es": Wording("Corrección", "Aclaración", "Nota de la redacción", "Actualización", "Retirada"),
    "fr": Wording("Correction", "Précision", "Note de la rédaction", "Mise à jour", "Retiré"),
}


def link_to(card: StoryCard, delivery: Delivery) -> str:
    """
    Return the story's address as this account posts it: the mark a post is found again by.

    X ends a link at the first letter that is neither Latin nor Cyrillic, so there it is
    percent-encoded, at no cost in length. Elsewhere readers see the words of the address.
    """
    address = quote(card.address, safe="/%") if delivery.rule.links is Links.X else card.address
    return f"{delivery.base_url}{address}?d={delivery.delivery_id}"


def first_post(
    card: StoryCard,
    *,
    words: str,
    hashtags: tuple[str, ...],
    pictures: Mapping[PictureId, Picture],
    delivery: Delivery,
) -> Payload:
    """
    Return what the post of a story says; words is the social text, "" for the headline.

    Raises:
        LinkDoesNotFit: the story's address alone is too long for the network.

    """
    lead = _lead(card, pictures)
    return _payload(
        Parts(words or card.headline, hashtags, link_to(card, delivery)),
        card=_card(card, lead, delivery),
        pictures=() if lead is None else (lead,),
        language=card.language,
        delivery=delivery,
    )


def correction_post(
    card: StoryCard,
    correction: Correction,
    *,
    pictures: Mapping[PictureId, Picture],
    delivery: Delivery,
) -> Payload:
    """
    Return what a post about a correction says: the note in the words readers see.

    Raises:
        LinkDoesNotFit: as first_post.

    """
    lead = _lead(card, pictures)
    words = f"{_note_label(correction.kind, card.language)}: {correction.text}"
    return _payload(
        Parts(words, (), link_to(card, delivery)),
        card=_card(card, lead, delivery),
        pictures=(),
        language=card.language,
        delivery=delivery,
    )


def retraction_notice_post(card: StoryCard, *, delivery: Delivery) -> Payload:
    """
    Return the notice that takes a retracted story's place. It repeats nothing of the story.

    Raises:
        LookupError: the story is not retracted.
        LinkDoesNotFit: as first_post.

    """
    if card.retraction is None:
        message = f"story {card.id} is not retracted; there is no notice to post"
        raise LookupError(message)
    label = _wording(card.language).retraction
    reason = card.retraction.reason
    link = link_to(card, delivery)
    return _payload(
        Parts(f"{label}: {reason}" if reason else label, (), link),
        card=Card(title=label, description=reason, link=link, picture=None),
        pictures=(),
        language=card.language,
        delivery=delivery,
    )


def _payload(
    parts: Parts,
    *,
    card: Card,
    pictures: tuple[PostPicture, ...],
    language: str,
    delivery: Delivery,
) -> Payload:
    fitted = fit(parts, delivery.rule)
    post = Post(text=fitted.text, link=parts.link, card=card, pictures=pictures, language=language)
    data = canonical(post)
    return Payload(
        data,
        Sha256(hashlib.sha256(data).hexdigest()),
        f"{TEMPLATE} {delivery.rule.version}",
        parts,
        fitted,
    )


def _card(card: StoryCard, lead: PostPicture | None, delivery: Delivery) -> Card:
    return Card(
        title=card.headline,
        description=card.standfirst,
        link=link_to(card, delivery),
        picture=None if lead is None else lead.sha256,
    )


def _lead(card: StoryCard, pictures: Mapping[PictureId, Picture]) -> PostPicture | None:
    picture = pictures.get(card.lead.picture) if card.lead else None
    rendition = _rendition(picture) if picture else None
    if picture is None or rendition is None:
        return None
    return PostPicture(sha256=rendition.sha256, alternative_text=picture.alternative_text)


def _rendition(picture: Picture) -> Rendition | None:
    """Return the widest JPEG every network takes: the one format they all read."""
    fitting = [
        rendition
        for rendition in picture.renditions
        if rendition.format == "jpeg"
        and not rendition.shape
        and rendition.bytes <= PICTURE_LIMIT_BYTES
    ]
    return max(fitting, key=lambda rendition: (rendition.width_px, rendition.sha256), default=None)


def _note_label(kind: CorrectionKind, language: str) -> str:
    wording = _wording(language)
    match kind:
        case CorrectionKind.CORRECTION:
            return wording.correction
        case CorrectionKind.CLARIFICATION:
            return wording.clarification
        case CorrectionKind.EDITORS_NOTE:
            return wording.editors_note
        case CorrectionKind.UPDATE:
            return wording.update


def _wording(language: str) -> Wording:
    return WORDINGS.get(language.partition("-")[0], WORDINGS["en"])

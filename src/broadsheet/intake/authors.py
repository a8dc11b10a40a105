"""
Reads who a page is by: a line above the text, or a block about the author below it.

Lists are vocabulary, as in furniture: a new language is a few more words.
"""

from collections.abc import Sequence
from typing import NamedTuple

import regex

from broadsheet.intake.drafts import DraftByline
from broadsheet.intake.lines import Line, is_name, is_prose, words

_BYLINE_CODE_POINTS = 120  # a byline names people; longer lines say what they did
_ROLE_WORDS = 16

# What stands over, or is written on, the block about an author.
AUTHOR_LABELS = frozenset(
    {
        "author avatar", "avatar", "author", "author image", "author photo", "about the author",
        "about the writer", "written by", "foto del autor", "foto de la autora", "sobre el autor",
        "sobre la autora", "avatar del autor", "avatar de l’auteur", "avatar de l'auteur",
        "à propos de l’auteur", "à propos de l'auteur", "photo de l’auteur", "l’auteur",
        "autorenbild", "autorenfoto", "über den autor", "über die autorin", "zum autor",
        "zur autorin", "sobre o autor", "sobre a autora", "foto do autor", "sull’autore",
        "l’autore", "صورة الكاتب", "صورة الكاتبة", "عن الكاتب", "عن الكاتبة", "الكاتب",
        "लेखक", "लेखक के बारे में", "लेखक का चित्र", "ஆசிரியர்", "ஆசிரியர் படம்", "ஆசிரியர் பற்றி",
        "எழுத்தாளர்", "yazar", "yazar hakkında", "over de auteur", "об авторе", "автор",
    }
)  # fmt: skip

_BY = (
    "by", "words by", "written by", "reporting by", "report by", "author", "von", "text von",
    "por", "escrito por", "texto", "par", "écrit par", "propos recueillis par", "di", "scritto da",
    "door", "yazan", "автор", "بقلم", "كتب", "كتبت", "إعداد", "तैयारी", "लेखक", "रिपोर्ट", "எழுதியவர்",
    "எழுத்து", "செய்தி", "作者", "文", "記者", "记者",
)  # fmt: skip
_BYLINE = regex.compile(
    r"\A(?:\L<by>)(?:\s*[:：]\s*|\s+)(?P<names>.+)\Z", regex.IGNORECASE | regex.DOTALL, by=_BY
)

# A word of these makes what follows a comma a role, not a second author.
_ROLE_WORDS_KNOWN = frozenset(
    {
        "reporter", "editor", "correspondent", "writer", "columnist", "contributor", "journalist",
        "freelancer", "creator", "producer", "chief", "staff", "redakteur", "redakteurin",
        "korrespondent", "korrespondentin", "reporterin", "autor", "autorin", "redactor",
        "redactora", "corresponsal", "periodista", "editora", "journaliste", "rédacteur",
        "rédactrice", "correspondant", "correspondante", "repórter", "jornalista",
        "giornalista", "inviato", "مراسل", "مراسلة", "محرر", "محررة", "صحفي", "صحفية", "संवाददाता",
        "संपादक", "पत्रकार", "செய்தியாளர்", "நிருபர்", "ஆசிரியர்", "muhabir", "корреспондент",
    }
)  # fmt: skip
_AND = regex.compile(r"\s+(?:AND|UND|and|und|y|e|et|en|ve|и|và|और|மற்றும்)\s+|\s+و(?=\p{L})|\s*&\s*")
_ASIDE = regex.compile(r"\s*(?:,|،|、|\||•|·|\s[–—-]\s)\s*")


class AuthorBlock(NamedTuple):
    """A block about an author, and how many lines it takes."""

    byline: DraftByline
    lines: int


def is_author_label(text: str) -> bool:
    """Say whether a line opens a block about the author."""
    return text.strip(" :：").casefold() in AUTHOR_LABELS


def bylines_of(text: str) -> tuple[DraftByline, ...]:
    """Return the authors a byline names; none if the line is no byline."""
    match = _BYLINE.match(text) if len(text) <= _BYLINE_CODE_POINTS else None
    if match is None or is_prose(text):
        return ()
    names = match["names"].strip()
    parts = _ASIDE.split(names)
    people, role = _people_and_role(parts)
    found = [name.strip() for person in people for name in _AND.split(person) if name.strip()]
    if not found or not all(is_name(name) for name in found):
        return ()
    return tuple(DraftByline(name=name, role=role) for name in found)


def author_block(lines: Sequence[Line]) -> AuthorBlock | None:
    """Return the block that begins with an author's label; None if no name follows it."""
    if len(lines) < 2 or not is_author_label(lines[0].text):  # noqa: PLR2004  # label and name
        return None
    name = lines[1].text
    if not is_name(name) or is_author_label(name):
        return None
    role = lines[2] if len(lines) > 2 else None  # noqa: PLR2004  # label, name, role
    if role is None or role.follows_blank or not _is_role(role.text):
        return AuthorBlock(DraftByline(name=name, role=""), 2)
    return AuthorBlock(DraftByline(name=name, role=role.text), 3)


def merged(bylines: Sequence[DraftByline]) -> tuple[DraftByline, ...]:
    """Return each author once, with the role that was given anywhere."""
    roles: dict[str, DraftByline] = {}
    for byline in bylines:
        known = roles.get(byline.name.casefold())
        if known is None or (byline.role and not known.role):
            roles[byline.name.casefold()] = byline
    return tuple(roles.values())


def _people_and_role(parts: Sequence[str]) -> tuple[Sequence[str], str]:
    for index in range(1, len(parts)):
        found = words(parts[index])
        if all(word[0].islower() for word in found) or _names_role(found):
            return parts[:index], ", ".join(parts[index:])
    return parts, ""


def _names_role(found: Sequence[str]) -> bool:
    return any(word.casefold() in _ROLE_WORDS_KNOWN for word in found)


def _is_role(text: str) -> bool:
    return len(words(text)) <= _ROLE_WORDS and not is_prose(text)

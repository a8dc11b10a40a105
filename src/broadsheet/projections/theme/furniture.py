"""
Says which words the page itself speaks; words/*.toml hold them, a file for each language.

A page takes the language of its story, else the paper's, else English. A paper's own theme may
reword any of them, or bring a language: what its file leaves out stays in English.
"""

import tomllib
from collections.abc import Mapping

import msgspec

from broadsheet.projections.theme.broken import ThemeBroken
from broadsheet.story.records import CorrectionKind

LAST_RESORT = "en"


class WordsUnreadable(ThemeBroken):
    """A file of words is no TOML, or names something that no page says."""


class Words(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The theme's words in one language."""

    language: str  # BCP 47, as the file's name
    direction: str
    skip: str
    sections: str
    by: str
    published: str
    updated: str
    about_the_author: str
    about_the_authors: str
    connect: str
    topic: str
    topics: str
    related: str
    in_other_languages: str
    table: str
    archive: str
    whole_archive: str
    earlier: str
    later: str
    latest: str
    all_months: str
    more_stories: str
    nothing_yet: str
    gone: str
    gone_text: str
    retracted: str
    retracted_text: str
    removed: str
    removed_text: str
    retracted_on: str
    reason: str
    not_found: str
    not_found_text: str
    to_front: str
    retracted_title: str  # {headline} is the story's
    corrections: str  # those of one story
    all_corrections: str  # the paper's
    no_corrections: str
    policies: str
    changed: str
    live: str
    live_ended: str
    latest_updates: str
    share: str
    by_mail: str
    copy_link: str
    copied: str
    larger_text: str
    smaller_text: str
    trending: str
    newest_instead: str  # below "trending", while reads are not counted
    search: str
    search_hint: str  # says what one may search for
    newest_first: str
    best_first: str
    more_found: str
    to_first_page: str
    nothing_found: str
    nothing_found_text: str
    search_closed: str
    search_closed_text: str
    play: str
    loads_from: str  # {provider} is whose page would be asked
    pictures: str  # {count} is how many
    subscribe: str
    kinds: Mapping[CorrectionKind, str]


Catalog = Mapping[str, Words]


def catalog_of(*layers: Mapping[str, str]) -> Catalog:
    """
    Return the words of each language; each layer's files, by language, go over those before.

    Raises:
        WordsUnreadable: a file is no TOML, or names something that no page says.

    """
    read = [{lang: _read(lang, text) for lang, text in layer.items()} for layer in layers]
    last_resort = _laid(*(layer[LAST_RESORT] for layer in read if LAST_RESORT in layer))
    languages = {language for layer in read for language in layer} - {LAST_RESORT}
    return {LAST_RESORT: _words(LAST_RESORT, last_resort)} | {
        language: _words(
            language, _laid(last_resort, *(layer[language] for layer in read if language in layer))
        )
        for language in sorted(languages)
    }


def words_for(catalog: Catalog, *languages: str) -> Words:
    """Return the words in the first of these languages the catalog knows, else in English."""
    for language in languages:
        whole, _, _ = language.lower().partition("-x-")
        subtags = whole.split("-")
        for end in range(len(subtags), 0, -1):
            words = catalog.get("-".join(subtags[:end]))
            if words is not None:
                return words
    return catalog[LAST_RESORT]


def _read(language: str, text: str) -> dict[str, object]:
    try:
        return {**tomllib.loads(text), "language": language}
    except tomllib.TOMLDecodeError as error:
        message = f"words/{language}.toml cannot be read: {error}"
        raise WordsUnreadable(message) from error


def _laid(*layers: Mapping[str, object]) -> dict[str, object]:
    laid: dict[str, object] = {}
    for layer in layers:
        for name, value in layer.items():
            under = laid.get(name)
            both = isinstance(under, dict) and isinstance(value, dict)
            laid[name] = {**under, **value} if both else value  # type: ignore[dict-item]  # of TOML
    return laid


def _words(language: str, said: Mapping[str, object]) -> Words:
    try:
        return msgspec.convert(dict(said), Words)
    except msgspec.ValidationError as error:
        message = f"words/{language}.toml says what no page says: {error}"
        raise WordsUnreadable(message) from error

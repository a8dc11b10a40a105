"""
Reads the theme's files once, and hands projections a frozen value.

The only file access beside projections: it happens where wiring calls load_theme, never
while rendering. A paper's own folder goes over what ships with the release: templates by name
(the shipped ones stay there as "shipped/<name>"), words by language, and its paper.css after
our style sheet. Whatever lies in its assets/ is published, and paper.css may name it.
"""

import hashlib
import logging
import os
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import metadata, resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import NamedTuple

import jinja2

from broadsheet.projections.objects import ObjectKey
from broadsheet.projections.theme import folder as files
from broadsheet.projections.theme import style
from broadsheet.projections.theme.broken import TemplateFailed, ThemeBroken
from broadsheet.projections.theme.compiling import (
    SHIPPED,
    compiled,
    is_of_the_papers_own,
    place_of,
    warn_of_unused,
)
from broadsheet.projections.theme.furniture import Catalog, Words, catalog_of, words_for

# What can change the bytes of a page without any fact changing.
_RENDERERS = ("jinja2", "markupsafe", "babel", "tzdata", "lxml")
_STYLE, _SCRIPT, _ICON, _LOGO = "site.css", "site.js", "icon.svg", "logo.png"
_FAVICON = "favicon.ico"
# What a template's own expressions can raise: names nobody gave, sums, calls, endless macros.
_OF_TEMPLATES = (
    jinja2.TemplateError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
)
_LOG = logging.getLogger(__name__)
_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_HEAD_BYTES = 24  # up to where it says how wide and high it is
FAVICON = ObjectKey("/favicon.ico")  # Browsers ask for it unasked, and by this name only


class Logo(NamedTuple):
    """The paper's sign, as a picture on its site."""

    path: ObjectKey
    width_px: int
    height_px: int
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """Templates, words, style sheet and script, and the versions they are rendered by."""

    templates: Mapping[str, jinja2.Template]
    shipped: Mapping[str, jinja2.Template]  # without the paper's own
    words: Catalog
    assets: Mapping[ObjectKey, bytes]  # by where each is; other bytes get another address
    style_key: ObjectKey
    script_key: ObjectKey
    icon_key: ObjectKey
    logo: Logo  # for search engines and link cards
    hash: str  # SHA-256 (hex) over all of the theme's files
    versions: tuple[tuple[str, str], ...]  # of this release and of what renders

    def page(self, template: str, view: object) -> bytes:
        """
        Return a page: the template filled with one finished value.

        Raises:
            TemplateFailed: the template asks for what is not there, or fails otherwise.

        """
        try:
            return self.templates[template].render(page=view).encode()
        except _OF_TEMPLATES as error:
            message = f"{place_of(error) or template}: {type(error).__name__}: {error}"
            raise TemplateFailed(message, is_ours=not is_of_the_papers_own(error)) from error

    def page_that_must_go_out(self, template: str, view: object) -> bytes:
        """Return a page, as the release ships it where a template of the paper's own fails."""
        try:
            return self.page(template, view)
        except TemplateFailed as error:
            _LOG.warning("readers get the release's own %s: %s", template, error)
            return self.shipped[template].render(page=view).encode()

    def words_for(self, *languages: str) -> Words:
        """Return the words in the first of these languages the theme knows, else in English."""
        return words_for(self.words, *languages)


def load_theme(folder: Path | None = None) -> Theme:
    """
    Return the theme that ships with this release, with a paper's own folder over it.

    Raises:
        ThemeBroken: a file of it cannot be used; the message says which and why.

    """
    root = resources.files(__package__)
    own = folder if folder is not None and folder.is_dir() else None
    shipped = files.texts(root, "templates", ".html")
    sources = {f"shipped/{name}": text for name, text in shipped.items()} | shipped
    replacing = files.texts(own, "templates", ".html") if own else {}
    for name in replacing:
        if name.startswith(SHIPPED):
            message = f"templates/{name}: {SHIPPED} is what ours are called; rename the folder"
            raise ThemeBroken(message)
    sources |= replacing
    spoken = [_words_in(root), *([_words_in(own)] if own else [])]
    assets = dict(_assets(root, own))
    keys = {name: _key(name, data) for name, data in assets.items()}
    templates = compiled(sources, own=replacing)
    warn_of_unused(replacing, shipped)
    return Theme(
        templates=templates,
        shipped=compiled(shipped),
        words=catalog_of(*spoken),
        assets={keys[name]: data for name, data in assets.items()},
        style_key=keys[_STYLE],
        script_key=keys[_SCRIPT],
        icon_key=keys[_ICON],
        logo=_logo(keys[_LOGO], assets[_LOGO]),
        hash=_hash_of(
            *(f"{n}\0{t}".encode() for n, t in sorted(sources.items())),
            *(f"{n}\0{t}".encode() for layer in spoken for n, t in sorted(layer.items())),
            *(name.encode() + b"\0" + data for name, data in sorted(assets.items())),
        ),
        versions=(
            ("code", _code_hash()),
            *((name, metadata.version(name)) for name in ("broadsheet", *_RENDERERS)),
        ),
    )


@cache
def shipped_words() -> Catalog:
    """Return the words that ship with this release, whatever the paper's own theme says."""
    return catalog_of(_words_in(resources.files(__package__)))


def generation(theme: Theme) -> str:
    """Return what every page was rendered by; another one means rendering everything again."""
    versions = "\n".join(f"{name} {version}" for name, version in theme.versions)
    return _hash_of(theme.hash.encode(), versions.encode())[:32]


def _assets(root: Traversable, own: Path | None) -> Iterator[tuple[str, bytes]]:
    """Yield every file that pages name, by name; the style sheet last."""
    sheet = root.joinpath(_STYLE).read_bytes()
    replaced = {}
    if own is not None:
        replaced = dict(files.assets(own))
        for name in (_ICON, _LOGO, _FAVICON):
            if os.path.lexists(own / name):
                files.must_lie_inside(own, own / name, name)
                replaced[name] = files.read(own / name, name)
        if os.path.lexists(own / style.NAME):
            addresses = {name: _key(name, data) for name, data in replaced.items()}
            own_style = files.text(own / style.NAME, style.NAME)
            sheet += b"\n" + style.with_addresses(own_style, addresses).encode()
    for name in (_SCRIPT, _ICON, _LOGO, _FAVICON):
        yield name, replaced.pop(name) if name in replaced else root.joinpath(name).read_bytes()
    yield from replaced.items()
    yield _STYLE, sheet


def _logo(key: ObjectKey, data: bytes) -> Logo:
    """Return a logo with its size. Source: PNG, third edition, 5.2 and 11.2.1."""
    if data[:8] != _PNG or data[12:16] != b"IHDR" or len(data) < _PNG_HEAD_BYTES:
        message = "logo.png is no PNG; save the logo as one, at least 112 pixels each way"
        raise ThemeBroken(message)
    width_px, height_px = struct.unpack(">II", data[16:24])
    return Logo(key, width_px, height_px, "image/png")


def _key(name: str, data: bytes) -> ObjectKey:
    if name == _FAVICON:
        return FAVICON
    stem, _, suffix = name.rpartition("/")[2].rpartition(".")
    return ObjectKey(f"/assets/{stem}.{hashlib.sha256(data).hexdigest()[:12]}.{suffix}")


def _words_in(folder: Traversable) -> dict[str, str]:
    found = files.texts(folder, "words", ".toml")
    for name in found:
        if "/" in name:
            message = f"words/{name} speaks no language there; put it into words/ itself"
            raise ThemeBroken(message)
    return {name.removesuffix(".toml").lower(): text for name, text in found.items()}


def _code_hash() -> str:
    """Return a hash of the code that renders, so that a change of it between releases counts."""
    return _hash_of(
        *(
            name.encode() + b"\0" + data
            for package in ("broadsheet.story", "broadsheet.projections")
            for name, data in _modules(resources.files(package))
        )
    )


def _modules(folder: Traversable) -> Iterator[tuple[str, bytes]]:
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.is_dir():
            yield from ((f"{file.name}/{name}", data) for name, data in _modules(file))
        elif file.name.endswith(".py"):
            yield file.name, file.read_bytes()


def _hash_of(*parts: bytes) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8) + part)
    return digest.hexdigest()

"""
Reads the theme's files once, and hands projections a frozen value.

The only file access beside projections: it happens where wiring calls load_theme, never
while rendering.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import metadata, resources
from importlib.resources.abc import Traversable
from typing import NamedTuple

import jinja2

from broadsheet.projections.objects import ObjectKey

# What can change the bytes of a page without any fact changing.
_RENDERERS = ("jinja2", "markupsafe", "babel", "tzdata", "lxml")
_STYLE = "site.css"


class Logo(NamedTuple):
    """The paper's sign, as a picture on its site."""

    path: ObjectKey
    width_px: int
    height_px: int
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """Templates, style sheet and the versions they are rendered by."""

    templates: Mapping[str, jinja2.Template]
    css: bytes
    style_key: ObjectKey  # where the style sheet is; other bytes get another address
    logo: Logo | None  # for search engines and link cards; None leaves it out
    hash: str  # SHA-256 (hex) over all of the theme's files
    versions: tuple[tuple[str, str], ...]  # of this release and of what renders

    def page(self, template: str, view: object) -> bytes:
        """Return a page: the template filled with one finished value."""
        return self.templates[template].render(page=view).encode()


def load_theme() -> Theme:
    """Return the theme that ships with this release."""
    root = resources.files(__package__)
    css = root.joinpath(_STYLE).read_bytes()
    sources = {
        file.name: file.read_text(encoding="utf-8")
        for file in sorted(root.joinpath("templates").iterdir(), key=lambda file: file.name)
        if file.name.endswith(".html")
    }
    words = root.joinpath("furniture.py").read_bytes()
    return Theme(
        templates=_compiled(sources),
        css=css,
        style_key=ObjectKey(f"/assets/site.{hashlib.sha256(css).hexdigest()[:12]}.css"),
        logo=None,
        hash=_hash_of(css, words, *(f"{n}\0{t}".encode() for n, t in sources.items())),
        versions=(
            ("code", _code_hash()),
            *((name, metadata.version(name)) for name in ("broadsheet", *_RENDERERS)),
        ),
    )


def generation(theme: Theme) -> str:
    """Return what every page was rendered by; another one means rendering everything again."""
    versions = "\n".join(f"{name} {version}" for name, version in theme.versions)
    return _hash_of(theme.hash.encode(), versions.encode())[:32]


def _code_hash() -> str:
    """Return a hash of the code that renders, so that a change of it between releases counts."""
    return _hash_of(
        *(
            name.encode() + b"\0" + file.read_bytes()
            for package in ("broadsheet.story", "broadsheet.projections")
            for name, file in sorted(_code_in(resources.files(package), package))
        )
    )


def _code_in(folder: Traversable, package: str) -> Iterator[tuple[str, Traversable]]:
    """Yield each module of a package and of those inside it, by its whole name."""
    for file in folder.iterdir():
        if file.name.endswith(".py"):
            yield f"{package}.{file.name}", file
        elif file.is_dir():
            yield from _code_in(file, f"{package}.{file.name}")


def _compiled(sources: Mapping[str, str]) -> Mapping[str, jinja2.Template]:
    environment = jinja2.Environment(
        loader=jinja2.DictLoader(sources),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    return {name: environment.get_template(name) for name in sources}


def _hash_of(*parts: bytes) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8) + part)
    return digest.hexdigest()

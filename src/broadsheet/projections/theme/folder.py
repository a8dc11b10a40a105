"""
Reads a paper's own theme folder, and says which of its files cannot be used.

What ships with the release is read by the same functions, from the package.
"""

import re
from collections.abc import Callable, Iterator
from importlib.resources.abc import Traversable
from pathlib import Path

from broadsheet.projections.theme.broken import ThemeBroken

ASSETS = "assets"
# Names become parts of addresses, and the ending decides the type a browser is told.
# The site keeps what is packed, moved and gone under endings of its own.
_IS_NAME = re.compile(
    r"[A-Za-z0-9_][A-Za-z0-9._-]{0,99}\.(?!(?:br|gz|zst)$)[A-Za-z][A-Za-z0-9]{0,9}"
)
_DEEPEST = 8  # folders in one another; a link to its own folder has no end


def texts(folder: Traversable, kind: str, ending: str) -> dict[str, str]:
    """
    Return the files of a kind, such as templates, by name; none where there is no such folder.

    What lies in a folder of that folder is called so: "parts/slogan.html".

    Raises:
        ThemeBroken: one cannot be read as text, or what should be the folder is none.

    """
    inside = folder / kind
    _must_be_folder(inside, kind)
    if not _looked_at(inside.is_dir, kind):
        return {}
    return dict(_texts(inside, kind, ending, depth=1))


def _texts(inside: Traversable, kind: str, ending: str, *, depth: int) -> Iterator[tuple[str, str]]:
    if depth > _DEEPEST:
        message = f"{kind} has folders too deep in one another; put the files further up"
        raise ThemeBroken(message)
    for file in _listed(inside, kind):
        if file.name.startswith("."):
            continue
        name = f"{kind}/{file.name}"
        if file.name.endswith(ending):
            yield file.name, text(file, name)
        elif _looked_at(file.is_dir, name):
            for below, said in _texts(file, name, ending, depth=depth + 1):
                yield f"{file.name}/{below}", said


def _listed(folder: Traversable, name: str) -> list[Traversable]:
    try:
        return sorted(folder.iterdir(), key=lambda file: file.name)
    except OSError as error:
        message = f"{name} cannot be read: {error.strerror}"
        raise ThemeBroken(message) from error


def _must_be_folder(inside: Traversable, name: str) -> None:
    if _looked_at(inside.is_file, name):
        message = f"{name} is a file; make a folder of this name, and put files there"
        raise ThemeBroken(message)


def _looked_at(asks: Callable[[], bool], name: str) -> bool:
    try:
        return asks()
    except OSError as error:  # of a folder that may be listed, and not entered
        message = f"{name} cannot be looked at: {error.strerror}"
        raise ThemeBroken(message) from error


def text(file: Traversable, name: str) -> str:
    """
    Return what a file says.

    Raises:
        ThemeBroken: it cannot be read, or is not UTF-8.

    """
    data = read(file, name)
    try:
        return data.decode("utf-8-sig")  # some editors put a mark in front, which is no text
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"{name}, line {line}: this is not UTF-8; save the file as UTF-8"
        raise ThemeBroken(message) from error


def read(file: Traversable, name: str) -> bytes:
    """
    Return a file's bytes.

    Raises:
        ThemeBroken: it cannot be read.

    """
    try:
        return file.read_bytes()
    except OSError as error:
        message = f"{name} cannot be read: {error.strerror}"
        raise ThemeBroken(message) from error


def must_lie_inside(folder: Path, file: Path, name: str) -> None:
    """
    Make sure that what is published under a file's name is the theme's own.

    Raises:
        ThemeBroken: it is a link that leads elsewhere.

    """
    try:
        is_inside = file.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError) as error:  # of links in a circle, until Python 3.12
        message = f"{name} leads nowhere: {error}"
        raise ThemeBroken(message) from error
    if not is_inside:
        message = f"{name} leads out of the theme's folder; put the file itself there"
        raise ThemeBroken(message)


def assets(folder: Path) -> Iterator[tuple[str, bytes]]:
    """
    Yield what is published, by where it lies: "assets/serif.woff2", "assets/fonts/serif.woff2".

    Names that begin with a dot stay private: what systems and editors leave behind.

    Raises:
        ThemeBroken: a file cannot be read, lies elsewhere, or has a name no address can hold.

    """
    root = folder / ASSETS
    _must_be_folder(root, ASSETS)
    if not _looked_at(root.is_dir, ASSETS):
        return
    for file in sorted(root.rglob("*")):
        inside = file.relative_to(root)
        name = f"{ASSETS}/{inside.as_posix()}"
        if any(part.startswith(".") for part in inside.parts):
            continue
        if _looked_at(file.is_dir, name) and not file.is_symlink():
            continue
        must_lie_inside(root, file, name)
        if not _looked_at(file.is_file, name):
            message = f"{name} is no file; take it away, or put a file there"
            raise ThemeBroken(message)
        if not _IS_NAME.fullmatch(file.name):
            message = (
                f"{name} would be published under its name; rename it: letters, digits, dots, "
                "hyphens and underscores, with an ending such as .woff2"
            )
            raise ThemeBroken(message)
        yield name, read(file, name)

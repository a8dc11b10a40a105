"""What the tests of the tree read: its files, as git and Python see them."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "broadsheet"
SURFACES = SOURCE / "surfaces"


@cache
def committed() -> tuple[Path, ...]:
    """Return the files git keeps, or would keep if they were added now."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    names = listed.stdout.decode().split("\0")
    return tuple(path for name in names if name and (path := ROOT / name).is_file())


def modules(folder: Path) -> tuple[Path, ...]:
    """Return the Python files under a folder; migrations are Django's writing."""
    return tuple(
        path
        for path in committed()
        if path.suffix == ".py" and path.is_relative_to(folder) and "migrations" not in path.parts
    )


@cache
def parsed(path: Path) -> ast.Module:
    """Return a module's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function in a tree, methods and inner ones too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def surfaces() -> tuple[Path, ...]:
    """Return the folders of the surfaces."""
    return tuple(
        sorted(folder for folder in SURFACES.iterdir() if (folder / "__init__.py").is_file())
    )


def named(path: Path) -> str:
    """Return a path as a person would name it in this repository."""
    return path.relative_to(ROOT).as_posix()

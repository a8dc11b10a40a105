"""How the code reads, where a machine can tell: sizes, names, errors, comments."""

import ast
import re
import tomllib
from itertools import chain
from pathlib import Path

import pytest

from tests.architecture import tree

LINES = 400  # a module this long has two ideas in it
TEST_LINES = 500  # one suite's behaviors may be many
FUNCTION_LINES = 60  # of which a docstring may be many
DRAWERS = {
    "utils",
    "util",
    "helpers",
    "helper",
    "common",
    "manager",
    "managers",
    "service",
    "services",
    "base",
    "misc",
    "data",
    "info",
}  # names that say nothing
SOURCES = tree.modules(tree.SOURCE)
TESTS = tuple(path for path in tree.modules(tree.ROOT / "tests"))
TEST_FILES = tuple(path for path in TESTS if path.name.startswith("test_"))
TEXTS = tuple(path for path in tree.committed() if b"\0" not in path.read_bytes()[:4096])

# Folders of one machine or one person; in classes, so that this line does not name them.
OF_ONE_MACHINE = re.compile(r"(?<![\w.])/([w]ork|[r]oot|[h]ome/\w+)/|/[t]mp/\w")


def _imports(paths: tuple[Path, ...]) -> list[tuple[Path, int, str]]:
    return [
        (path, node.lineno, ast.unparse(node))
        for path in paths
        for node in ast.walk(tree.parsed(path))
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]


def _lines(paths: tuple[Path, ...], *, matching: re.Pattern[str]) -> list[tuple[Path, int, str]]:
    return [
        (path, number, line.strip()[:120])
        for path in paths
        if path != Path(__file__)
        for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), start=1)
        if matching.search(line)
    ]


def _places(found: list[tuple[Path, int, str]]) -> str:
    return "\n".join(f"{tree.named(path)}:{line}: {text}" for path, line, text in found)


def test_modules_are_short():
    """No module is longer than a reader can hold."""
    long = [
        (path, lines, "lines")
        for path in (*SOURCES, *TESTS)
        if (lines := path.read_text("utf-8").count("\n")) > (TEST_LINES if path in TESTS else LINES)
    ]

    assert not long, _places(long)


def test_functions_are_short():
    """No function of the paper is longer than a screen, its docstring included."""
    long = [
        (path, function.lineno, function.name)
        for path in SOURCES
        for function in tree.functions(tree.parsed(path))
        if (function.end_lineno or 0) - function.lineno >= FUNCTION_LINES
    ]

    assert not long, _places(long)


def test_modules_are_named_for_what_they_hold():
    """No module is a drawer."""
    drawers = [(path, 1, path.stem) for path in SOURCES if {path.stem, path.parent.name} & DRAWERS]

    assert not drawers, _places(drawers)


def test_only_the_worker_catches_everything():
    """Every other place names the errors it expects."""
    broad = [
        (path, node.lineno, "except Exception")
        for path in SOURCES
        for node in ast.walk(tree.parsed(path))
        if isinstance(node, ast.ExceptHandler) and _catches_everything(node)
    ]

    assert len(broad) <= 1, _places(broad)
    assert all(path.is_relative_to(tree.SOURCE / "press") for path, _, _ in broad), _places(broad)


def _catches_everything(handler: ast.ExceptHandler) -> bool:
    """Return whether a handler keeps any error to itself, not one that tidies and re-raises."""
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    is_broad = any(
        kind is None or ast.unparse(kind) in {"Exception", "BaseException"} for kind in kinds
    )
    last = handler.body[-1]
    return is_broad and not (isinstance(last, ast.Raise) and last.exc is None)


def test_imports_stand_at_the_top():
    """No import hides in a function, where a cycle could hide with it."""
    lazy = [
        (path, node.lineno, ast.unparse(node))
        for path in SOURCES
        for function in tree.functions(tree.parsed(path))
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]

    assert not lazy, _places(lazy)


def test_nothing_is_mocked():
    """Tests use fakes that keep the contract, not mocks that repeat the call."""
    mocked = [found for found in _imports((*SOURCES, *TESTS)) if "mock" in found[2]]

    assert not mocked, _places(mocked)


def test_publishing_work_is_called_by_name():
    """No module hears of a row through Django's signals."""
    signals = [found for found in _imports(SOURCES) if "django.db.models.signals" in found[2]]

    assert not signals, _places(signals)


@pytest.mark.parametrize("path", TEST_FILES, ids=tree.named)
def test_every_test_says_what_it_holds(path):
    """Each test's docstring states the behavior in a sentence."""
    tests = [each for each in tree.functions(tree.parsed(path)) if each.name.startswith("test_")]
    silent = [(path, each.lineno, each.name) for each in tests if not ast.get_docstring(each)]

    assert not silent, _places(silent)


def test_no_test_is_skipped():
    """A missing component fails its test."""
    word = re.compile(r"pytest\.(mark\.)?(skip|xfail|importorskip)")
    skipped = _lines(TESTS, matching=word)

    assert not skipped, _places(skipped)


def test_commands_are_called_through_broadsheet():
    """
    No test calls a part of the command line alone, as nobody can.

    click keeps a command's help option from the first call, without `-h` when the call was not
    through `broadsheet`; a later test of `-h` in the same process then failed.
    """
    alone = _lines(TESTS, matching=re.compile(r"CliRunner\(.*?\)\.invoke\((?!cli\b)"))

    assert not alone, _places(alone)


def test_what_is_to_do_has_an_issue():
    """Nothing is left to do but what an issue tells."""
    word = re.compile(r"\b(TODO|FIXME|XXX)\b(?! ?\(?(issue|#) ?\d)")
    left = _lines((*SOURCES, *TESTS), matching=word)

    assert not left, _places(left)


def test_no_line_names_the_place_it_was_written():
    """Nothing committed works only on the machine it was written on."""
    leaks = _lines(TEXTS, matching=OF_ONE_MACHINE)

    assert not leaks, _places(leaks)


def test_every_dependency_says_why_it_is_here():
    """Each dependency's line ends with its reason."""
    text = (tree.ROOT / "pyproject.toml").read_text(encoding="utf-8")
    project = tomllib.loads(text)["project"]
    wanted = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]

    silent = [each for each in wanted if not re.search(rf'"{re.escape(each)}", +# \S', text)]

    assert not silent


def test_every_reader_of_the_audit_says_why_it_is_here():
    """Each line of the audit's own requirements ends with its reason."""
    text = (tree.ROOT / "requirements" / "audit.in").read_text(encoding="utf-8")
    wanted = [line for line in text.splitlines() if line and not line.startswith("#")]

    silent = [line for line in wanted if not re.search(r"\S +# \S", line)]

    assert not silent


@pytest.mark.parametrize("name", ["run", "dev", "audit"])
def test_locks_pin_by_hash_and_name_no_address(name):
    """Every requirement has a version and hashes, wherever it is fetched from."""
    text = (tree.ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    entries = re.split(r"\n(?=\w)", text.strip())

    assert "://" not in text
    assert all(
        re.match(r"[\w.\[\]-]+==\S+ .*--hash=sha256:", entry, re.DOTALL) for entry in entries
    )

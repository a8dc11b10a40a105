"""The packages know only what they may: import-linter holds it, and each contract has teeth."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.architecture import tree

CONTRACTS = tomllib.loads((tree.ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
LAYERS = "Packages know only the packages below them"
PURE = "The pure packages know no framework, no files, no network, no clock and no chance"
INDEPENDENT = "Surfaces do not know each other"

# The contract, the module that breaks it, and the line that does: one for each step down
# the layers, and for each pair that may not know each other.
PLANTED = [
    (LAYERS, "story", "import broadsheet.projections"),
    (LAYERS, "reconciler", "import broadsheet.projections"),
    (LAYERS, "copydesk", "import broadsheet.reconciler"),
    (LAYERS, "projections", "import broadsheet.media"),
    (LAYERS, "media", "import broadsheet.press"),
    (LAYERS, "surfaces", "import broadsheet.press"),
    (LAYERS, "intake", "import broadsheet.surfaces"),
    (LAYERS, "press", "import broadsheet.newsroom"),
    (LAYERS, "web", "import broadsheet.newsroom"),
    (LAYERS, "readership", "import broadsheet.web"),
    (LAYERS, "accounts", "import broadsheet.newsroom"),
    (LAYERS, "newsroom", "import broadsheet.config"),
    (LAYERS, "gossip", "import broadsheet.story"),  # a package no layer names
    (PURE, "story", "import random"),
    (PURE, "copydesk", "import time"),
    (PURE, "projections", "import django.utils.html"),
    (PURE, "reconciler", "import httpx"),
    ("The reconciler knows nothing of news", "reconciler", "import broadsheet.story"),
    ("Surfaces, intake and media stand without Django", "surfaces", "import django.db"),
    ("Surfaces, intake and media stand without Django", "intake", "import wagtail"),
    ("Surfaces, intake and media stand without Django", "media", "import django.conf"),
    ("The site server needs neither Django nor a database", "web", "import sqlite3"),
    (INDEPENDENT, "surfaces/sandbox", "import broadsheet.surfaces.website"),
]


def _broken(folder: Path) -> set[str]:
    """Return the names of the contracts that the package in this folder breaks."""
    result = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--cache-dir", folder.parent / "cache"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder), "COLUMNS": "200", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    broken = set(re.findall(r"^(.+) BROKEN", result.stdout, re.MULTILINE))
    assert (result.returncode == 0) == (not broken), result.stdout + result.stderr
    return broken


@pytest.fixture(scope="module")
def copied(tmp_path_factory):
    """Give a folder with a copy of the package and the contracts, to plant faults in."""
    folder = tmp_path_factory.mktemp("contracts") / "copy"
    # Only the source counts; importlib caches and other people's half-written files do not.
    ignored = shutil.ignore_patterns("__pycache__", "*.pyc", "static", "templates")
    shutil.copytree(tree.SOURCE, folder / "broadsheet", ignore=ignored)
    shutil.copy(tree.ROOT / "pyproject.toml", folder)
    return folder


def test_the_contracts_are_kept(copied):
    """No module knows more than its package may."""
    assert set() == _broken(copied)


@pytest.mark.parametrize(("contract", "package", "line"), PLANTED)
def test_a_planted_import_breaks_its_contract(copied, contract, package, line):
    """Each contract is seen to fail when somebody breaks it."""
    folder = copied / "broadsheet" / package
    is_new = not folder.exists()
    folder.mkdir(exist_ok=True)
    (folder / "__init__.py").touch()
    planted = folder / "planted_fault.py"
    planted.write_text(f'"""A fault."""\n\n{line}\n', encoding="utf-8")

    broken = _broken(copied)

    planted.unlink()
    if is_new:
        shutil.rmtree(folder)
    assert contract in broken


def test_every_contract_has_a_planted_fault():
    """A contract nobody has seen fail does not count."""
    assert {contract["name"] for contract in CONTRACTS["contracts"]} == {
        contract for contract, _, _ in PLANTED
    }


def test_every_surface_is_kept_apart():
    """A new surface's folder is named in the contract that keeps surfaces apart."""
    contract = next(each for each in CONTRACTS["contracts"] if each["name"] == INDEPENDENT)

    assert {f"broadsheet.surfaces.{folder.name}" for folder in tree.surfaces()} == set(
        contract["modules"]
    )

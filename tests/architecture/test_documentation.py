"""What can be used is documented, and what is documented is there."""

import re
import tomllib
from collections.abc import Iterator

import click
import pytest

from audit.__main__ import SUITES
from bench.__main__ import PARTS
from broadsheet.config.main import cli
from broadsheet.newsroom.roles.names import RIGHTS, Right, Role
from broadsheet.web.desk import LARGEST_UPLOAD_BYTES
from tests.architecture import tree

DOCS = tree.ROOT / "docs"
PROMISES = re.split(
    r"^## (?=\d+\. )", (DOCS / "promises.md").read_text("utf-8"), flags=re.MULTILINE
)[1:]
PAGES = sorted([*DOCS.rglob("*.md"), tree.ROOT / "README.md", tree.ROOT / "CHANGELOG.md"])


def _commands(group: click.Group, context: click.Context) -> Iterator[str]:
    for part in group.list_commands(context):
        command = group.get_command(context, part)
        assert command is not None
        if isinstance(command, click.Group):
            inner = click.Context(command, parent=context, info_name=part, resilient_parsing=True)
            yield from _commands(command, inner)
        else:
            yield f"{context.command_path} {part}"


def test_every_command_is_documented():
    """docs/commands.md lists the commands there are, and no others."""
    context = click.Context(cli, info_name="broadsheet", resilient_parsing=True)
    listed = re.findall(
        r"^\| `(broadsheet [^`]+)`", (DOCS / "commands.md").read_text("utf-8"), re.MULTILINE
    )

    assert sorted(_commands(cli, context)) == sorted(listed)


def test_every_setting_is_documented():
    """docs/settings.md names every environment variable the paper reads, and no others."""
    word = re.compile(r"BROADSHEET_[A-Z_]+")
    used = {
        found
        for path in tree.modules(tree.SOURCE)
        for found in word.findall(path.read_text("utf-8"))
    }
    documented = set(word.findall((DOCS / "settings.md").read_text("utf-8")))

    assert used | {"BROADSHEET_INPUTS", "BROADSHEET_TEST_DATABASE"} == documented


@pytest.mark.parametrize(
    "file", ["docs/howto/serve-with-nginx.md", "deploy/nginx/site.conf", "deploy/caddy/Caddyfile"]
)
def test_other_servers_take_what_the_desk_takes(file):
    """A server before the desk refuses no upload that the desk would take."""
    told = re.search(r"max_(?:body_)?size (\d+)(?:m;|MiB)", (DOCS.parent / file).read_text("utf-8"))

    assert told is not None
    assert LARGEST_UPLOAD_BYTES == int(told[1]) * 1024 * 1024


def test_every_setting_of_the_benches_is_documented():
    """docs/performance.md names every environment variable of the benches, and no others."""
    word = re.compile(r"BROADSHEET_BENCH_[A-Z_]+")
    used = {
        found
        for path in tree.modules(tree.ROOT / "bench")
        for found in word.findall(path.read_text("utf-8"))
    }
    documented = set(word.findall((DOCS / "performance.md").read_text("utf-8")))

    assert used == documented


def test_every_part_of_the_benches_is_documented():
    """docs/performance.md lists the parts of `make bench`, in the order in which they run."""
    listed = re.findall(
        r"^\| `([a-z]+)` \|", (DOCS / "performance.md").read_text("utf-8"), re.MULTILINE
    )

    assert list(PARTS) == listed


def test_every_suite_of_the_audit_is_documented():
    """docs/audit.md lists the suites of `make audit`, in the order in which they run."""
    listed = re.findall(r"^\| `([a-z-]+)` \|", (DOCS / "audit.md").read_text("utf-8"), re.MULTILINE)

    assert list(SUITES) == listed


def test_every_setting_of_the_audit_is_documented():
    """docs/audit.md names every environment variable of the audit, and no others."""
    word = re.compile(r"BROADSHEET_AUDIT_[A-Z_]+")
    used = {
        found
        for path in tree.modules(tree.ROOT / "audit")
        for found in word.findall(path.read_text("utf-8"))
    }
    documented = set(word.findall((DOCS / "audit.md").read_text("utf-8")))

    assert used == documented


@pytest.mark.parametrize("folder", tree.surfaces(), ids=lambda folder: folder.name)
def test_every_surface_is_documented(folder):
    """Each surface's folder says how to set it up."""
    assert (folder / "README.md").is_file()


def test_every_promise_is_there():
    """docs/promises.md makes the ten promises, in their order."""
    assert [int(promise.split(".")[0]) for promise in PROMISES] == list(range(1, 11))


@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise.split("\n")[0])
@pytest.mark.parametrize("kind", ["Held by", "Broken twin"])
def test_every_promise_names_its_tests(promise, kind):
    """Each promise names a test that holds it and one that plants the fault, and both exist."""
    named = re.search(rf"^{kind}: (.+?)(?:\n\n|\Z)", promise, re.MULTILINE | re.DOTALL)
    tests = re.findall(r"`(tests/[^`]+)`", named[1]) if named else []

    assert tests
    assert [] == [test for test in tests if not _exists(test)]


def _exists(test: str) -> bool:
    """Return whether a test, named as pytest names it, is there."""
    file, _, name = test.partition("::")
    path = tree.ROOT / file
    if not name:
        return path.is_file() or any(path.rglob("test_*.py"))
    return path.is_file() and any(
        function.name == name for function in tree.functions(tree.parsed(path))
    )


def test_a_promise_cannot_name_a_test_that_is_not_there():
    """A test that was renamed away is missed."""
    assert not _exists("tests/architecture/test_documentation.py::test_nothing")
    assert not _exists("tests/architecture/test_nothing.py")
    assert not _exists("tests/factories")


@pytest.mark.parametrize("page", PAGES, ids=tree.named)
def test_links_lead_somewhere(page):
    """Every link to a file of this repository finds it."""
    links = re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", page.read_text("utf-8"))

    assert [] == [link for link in links if not (page.parent / link).exists()]


def test_the_glossary_explains_the_words_the_log_uses():
    """Kinds of records and states of a story are words of the glossary."""
    from_code = {"story", "section", "author", "picture", "news window"} | {
        "live",
        "unpublish",
        "expire",
        "retract",
        "erase",
    }
    explained = set(
        re.findall(r"^\| ([^|]+?) \|", (DOCS / "glossary.md").read_text("utf-8"), re.MULTILINE)
    )

    assert from_code <= explained


@pytest.mark.parametrize("page", sorted((DOCS / "decisions").glob("*.md")), ids=tree.named)
def test_decisions_have_their_form(page):
    """A decision has a date, a status, a context, what was decided and what follows."""
    text = page.read_text("utf-8")

    assert re.match(r"\d{4}-\d\d-\d\d-[a-z-]+\.md$", page.name)
    assert re.search(
        r"^Status: .*^## Context$.*^## Decision$.*^## Consequences$", text, re.MULTILINE | re.DOTALL
    )
    assert text.count("\n") <= 60


def test_make_lists_its_targets():
    """Every target of the Makefile says what it does, in `make` alone."""
    text = (tree.ROOT / "Makefile").read_text("utf-8")

    assert set(re.findall(r"^\.PHONY: (\w+)", text, re.MULTILINE)) == set(
        re.findall(r"^(\w+):.*## \w", text, re.MULTILINE)
    )


def test_every_license_named_is_there():
    """Each license that REUSE.toml names has its text, and each text is named."""
    annotations = tomllib.loads((tree.ROOT / "REUSE.toml").read_text("utf-8"))["annotations"]
    named = {each["SPDX-License-Identifier"] for each in annotations}

    assert named == {path.stem for path in (tree.ROOT / "LICENSES").iterdir()}


def test_every_photograph_names_its_license():
    """REUSE.toml says of each photograph of the demo whose it is, by its own name."""
    annotations = tomllib.loads((tree.ROOT / "REUSE.toml").read_text("utf-8"))["annotations"]
    named = {each["path"] for each in annotations}
    folder = tree.SOURCE / "newsroom" / "demo_copy" / "photographs"

    assert {str(path.relative_to(tree.ROOT)) for path in folder.iterdir()} <= named


def test_the_roles_may_what_the_page_of_roles_says():
    """docs/roles.md gives each role the rights it has in code, and no others."""
    table = re.findall(r"^\| (.+) \|$", (DOCS / "roles.md").read_text("utf-8"), re.MULTILINE)
    head, *lines = [[cell.strip() for cell in line.split("|")] for line in table]
    told = {
        Role(role): {Right(cells[0].partition(":")[0]) for cells in lines if cells[column] == "yes"}
        for column, role in enumerate(head)
        if role
    }

    assert {role: set(rights) for role, rights in RIGHTS.items()} == told

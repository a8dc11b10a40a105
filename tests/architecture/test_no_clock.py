"""The pure packages are told the time: nothing in them asks a clock."""

import ast
from collections.abc import Iterator

from tests.architecture import tree

PURE = ("story", "copydesk", "projections", "reconciler")
CLOCKS = {"now", "today", "utcnow"}


def clocks_asked(module: ast.AST) -> Iterator[str]:
    """Yield what a module does to a date or datetime that asks the machine's clock."""
    for node in ast.walk(module):
        match node:
            case ast.Attribute(attr=name, value=kind) if name in CLOCKS and _is_class(kind):
                yield ast.unparse(node)
            case ast.Call(func=ast.Attribute(attr="today" | "utcnow")):
                yield ast.unparse(node)
            case ast.Call(func=ast.Attribute(attr="now"), args=[], keywords=[]):
                yield ast.unparse(node)


def _is_class(node: ast.expr) -> bool:
    """Say whether an expression names datetime or date, under whatever module's name."""
    name = node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
    return name.casefold() in {"datetime", "date"}


def test_no_pure_package_asks_the_clock():
    """Times are arguments: a rebuild next year gives the bytes of today."""
    asked = {
        tree.named(path): found
        for package in PURE
        for path in tree.modules(tree.SOURCE / package)
        if (found := list(clocks_asked(tree.parsed(path))))
    }

    assert {} == asked


def test_clock_asked_in_a_pure_package_would_be_found():
    """The broken twin: every way to ask is seen, also handed on without being called."""
    for planted in (
        "datetime.now(UTC)",
        "datetime.datetime.now(tz=UTC)",
        "dt.date.today()",
        "datetime.utcnow()",
        "field(default_factory=datetime.now)",
        "value.now()",
    ):
        assert list(clocks_asked(ast.parse(planted))), planted

    assert [] == list(clocks_asked(ast.parse("case.now + traffic.now")))

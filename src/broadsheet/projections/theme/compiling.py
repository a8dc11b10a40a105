"""
Compiles the theme's templates, and finds what would fail only when a page is rendered.

A template that names another which is not there, or that extends itself, would park every page
of its kind; a paper hears of it when the press starts.
"""

import logging
import traceback
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import jinja2
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame

from broadsheet.projections.theme.broken import ThemeBroken
from broadsheet.projections.theme.escaping import escaped, inline

_LOG = logging.getLogger(__name__)
SHIPPED = "shipped/"
_OWN_PLACE, _OUR_PLACE = "theme/templates/", "shipped templates/"


def place_of(error: BaseException) -> str:
    """Return which line of which template an error came from; "" if from none."""
    places = [
        f"{frame.filename}, line {frame.lineno}"
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename.startswith((_OWN_PLACE, _OUR_PLACE))
    ]
    return places[-1] if places else ""


def is_of_the_papers_own(error: BaseException) -> bool:
    """Return whether a template of the paper's own had a part in an error."""
    frames = traceback.extract_tb(error.__traceback__)
    return any(frame.filename.startswith(_OWN_PLACE) for frame in frames)


class _Writer(CodeGenerator):
    """Has a page's two hundred values escaped by our function, in a third of the time."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.escaped(")


class _Environment(jinja2.Environment):
    code_generator_class = _Writer
    escaped = staticmethod(escaped)


class _Naming(NamedTuple):
    """Where a template names another."""

    name: str
    line: int
    is_needed: bool
    is_always: bool  # followed whatever a page holds
    is_parent: bool  # which is extended, so that what it gives, the other gives
    takes: tuple[str, ...]  # macros and values, by name


def compiled(
    sources: Mapping[str, str], *, own: Container[str] = ()
) -> Mapping[str, jinja2.Template]:
    """
    Return templates by name; errors call those that are the paper's own so.

    Raises:
        ThemeBroken: one does not compile, names one that is not there, or leads back to itself.

    """

    def load(name: str) -> tuple[str, str, None] | None:
        if name not in sources:
            return None
        return sources[name], _OWN_PLACE + name if name in own else _OUR_PLACE + name, None

    environment = _Environment(
        loader=jinja2.FunctionLoader(load),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    environment.filters["inline"] = inline
    try:
        trees = {name: _parsed(environment, name, text) for name, text in sources.items()}
        named = {name: list(_named(tree)) for name, tree in trees.items()}
        _refuse_missing(named)
        _refuse_circles(named)
        _refuse_lacking(named, {name: _given(tree) for name, tree in trees.items()}, own)
        return {name: _one(environment, name) for name in sources}
    except jinja2.TemplateSyntaxError as error:
        message = f"templates/{error.name}, line {error.lineno}: {error.message}"
        raise ThemeBroken(message) from error


def _parsed(environment: jinja2.Environment, name: str, text: str) -> nodes.Template:
    try:
        return environment.parse(text, name)
    except RecursionError as error:
        message = f"templates/{name}: it has too much in one another"
        raise ThemeBroken(message) from error


def _one(environment: jinja2.Environment, name: str) -> jinja2.Template:
    try:
        return environment.get_template(name)
    except (SyntaxError, RecursionError) as error:  # of Python, which it is translated into
        message = f"templates/{name}: it has too many blocks in one another: {error}"
        raise ThemeBroken(message) from error


def warn_of_unused(own: Mapping[str, str], shipped: Mapping[str, str]) -> None:
    """Say what of a paper's own templates is used by no page: whole files, and macros in vain."""
    environment = jinja2.Environment(autoescape=True)
    trees = {name: environment.parse(text, name) for name, text in own.items()}
    ours = {SHIPPED + name: environment.parse(text, name) for name, text in shipped.items()}
    used = {each.name for tree in trees.values() for each in _named(tree)}
    for name in sorted(own.keys() - shipped.keys() - used):
        _LOG.warning("templates/%s is used by no page: see that its name is right", name)
    for name, tree in sorted(trees.items()):
        for parent in (each.name for each in _named(tree) if each.is_parent and each.name in ours):
            for macro in sorted({*_at_the_top(tree.body)} & {*_at_the_top(ours[parent].body)}):
                _LOG.warning(
                    "templates/%s: its own %r has no effect, since what it extends has it, too; "
                    "copy the whole file, and change it there",
                    *(name, macro),
                )


def _named(tree: nodes.Template) -> Iterator[_Naming]:
    """Yield what a template names in so many words; what it works out is seen by nobody."""
    for node in tree.find_all(nodes.Stmt):
        if not isinstance(node, nodes.Extends | nodes.Include | nodes.Import | nodes.FromImport):
            continue
        if not isinstance(node.template, nodes.Const):
            continue
        is_needed = not (isinstance(node, nodes.Include) and node.ignore_missing)
        is_always = not isinstance(node, nodes.Include)
        yield _Naming(
            str(node.template.value),
            node.lineno,
            is_needed,
            is_always,
            is_parent=isinstance(node, nodes.Extends),
            takes=_taken(node),
        )


def _taken(node: nodes.Stmt) -> tuple[str, ...]:
    names = node.names if isinstance(node, nodes.FromImport) else []
    return tuple(name if isinstance(name, str) else name[0] for name in names)


def _given(tree: nodes.Template) -> frozenset[str] | None:
    """Return what others could take from a template; None is whatever its parent has, too."""
    if tree.find(nodes.Extends):
        return None
    return frozenset(_at_the_top(tree.body))


def _at_the_top(body: Sequence[nodes.Node]) -> Iterator[str]:
    """Yield the names of macros and values that stand in no block, loop or macro."""
    for node in body:
        match node:
            case nodes.Macro(name=name):
                yield name
            case nodes.Assign() | nodes.AssignBlock():
                yield from (each.name for each in node.find_all(nodes.Name) if each.ctx == "store")
            case nodes.If(body=then, elif_=others, else_=other):
                yield from _at_the_top([*then, *others, *other])


def _refuse_missing(named: Mapping[str, list[_Naming]]) -> None:
    for name, namings in named.items():
        for each in namings:
            if each.is_needed and each.name not in named:
                message = (
                    f"templates/{name}, line {each.line}: it names {each.name}, which is neither "
                    "in the theme's folder nor ours"
                )
                raise ThemeBroken(message)


def _refuse_lacking(
    named: Mapping[str, list[_Naming]],
    given: Mapping[str, frozenset[str] | None],
    own: Container[str],
) -> None:
    """
    Refuse a template of the paper's own that lacks what one of ours takes from it and uses.

    The usual slip is a whole file of the paper's own from before an upgrade. What the paper's own
    take is pointed out where it lacks: they may ask whether it is there.
    """
    for name in sorted(_in_use(named)):
        for each in named[name]:
            names = given.get(each.name)
            lacking = [taken for taken in each.takes if names is not None and taken not in names]
            if lacking and name in own:
                _LOG.warning(
                    "templates/%s, line %d: %s has no %r: what uses it fails",
                    *(name, each.line, each.name, lacking[0]),
                )
            elif lacking:
                message = (
                    f"templates/{each.name} has no macro {lacking[0]!r}, which our {name} takes "
                    f"from it; write it as {SHIPPED}{each.name} has it, or remove the file"
                )
                raise ThemeBroken(message)


def _in_use(named: Mapping[str, list[_Naming]]) -> set[str]:
    """Return the templates of pages, which no other of ours names, and what they lead to."""
    parts = {each.name for name in named if name.startswith(SHIPPED) for each in named[name]}
    used: set[str] = set()
    waiting = [name for name in named if SHIPPED + name in named and name not in parts]
    while waiting:
        name = waiting.pop()
        if name not in used:
            used.add(name)
            waiting.extend(each.name for each in named[name] if each.name in named)
    return used


def _refuse_circles(named: Mapping[str, list[_Naming]]) -> None:
    """Refuse what would never end; the usual slip is to extend the very name one replaces."""
    for start in named:
        if _leads_to(start, named[start], named, seen=set()):
            plain = start.removeprefix(SHIPPED)
            message = (
                f"templates/{start} leads back to itself; what extends ours names it "
                f'"{SHIPPED}{plain}"'
            )
            raise ThemeBroken(message)


def _leads_to(
    start: str, namings: list[_Naming], named: Mapping[str, list[_Naming]], *, seen: set[str]
) -> bool:
    for each in namings:
        if not each.is_always:
            continue
        if each.name == start:
            return True
        if each.name not in seen and each.name in named:
            seen.add(each.name)
            if _leads_to(start, named[each.name], named, seen=seen):
                return True
    return False

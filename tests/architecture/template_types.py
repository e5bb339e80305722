"""What a template names, resolved through its syntax tree against the types of the view it is drawn from.

A macro is followed with the types of what it is called with, an imported one in its own template, an included one in
the scope that includes it. `None` is looked through: whether something is there is the template's own `if`.
"""

import typing
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from jinja2 import nodes

from api.web.answers import View
from api.web.frame import Frame, environment

Scope = dict[str, Any]
OPEN = {"page": Frame, "place": str, "loop": Any, "caller": Any, "kwargs": Any, "varargs": Any}
UNTYPED = {"local", "map", "list", "first", "last", "sum", "labelled", "owners", "typed", "rate"}

HTML_ATTRIBUTES = {"autocomplete", "autofocus", "inputmode", "max", "min", "step"}
"""What a macro may be given beyond what it names: attributes of the input it draws."""


class Macro(typing.NamedTuple):
    """A macro, and the scope of the template it stands in."""

    node: nodes.Macro
    scope: Scope
    template: str


class Reader:
    """Reads one template for one view; `faults` says which names and attributes no type answers for."""

    def __init__(self, view: type[View]) -> None:
        self.faults: list[str] = []
        self._seen: set[tuple[str, str, str]] = set()
        scope = OPEN | dict(_fields(view))
        self._read(_tree(view.template).body, scope, view.template)

    def _read(self, body: list[nodes.Node], scope: Scope, template: str) -> None:
        for node in body:
            self._statement(node, scope, template)

    def _statement(self, node: nodes.Node, scope: Scope, template: str) -> None:  # noqa: C901, PLR0912 - one case a node
        match node:
            case nodes.Extends(template=nodes.Const(value=parent)):
                self._read(_tree(parent).body, scope, parent)
            case nodes.Include(template=nodes.Const(value=included)):
                self._read(_tree(included).body, scope, included)
            case nodes.FromImport(template=nodes.Const(value=imported), names=names):
                there = self._module(imported)
                for name in names:
                    original, alias = name if isinstance(name, tuple) else (name, name)
                    if original not in there:
                        self.faults.append(f"{template}:{node.lineno} imports {original}, which {imported} lacks")
                    scope[alias] = there.get(original, Any)
            case nodes.Macro(name=name):
                scope[name] = Macro(node, scope, template)
            case nodes.Assign(target=target, node=value):
                _bind(target, self._kind(value, scope, template), scope)
            case nodes.AssignBlock(target=target, body=body):
                _bind(target, str, scope)
                self._read(body, scope, template)
            case nodes.For(target=target, iter=iterated, body=body, else_=otherwise):
                inner = dict(scope)
                _bind(target, _element(self._kind(iterated, scope, template)), inner)
                self._read(body, inner, template)
                self._read(otherwise, scope, template)
            case nodes.If(test=test, body=body, elif_=others, else_=otherwise):
                self._kind(test, scope, template)
                self._read([*body, *others, *otherwise], scope, template)
            case nodes.Block(body=body) | nodes.ScopedEvalContextModifier(body=body):
                self._read(body, scope, template)
            case nodes.CallBlock(call=call, body=body):
                self._kind(call, scope, template)
                self._read(body, scope, template)
            case nodes.Output(nodes=parts):
                for part in parts:
                    self._kind(part, scope, template)

    def _kind(self, node: nodes.Node | None, scope: Scope, template: str) -> Any:  # noqa: C901 - one line a node
        match node:
            case nodes.Const(value=value):
                return type(value)
            case nodes.Name(name=name):
                return self._named(name, node.lineno, scope, template)
            case nodes.Getattr(node=inner, attr=name) | nodes.Getitem(node=inner, arg=nodes.Const(value=str(name))):
                kind = self._kind(inner, scope, template)
                found = _attribute(kind, name)
                if found is None:
                    self.faults.append(f"{template}:{node.lineno} {_said(kind)} has no {name}")
                return Any if found is None else found
            case nodes.Getitem(node=inner, arg=arg):
                self._kind(arg, scope, template)
                return _element(self._kind(inner, scope, template))
            case nodes.Filter(node=inner, name=name, args=args, kwargs=kwargs):
                kind = self._kind(inner, scope, template)
                self._arguments([*args, *(pair.value for pair in kwargs)], scope, template)
                return Any if name in UNTYPED else kind if name == "list" else str
            case nodes.Call():
                return self._called(node, scope, template)
            case nodes.CondExpr(test=test, expr1=one, expr2=other):
                self._kind(test, scope, template)
                return _either(self._kind(one, scope, template), self._kind(other, scope, template))
            case nodes.Or(left=left, right=right) | nodes.And(left=left, right=right):
                return _either(self._kind(left, scope, template), self._kind(right, scope, template))
            case None:
                return NoneType
        self._arguments(list(node.iter_child_nodes()) if node else [], scope, template)
        return Any if isinstance(node, nodes.Tuple | nodes.List | nodes.Dict) else str

    def _arguments(self, given: list[Any], scope: Scope, template: str) -> list[Any]:
        return [self._kind(node, scope, template) for node in given]

    def _named(self, name: str, line: int, scope: Scope, template: str) -> Any:
        if name in scope:
            return scope[name]
        if name not in environment.globals:
            self.faults.append(f"{template}:{line} names {name}, which the view lacks")
            return Any
        known = environment.globals[name]
        return known if callable(known) else Any

    def _called(self, node: nodes.Call, scope: Scope, template: str) -> Any:
        given = self._arguments(list(node.args), scope, template)
        named = {pair.key: self._kind(pair.value, scope, template) for pair in node.kwargs}
        function = self._kind(node.node, scope, template)
        if isinstance(function, Macro):
            self._check_names(function, named, f"{template}:{node.lineno}")
            self._follow(function, given, named)
            return str
        return _returned(function)

    def _check_names(self, macro: Macro, named: Iterable[str], where: str) -> None:
        known = {argument.name for argument in macro.node.args} | {"caller"}
        if "kwargs" in {name.name for name in macro.node.find_all(nodes.Name)}:
            known |= HTML_ATTRIBUTES
        self.faults += [f"{where} {macro.node.name} takes no {name}" for name in named if name not in known]

    def _follow(self, macro: Macro, given: list[Any], named: dict[str, Any]) -> None:
        names = [argument.name for argument in macro.node.args]
        defaults = dict(zip(reversed(names), reversed(macro.node.defaults), strict=False))
        kinds = {name: self._kind(value, macro.scope, macro.template) for name, value in defaults.items()}
        kinds |= dict(zip(names, given, strict=False)) | named
        call = (macro.template, macro.node.name, repr(kinds))
        if call not in self._seen:
            self._seen.add(call)
            self._read(macro.node.body, macro.scope | OPEN | kinds, macro.template)

    def _module(self, template: str) -> Scope:
        scope: Scope = dict(OPEN)
        self._read(_tree(template).body, scope, template)
        return scope


@cache
def _tree(template: str) -> nodes.Template:
    source, _, _ = environment.loader.get_source(environment, template)  # type: ignore[union-attr]
    return environment.parse(source)


def _fields(kind: type) -> Iterator[tuple[str, Any]]:
    yield from ((name, hint) for name, hint in get_type_hints(kind).items() if name != "template")
    yield from ((name, _returned(known.fget)) for name, known in vars(kind).items() if isinstance(known, property))


def _attribute(kind: Any, name: str) -> Any:
    """Return the type of an attribute (or of a value by that key), `None` when the type has none."""
    if kind in (Any, NoneType) or isinstance(kind, Macro):
        return Any
    if get_origin(kind) in (typing.Union, UnionType):
        found = [_attribute(member, name) for member in get_args(kind) if member is not NoneType]
        return None if None in found else _either(*found)
    origin = get_origin(kind) or kind
    if isinstance(origin, type) and issubclass(origin, Mapping) and not hasattr(origin, name):
        return get_args(kind)[1] if get_args(kind) else Any
    if not isinstance(origin, type):
        return Any
    hints = {} if origin.__module__ == "builtins" else get_type_hints(origin)
    if name in hints:
        return hints[name]
    known = getattr(origin, name, None)
    return _returned(known.fget) if isinstance(known, property) else known and Any


def _returned(function: Callable[..., Any] | None) -> Any:
    try:
        return get_type_hints(function).get("return", Any) if function else Any
    except (TypeError, NameError):
        return Any


def _element(kind: Any) -> Any:
    if get_origin(kind) in (typing.Union, UnionType):
        return _either(*(_element(member) for member in get_args(kind) if member is not NoneType))
    given = [member for member in get_args(kind) if member is not Ellipsis]
    return _either(*given) if given else Any


def _either(*kinds: Any) -> Any:
    several = [kind for kind in dict.fromkeys(kinds) if kind is not NoneType]
    if not several:
        return NoneType
    if any(kind is Any or isinstance(kind, Macro) for kind in several):
        return Any
    return several[0] if len(several) == 1 else typing.Union[tuple(several)]  # noqa: UP007 - made of a list


def _bind(target: nodes.Node, kind: Any, scope: Scope) -> None:
    if isinstance(target, nodes.Name):
        scope[target.name] = kind
    elif isinstance(target, nodes.Tuple):
        scope |= {name.name: Any for name in target.items if isinstance(name, nodes.Name)}


def _said(kind: Any) -> str:
    return getattr(kind, "__name__", str(kind))

"""Which findings the rules can return: codes and provisions, read from the source.

A rule has no second list of what it may find, which could be wrong; the source is the list. For the coverage of the law and
for the test that every finding has words.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from types import ModuleType

from dutygate.law.rules.registry import RULES


@dataclass(frozen=True, slots=True)
class Possible:
    """A finding that a function can return. ``code`` or ``provision`` is "" where only the run tells."""

    function: str
    code: str
    provision: str
    params: tuple[str, ...]


def possible_findings(source: str) -> list[Possible]:
    """Every ``Finding(...)`` in a module's source, also those made by a function of the module that is given the code."""
    if "Finding(" not in source:
        return []
    tree = ast.parse(source)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    makers = {node.name: found for node in functions if (found := _made_from_parameter(node))}
    possible: list[Possible] = []
    parts: list[tuple[str, ast.AST]] = [(node.name, node) for node in functions]
    for name, node in (*parts, ("", tree)):
        for call in _calls(node, nested=bool(name)):
            if (made := _finding(name, call)) and name not in makers:
                possible.append(made)
            elif isinstance(call.func, ast.Name) and call.func.id in makers:
                maker = makers[call.func.id]
                possible.append(Possible(name, _text(call.args[0] if call.args else None), maker.provision, maker.params))
    return possible


@lru_cache(maxsize=1)
def provisions_of_rules() -> dict[str, frozenset[str]]:
    """Rule -> the provision it cites and those of every finding it can return."""
    found = {name: {rule.cites} for name, rule in RULES.items()}
    for module in _modules():
        for possible in possible_findings(inspect.getsource(module)):
            if possible.function in found and possible.provision:
                found[possible.function].add(possible.provision)
    return {name: frozenset(provisions) for name, provisions in found.items()}


def _modules() -> list[ModuleType]:
    modules = {inspect.getmodule(rule.check) for rule in RULES.values()}
    return sorted((module for module in modules if module is not None), key=lambda module: module.__name__)


def _calls(node: ast.AST, *, nested: bool) -> Iterator[ast.Call]:
    """Calls below a node; for a module only those outside its functions."""
    for child in ast.iter_child_nodes(node):
        if not nested and isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if isinstance(child, ast.Call):
            yield child
        yield from _calls(child, nested=nested)


def _is_finding(call: ast.Call) -> bool:
    return (isinstance(call.func, ast.Name) and call.func.id == "Finding") or (
        isinstance(call.func, ast.Attribute) and call.func.attr == "Finding"
    )


def _made_from_parameter(node: ast.FunctionDef | ast.AsyncFunctionDef) -> Possible | None:
    """What a function makes whose first parameter is the code of a finding."""
    first = node.args.args[0].arg if node.args.args else ""
    for call in _calls(node, nested=True):
        if _is_finding(call) and call.args and isinstance(call.args[0], ast.Name) and call.args[0].id == first:
            return _finding(node.name, call)
    return None


def _finding(function: str, call: ast.Call) -> Possible | None:
    if not _is_finding(call):
        return None
    if call.args and isinstance(call.args[0], ast.Subscript | ast.Attribute):
        return None  # read back from where it is kept, or passed on by a face
    named = {keyword.arg: keyword.value for keyword in call.keywords}
    parts = [call.args[i] if len(call.args) > i else named.get(key) for i, key in enumerate(("code", "provision", "params"))]
    keys = parts[2].keys if isinstance(parts[2], ast.Dict) else []
    return Possible(function, _text(parts[0]), _text(parts[1]), tuple(_text(key) for key in keys))


def _text(node: ast.expr | None) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""

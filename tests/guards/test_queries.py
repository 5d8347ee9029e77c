"""STYLE: reads are guarded too. A public function in a queries.py takes `viewer` first, or is named public_…"""

import ast
from pathlib import Path

import pytest

import dutygate

pytestmark = pytest.mark.law_only
PACKAGE = Path(dutygate.__file__).parent
# queries.py, or the modules of a folder of that name where one file grew too long
FILES = sorted([*PACKAGE.glob("*/*/queries.py"), *PACKAGE.glob("*/*/queries/*.py")])


def unguarded(source: str) -> list[str]:
    """The public functions of a module, and public methods of its classes, that anyone could call without saying for whom."""
    found = []
    for node in ast.parse(source).body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            methods = [f for f in node.body if isinstance(f, ast.FunctionDef | ast.AsyncFunctionDef)]
            found += [f"{node.name}.{f.name}" for f in methods if _open(f, skip=1) and not _is_property(f)]
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and _open(node, skip=0):
            found.append(node.name)
    return found


def _open(function: ast.FunctionDef | ast.AsyncFunctionDef, skip: int) -> bool:
    if function.name.startswith(("_", "public_")):
        return False
    positional = [*function.args.posonlyargs, *function.args.args][skip:]
    first = positional or function.args.kwonlyargs
    return not first or first[0].arg != "viewer"


def _is_property(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(isinstance(d, ast.Name) and d.id in {"property", "cached_property"} for d in function.decorator_list)


def test_every_read_says_for_whom() -> None:
    names = [f"{path.relative_to(PACKAGE)}: {name}" for path in FILES for name in unguarded(path.read_text())]
    assert not names, "First parameter `viewer`, or a name that starts with public_:\n" + "\n".join(names)


def test_the_guard_sees_an_unguarded_read() -> None:
    source = "def cases(number): ...\ndef case(viewer, number): ...\ndef public_lists(on): ...\ndef _all(): ...\nasync def late(): ..."
    assert unguarded(source) == ["cases", "late"]

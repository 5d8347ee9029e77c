"""Put what was seen in the last runs into the package: `python -m tests.evidence.write`, after `make test`.

For each rule and each action the narrowest tests are kept. A test in which half of all rules found something (the walk over
every case, random histories) shows nothing about any one of them and is left out.
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import dutygate
from dutygate.law.procedure.table import procedure_of
from dutygate.law.regulation.edition import package_editions
from dutygate.law.rules import RULES
from tests.evidence.seen import Seen, load

ROOT = Path(dutygate.__file__).parents[1]
PACKAGED = ROOT / "dutygate" / "law" / "evidence.json"
EDITION = "arun_2024_15"
KEPT = {"rules": 5, "permitted": 3, "refused": 2}


def main() -> int:
    seen = load(ROOT / "build" / "law-evidence.json")
    if not seen:
        print("nothing was seen yet: run `make test` first", file=sys.stderr)
        return 1
    found = evidence(seen)
    PACKAGED.write_text(json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    missing = unexercised(found)
    if missing:
        print(f"no test was seen to exercise {', '.join(missing)}", file=sys.stderr)
    return 1 if missing else 0


def evidence(seen: Mapping[str, Seen]) -> dict[str, dict[str, object]]:
    """The packaged form: {rules: {rule: [test]}, actions: {action: {permitted: [test], refused: [test]}}}."""
    there = {test: what for test, what in seen.items() if exists(function_of(test)) and _file(test) not in not_kept()}
    telling = {test: what for test, what in there.items() if 2 * len(what.rules) <= len(RULES)}
    procedure = procedure_of(package_editions()[EDITION])
    found: dict[str, dict[str, object]] = {"rules": {}, "actions": {}}
    for rule in RULES:
        if tests := _narrowest({test: what.breadth for test, what in telling.items() if rule in what.rules}, "rules"):
            found["rules"][rule] = tests
    for action in procedure.names():
        permitted = _narrowest({test: what.breadth for test, what in telling.items() if action in what.permitted}, "permitted")
        refused = _narrowest({test: what.breadth for test, what in telling.items() if action in what.refused}, "refused")
        if permitted or refused:
            found["actions"][action] = {"permitted": permitted, "refused": refused}
    return found


def unexercised(found: Mapping[str, Mapping[str, object]]) -> list[str]:
    """Rules, and actions of a case, that no test was seen to exercise."""
    steps = procedure_of(package_editions()[EDITION]).rows
    return [name for name in RULES if name not in found["rules"]] + [name for name in steps if name not in found["actions"]]


def function_of(test: str) -> str:
    """A test id without its parameters."""
    return test.partition("[")[0]


def exists(test: str) -> bool:
    """Whether file::function, or file::Class::function, is there."""
    file, *names = test.split("::")
    return ".".join(names) in _functions(ROOT / file)


@cache
def not_kept() -> frozenset[str]:
    """Files that lie in the working tree and are not in the repository: what they show cannot be shown by others."""
    asked = ["git", "-C", str(ROOT), "ls-files", "--others", "--exclude-standard", "-z"]
    try:
        answer = subprocess.run(asked, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):  # no git, or no repository
        return frozenset()
    return frozenset(answer.stdout.split("\0"))


def _narrowest(breadths: Mapping[str, int], kind: str) -> list[str]:
    """The test functions in whose narrowest run the least happened, then those in the file with the shortest name; each
    file once before any file twice."""
    least: dict[str, int] = {}
    for test, breadth in breadths.items():
        name = function_of(test)
        least[name] = min(least.get(name, breadth), breadth)
    order = sorted(least, key=lambda name: (least[name], len(_file(name)), name))
    first = list({_file(name): name for name in reversed(order)}.values())
    return sorted(order, key=lambda name: (name not in first, order.index(name)))[: KEPT[kind]]


def _file(test: str) -> str:
    return test.partition("::")[0]


@cache
def _functions(file: Path) -> frozenset[str]:
    if not file.is_file():
        return frozenset()
    found: set[str] = set()

    def walk(body: list[ast.stmt], prefix: str) -> None:
        for node in body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                found.add(prefix + node.name)
            elif isinstance(node, ast.ClassDef):
                walk(node.body, f"{prefix}{node.name}.")

    walk(ast.parse(file.read_text(encoding="utf-8")).body, "")
    return frozenset(found)


if __name__ == "__main__":
    sys.exit(main())

"""核验: what each kind of check does, and what of its findings may be kept for somebody who may not read the cases."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from dutygate.base.actions.replay import Difference, replay
from dutygate.base.actions.tasks import TaskProblem, verify_tasks
from dutygate.base.catalogue.action import ORDINALS
from dutygate.base.register.alias import current_alias
from dutygate.base.register.chains import COMMON, code_beside, confidential_key, is_confidential
from dutygate.base.register.history import chain_keys, entry_place
from dutygate.base.register.queries import public_heads
from dutygate.base.register.quiet import while_nobody_writes
from dutygate.base.register.verify import Problem, verify_against, verify_all

Kind = Literal["chain", "replay", "tasks"]
KINDS: Final[tuple[Kind, ...]] = ("chain", "replay", "tasks")
FIRST: Final = 200
"""Problems that are kept of one check; where there are more, something is wrong as a whole."""
Tell = Callable[[int], None]
_OF_ENTRY: Final = re.compile(r"(\S+)/(\d+) (\S+): (.*)", re.DOTALL)
_NOT_AGAIN: Final = re.compile(r"cannot be done again: (\S+).*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Result:
    """What a check found. ``found``: the first problems as plain values, each with ``what``; ``facts``: what was gone through."""

    found: list[dict[str, Any]]
    problems: int
    facts: dict[str, Any] = field(default_factory=dict)


def total_of(kind: str, chain: str) -> int:
    """How many entries will be gone through; 0 where it is not known before."""
    if kind == "tasks":
        return 0
    return sum(
        head.seq for head in public_heads() if not is_confidential(head.chain) and (kind == "replay" or head.chain in (chain, COMMON))
    )


def check(kind: str, chain: str, heads: Sequence[str], tell: Tell) -> Result:
    """Do a check of that kind. ``tell`` hears how far it is: entries, or cases. Raises KeyError for an unknown kind."""
    return {"chain": _verify, "replay": _replay, "tasks": _tasks}[kind](chain, heads, tell)


def _verify(chain: str, heads: Sequence[str], tell: Tell) -> Result:
    """The viewer's chain and the common one, against heads taken down before. What is found must still be so while nobody writes."""
    only, done = (chain, COMMON), 0

    def count(more: int) -> None:
        nonlocal done
        done += more
        tell(done)

    known = [problem for head in heads for problem in verify_against(head)]
    found = [*verify_all(count, only), *verify_all(None, (confidential_key(chain),))]
    if found:
        with while_nobody_writes():
            found = verify_all(None, (*only, confidential_key(chain)))
    now = [head for head in public_heads() if head.chain in only]
    facts = {"entries": sum(head.seq for head in now), "heads": [head.printed for head in now], "compared": len(heads)}
    told = list({str(one): one for one in (_of_chain(problem) for problem in (*known, *found))}.values())
    return _result(told, len(told), facts)


def _of_chain(problem: Problem) -> dict[str, Any]:
    if is_confidential(problem.chain):
        return _beside(problem.chain)
    return {"chain": problem.chain, "number": problem.seq, "what": problem.what}


def _beside(key: str) -> dict[str, Any]:
    """All that is told of what is wrong with a confidential chain: that something is. The rest is told at the machine itself."""
    return {"chain": code_beside(key), "number": 0, "what": "the confidential chain beside it does not hold"}


def _replay(chain: str, heads: Sequence[str], tell: Tell) -> Result:
    """The whole register. ``moved``: somebody acted meanwhile, so that what was found may be nothing."""
    before = public_heads()
    report = replay(tell)
    facts: dict[str, Any] = {"entries": report.entries, "rows": report.rows, "erased": report.skipped}
    if not report.holds and public_heads() != before:
        facts["moved"] = True
    keys = chain_keys(current_alias())
    every = (*(_of_entry(line) for line in report.problems), *(_of_row(line, keys) for line in report.differences))
    found = list({str(one): one for one in every}.values())
    return _result(found, len(found), facts)


def _of_entry(line: str) -> dict[str, Any]:
    """Without the words of an error, which may quote what was entered."""
    parts = _OF_ENTRY.fullmatch(line)
    if parts is None:
        return {"chain": "", "number": 0, "what": "cannot be done again: Error"}
    chain, number, action, what = parts.groups()
    if is_confidential(chain):
        return _beside(chain)
    return {"chain": chain, "number": int(number), "action": action, "what": _NOT_AGAIN.sub(r"cannot be done again: \1", what)}


def _of_row(line: Difference, keys: dict[int, str]) -> dict[str, Any]:
    """Where, but not what stands there: values are business. The entry that made a row is in the row's id."""
    chain, number = entry_place(line.row // ORDINALS) if isinstance(line.row, int) and line.table != "register_chain" else (0, 0)
    if is_confidential(keys.get(chain, "")):
        return _beside(keys[chain])
    if line.table == "register_chain" and is_confidential(keys.get(int(line.row), "")):
        return _beside(keys[int(line.row)])
    what = {"no row": "row is gone", "a row": "row too many"}.get(line.stored, "") if line.column == "*" else ""
    return {
        "chain": keys.get(chain, ""),
        "number": number,
        "table": line.table,
        "row": str(line.row),
        "column": line.column,
        "what": what or "stored otherwise",
    }


def _tasks(chain: str, heads: Sequence[str], tell: Tell) -> Result:
    """Every case. What is found must still be so while nobody writes."""
    gone_through = 0

    def count(done: int) -> None:
        nonlocal gone_through
        gone_through = done
        tell(done)

    found = verify_tasks(None, count)
    if found:
        with while_nobody_writes():
            found = verify_tasks()
    return _result((_of_task(problem) for problem in found), len(found), {"cases": gone_through})


def _of_task(problem: TaskProblem) -> dict[str, Any]:
    task = problem.task
    plain = {"chain": problem.subject.partition("-")[0], "number": 0, "subject": problem.subject, "what": f"{problem.wrong} task"}
    return plain if task is None else {**plain, "action": task.action, "unit": str(task.unit_id), "seat": task.seat}


def _result(found: Iterable[dict[str, Any]], problems: int, facts: dict[str, Any]) -> Result:
    return Result([one for _, one in zip(range(FIRST), found, strict=False)], problems, facts)

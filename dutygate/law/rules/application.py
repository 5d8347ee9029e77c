"""The written application (Articles 1, 4.1, 5): eleven items, its basis, why the township, and what comes with the duty.

An exit hands nothing over: it has a short list of its own (4.4), and none of the rest is asked.
"""

from __future__ import annotations

from dutygate.law.rules.facts import SAFEGUARD_KINDS, Facts
from dutygate.law.rules.kinds import is_exit, items_asked
from dutygate.law.rules.registry import Finding, rule


@rule(cites="4.1", needs=("application",), serves=("strict_procedure",))
def items_complete(facts: Facts) -> list[Finding]:
    """书面申请十一项齐备；退出的，其所列各项齐备."""
    filled = facts.application.filled
    return [Finding("item_missing", "4.1", {"item": item}) for item in items_asked(facts.edition, facts.head) if item not in filled]


@rule(cites="1", needs=("application",))
def legal_basis_named(facts: Facts) -> list[Finding]:
    """事项须在部门法定或“三定”职责之内；临时任务可以政策文件为据."""
    if is_exit(facts.head):
        return []
    kinds = facts.application.basis_kinds
    if not kinds:
        return [Finding("legal_basis_missing", "1")]
    if facts.head.track == "regular" and kinds <= {"policy"}:
        return [Finding("policy_alone_is_no_basis", "1")]
    return []


@rule(cites="1", needs=("application",))
def basis_in_force(facts: Facts) -> list[Finding]:
    """依据须在申请之日有效; a duty whose basis was repealed may leave for that very reason."""
    if is_exit(facts.head):
        return []
    return [Finding("basis_not_in_force", "1", {"basis": basis}) for basis in sorted(facts.application.basis_not_in_force)]


@rule(cites="1", serves=("matched",))
def mode_declared(facts: Facts) -> list[Finding]:
    """写明委托或者交由: in whose name the township acts, and who answers for it."""
    return [] if is_exit(facts.head) or facts.head.mode in ("entrust", "assign") else [Finding("mode_missing", "1")]


@rule(cites="1", needs=("application",), serves=("matched",))
def necessity_stated(facts: Facts) -> list[Finding]:
    """说明为何确需由乡镇承担."""
    return [] if is_exit(facts.head) or facts.application.necessity_stated else [Finding("necessity_missing", "1")]


@rule(cites="5", needs=("application",), serves=("supported",))
def safeguards_addressed(facts: Facts) -> list[Finding]:
    """经费、技术力量、业务培训逐项作答."""
    if is_exit(facts.head):
        return []
    missing = [kind for kind in SAFEGUARD_KINDS if kind not in facts.application.addressed]
    return [Finding("safeguard_missing", "5", {"safeguard": kind}) for kind in missing]


@rule(cites="5", needs=("application",), serves=("supported",))
def none_needed_has_reason(facts: Facts) -> list[Finding]:
    """“不需要”须写明理由，并随文本征得乡镇同意."""
    if is_exit(facts.head):
        return []
    bare = sorted(facts.application.none_needed_without_reason)
    return [Finding("none_needed_without_reason", "5", {"safeguard": kind}) for kind in bare]

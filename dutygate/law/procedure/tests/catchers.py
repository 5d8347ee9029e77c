"""Who notices a broken procedure: the table's own consistency, a rule sentence, the permission matrix, a promise of the text."""

from __future__ import annotations

from dutygate.law.procedure.check import first_broken
from dutygate.law.procedure.consistency import contradictions
from dutygate.law.procedure.mutations import Mutation
from dutygate.law.procedure.table import procedure_of
from dutygate.law.procedure.tests.matrix import answer, cells
from dutygate.law.procedure.tests.sentences import disagrees, read
from dutygate.law.regulation.edition import Edition

SENTENCES = read()


def changed_action(mutation: Mutation) -> str:
    """The action whose row a mutation changes (for tasks: none)."""
    if mutation.kind == "task removed":
        return ""
    return mutation.name.split(": ")[1].partition("#")[0]


def cheap_catcher(mutation: Mutation, edition: Edition) -> str:
    """The first of table, sentence and matrix that notices, or ""."""
    broken = mutation.of(edition)
    action = changed_action(mutation)
    for sentence in SENTENCES if action else ():
        if sentence.action == action and disagrees(sentence, broken):
            return f"sentence: {sentence.id}"
    offices = procedure_of(broken).offices
    for cell in cells() if action else ():
        if cell.action != action or (action in offices and cell.state != "none"):
            continue
        if answer(broken, cell) not in (("permit",) if cell.allowed else ("role", "state")):
            return f"matrix: {cell}"
    found = contradictions(broken)
    return f"table: {found[0][0]}" if found else ""


def promise(mutation: Mutation, edition: Edition) -> str:
    """The promise of the text that the quick walk sees broken, or ""."""
    return first_broken(mutation.of(edition)) or ""


def catcher(mutation: Mutation, edition: Edition) -> str:
    """Whoever notices first, the cheapest asked first; "" if the mutation survives."""
    found = cheap_catcher(mutation, edition)
    if found:
        return found
    kept = promise(mutation, edition)
    return f"promise: {kept}" if kept else ""

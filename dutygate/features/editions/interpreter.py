"""解释机关: who interprets, by the name that the edition gives (Article 10)."""

from __future__ import annotations

from dutygate.base.organizations.directory import Directory
from dutygate.law.regulation.edition import Edition


def interprets(directory: Directory, unit_id: int | None, edition: Edition) -> bool:
    """Whether a unit is the interpreter that the edition names (Article 10): by name, present or former, whatever seats it holds; in
    the place of one that was dissolved stands its successor.
    """
    if edition.interpreter is None or unit_id is None:
        return False
    wanted = edition.interpreter.zh
    named = (unit.id for unit in directory.units.values() if any(name.name == wanted for name in unit.names))
    return any(directory.stands_for(one) == unit_id for one in named)

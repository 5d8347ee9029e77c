"""解释机关: who interprets, by the name that the edition gives (Article 10)."""

from __future__ import annotations

from dutygate.base.organizations.directory import Directory
from dutygate.law.regulation.edition import Edition


def interprets(directory: Directory, unit_id: int | None, edition: Edition) -> bool:
    """Whether a unit is the interpreter that the edition names (Article 10): by name, present or former, whatever seats it holds."""
    if edition.interpreter is None or unit_id is None or unit_id not in directory.units:
        return False
    return any(name.name == edition.interpreter.zh for name in directory.units[unit_id].names)

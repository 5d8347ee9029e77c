"""事项由承继机构承接（第四条（五））: lists name the successor from the day of the change on; older lists stay as they are."""

from __future__ import annotations

from typing import Any

from dutygate.base.catalogue.action import Context
from dutygate.base.catalogue.registry import register_action
from dutygate.base.organizations.changing import Change
from dutygate.base.organizations.queries import public_directory
from dutygate.features.cases.succession import Moves
from dutygate.features.lists.passing import pass_departments, pass_receipts, pass_townships
from dutygate.features.succession.actions.cases import PassesOn
from dutygate.features.succession.moves import moves_for, units_of
from dutygate.features.support.passing import pass_commitments


@register_action
class PassOnDuties(PassesOn):
    """事项由承继机构承接. Result: {duties: how many moved, differing: codes of those that stood otherwise on the merged lists}."""

    name = "unit.pass_on_duties"

    def apply(self, subject: Change, payload: Any, context: Context) -> None:
        """Cells of townships, or the lead of departments, and receipts still owed; the successors are told how many."""
        keys = {unit.id: unit.key for row in subject.rows for unit in (row.from_unit, row.to_unit)}

        def moves_of(code: str) -> Moves:
            return moves_for(subject, "duties", code)

        township = subject.rows[0].from_unit.kind == "township"
        passing = pass_townships if township else pass_departments
        passed = passing(context, subject.day, units_of(subject), moves_of, keys)
        formers = units_of(subject) if township else []
        pass_commitments(context, subject.day, formers, moves_of, passed.duties)
        if subject.rows[0].ends:
            directory = public_directory(context.jurisdiction_id, context.door.reference_version)
            pass_receipts(context, directory, moves_for(subject, "duties", ""))
        context.result |= {"duties": len(passed.duties), "differing": sorted(passed.differing)}
        if passed.duties:
            heirs = {row.to_unit_id for row in subject.rows}
            context.tell("duties_passed_on", heirs, count=len(passed.duties), valid_from=subject.day.isoformat())

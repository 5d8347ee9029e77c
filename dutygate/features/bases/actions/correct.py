"""更正法定依据（第一条、第四条（五））: what was confirmed wrongly is put right, and a change entered by mistake is taken back.

How the registry read before stays readable. Cases and duties go on resting on the same basis; who has an open case is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import Field

from dutygate.base.catalogue.action import Context, Door, Given
from dutygate.base.catalogue.errors import Malformed
from dutygate.base.catalogue.registry import register_action
from dutygate.features.bases.actions.register import BasesSubject, BasisAction, basis_of, refuse_double
from dutygate.features.bases.citing import rewrite
from dutygate.features.bases.facts import day_of_repeal, key_of, open_cases_citing, readings_of, rows_of_text
from dutygate.features.bases.given import BasisGiven
from dutygate.features.bases.keeping import keep_reading
from dutygate.features.bases.models import BasisChange, LegalBasis
from dutygate.features.bases.wording import citation
from dutygate.law.rules.facts import Acting, Facts, Head


@register_action
class CorrectBasis(BasisAction):
    """更正: other details of a confirmed basis, or a change that never was. Result: {basis}."""

    name = "basis.correct"

    class Payload(Given):
        """``given``: the details as they should read. ``void``: a change (its id) that was entered by mistake. One of them at least."""

        basis: str = Field(pattern=r"^[0-9]{1,18}$")
        given: BasisGiven | None = None
        void: str = Field("", pattern=r"^(?:[0-9]{1,18})?$")
        reason: str = Field("", max_length=2000)

    def load(self, ref: str, payload: Any, door: Door) -> BasesSubject:
        """Raises Malformed when there is no such basis or change here, or nothing is to be corrected."""
        subject = super().load(ref, payload, door)
        subject.basis = basis_of(subject, payload.basis)
        if subject.basis is None:
            raise Malformed([("basis", f"no such basis: {payload.basis}")])
        if payload.void:
            found = BasisChange.objects.filter(pk=int(payload.void), basis__jurisdiction=subject.jurisdiction_id, voided_at=None)
            subject.change = found.filter(key=subject.basis.key).select_related("basis").first()
            if subject.change is None:
                raise Malformed([("void", f"no such change: {payload.void}")])
        if payload.given is None and not payload.void:
            raise Malformed([("given", "nothing is to be corrected")])
        if payload.given is not None:
            refuse_double(subject, payload.given, subject.basis.id, "given.")
        return subject

    def basis(self, subject: BasesSubject) -> Mapping[str, int]:
        """How often it was corrected or changed before: two people do not overwrite each other."""
        return {"basis": readings_of(subject.basis)} if subject.basis is not None else {}

    def facts(self, subject: BasesSubject, payload: Any, door: Door, acting: Acting, needs: frozenset[str]) -> Facts:
        """Whether it is confirmed, and why it is corrected."""
        assert subject.basis is not None
        act: Mapping[str, Any] = {**payload.model_dump(), "name": citation(subject.basis), "confirmed": subject.basis.confirmed}
        return Facts(self.edition(subject, door), acting, door.on, Head(state="none"), act)

    def apply(self, subject: BasesSubject, payload: Any, context: Context) -> None:
        """The details as they should read; the change taken back, and what it had ended goes on."""
        basis = subject.basis
        assert basis is not None
        told = {unit for _case, unit in open_cases_citing([basis])}
        if subject.change is not None:
            self._take_back(subject, subject.change, payload.reason, context)
            basis.refresh_from_db()
        if payload.given is not None:
            keep_reading(basis, "corrected", payload.reason, context)
            rewrite(basis, payload.given)
        context.tell("basis_corrected", told, basis=citation(basis), reason=payload.reason)
        context.result["basis"] = str(basis.id)

    def _take_back(self, subject: BasesSubject, change: BasisChange, reason: str, context: Context) -> None:
        change.voided_at, change.voided_reason = context.recorded_at, reason
        change.save(update_fields=["voided_at", "voided_reason"])
        revived: list[LegalBasis] = []
        for row in rows_of_text(subject.jurisdiction_id, key_of(change)):
            day = day_of_repeal(row)
            if day != row.repealed_on:
                keep_reading(row, "voided", reason, context, change=change)
                row.repealed_on = day
                revived.append(row)
        LegalBasis.objects.bulk_update(revived, ["repealed_on"])

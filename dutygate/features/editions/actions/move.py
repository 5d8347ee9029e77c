"""转到现行版本（序言、第十一条）: an open case goes on under the edition in force, with a reason; what still holds is kept.

It is the new edition that decides how a case comes under it: an edition of years ago says nothing of its successors.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import Field

from dutygate.base.catalogue.action import Context, Door, Given
from dutygate.base.catalogue.registry import register_action
from dutygate.features.application.lapsing import lapse_opinions
from dutygate.features.cases.case_action import CaseAction
from dutygate.features.cases.facts import CaseSubject, edition_on
from dutygate.features.cases.hooks import text_changed
from dutygate.features.cases.queries import public_parties
from dutygate.features.editions.models import CaseMove
from dutygate.law.procedure.moving import effects, found_anew, judged_anew
from dutygate.law.regulation.edition import Edition


@register_action
class MoveCase(CaseAction):
    """转到现行版本. Result: {edition, lapsed: keys of the townships whose opinion lapsed}."""

    name = "edition.move_case"
    under_present_edition = True

    class Payload(Given):
        """``to``: the code of the edition, as the check before it named it; without it the one in force."""

        to: str = Field("", max_length=60)
        reason: str = Field("", max_length=2000)

    def load(self, ref: str, payload: Any, door: Door) -> CaseSubject:
        """The case, with the edition to which it moves."""
        subject = super().load(ref, payload, door)
        subject.kept["move"] = target = edition_on(door.today, door)
        subject.kept["named"] = payload.to or target.id
        return subject

    def edition(self, subject: CaseSubject, door: Door) -> Edition:
        """The edition to which it moves decides."""
        target: Edition = subject.kept["move"]
        return target

    def act(self, subject: CaseSubject, payload: Any) -> Mapping[str, Any]:
        """What would become of it."""
        case, target = subject.case, subject.kept["move"]
        found = effects(subject.edition, target, case.state, case.track, kind=case.kind)
        return {
            **payload.model_dump(),
            "target": subject.kept["named"],
            "target_in_force": subject.kept["named"] == target.id,
            "same": case.edition_digest == target.digest,
            "unknown": tuple(key for effect in found if effect.blocks for key in effect.keys),
        }

    def apply(self, subject: CaseSubject, payload: Any, context: Context) -> None:
        """Under the new edition; opinions lapse only where townships now judge what they did not, findings only where their items lead."""
        case, old, new = subject.case, subject.edition, subject.kept["move"]
        context_unit = context.acting.unit_id
        assert context_unit is not None
        before = (case.edition, case.edition_digest)
        case.edition, case.edition_digest = new.id, new.digest
        lapsed = lapse_opinions(subject, context) if judged_anew(old, new, case.kind) else []
        if found := found_anew(old, new, case.kind):
            text_changed(subject, found, context)
        CaseMove.objects.create(
            id=context.new_id(),
            jurisdiction_id=case.jurisdiction_id,
            case_id=case.id,
            from_edition=before[0],
            from_digest=before[1],
            to_edition=new.id,
            to_digest=new.digest,
            state=case.state,
            reason=payload.reason,
            lapsed=lapsed,
            moved_by_id=context_unit,
            moved_at=context.recorded_at,
        )
        context.tell("case_moved", public_parties(case), edition=new.document_number, reason=payload.reason)
        context.result.update(edition=new.id, lapsed=lapsed)

"""经办 → 签发 (Article 3): where the edition asks for it, one person prepares a step and a second one of the same unit signs it.

The step's own task stays open and its limit runs on until it is signed: preparing decides nothing. What is signed is done by the
signatory as what follows from her signature, in the same transaction, and judged anew; what the law refuses by then is not done.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Final

from django.db.models import Max
from pydantic import BaseModel, Field, StringConstraints

from dutygate.base.actions.perform import as_sealed
from dutygate.base.actions.step import ask_ahead
from dutygate.base.catalogue.action import Action, Context, Door, FollowUp, Given
from dutygate.base.catalogue.errors import Malformed
from dutygate.base.catalogue.registry import action_named, register_action
from dutygate.base.register.inside import keeps_inside
from dutygate.features.cases.case_action import CaseAction
from dutygate.features.cases.facts import CaseSubject
from dutygate.features.cases.models import PreparedAct
from dutygate.features.cases.queries import BACK, prepared_act
from dutygate.law.rules.facts import Acting, Facts
from dutygate.law.rules.signing import steps_to_sign

ABOUT: Final = ("entered_for", "township", "seat", "body", "task", "unit", "target", "field", "correction")
"""What of a payload tells one of several acts of the same name in one case from another: of which seat, about which township."""
LARGEST: Final = 1024 * 1024
"""Characters of a prepared act, as it was typed and as it will be done."""
Line = Annotated[str, StringConstraints(strip_whitespace=False, max_length=LARGEST)]

keeps_inside("signature.prepare")


class _Signing(CaseAction):
    bumps: ClassVar[bool] = False

    def basis(self, subject: CaseSubject) -> Mapping[str, int]:
        """Nothing: what was prepared never changes, and is judged by what it was based on itself."""
        return {}


@register_action
class Prepare(_Signing):
    """送签发: what one person would do, as she would do it; the law is asked at once. Result: {ordinal}, its number in the unit."""

    name = "signature.prepare"

    class Payload(Given):
        """``action`` and what it is to be given; ``based_on`` is what one would send as ``expected`` with the action. ``typed``: the form,
        for her to go on with if it comes back.
        """

        action: str = Field(min_length=1, max_length=60)
        payload: dict[str, Any] = Field(default_factory=dict)
        based_on: dict[str, int] | None = None
        typed: dict[str, tuple[Line, ...]] = Field(default_factory=dict)

    def _inner(self, subject: CaseSubject, payload: Any) -> tuple[Action[Any], BaseModel, dict[str, Any]]:
        """The action with its payload. Raises Malformed for what is no step of a case, or for a wrong payload."""

        def read() -> tuple[Action[Any], BaseModel, dict[str, Any]]:
            known = payload.action in subject.procedure.rows and not payload.action.startswith("signature.")
            if not known or payload.action == "case.open":
                raise Malformed([("action", "no step of a case")])
            if sum(len(part) for typed in payload.typed.values() for part in typed) > LARGEST:
                raise Malformed([("typed", "too long")])
            action = action_named(payload.action)
            return (action, *as_sealed(action.Payload, payload.payload))

        found: tuple[Action[Any], BaseModel, dict[str, Any]] = subject.remember("prepared", read)
        return found

    def act(self, subject: CaseSubject, payload: Any) -> Mapping[str, Any]:
        """Whether the edition asks for a signature, and whether the same waits for one already."""
        _action, _model, plain = self._inner(subject, payload)
        asked = payload.action in steps_to_sign(subject.edition, subject.case.track)
        return {"action": payload.action, "asked": asked, "awaits": asked and self._awaits(subject, payload.action, plain)}

    def _awaits(self, subject: CaseSubject, action: str, plain: Mapping[str, Any]) -> bool:
        waiting = PreparedAct.objects.filter(case=subject.case, unit=subject.door.acting.unit_id, action=action, status="waiting")
        return any(about(one) == about(plain) for one in waiting.values_list("payload", flat=True))

    def facts(self, subject: CaseSubject, payload: Any, door: Door, acting: Acting, needs: frozenset[str]) -> Facts:
        """What would be refused at the signature is refused now, in the same words."""
        found = super().facts(subject, payload, door, acting, needs)
        if found.act["asked"] and not found.act["awaits"]:
            action, model, plain = self._inner(subject, payload)
            ask_ahead(action, door, subject.case.number, model, plain, payload.based_on)
        return found

    def apply(self, subject: CaseSubject, payload: Any, context: Context) -> None:
        """It waits for a second person of the unit. One that came back is taken up with it."""
        unit, user = context.acting.unit_id, context.acting.user_id
        assert unit is not None
        assert user is not None
        _action, _model, plain = self._inner(subject, payload)
        back = PreparedAct.objects.filter(case=subject.case, unit=unit, action=payload.action, prepared_by=user, again=False)
        same = [row.id for row in back.filter(status__in=BACK) if about(row.payload) == about(plain)]
        PreparedAct.objects.filter(pk__in=same).update(again=True)
        last = PreparedAct.objects.filter(case=subject.case, unit=unit).aggregate(last=Max("ordinal"))["last"]
        ordinal = (last or 0) + 1
        PreparedAct.objects.create(
            id=context.new_id(),
            jurisdiction_id=context.jurisdiction_id,
            case=subject.case,
            ordinal=ordinal,
            unit_id=unit,
            action=payload.action,
            payload=plain,
            expected=payload.based_on,
            typed={name: list(parts) for name, parts in payload.typed.items()},
            prepared_by=user,
            prepared_at=context.recorded_at,
            status="waiting",
        )
        context.touched = set()
        context.result["ordinal"] = ordinal
        context.tell("signature_asked", [unit], task=payload.action)


def about(payload: Mapping[str, Any]) -> dict[str, Any]:
    """Which of several acts of one name it is."""
    return {name: payload[name] for name in ABOUT if payload.get(name)}


class _OfOne(_Signing):
    of: ClassVar[tuple[str, ...]] = ("waiting",)

    class Payload(Given):
        """``ordinal``: the number of what was prepared."""

        ordinal: int = Field(ge=1, lt=2**31)

    def _row(self, subject: CaseSubject, payload: Any) -> PreparedAct | None:
        found: PreparedAct | None = subject.remember(
            "prepared act", lambda: prepared_act(subject.door.acting, subject.case, payload.ordinal)
        )
        return found

    def act(self, subject: CaseSubject, payload: Any) -> Mapping[str, Any]:
        """Whether it waits, and who prepared it: the person, in whichever of her posts."""
        row = self._row(subject, payload)
        if row is None or row.again or row.status not in self.of:
            return {**payload.model_dump(), "awaiting": False}
        return {**payload.model_dump(), "awaiting": True, "entered_by": str(row.prepared_by)}

    def _end(self, subject: CaseSubject, payload: Any, context: Context, status: str, reason: str = "") -> PreparedAct:
        row = self._row(subject, payload)
        assert row is not None
        ended: dict[str, Any] = {"status": status, "ended_by": context.acting.user_id, "ended_at": context.recorded_at, "reason": reason}
        PreparedAct.objects.filter(pk=row.pk).update(**ended)
        context.touched = set()
        return row


@register_action
class Sign(_OfOne):
    """签发: what was prepared is done now, by who signs. Result: {action, prepared_by}, the step and the number of who prepared it."""

    name = "signature.sign"
    signs: ClassVar[bool] = True

    def apply(self, subject: CaseSubject, payload: Any, context: Context) -> None:
        """What follows is the step itself, judged anew."""
        row = self._end(subject, payload, context, "signed")
        context.result.update({"action": row.action, "prepared_by": str(row.prepared_by)})
        context.follow_ups.append(FollowUp(row.action, subject.case.number, row.payload, row.expected))


@register_action
class Return(_OfOne):
    """退回经办人, with a reason; she finds it as she typed it."""

    name = "signature.return"

    class Payload(_OfOne.Payload):
        """Which, and why."""

        reason: str = Field("", max_length=500)

    def apply(self, subject: CaseSubject, payload: Any, context: Context) -> None:
        """Nothing is done."""
        row = self._end(subject, payload, context, "returned", payload.reason)
        context.tell("signature_returned", [row.unit_id], task=row.action, reason=payload.reason)


@register_action
class TakeBack(_OfOne):
    """撤回送签, by who prepared it; also what was returned to her, when she gives it up."""

    name = "signature.take_back"
    of: ClassVar[tuple[str, ...]] = ("waiting", "returned")

    def apply(self, subject: CaseSubject, payload: Any, context: Context) -> None:
        """Nothing is done."""
        self._end(subject, payload, context, "taken_back")

"""留存核对结果（第七条）: what was asked and what was answered, as of the day of the paper. Only when somebody asks for it.

The text itself is not kept: its title and its digest are, so that whoever holds the paper can show which one was checked.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, Field, StringConstraints

from dutygate.base.catalogue.action import Context, Door, Given
from dutygate.base.catalogue.errors import Malformed
from dutygate.base.catalogue.registry import register_action
from dutygate.base.organizations.directory import UnknownUnit
from dutygate.features.lists.queries.kept import public_sections_on
from dutygate.features.taskcheck.actions.office import Id, TaskAction, TaskSubject
from dutygate.features.taskcheck.models import Deployment, KeptCheck

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Code = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z-]{1,40}$")]
Word = Annotated[str, StringConstraints(max_length=60)]
SECTIONS: dict[str, frozenset[str]] = {
    "on_list": frozenset({"basic", "cooperative", "admitted"}),
    "temporary": frozenset({"temporary"}),
    "taken_back": frozenset({"taken_back"}),
}
"""Standing -> the sections in which an entry of that standing is."""


class FormSeen(Given):
    """A form that Article 7 forbids, by its id in the edition, with the words that show it."""

    form: str = Field(min_length=1, max_length=40)
    words: tuple[Word, ...] = Field((), max_length=40)


class KeepGiven(Given):
    """The task and both answers, as POST /task-check gave them. ``township`` (key; "" = any) is whose list was asked."""

    title: str = Field(min_length=1, max_length=300)
    text_digest: Digest
    paper_on: date
    sender: str = Field("", max_length=100)
    township: str = Field("", max_length=60)
    standing: Literal["on_list", "temporary", "deployed", "taken_back", "emergency", "above", "similar", "not_on_list"]
    entry: Code | Literal[""] = ""
    alike: tuple[Code, ...] = Field((), max_length=20)
    deployment: Id | Literal[""] = ""
    above: str = Field("", max_length=20)
    emergency: bool = False
    forms: tuple[FormSeen, ...] = Field((), max_length=20)
    note: str = Field("", max_length=300)


@register_action
class KeepCheck(TaskAction):
    """留存核对结果. Subject: the jurisdiction's code. Result: {check: id as text}."""

    name = "taskcheck.keep"
    Payload: ClassVar[type[BaseModel]] = KeepGiven

    def load(self, ref: str, payload: Any, door: Door) -> TaskSubject:
        """The township, and the deployment if one is named. Raises Malformed for what there is not."""
        subject: TaskSubject = super().load(ref, payload, door)
        try:
            unit = subject.directory.by_key(payload.township) if payload.township else None
        except UnknownUnit:
            unit = None
        if payload.township and (unit is None or unit.kind != "township"):
            raise Malformed([("township", f"unknown unit: {payload.township}")])
        deployment = None
        if payload.deployment:
            deployment = Deployment.objects.filter(pk=int(payload.deployment), jurisdiction=subject.jurisdiction_id).first()
            if deployment is None:
                raise Malformed([("deployment", f"no such item: {payload.deployment}")])
        known = self.edition(subject, door).handing_down
        if strange := sorted({one.form for one in payload.forms} - set(known.forms)):
            raise Malformed([("forms", f"no such item: {strange[0]}")])
        if payload.above and payload.above not in known.above:
            raise Malformed([("above", f"no such item: {payload.above}")])
        subject.read |= {"township": unit.id if unit else None, "deployment": deployment}
        return subject

    def resolved(self, subject: TaskSubject, payload: Any, door: Door) -> dict[str, Any]:
        """Whether list and register say on the paper's day what is to be kept; likeness itself is a judgement, and is not judged again."""
        deployment: Deployment | None = subject.read["deployment"]
        holds = True
        if payload.standing in SECTIONS:
            there = public_sections_on(subject.jurisdiction_id, payload.entry, payload.paper_on, subject.read["township"])
            holds = bool(there & SECTIONS[payload.standing])
        elif payload.standing == "deployed":
            holds = deployment is not None and deployment.withdrawn_at is None and deployment.from_on <= payload.paper_on
            holds = holds and deployment is not None and (deployment.until is None or payload.paper_on <= deployment.until)
        return {"answer_holds": holds, "today": door.today.isoformat()}

    def apply(self, subject: TaskSubject, payload: Any, context: Context) -> None:
        """One row."""
        assert context.acting.unit_id is not None
        row = KeptCheck.objects.create(
            id=context.new_id(),
            jurisdiction_id=context.jurisdiction_id,
            unit_id=context.acting.unit_id,
            township_id=subject.read["township"],
            title=payload.title,
            text_digest=payload.text_digest,
            sender=payload.sender,
            paper_on=payload.paper_on,
            standing=payload.standing,
            entry=payload.entry,
            alike=list(payload.alike),
            deployment=subject.read["deployment"],
            above=payload.above,
            emergency=payload.emergency,
            forms=[{"form": one.form, "words": list(one.words)} for one in payload.forms],
            note=payload.note,
            kept_at=context.recorded_at,
            kept_by=context.acting.user_id,
        )
        context.result.update({"check": str(row.id)})

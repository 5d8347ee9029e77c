"""登记统一部署、撤销登记（第七条）: what the banner committee or the banner government deploys is handed over by nobody on his own."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, Field

from dutygate.base.catalogue.action import Context, Door, Given
from dutygate.base.catalogue.errors import Malformed
from dutygate.base.catalogue.registry import register_action
from dutygate.features.taskcheck.actions.office import Id, TaskAction, TaskSubject
from dutygate.features.taskcheck.models import Deployment
from dutygate.features.taskcheck.numbers import number_key
from dutygate.features.taskcheck.searching import be_found


class DeploymentGiven(Given):
    """A document of the banner: number, who deploys, title, its date, and on which days it holds (``until`` included; null: no end)."""

    document_number: str = Field("", max_length=80)
    issuer: Literal["banner_committee", "banner_government", "both"]
    title: str = Field(min_length=4, max_length=200)
    dated_on: date
    from_on: date
    until: date | None = None


class WithdrawalGiven(Given):
    """Which deployment (id), and why it is taken off the register."""

    deployment: Id
    reason: str = Field("", max_length=300)


@register_action
class RegisterDeployment(TaskAction):
    """登记统一部署. Subject: the jurisdiction's code. Result: {deployment: id as text}."""

    name = "deployment.register"
    Payload: ClassVar[type[BaseModel]] = DeploymentGiven

    def resolved(self, subject: TaskSubject, payload: Any, door: Door) -> dict[str, Any]:
        """Whether one with this number stands in the register."""
        key = number_key(payload.document_number)
        standing = Deployment.objects.filter(jurisdiction=subject.jurisdiction_id, number_key=key, withdrawn_at=None)
        return {"number_taken": bool(payload.document_number) and standing.exists()}

    def apply(self, subject: TaskSubject, payload: Any, context: Context) -> None:
        """A row; every township is told, since it binds them."""
        row = Deployment.objects.create(
            id=context.new_id(),
            jurisdiction_id=context.jurisdiction_id,
            number_key=number_key(payload.document_number),
            recorded_at=context.recorded_at,
            **payload.model_dump(),
        )
        be_found([row])
        context.tell(
            "deployment_registered", subject.directory.townships(context.door.today), number=payload.document_number, title=payload.title
        )
        context.result.update({"deployment": str(row.id)})


@register_action
class WithdrawDeployment(TaskAction):
    """撤销部署登记: entered by mistake, or the document was repealed. Subject: the jurisdiction's code. Result: {deployment}."""

    name = "deployment.withdraw"
    Payload: ClassVar[type[BaseModel]] = WithdrawalGiven

    def load(self, ref: str, payload: Any, door: Door) -> TaskSubject:
        """The deployment, of this jurisdiction. Raises Malformed."""
        subject: TaskSubject = super().load(ref, payload, door)
        found = Deployment.objects.filter(pk=int(payload.deployment), jurisdiction=subject.jurisdiction_id).first()
        if found is None:
            raise Malformed([("deployment", f"no such item: {payload.deployment}")])
        subject.read["deployment"] = found
        return subject

    def resolved(self, subject: TaskSubject, payload: Any, door: Door) -> dict[str, Any]:
        """withdrawn, number."""
        row: Deployment = subject.read["deployment"]
        return {"withdrawn": row.withdrawn_at is not None, "number": row.document_number}

    def apply(self, subject: TaskSubject, payload: Any, context: Context) -> None:
        """Marked; kept checks that rest on it stay as they were answered."""
        row: Deployment = subject.read["deployment"]
        row.withdrawn_at, row.withdrawn_reason = context.recorded_at, payload.reason
        row.save()
        context.tell("deployment_withdrawn", subject.directory.townships(context.door.today), number=row.document_number)
        context.result.update({"deployment": payload.deployment})

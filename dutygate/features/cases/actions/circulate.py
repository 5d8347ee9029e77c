"""传阅、已阅: a case is shown to people of the same unit, and who has read it is kept. It changes nobody's task, no limit, no state."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar

from pydantic import Field, StringConstraints

from dutygate.base.catalogue.action import Context, Given
from dutygate.base.catalogue.registry import register_action
from dutygate.base.organizations.queries import public_post_of_colleague
from dutygate.features.cases.case_action import CaseAction
from dutygate.features.cases.facts import CaseSubject
from dutygate.features.cases.models import Circulation

Name = Annotated[str, StringConstraints(min_length=1, max_length=150)]


class _Reading(CaseAction):
    bumps: ClassVar[bool] = False

    def basis(self, subject: CaseSubject) -> Mapping[str, int]:
        """Nothing: reading is based on whatever stands there."""
        return {}


@register_action
class Circulate(_Reading):
    """传阅: to colleagues, each of whom marks it as read. Somebody who has it unread already gets it once."""

    name = "case.circulate"

    class Payload(Given):
        """``users``: user names of people of the acting unit; ``note``: a line for them."""

        users: tuple[Name, ...] = Field(min_length=1, max_length=100)
        note: str = Field("", max_length=500)

    def _found(self, subject: CaseSubject, payload: Any) -> dict[str, int | None]:
        door = subject.door

        def read() -> dict[str, int | None]:
            return {name: public_post_of_colleague(door.acting.unit_id, name, door.today) for name in dict.fromkeys(payload.users)}

        found: dict[str, int | None] = subject.remember("readers", read)
        return found

    def act(self, subject: CaseSubject, payload: Any) -> Mapping[str, Any]:
        """Who of those named has no post in the acting unit."""
        strangers = [name for name, user in self._found(subject, payload).items() if user is None]
        return {**payload.model_dump(), "strangers": strangers}

    def apply(self, subject: CaseSubject, payload: Any, context: Context) -> None:
        """One row for each reader."""
        unit = context.acting.unit_id
        assert unit is not None
        readers = [user for user in self._found(subject, payload).values() if user is not None]
        unread = set(
            Circulation.objects.filter(case=subject.case, unit=unit, read_at=None, passed_on_at=None).values_list("user_id", flat=True)
        )
        Circulation.objects.bulk_create(
            Circulation(
                id=context.new_id(),
                jurisdiction_id=context.jurisdiction_id,
                case=subject.case,
                unit_id=unit,
                user_id=user,
                note=payload.note,
                sent_by=context.acting.user_id,
                sent_at=context.recorded_at,
            )
            for user in readers
            if user not in unread
        )
        context.touched = set()
        context.tell("case_circulated", [unit], note=payload.note)


@register_action
class MarkRead(_Reading):
    """已阅: whatever of this case was circulated to the acting person."""

    name = "case.mark_read"

    class Payload(Given):
        """A line, if she wants to say something."""

        note: str = Field("", max_length=500)

    def _unread(self, subject: CaseSubject) -> Any:
        acting = subject.door.acting
        return Circulation.objects.filter(case=subject.case, unit=acting.unit_id, user=acting.user_id, read_at=None, passed_on_at=None)

    def act(self, subject: CaseSubject, payload: Any) -> Mapping[str, Any]:
        """Whether there is something to read."""
        return {**payload.model_dump(), "circulated": self._unread(subject).exists()}

    def apply(self, subject: CaseSubject, payload: Any, context: Context) -> None:
        """Read now."""
        self._unread(subject).update(read_at=context.recorded_at, answer=payload.note)
        context.touched = set()

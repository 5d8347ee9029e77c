"""登记保障承诺（第五条）: what was promised with a duty is owed as the lists stand, for each year anew, and no longer than they do."""

from __future__ import annotations

from typing import Any

from dutygate.base.catalogue.action import Context, Door, Given
from dutygate.base.catalogue.registry import register_action
from dutygate.base.organizations.queries import public_directory
from dutygate.features.lists.queries import duty_by_code
from dutygate.features.support.acting import SupportAction, SupportSubject, sync_tasks
from dutygate.features.support.models import Pledge
from dutygate.features.support.undertaking import undertake


@register_action
class Undertake(SupportAction):
    """登记保障承诺, of the system: follows whatever changes the lists, and the first sweep of a year. Subject: the duty's code.

    Result: {promised, released}: how many commitments came about, and of how many something is no longer owed.
    """

    name = "support.undertake"
    internal = True
    Payload = Given

    def load(self, ref: str, payload: Any, door: Door) -> SupportSubject:
        """The duty. Raises NotFound."""
        directory = public_directory(door.jurisdiction_id, door.reference_version)
        return SupportSubject(ref, directory, door, {"duty": duty_by_code(door.acting, ref)})

    def relations(self, subject: SupportSubject, payload: Any, door: Door, roles: frozenset[str]) -> frozenset[str]:
        """The system alone."""
        return roles & {door.acting.kind}

    def apply(self, subject: SupportSubject, payload: Any, context: Context) -> None:
        """The department and the townships concerned are told."""
        duty = subject.read["duty"]
        done = undertake(duty, subject.directory, context)
        context.result |= {"promised": done.promised, "released": done.released}
        told = done.townships | done.departments
        if done.townships and duty.lead_unit_id is not None:
            told.add(duty.lead_unit_id)
        context.tell("support_undertaken", told, duty=duty.code, title=duty.title)

    def project(self, subject: SupportSubject, context: Context) -> None:
        """The open tasks of the duty's pledges."""
        rows = Pledge.objects.filter(duty=subject.read["duty"], year__gte=context.on.year).order_by("id")
        sync_tasks(rows, subject.directory, context.door, context.on)

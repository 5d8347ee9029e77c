"""代录页: what a paper that is entered for another unit is based on, as its page was opened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from dutygate.base.catalogue.registry import action_named
from dutygate.base.organizations.directory import UnitInfo, UnknownUnit
from dutygate.features.cases.acts import CaseScene
from dutygate.features.cases.facts import CaseSubject


def unit_for(found: CaseScene, ref: str) -> UnitInfo | None:
    """The unit named in the address of the page, or None."""
    try:
        return found.reading.directory.by_key(ref)
    except UnknownUnit:
        return None


def paper_expected(found: CaseScene, action: str, unit: UnitInfo) -> Mapping[str, int]:
    """What the act of that unit would be based on now: its own row, not that of whoever enters the paper."""
    subject: CaseSubject = found.now.looked.subject
    before = subject.acting
    subject.acting = replace(found.viewer, unit_id=unit.id, unit=unit.key, unit_kind=unit.kind)
    try:
        return dict(action_named(action).basis(subject))
    finally:
        subject.acting = before

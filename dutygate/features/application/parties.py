"""另一方: who is asked in a case, in the words of its pages: townships, or the department whose duty a township wants to end or change."""

from __future__ import annotations

from typing import Any

from dutygate.features.application.facts import township_facts
from dutygate.features.application.rescope import KEEPS
from dutygate.features.cases.acts import CaseScene
from dutygate.features.cases.facts import head_facts
from dutygate.features.cases.kinds import ADMISSION
from dutygate.law.rules.kinds import consent_needed


def applies_for_itself(found: CaseScene) -> bool:
    """Whether a township applies, for its own list; the department is asked then, also where the duty has left that list meanwhile."""
    return bool(found.reading.directory.unit(found.case.initiator_id).kind == "township")


def needs_consent(found: CaseScene, unit_id: int) -> bool:
    """Whether nothing goes on without this party's consent: the law's own question (4.1, 4.4)."""
    if found.case.kind == ADMISSION:
        return True
    subject = found.now.looked.subject
    party = next((t for t in subject.remember("townships", lambda: tuple(township_facts(subject))) if t.unit == subject.key(unit_id)), None)
    return party is None or consent_needed(head_facts(subject), party)


def is_to_have_it(row: Any) -> bool:
    """Whether a township of the scope is to carry the duty, asked or not."""
    return row.part == KEEPS or (row.in_scope and not row.part)

"""谁与线索有什么关系（第八条）: worked out in one place, for the door, for reading, and for what waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from dutygate.base.catalogue.action import ActingPost
from dutygate.base.organizations.directory import Directory
from dutygate.law.procedure.table import Procedure
from dutygate.law.regulation.edition import Edition
from dutygate.law.workdays.limits import Ends, limit_ends

OFFICE_POSTS: Final = ("handler", "signatory")
BODIES: Final = ("banner_committee", "banner_government")


@dataclass(frozen=True, slots=True)
class Post:
    """The acting unit in its jurisdiction on a day. ``stands_for``: the units in whose place it stands, itself among them.

    ``seats``: those it holds. ``examines``: it is an oversight body or the lead, and so examines what is not its own.
    """

    viewer: ActingPost
    stands_for: tuple[int, ...]
    seats: frozenset[str]

    @property
    def is_oversight(self) -> bool:
        """Whether it is an oversight body here (Article 8: 有关机关)."""
        return bool(self.stands_for) and self.viewer.unit_kind == "oversight"

    @property
    def is_lead(self) -> bool:
        """Whether it holds the lead seat."""
        return "lead" in self.seats

    @property
    def examines(self) -> bool:
        """Whether reports come to it at all."""
        return self.is_oversight or self.is_lead


def post_of(viewer: ActingPost, directory: Directory, on: date) -> Post:
    """How the viewer's unit stands here. Administrators, and posts of another jurisdiction, stand nowhere."""
    unit = viewer.unit_id
    if unit is None or viewer.kind not in OFFICE_POSTS or viewer.jurisdiction_id != directory.jurisdiction.id:
        return Post(viewer, (), frozenset())
    same = tuple(sorted({unit, *(other for other in directory.units if directory.stands_for(other) == unit)}))
    return Post(viewer, same, directory.seats_of(unit, on))


def side_of(post: Post, report: Any) -> str:
    """As what somebody sees a report: examiner, reporter, body (once it was heard), or "" for not at all.

    The unit reported and the unit from which the report came never examine it, whatever else they are.
    """
    if not post.stands_for:
        return ""
    if report.reporter == post.viewer.user_id and report.reporter_unit_id in post.stands_for:
        return "reporter"
    if report.body_id in post.stands_for:
        return "body" if report.asked_on is not None else ""
    own = report.reporter_unit_id in post.stands_for or report.reporter == post.viewer.user_id
    return "examiner" if post.examines and not own else ""


def has_examiner(directory: Directory, body: int, reporter_unit: int, on: date) -> bool:
    """Whether somebody examines such a report: an oversight body or the lead, neither reported nor reporting."""
    lead = {unit for unit in directory.units if "lead" in directory.seats_of(unit, on)}
    return bool((lead | set(directory.of_kind("oversight", on))) - {body, reporter_unit})


def times_of(procedure: Procedure, edition: Edition, directory: Directory, report: Any) -> Ends | None:
    """When the step that a report waits for is due; None where no limit holds. A day that was set stands as it was set."""
    task = procedure.report_task(report.state)
    if task is None:
        return None
    set_to = {"asked": report.answer_by, "ordered": report.correct_by}.get(report.state)
    if set_to is not None:
        return Ends(set_to, set_to, False)
    days = days_of(procedure, edition, task.action)
    return limit_ends(directory.calendar(), report.since, days) if days else None


def days_of(procedure: Procedure, edition: Edition, action: str) -> int:
    """The limit of an action in working days; 0 where there is none."""
    name = procedure.limit(action)
    found = edition.parameter(name) if name else None
    return found if isinstance(found, int) and not isinstance(found, bool) else 0

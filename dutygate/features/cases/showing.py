"""办件 for a reader: the page of a list, one case with its sections, and what can be done on it now."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Count, Q

from dutygate.base.actions.now import Looked, Now, TaskRow, door_now, open_to, owes_nothing, shows_cases
from dutygate.base.catalogue.action import ActingPost, Door
from dutygate.base.organizations.queries import public_directory
from dutygate.base.search.index import narrowed
from dutygate.features.cases.facts import CaseSubject, build_facts, present_edition, relations_of
from dutygate.features.cases.models import Case
from dutygate.features.cases.paper import may_enter_for
from dutygate.features.cases.queries import case_visible, to_sign_by, unread_by
from dutygate.features.cases.sections import Reading, readable_cases

LINE: Final = ("number", "title", "kind", "track", "state", "outcome", "round", "opened_at", "closed_at")
"""What a list tells of a case, by the names of its fields."""
HEAD: Final = (
    "declared_class",
    "handles_emergency",
    "mode",
    "acts_in_name_of",
    "necessity",
    "ends_on",
    "edition",
    "edition_digest",
    "revision",
    "submissions",
    "returned",
    "from_track",
    "reason",
    "reason_words",
    "mandated",
    "cause",
    "list_name",
    "section",
)
"""What its page tells beside, by the names of its fields."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list of cases is narrowed to; "" = not at all. Every word of ``q`` stands in title, number or content."""

    state: str = ""
    track: str = ""
    q: str = ""
    kind: str = ""


def page_of_cases(viewer: ActingPost, filters: Filters, limit: int, before: int | None = None) -> list[Case]:
    """The cases that the viewer may read, newest first; ``before`` is the id of the last one seen."""
    rows = readable_cases(viewer)
    if filters.state:
        rows = rows.filter(state=filters.state)
    if filters.track:
        rows = rows.filter(track=filters.track)
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    rows = rows.filter(narrowed("case", filters.q))
    if before is not None:
        rows = rows.filter(id__lt=before)
    return list(rows.order_by("-id")[:limit])


DESK: Final = ("tosign", "toread", "done", "closed", "started")
"""待签发、待阅、已办、办结、我发起: the parts of the desk that are lists of cases."""


def _part(viewer: ActingPost, part: str) -> Q:
    """待签发: prepared by a colleague, or returned to me.

    待阅: circulated to me, unread · 已办: under way, and nothing is owed by my unit now · 办结: ended · 我发起: opened by my unit.
    """
    if part == "tosign":
        return to_sign_by(viewer)
    if part == "toread":
        return unread_by(viewer)
    if part == "started":
        return Q(initiator=viewer.unit_id)
    if part == "closed":
        return Q(closed_at__isnull=False)
    return Q(closed_at__isnull=True) & ~Q(state="drafting") & owes_nothing(viewer)


def desk_page(viewer: ActingPost, part: str, limit: int, before: int | None = None) -> list[Case]:
    """One page of such a list, newest first; ``before`` is the id of the last one seen."""
    rows = readable_cases(viewer).filter(_part(viewer, part))
    if before is not None:
        rows = rows.filter(id__lt=before)
    return list(rows.order_by("-id")[:limit])


def desk_counts(viewer: ActingPost) -> dict[str, int]:
    """How many each part holds, in one statement."""
    counted: dict[str, int] = readable_cases(viewer).aggregate(**{part: Count("pk", filter=_part(viewer, part)) for part in DESK})
    return counted


def kinds_and_titles_of(viewer: ActingPost, numbers: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Number -> (kind, title), of those cases that the viewer may read."""
    rows = readable_cases(viewer).filter(number__in=set(numbers)).values_list("number", "kind", "title")
    return {number: (kind, title) for number, kind, title in rows}


def about_duty(viewer: ActingPost, duty_id: int) -> list[Case]:
    """The exits and adjustments of a duty that the viewer may read, newest first."""
    return list(readable_cases(viewer).filter(duty=duty_id).order_by("-id"))


def titles_of(viewer: ActingPost, numbers: Iterable[str]) -> dict[str, str]:
    """Number -> title, of those cases that the viewer may read."""
    return dict(readable_cases(viewer).filter(number__in=set(numbers)).values_list("number", "title"))


def reading_of(viewer: ActingPost, number: str, moment: datetime) -> Reading:
    """A case opened for reading. Raises NotFound."""
    door = door_now(viewer, number, moment)
    directory = public_directory(door.jurisdiction_id, door.reference_version)
    return Reading(viewer, case_visible(viewer, number, directory), directory, door.today)


@shows_cases
def _look(number: str, door: Door) -> Looked:
    """The case at the door, without a payload."""
    directory = public_directory(door.jurisdiction_id, door.reference_version)
    subject = CaseSubject(case_visible(door.acting, number, directory), directory, door)
    return Looked(
        subject,
        subject.case.id,
        subject.case.state,
        subject.edition,
        lambda roles: relations_of(subject, door.acting, roles),
        lambda acting, needs: build_facts(subject, acting, {}, needs),
        lambda action: may_enter_for(subject, action, door.acting),
        present_edition(subject.edition, door),
    )


Untold = Callable[[ActingPost, Case], Collection[str]]
_untold: Final[list[Untold]] = []


def keeps_untold(untold: Untold) -> Untold:
    """Register which open tasks a viewer is not told of, by action: that there is such a task would tell what others said."""
    _untold.append(untold)
    return untold


@dataclass(frozen=True, slots=True)
class Waiting:
    """Whose move it is. ``unseen``: how many townships owe something that this viewer, a township too, is not told by name."""

    tasks: tuple[TaskRow, ...]
    unseen: int


def now_on(viewer: ActingPost, number: str, moment: datetime) -> tuple[Reading, Now, Waiting]:
    """What the viewer may do on a case now, what blocks the rest, and whose move it is. Raises NotFound.

    A township is not told which other townships have not answered yet, nor what they said (4.1: each says what it thinks by itself).
    """
    now = open_to(viewer, number, moment)
    subject: CaseSubject = now.looked.subject
    kinds = subject.directory.units
    others = {
        task.unit_id
        for task in now.tasks
        if task.unit_id != viewer.unit_id and task.unit_id in kinds and kinds[task.unit_id].kind == "township"
    }
    hidden = others if viewer.unit_kind == "township" else set()
    untold = {action for of in _untold for action in of(viewer, subject.case)} if viewer.unit_kind == "township" else set()
    seen = tuple(task for task in now.tasks if task.unit_id not in hidden and task.action not in untold)
    return Reading(viewer, subject.case, subject.directory, now.door.today), now, Waiting(seen, len(hidden))

"""Reads of cases. One scope for all of them: what you may not see does not exist."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet

from dutygate.base.catalogue.action import ActingPost
from dutygate.base.catalogue.errors import NotFound
from dutygate.base.organizations.directory import Directory
from dutygate.base.register.prepared import Prepared
from dutygate.features.cases.models import Assignment, Case, Circulation, Correction, Party, PreparedAct
from dutygate.law.rules import Finding

CONTENT_POSTS = ("handler", "signatory")
CONFERENCE = frozenset({"legal", "services", "member"})
BODIES = frozenset({"banner_committee", "banner_government"})
OPEN_YEAR = 9999
BACK: Final = ("returned", "taken_back")
_STANDINGS: Final = {"lead": frozenset({"lead"}), "body": BODIES, "conference": CONFERENCE}


def cases_visible(viewer: ActingPost, directory: Directory | None = None) -> QuerySet[Case]:
    """The cases that a post may read: its own as a party; all of its jurisdiction as the lead; those that were ever applied
    for as another member of the conference; those that were ever sent up as a body of the banner; all of its banners as the city.

    ``directory`` is that of the cases' jurisdiction, where the viewer's seat is looked up; without it only parties and the city.
    Administrators see no business content.
    """
    if viewer.kind == "system":
        return Case.objects.all()
    if viewer.kind not in CONTENT_POSTS or viewer.unit_id is None:
        return Case.objects.none()
    return _scope(_standing(viewer, directory), **_who(viewer, directory))


def _standing(viewer: ActingPost, directory: Directory | None) -> str:
    """By which seat the viewer's unit reads cases of the jurisdiction: "lead", "body", "conference", or "" by none."""
    seats = frozenset() if directory is None else seats_now(viewer, directory)
    return next((standing for standing, by in _STANDINGS.items() if seats & by), "")


def _who(viewer: ActingPost, directory: Directory | None) -> dict[str, Any]:
    here = {"here": directory.jurisdiction.id} if directory is not None and _standing(viewer, directory) else {}
    return {"unit": viewer.unit_id, "home": viewer.jurisdiction_id, **here}


def _scope(standing: str, unit: int, home: int, here: int | None = None) -> QuerySet[Case]:
    scope = Q(Exists(Party.objects.filter(case=OuterRef("pk"), unit=unit))) | Q(jurisdiction__parent=home)
    if standing == "lead":
        scope |= Q(jurisdiction=here)
    elif standing == "body":
        scope |= Q(jurisdiction=here, submissions__gt=0)
    elif standing == "conference":
        scope |= Q(Exists(Party.objects.filter(case=OuterRef("pk"), role="seat")), jurisdiction=here)
    return Case.objects.filter(scope)


def _one_of(standing: str) -> Prepared:
    here = {"here": int} if standing else {}
    return Prepared(lambda number, **who: _scope(standing, **who).filter(number=number), number=str, unit=int, home=int, **here)


# One case of the scope by its number: every action on a case asks for it.
_ONE: Final = {standing: _one_of(standing) for standing in ("", *_STANDINGS)}


def seats_now(viewer: ActingPost, directory: Directory) -> frozenset[str]:
    """The seats that the viewer's unit holds in that jurisdiction for an open time."""
    return frozenset(held.seat for held in directory.seats_held if held.unit_id == viewer.unit_id and held.valid_to.year == OPEN_YEAR)


def case_visible(viewer: ActingPost, number: str, directory: Directory | None = None) -> Case:
    """One case, or NotFound: it does not exist, or not for this viewer."""
    found: Case | None
    if viewer.kind in CONTENT_POSTS and viewer.unit_id is not None:
        found = _ONE[_standing(viewer, directory)].first(number=number, **_who(viewer, directory))
    else:
        found = cases_visible(viewer, directory).filter(number=number).first()
    if found is None:
        raise NotFound([Finding("not_found", "4", {"subject": number})])
    return found


_PARTIES: Final = Prepared(lambda case: Party.objects.filter(case=case).order_by("id").values_list("unit_id", "role"), case=int)
_CORRECTIONS: Final = Prepared(lambda case: Correction.objects.filter(case=case).order_by("ordinal"), case=int)
_TO_READ: Final = Prepared(
    lambda case, unit, user: Circulation.objects.filter(case=case, unit=unit, user=user, read_at=None, passed_on_at=None).values_list("id"),
    case=int,
    unit=int,
    user=int,
)


def parties_of(viewer: ActingPost, case: Case) -> list[tuple[int, str]]:
    """(unit id, role) of every party of a case that the viewer may read."""
    return _PARTIES.rows(case=case.id)


def public_parties(case: Case) -> list[int]:
    """The ids of all units that take part in a case: whoever changes it as a whole tells them."""
    return list(dict.fromkeys(unit for unit, _role in _PARTIES.rows(case=case.id)))


def corrections_of(viewer: ActingPost, case: Case) -> list[Correction]:
    """更正 of a case that the viewer may read, oldest first."""
    return _CORRECTIONS.rows(case=case.id)


def assignments_of(viewer: ActingPost, case: Case) -> list[Assignment]:
    """转办 and 委托 within the viewer's own unit."""
    return list(Assignment.objects.filter(case=case, unit=viewer.unit_id).order_by("id"))


def circulations_of(viewer: ActingPost, case: Case) -> list[Circulation]:
    """传阅 within the viewer's own unit, the newest first."""
    return list(Circulation.objects.filter(case=case, unit=viewer.unit_id).order_by("-id"))


def has_to_read(viewer: ActingPost, case: Case) -> bool:
    """Whether this case was circulated to the viewer, and she has not read it."""
    return bool(_TO_READ.rows(case=case.id, unit=viewer.unit_id or 0, user=viewer.user_id or 0))


def unread_by(viewer: ActingPost) -> Q:
    """A condition on cases: circulated to the viewer in her unit, and not read yet."""
    mine = {"unit": viewer.unit_id or 0, "user": viewer.user_id or 0, "read_at": None, "passed_on_at": None}
    return Q(Exists(Circulation.objects.filter(case=OuterRef("pk"), **mine)))


def prepared_in(viewer: ActingPost, case: Case) -> list[PreparedAct]:
    """What was prepared for signature within the viewer's own unit, the newest first."""
    return list(PreparedAct.objects.filter(case=case, unit=viewer.unit_id).order_by("-ordinal"))


def prepared_act(viewer: ActingPost, case: Case, ordinal: int) -> PreparedAct | None:
    """One of them by its number, or None."""
    return PreparedAct.objects.filter(case=case, unit=viewer.unit_id, ordinal=ordinal).first()


def came_back_to(viewer: ActingPost, case: Case, action: str) -> list[PreparedAct]:
    """Acts of that name that the viewer prepared and got back, or took back, and has not sent again; the newest first."""
    mine = PreparedAct.objects.filter(case=case, unit=viewer.unit_id, action=action, prepared_by=viewer.user_id or 0, again=False)
    return list(mine.filter(status__in=BACK).order_by("-ordinal"))


def to_sign_by(viewer: ActingPost) -> Q:
    """A condition on open cases: a colleague has prepared something there that waits for a second person of the viewer's unit, or a
    colleague has returned what she prepared.
    """
    here = PreparedAct.objects.filter(case=OuterRef("pk"), unit=viewer.unit_id or 0, again=False)
    mine = Q(prepared_by=viewer.user_id or 0)
    return Q(Exists(here.filter(Q(status="waiting") & ~mine | Q(status="returned") & mine)), closed_at__isnull=True)

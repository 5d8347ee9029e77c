"""整改通知 on the page of a report: its papers, and for who examines it the way to issue one (Article 8)."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from dutygate.base.actions import clock
from dutygate.base.actions.now import own_door
from dutygate.base.catalogue.action import ActingPost
from dutygate.base.catalogue.registry import action_named
from dutygate.base.ui.language import language
from dutygate.features.papers.models import OrderPaper
from dutygate.features.papers.orders import order_kind
from dutygate.features.papers.queries import FILES, orders_of_report, public_letterhead
from dutygate.features.supervision.actions.report_action import ReportSubject
from dutygate.features.supervision.beside import stands_beside
from dutygate.features.supervision.queries import Here, Seen, report_looked_at
from dutygate.features.supervision.standing import side_of


def order_label() -> str:
    """The name of the kind in the language of the page."""
    return order_kind().label["en" if language() == "en" else "zh"]


def open_now(viewer: ActingPost, place: Here, public_id: str, name: str) -> dict[str, int] | None:
    """What is to be sent back with that action, if the viewer's unit does it with this report in its state; else None. Raises NotFound."""
    if name not in place.procedure.report_rows:
        return None
    row, door, action = report_looked_at(viewer, place, public_id), own_door(viewer, clock.now()), action_named(name)
    side = side_of(place.post, row)
    subject = ReportSubject(door.jurisdiction_id, place.directory.jurisdiction.code, place.directory, place.edition, place.post, row, side)
    held = action.relations(subject, None, door, place.procedure.roles_of(name))
    return dict(action.basis(subject)) if place.procedure.row_for(name, row.state, held) else None


def order_line(place: Here, paper: OrderPaper, public_id: str, nth: int) -> dict[str, Any]:
    """{paper, to, href, files} of the paper that stands at that place among those of its report."""
    files = [(name, reverse("order_file", args=[public_id, nth, name])) for name in FILES if getattr(paper, name)]
    return {
        "paper": paper,
        "unit": place.directory.name_on(paper.unit_id, paper.dated_on),
        "to": place.directory.name_on(paper.body_id, paper.dated_on),
        "href": reverse("order", args=[public_id, nth]),
        "files": files,
    }


@stands_beside("papers/_orders.html")
def orders_beside(viewer: ActingPost, place: Here, seen: Seen) -> dict[str, Any] | None:
    """{lines, issue, scan, void, letterhead}: from the order on, for its examiner and for the body ordered; for nobody else."""
    if seen.side not in ("examiner", "body") or seen.shown.get("ordered_on") is None:
        return None
    rows = orders_of_report(viewer, place, seen.public_id)
    lines = [order_line(place, row, seen.public_id, nth) for nth, row in enumerate(rows, start=1)]
    issues = seen.side == "examiner" and open_now(viewer, place, seen.public_id, "supervision.issue_order") is not None
    standing = any(not row.void for row in rows)
    if not lines and not issues:
        return None
    return {
        "lines": lines,
        "id": seen.public_id,
        "label": order_label(),
        "issue": reverse("order_issue", args=[seen.public_id]) if issues and not standing else "",
        "scan": reverse("order_scan", args=[seen.public_id]) if issues and standing else "",
        "void": reverse("order_void", args=[seen.public_id]) if issues and standing else "",
        "letterhead": not issues or public_letterhead(viewer.unit_id) is not None,
    }

"""申请书 as it is read and printed (4.1, 5): the eleven items in order with what belongs to each."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from dutygate.base.actions.month_days import month_day
from dutygate.base.register.chains import edition_by_digest
from dutygate.features.application.queries import scope_of, sees_all_opinions
from dutygate.features.application.section import application_section
from dutygate.features.bases.queries import bases_of_case
from dutygate.features.bases.wording import basis_line
from dutygate.features.cases.acts import CaseScene
from dutygate.features.cases.kinds import ADMISSION
from dutygate.features.cases.returned import last_return
from dutygate.law.regulation.edition import Edition, Item
from dutygate.law.rules.wording import catalogue


def paper_of(found: CaseScene) -> dict[str, Any]:
    """{items, filled, supports, single_supports, bases, townships, all_in, submissions, declared, returned, may_edit, write}.

    A handful of queries, however many townships there are.
    """
    reading, lang, case = found.reading, found.lang, found.case
    edition = edition_by_digest(case.edition_digest)
    read = application_section(found.viewer, reading)
    common = {row["item"]: row["text"] for row in read["items"] if row["township"] is None}
    added: dict[str, list[dict[str, str]]] = {}
    for row in read["items"]:
        if row["township"] is not None and row["text"]:
            added.setdefault(row["item"], []).append({"township": row["township"]["name"], "text": row["text"]})
    items = [
        {
            "id": item.id,
            "number": number,
            "label": item.label.in_language(lang),
            "text": case.title if item.id == "name" else common.get(item.id, ""),
            "added": added.get(item.id, []),
            "missing": missing(found, item.id),
        }
        for number, item in enumerate(_items_of(edition, case.kind), start=1)
    ]
    supports = [_support(row, lang) for row in read["safeguards"]]
    inside = [row for row in scope_of(found.viewer, case) if row.in_scope]
    edit = found.step("application.edit")
    return {
        "items": items,
        "filled": sum(1 for item in items if item["text"]),
        "supports": [row for row in supports if not row["township"]],
        "single_supports": [row for row in supports if row["township"]],
        "bases": [basis_line(basis, reading.on) for basis in bases_of_case(found.viewer, case)],
        "townships": [reading.directory.name_on(row.unit_id, reading.on) for row in inside],
        "all_in": sees_all_opinions(found.viewer, case),
        "submissions": read["submissions"],
        "declared": _declared(found),
        "returned": returned_for(found),
        "may_edit": edit is not None and edit.status in ("open", "blocked"),
        "write": reverse("case_write", args=[case.number, "items"]),
    }


def _items_of(edition: Edition, kind: str) -> list[Item]:
    """What the paper says, part by part; to the short list of an exit comes what the other side said."""
    asked = list(edition.items_of(kind).values())
    opinion = edition.items["negotiated_opinion"]
    return asked if opinion in asked else [*asked, opinion]


def missing(found: CaseScene, item: str) -> str:
    """What stands in the place of an item that is empty."""
    if item == "negotiated_opinion":
        if found.case.kind == ADMISSION:
            return _("还没有形成。由各乡镇的书面答复形成，不用另写。")
        return _("还没有形成。由书面答复形成，不用另写。")
    return _("还没有填写")


def returned_for(found: CaseScene) -> dict[str, Any] | None:
    """退回补正: {at, gaps: [{item, label, text, href}]} of the last return, while the case is marked returned."""
    returned = last_return(found.viewer, found.case)
    if returned is None:
        return None
    known = edition_by_digest(found.case.edition_digest).all_items
    where = reverse("case_write", args=[found.case.number, "items"])
    return {
        "at": returned.at,
        "gaps": [
            {
                "label": known[gap["item"]].label.in_language(found.lang) if gap.get("item") in known else "",
                "text": gap.get("text", ""),
                "href": f"{where}#item-{gap['item']}" if gap.get("item") in known else "",
            }
            for gap in returned.gaps
        ],
    }


def _support(row: dict[str, Any], lang: str) -> dict[str, Any]:
    names = catalogue(lang).names["safeguard"]
    return {
        **row,
        "due_said": month_day(row["due"]),
        "label": names.get(row["kind"], row["kind"]),
        "township": row["township"]["name"] if row["township"] else "",
    }


def _declared(found: CaseScene) -> dict[str, Any]:
    """What Article 1 and 4.3 want declared, in words."""
    case, lang = found.case, found.lang
    edition = edition_by_digest(case.edition_digest)
    track, power = edition.tracks.get(case.track), edition.exclusions.classes.get(case.declared_class)
    modes = {"entrust": _("委托：以部门的名义办，部门负责"), "assign": _("交由：以乡镇的名义办，乡镇负责")}
    return {
        "track": track.label.in_language(lang) if track else case.track,
        "ends_on": case.ends_on,
        "power": power.label.in_language(lang) if power else case.declared_class,
        "amber": power is not None and power.effect == "amber",
        "handles_emergency": case.handles_emergency,
        "mode": modes.get(case.mode, ""),
        "acts_in_name_of": case.acts_in_name_of,
        "necessity": case.necessity,
    }

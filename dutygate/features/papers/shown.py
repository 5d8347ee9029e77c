"""公文在页面上: a paper in one line, and which kinds somebody may issue about a case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext

from dutygate.base.actions.naming import directory_for
from dutygate.base.catalogue.action import ActingPost
from dutygate.base.organizations.directory import Directory
from dutygate.features.cases.acts import CaseScene, case_scene
from dutygate.features.cases.facts import relations_of
from dutygate.features.cases.queries import seats_now
from dutygate.features.cases.sections import directory_now
from dutygate.features.papers.case_words import CaseWords, Given
from dutygate.features.papers.documents import has_words
from dutygate.features.papers.kinds import Kind, kinds
from dutygate.features.papers.models import Paper
from dutygate.features.papers.queries import FILES, public_letterhead, units_of_papers

MOST_NAMED: Final = 3


def lines_of(viewer: ActingPost, rows: Sequence[Paper], lang: str) -> list[dict[str, Any]]:
    """{paper, kind, unit, to, cc, files} for each, one query for all their units."""
    units = units_of_papers(viewer, rows)
    named = kinds()
    directories: dict[int, Directory] = {}
    found = []
    for row in rows:
        directory = directories.get(row.jurisdiction_id) or directories.setdefault(row.jurisdiction_id, directory_for(row.jurisdiction_id))
        names = {role: [directory.name_on(unit, row.dated_on) for unit, held in units[row.id] if held == role] for role in ("to", "cc")}
        found.append(
            {
                "paper": row,
                "href": reverse("paper", args=[row.id]),
                "kind": named[row.kind].label["en" if lang == "en" else "zh"] if row.kind in named else row.kind,
                "cites": named[row.kind].cites if row.kind in named else "4.4",
                "unit": directory.name_on(row.unit_id, row.dated_on),
                "to": names["to"],
                "to_said": _first(names["to"]),
                "cc": names["cc"],
                "files": [(name, reverse("paper_file", args=[row.id, name])) for name in FILES if getattr(row, name)],
            }
        )
    return found


def _first(names: Sequence[str]) -> str:
    """The first of many, and how many there are."""
    if len(names) <= MOST_NAMED:
        return gettext("、").join(names)
    return gettext("%(first)s等%(count)s个单位") % {"first": names[0], "count": len(names)}


def may_issue(viewer: ActingPost, kind: Kind, numbers: Sequence[str], moment: datetime, lang: str) -> bool:
    """Whether the viewer's unit has the role that issues this kind, towards each of these cases (by its seat where there are none)."""
    if kind.about == "task":
        return viewer.kind in ("handler", "signatory") and viewer.unit_kind == kind.by
    if not numbers:
        return kind.by in seats_now(viewer, directory_now(viewer))
    return all(_holds(case_scene(viewer, number, moment, lang), kind) for number in numbers)


def _holds(scene: CaseScene, kind: Kind) -> bool:
    return bool(relations_of(scene.now.looked.subject, scene.viewer, frozenset({kind.by})))


def offers_of(scene: CaseScene) -> list[dict[str, Any]]:
    """The kinds that the reader's unit may issue about this case: {kind, label, href, drafts}."""
    case, viewer = scene.case, scene.viewer
    if viewer.kind not in ("handler", "signatory") or case.jurisdiction_id != viewer.jurisdiction_id:
        return []
    roles = frozenset(kind.by for kind in kinds().values())
    held = relations_of(scene.now.looked.subject, viewer, roles)
    words = CaseWords(scene.reading, Given(scene.reading.on))
    query = f"?case={case.number}"
    found = []
    for kind in kinds().values():
        if not kind.of_case or kind.by not in held or not has_words(kind, words):
            continue
        found.append(
            {
                "kind": kind,
                "label": kind.label["en" if scene.lang == "en" else "zh"],
                "href": reverse("paper_issue", args=[kind.name]) + query,
                "drafts": [(ending, reverse("paper_draft", args=[kind.name, ending]) + query) for ending in ("docx", "pdf")],
            }
        )
    return found


def has_letterhead(viewer: ActingPost) -> bool:
    """Whether the viewer's unit can be given numbers."""
    return public_letterhead(viewer.unit_id) is not None

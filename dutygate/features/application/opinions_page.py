"""乡镇意见 as a tab of a case: township x round, each answer with its reason, conditions, paper, and what may be done about it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext, gettext_noop

from dutygate.features.application.consulted import all_standings, links_of
from dutygate.features.application.letters_of_change import letter_of_reply
from dutygate.features.application.parties import applies_for_itself
from dutygate.features.application.queries import MediationLine, mediations_of, rounds_of, sees_all_opinions
from dutygate.features.application.standing import Standing, counts_of, file_href, tell_lapses
from dutygate.features.cases.acts import CaseScene, tab


@tab(
    "opinions",
    gettext_noop("乡镇意见"),
    "4.1",
    template="application/consult/_tab.html",
    order=20,
    called=lambda scene: gettext("部门意见") if applies_for_itself(scene) else "",
)
def opinions_tab(scene: CaseScene) -> dict[str, Any]:
    """{rounds, all_in, rows, acts, counts, letter, mediations}. A township sees its own row alone until every township has answered."""
    rounds = rounds_of(scene.viewer, scene.case)
    all_in = sees_all_opinions(scene.viewer, scene.case)
    standings = all_standings(scene)
    tell_lapses(scene, standings)
    own = next((s for s in standings if s.unit_id == scene.viewer.unit_id), None)
    rows = [_row(scene, standing, [r.number for r in rounds]) for standing in standings]
    return {
        "rounds": rounds,
        "all_in": all_in,
        "rows": rows,
        "acts": any(row["links"] for row in rows),
        "counts": counts_of(standings) if all_in and rounds else [],
        "own": own,
        "letter": _letter(scene, own, rounds),
        "asks": scene.viewer.unit_id == scene.case.initiator_id,
        "mediations": [_mediation(scene, line) for line in mediations_of(scene.viewer, scene.case)],
    }


def _mediation(scene: CaseScene, line: MediationLine) -> dict[str, Any]:
    name = scene.reading.directory.name_on
    present = [name(unit, line.held_on) for unit in line.present if unit in scene.reading.directory.units]
    return {"held_on": line.held_on, "place": line.place, "present": present, "minutes": line.minutes, "scan": file_href(line.scan)}


def _row(scene: CaseScene, standing: Standing, rounds: list[int]) -> dict[str, Any]:
    return {
        "standing": standing,
        "mine": standing.unit_id == scene.viewer.unit_id,
        "cells": [_cell(standing, number) for number in rounds],
        "links": links_of(scene, standing),
    }


def _cell(standing: Standing, number: int) -> dict[str, Any]:
    """One township in one round: the answer that stood at its end, those it replaced, or why there is none."""
    answers = [answer for answer in standing.answers if answer["round"] == number]
    asked = standing.row.round
    none = "" if answers else "silent" if asked == number else "not_asked" if asked == 0 else "stays" if asked < number else "nothing"
    return {"round": number, "answer": answers[-1] if answers else None, "earlier": answers[:-1], "none": none}


def _letter(scene: CaseScene, own: Standing | None, rounds: list[Any]) -> str:
    """The township's own reply as a letter, to be copied or printed; none for what was entered from paper."""
    last = own.last if own is not None else None
    if own is None or last is None or last["entered_by"]:
        return ""
    directory, on = scene.reading.directory, scene.reading.on
    return letter_of_reply(
        case=scene.case,
        initiator=directory.name_on(scene.case.initiator_id, on),
        party=own.unit["name"],
        asked=next((r for r in rounds if r.number == last["round"]), None),
        answer=last["answer"],
        reason=last["reason"],
        conditions=[condition["text"] for condition in last["conditions"]],
        on=last["replied_at"],
        revision=last["revision"],
    )

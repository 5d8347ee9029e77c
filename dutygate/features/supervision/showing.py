"""线索在页面和接口上的样子: what somebody's side may know of a report, with names and lights."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from dutygate.base.actions.naming import label_in, light_of, named
from dutygate.base.actions.now import Looked, Step, own_door, steps_on
from dutygate.base.catalogue.action import ActingPost
from dutygate.base.catalogue.registry import action_named
from dutygate.base.organizations.queries import public_names_of
from dutygate.features.supervision.actions.report_action import ReportAction, ReportSubject
from dutygate.features.supervision.queries import Here, Seen, report_looked_at
from dutygate.features.supervision.standing import side_of
from dutygate.features.supervision.words import finding_in_words, forms_in_words

ON_A_REPORT: Final = (
    *("supervision.accept", "supervision.dismiss", "supervision.hear", "supervision.answer", "supervision.find"),
    *("supervision.order_correction", "supervision.corrected", "supervision.check_correction", "supervision.refer"),
    *("supervision.close", "supervision.add"),
)


@dataclass(frozen=True, slots=True)
class Place:
    """What a form on a report stands in: the jurisdiction, the report as it is seen, and what came with the address."""

    here: Here
    report: dict[str, Any] | None = None
    given: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Task:
    opened_on: date
    due_on: date | None
    provisional: bool
    warn_on: date | None
    paused_on: date | None = None


def light(place: Here, seen: Seen) -> dict[str, Any]:
    """红黄绿灯 of the step that a report waits for; {} where it concerns another."""
    if seen.times is None:
        return {}
    fixed = seen.times.warn == seen.times.due
    task = _Task(seen.since, seen.times.due, seen.times.provisional, None if fixed else seen.times.warn)
    return light_of(place.directory, task, place.on)


def line_of(place: Here, seen: Seen, lang: str) -> dict[str, Any]:
    """A report in a list: state, what is owed, by when; the title for those who may know it."""
    state = place.procedure.report_states.get(seen.state)
    return {
        "id": seen.public_id,
        "side": seen.side,
        "state": seen.state,
        "state_label": label_in(state.label if state else None, lang, seen.state),
        "final": state is not None and state.final,
        "since": seen.since,
        "title": seen.shown.get("title", ""),
        "body": named(place.directory, seen.body, place.on),
        "action": seen.action,
        "action_label": label_in(place.procedure.labels.get(seen.action), lang, seen.action),
        "waits": seen.waits,
        "light": light(place, seen),
        "reported_on": seen.shown.get("reported_on"),
    }


def whole(place: Here, seen: Seen, lang: str) -> dict[str, Any]:
    """One report with everything that its side may know, and no key beyond it."""
    plain = {**seen.shown}
    for name, words in (("forms", forms_in_words), ("finding_forms", forms_in_words)):
        if name in plain:
            plain[f"{name}_words"] = words(plain[name])
    if "finding" in plain:
        plain["finding_words"] = finding_in_words(plain["finding"])
    if seen.reporter is not None:
        names = public_names_of([seen.reporter])
        plain["reporter"] = names.get(seen.reporter, "")
        plain["reporter_unit"] = named(place.directory, seen.reporter_unit, place.on)
    return {**plain, **line_of(place, seen, lang), "files": seen.files, "reminded_on": seen.reminded_on}


def steps_of(viewer: ActingPost, place: Here, public_id: str, moment: Any) -> tuple[Step, ...]:
    """What the viewer can do with a report now. Raises NotFound."""
    row, door = report_looked_at(viewer, place, public_id), own_door(viewer, moment)
    subject = ReportSubject(
        door.jurisdiction_id, place.directory.jurisdiction.code, place.directory, place.edition, place.post, row, side_of(place.post, row)
    )
    some = action_named("supervision.accept")
    assert isinstance(some, ReportAction)
    looked = Looked(
        subject,
        row.id,
        row.state,
        place.edition,
        lambda roles: some.relations(subject, None, door, roles),
        lambda acting, needs: some.facts(subject, some.Payload(), door, acting, needs),
        lambda _action: False,
        place.edition,
    )
    return steps_on(viewer, looked, ON_A_REPORT)

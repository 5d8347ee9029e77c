"""编写申请（第四条（一））: saved as typed; an edit lapses exactly the opinions of the townships it touches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Any, Literal

from django.db.models import F
from pydantic import Field, StringConstraints

from dutygate.base.actions.month_days import MonthDay
from dutygate.base.catalogue.action import Context, Given
from dutygate.base.catalogue.errors import Malformed
from dutygate.base.catalogue.registry import register_action
from dutygate.base.organizations.directory import UnknownUnit
from dutygate.features.application.models import SILENT, Scope
from dutygate.features.application.rescope import beyond_reach, rescope, rescoped
from dutygate.features.application.searching import SEARCHED, be_found
from dutygate.features.application.text import OF_A_DUTY, Change, compare, write
from dutygate.features.bases.citing import cite
from dutygate.features.bases.given import BasisCited
from dutygate.features.cases.case_action import CaseAction, resolve_unit
from dutygate.features.cases.facts import CaseSubject, duty_of
from dutygate.features.cases.hooks import text_changed
from dutygate.features.cases.kinds import ADMISSION

Line = Annotated[str, StringConstraints(max_length=20_000)]
Ref = Annotated[str, StringConstraints(min_length=1, max_length=80)]
FEN_LIMIT = 10**13


class SafeguardGiven(Given):
    """One safeguard: for all townships, or for the one named. ``amount_fen`` is per township and year, ``due`` by which day of
    each year ("06-30"; of a temporary matter once, within its term); "" = by the last day.
    """

    kind: Literal["funding", "technical", "training", "other"]
    needed: bool
    amount_fen: int | None = Field(None, ge=0, le=FEN_LIMIT)
    note: str = Field("", max_length=4000)
    due: MonthDay = ""
    township: str = Field("", max_length=80)


@register_action
class Edit(CaseAction):
    """编写申请: items, additions for single townships, safeguards, legal bases, declarations, scope; of an exit or an adjustment also why,
    and where the duty is to stand.

    Result: {revision, lapsed: keys of the townships whose opinion lapsed}. What is not given stays as it is.
    """

    name = "application.edit"

    class Payload(Given):
        """``townships`` sets the scope while drafting; afterwards townships only join (``add_townships``)."""

        items: dict[Annotated[str, StringConstraints(max_length=30)], Line] = Field(default_factory=dict, max_length=11)
        per_township: dict[Ref, dict[Annotated[str, StringConstraints(max_length=30)], Line]] = Field(default_factory=dict, max_length=1000)
        safeguards: tuple[SafeguardGiven, ...] = Field((), max_length=4000)
        bases: tuple[BasisCited, ...] | None = Field(None, max_length=50)
        track: Literal["regular", "temporary"] | None = None
        mode: Literal["entrust", "assign"] | None = None
        acts_in_name_of: str | None = Field(None, max_length=100)
        declared_class: str | None = Field(None, max_length=30)
        handles_emergency: bool | None = None
        necessity: str | None = Field(None, max_length=2000)
        ends_on: date | None = None
        reason: str | None = Field(None, max_length=30)
        reason_words: str | None = Field(None, max_length=2000)
        list_name: Literal["duties", "powers", ""] | None = None
        section: Literal["basic", "cooperative", "admitted", ""] | None = None
        townships: tuple[Ref, ...] | None = Field(None, max_length=1000)
        add_townships: tuple[Ref, ...] = Field((), max_length=1000)

    def act(self, subject: CaseSubject, payload: Any) -> Mapping[str, Any]:
        """What is declared anew, whose opinion the edit touches, who joins."""
        self._check(subject, payload)
        change = self._change(subject, payload)
        scope = self._scope(subject)
        touched = change.touches(subject, [unit for unit, inside in scope.items() if inside])
        joining = self._joining(subject, payload)
        return {
            "track": payload.track,
            "reason": payload.reason,
            "reason_words": payload.reason_words,
            "declared_class": payload.declared_class,
            "handles_emergency": payload.handles_emergency,
            "touches": [subject.key(unit) for unit in touched],
            "add_townships": [subject.key(unit) for unit in joining],
        }

    def _check(self, subject: CaseSubject, payload: Any) -> None:
        known = subject.edition.items_of(subject.case.kind)
        wrong = [item for item in payload.items if item not in known]
        wrong += [item for texts in payload.per_township.values() for item in texts if item not in known]
        if wrong:
            raise Malformed([(f"items.{item}", "no such item") for item in wrong])
        if subject.case.kind == ADMISSION and payload.model_fields_set & set(OF_A_DUTY):
            raise Malformed([(name, "only of an exit or an adjustment") for name in sorted(payload.model_fields_set & set(OF_A_DUTY))])
        if payload.townships is not None and subject.case.state != "drafting":
            raise Malformed([("townships", "after consultation began, use add_townships or consultation.narrow")])
        for ref in (*payload.per_township, *(s.township for s in payload.safeguards if s.township)):
            try:
                subject.directory.resolve(ref)
            except UnknownUnit:
                raise Malformed([("per_township", f"unknown unit: {ref}")]) from None

    def _change(self, subject: CaseSubject, payload: Any) -> Change:
        change: Change = subject.remember("change", lambda: compare(subject, payload))
        return change

    def _scope(self, subject: CaseSubject) -> dict[int, bool]:
        rows: dict[int, bool] = subject.remember(
            "scope", lambda: dict(Scope.objects.filter(case=subject.case.id).order_by("id").values_list("unit_id", "in_scope"))
        )
        return rows

    def _joining(self, subject: CaseSubject, payload: Any) -> list[int]:
        refs = payload.add_townships if payload.townships is None else (*payload.townships, *payload.add_townships)
        named = dict.fromkeys(_township(subject, ref) for ref in refs)
        if wrong := beyond_reach(subject, named):
            raise Malformed([("townships", why.format(subject.key(unit))) for unit, why in wrong.items()])
        scope = self._scope(subject)
        return [unit for unit in named if not scope.get(unit)]

    def apply(self, subject: CaseSubject, payload: Any, context: Context) -> None:
        """A new revision where the text changes; touched opinions lapse; review findings on it lapse too."""
        case = subject.case
        change = self._change(subject, payload)
        scope = self._scope(subject)
        touched = change.touches(subject, [unit for unit, inside in scope.items() if inside])
        joining = self._joining(subject, payload)
        if change.names:
            case.revision += 1
        write(change, subject, context.new_id)
        if SEARCHED & change.common:
            be_found(case)
        if change.bases:
            cite(case, payload.bases, context)
        if case.round > 0 and (change.names or joining):
            case.changed_since_round = True
        lapsed = list(Scope.objects.filter(case=case.id, unit_id__in=touched).exclude(answer="").values_list("unit_id", flat=True))
        if lapsed:
            Scope.objects.filter(case=case.id, unit_id__in=lapsed).update(lapsed=True, version=F("version") + 1)
            context.tell("opinion_lapsed", lapsed, revision=case.revision)
        if rescoped(subject) and (duty := duty_of(subject)) is not None:
            named = None if payload.townships is None else {_township(subject, ref) for ref in payload.townships}
            rescope(case, duty, named, joining, context)
        else:
            self._write_scope(subject, payload, joining, context)
        if change.names:
            text_changed(subject, change.names, context)
        context.result.update(revision=case.revision, lapsed=sorted(subject.key(unit) for unit in lapsed))

    def _write_scope(self, subject: CaseSubject, payload: Any, joining: Iterable[int], context: Context) -> None:
        case = subject.case
        known = self._scope(subject)
        returning = [unit for unit in joining if unit in known]
        if returning:
            again = Scope.objects.filter(case=case.id, unit_id__in=returning)
            again.update(**SILENT, in_scope=True, round=0, left_reason="", version=F("version") + 1)
        rows = [Scope(id=context.new_id(), jurisdiction_id=case.jurisdiction_id, case=case, unit_id=u) for u in joining if u not in known]
        Scope.objects.bulk_create(rows)
        if payload.townships is not None:
            named = {_township(subject, ref) for ref in payload.townships}
            leaving = [unit for unit, inside in known.items() if inside and unit not in named]
            Scope.objects.filter(case=case.id, unit_id__in=leaving).update(in_scope=False)


def _township(subject: CaseSubject, ref: str) -> int:
    unit = resolve_unit(subject.directory, ref, "townships")
    if unit.kind != "township" or unit.jurisdiction_id != subject.case.jurisdiction_id:
        raise Malformed([("townships", f"not a township of this jurisdiction: {ref}")])
    if not unit.exists_on(subject.door.today):
        raise Malformed([("townships", f"does not exist today: {ref}")])
    return unit.id


__all__ = ["Edit", "SafeguardGiven"]

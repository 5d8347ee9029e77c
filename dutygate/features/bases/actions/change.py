"""登记修改、废止（第四条（五））: an article or a whole text reads otherwise, or holds no longer, from a day on.

Whoever enters it names every duty that rests on it, as the page has shown them; afterwards one adjustment for each is open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, Field, StringConstraints

from dutygate.base.catalogue.action import Context, Door, Given
from dutygate.base.catalogue.errors import Malformed
from dutygate.base.catalogue.registry import register_action
from dutygate.features.bases.actions.register import BasesSubject, BasisAction, basis_of
from dutygate.features.bases.adjusting import open_adjustments
from dutygate.features.bases.facts import day_of_repeal, duties_on, key_of, open_cases_citing, rows_of_text, touched_rows
from dutygate.features.bases.keeping import keep_reading
from dutygate.features.bases.models import BasisChange, LegalBasis
from dutygate.features.bases.resting import CERTAIN, Resting
from dutygate.features.bases.wording import citation
from dutygate.law.rules.facts import Acting, Facts, Head

BasisId = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,18}$")]
Article = Annotated[str, StringConstraints(max_length=100)]


class ChangeGiven(Given):
    """Which article of which text, from which day, by which document, what takes its place, and every duty that rests on it.

    ``article``: "" = the whole text; left out, the article of the basis itself. ``on`` is the first day on which it reads otherwise or
    does not hold. ``replacements``: pairs of articles, before and after. ``duties``: codes; those that rest on it certainly must be
    there, those that only may (they name no article) can be.
    """

    basis: BasisId
    article: Article | None = None
    on: date
    document: str = Field("", max_length=200)
    document_number: str = Field("", max_length=80)
    issuer: str = Field("", max_length=100)
    successor: str = Field("", pattern=r"^(?:[0-9]{1,18})?$")
    replacements: tuple[tuple[Article, Article], ...] = Field((), max_length=200)
    duties: tuple[Annotated[str, StringConstraints(max_length=40)], ...] = Field((), max_length=10_000)
    note: str = Field("", max_length=2000)


class ChangeBasis(BasisAction):
    """Subject: the jurisdiction's code. Result: {change, duties: codes, and of these those opened, already, unled, later}."""

    kind: ClassVar[str]
    Payload: ClassVar[type[BaseModel]] = ChangeGiven

    def load(self, ref: str, payload: Any, door: Door) -> BasesSubject:
        """The basis and the one that takes its place. Raises Malformed where there is none, or the same was entered before."""
        subject = super().load(ref, payload, door)
        subject.basis = basis_of(subject, payload.basis)
        if subject.basis is None:
            raise Malformed([("basis", f"no such basis: {payload.basis}")])
        if payload.successor:
            subject.successor = basis_of(subject, payload.successor)
            if subject.successor is None:
                raise Malformed([("successor", f"no such basis: {payload.successor}")])
        if (known := self._entered(subject, payload)) is not None:
            raise Malformed([("on", f"registered already, as {known}")])
        return subject

    def _entered(self, subject: BasesSubject, payload: Any) -> int | None:
        same = BasisChange.objects.filter(basis=subject.basis, kind=self.kind, on=payload.on, voided_at=None)
        return same.filter(article=article_of(subject, payload)).values_list("id", flat=True).first()

    def facts(self, subject: BasesSubject, payload: Any, door: Door, acting: Acting, needs: frozenset[str]) -> Facts:
        """The basis, what takes its place, and the duties that rest on it. Raises Malformed for one that does not."""
        basis, successor = subject.basis, subject.successor
        assert basis is not None
        subject.resting = duties_on(basis, article_of(subject, payload), payload.on)
        found = {one.code for one in subject.resting}
        if strange := [code for code in payload.duties if code not in found]:
            raise Malformed([("duties", f"does not rest on it: {code}") for code in strange])
        act: Mapping[str, Any] = {
            **payload.model_dump(),
            "name": citation(basis),
            "confirmed": basis.confirmed,
            "in_force_from": basis.in_force_from,
            "ends_on": basis.ends_on,
            "successor": "" if successor is None else citation(successor),
            "successor_is_itself": successor is not None and successor.id == basis.id,
            "successor_from": None if successor is None else successor.in_force_from,
            "resting": tuple(one.code for one in subject.resting if one.how == CERTAIN),
        }
        return Facts(self.edition(subject, door), acting, door.on, Head(state="none"), act)

    def apply(self, subject: BasesSubject, payload: Any, context: Context) -> None:
        """The change; what it ends; a word to whoever has an open case that rests on it, and to the departments of the duties."""
        basis = subject.basis
        assert basis is not None
        article = article_of(subject, payload)
        cases = open_cases_citing(touched_rows(basis, article, payload.on))
        named = [one for one in subject.resting if one.code in set(payload.duties)]
        change = BasisChange(
            id=context.new_id(),
            jurisdiction_id=subject.jurisdiction_id,
            kind=self.kind,
            basis=basis,
            key=basis.key,
            number_key=basis.number_key,
            article=article,
            on=payload.on,
            document=payload.document,
            document_number=payload.document_number,
            issuer=payload.issuer,
            successor=subject.successor,
            replacements=[list(pair) for pair in payload.replacements],
            note=payload.note,
            duties=[one.code for one in named],
            unit_id=context.acting.unit_id,
            recorded_at=context.recorded_at,
        )
        change.save(force_insert=True)
        self.end(subject, change, context)
        self._tell(change, named, cases, context)
        done = open_adjustments(change, named, subject.directory, context)
        context.result.update(change=str(change.id), duties=[one.code for one in named], **done)

    def end(self, subject: BasesSubject, change: BasisChange, context: Context) -> None:
        """What of the registry no longer holds by this change."""

    def _tell(self, change: BasisChange, named: Iterable[Resting], cases: Iterable[tuple[int, int]], context: Context) -> None:
        basis, on = citation(change.basis), change.on.isoformat()
        applicants, leads = {unit for _case, unit in cases}, {one.lead_unit_id for one in named if one.lead_unit_id is not None}
        if self.kind == "amend":
            context.tell("basis_amend_case", applicants, basis=basis, on=on)
            context.tell("basis_amend_duty", leads, basis=basis, on=on)
        else:
            context.tell("basis_repeal_case", applicants, basis=basis, on=on)
            context.tell("basis_repeal_duty", leads, basis=basis, on=on)


def article_of(subject: BasesSubject, payload: Any) -> str:
    """Which article is meant: the one named, or that of the basis."""
    assert subject.basis is not None
    given: str | None = payload.article
    return subject.basis.article if given is None else given


@register_action
class AmendBasis(ChangeBasis):
    """登记修改: the article or the text goes on, with other words."""

    name = "basis.amend"
    kind = "amend"


@register_action
class RepealBasis(ChangeBasis):
    """登记废止: from that day on nothing may rest on it."""

    name = "basis.repeal"
    kind = "repeal"

    def end(self, subject: BasesSubject, change: BasisChange, context: Context) -> None:
        """Every basis of the registry that the repeal covers ends with it; how it read until now stays."""
        ended: list[LegalBasis] = []
        for row in rows_of_text(subject.jurisdiction_id, key_of(change)):
            day = day_of_repeal(row, [change])
            if day is not None and (row.repealed_on is None or day < row.repealed_on):
                keep_reading(row, "repealed", change.note, context, change=change)
                row.repealed_on = day
                ended.append(row)
        LegalBasis.objects.bulk_update(ended, ["repealed_on"])

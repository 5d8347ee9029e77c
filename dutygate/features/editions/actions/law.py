"""询问、解释条款，标明从其规定（第九条、第十条）."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import Field, model_validator

from dutygate.base.catalogue.action import Context, Door, Given
from dutygate.base.catalogue.registry import register_action
from dutygate.features.editions.actions.draft import Ref
from dutygate.features.editions.actions.law_action import LawAction, LawSubject
from dutygate.features.editions.interpreter import interprets
from dutygate.features.editions.models import Interpretation, LawQuestion, Overriding

Provision = Field(max_length=20)


class _OnAProvision(LawAction):
    """An action on a provision of the edition in force."""

    def look_up(self, subject: LawSubject, payload: Any, door: Door) -> Mapping[str, Any]:
        """Whether the edition has it."""
        return {"provision_known": payload.provision in subject.edition.provisions}


@register_action
class AskAboutProvision(_OnAProvision):
    """询问条款: any office asks what a provision means; the interpreter is told. Result: {question: id as text, number}."""

    name = "law.ask"

    class Payload(Given):
        """The provision, and the question in one's own words."""

        provision: str = Provision
        question: str = Field(min_length=4, max_length=2000)

    def apply(self, subject: LawSubject, payload: Any, context: Context) -> None:
        """A question with the next number; whoever interprets is told."""
        assert context.acting.unit_id is not None
        last = LawQuestion.objects.filter(jurisdiction=subject.jurisdiction_id).order_by("-number").values_list("number", flat=True).first()
        row = LawQuestion.objects.create(
            id=context.new_id(),
            jurisdiction_id=subject.jurisdiction_id,
            number=(last or 0) + 1,
            edition=subject.edition.id,
            provision=payload.provision,
            question=payload.question,
            asked_by_id=context.acting.unit_id,
            asked_at=context.recorded_at,
        )
        told = [unit for unit in subject.directory.units if interprets(subject.directory, unit, subject.edition)]
        context.tell("law_asked", told, unit=context.acting.unit, provision=payload.provision)
        context.result.update(question=str(row.id), number=row.number)


@register_action
class InterpretProvision(_OnAProvision):
    """解释条款: the interpreter that the edition names answers a question, or interprets of its own accord. Result: {interpretation}."""

    name = "law.interpret"
    bumps_reference = True

    class Payload(Given):
        """``question``: the one it answers. ``published``: for everybody, with the question; else for whoever asked."""

        provision: str = Provision
        question: Ref | None = None
        text: str = Field(min_length=4, max_length=4000)
        document_number: str = Field("", max_length=80)
        dated_on: date
        published: bool = False

        @model_validator(mode="after")
        def is_for_somebody(self) -> Any:
            """Of one's own accord one interprets for everybody."""
            if self.question is None and not self.published:
                raise ValueError("published is needed where no question is answered")
            return self

    def load(self, ref: str, payload: Any, door: Door) -> LawSubject:
        """The question, when one is named."""
        subject = super().load(ref, payload, door)
        if payload.question is not None:
            subject.row = LawQuestion.objects.filter(
                pk=int(payload.question), jurisdiction=subject.jurisdiction_id, provision=payload.provision
            ).first()
        return subject

    def look_up(self, subject: LawSubject, payload: Any, door: Door) -> Mapping[str, Any]:
        """Whether the question is there, and open."""
        question: LawQuestion | None = subject.row
        return {
            **super().look_up(subject, payload, door),
            "question_known": payload.question is None or question is not None,
            "answered": question is not None and question.answered_at is not None,
        }

    def apply(self, subject: LawSubject, payload: Any, context: Context) -> None:
        """The interpretation; the question is answered, and whoever asked is told."""
        question: LawQuestion | None = subject.row
        assert context.acting.unit_id is not None
        row = Interpretation.objects.create(
            id=context.new_id(),
            jurisdiction_id=subject.jurisdiction_id,
            edition=subject.edition.id if question is None else question.edition,
            provision=payload.provision,
            question=question,
            text=payload.text,
            document_number=payload.document_number,
            dated_on=payload.dated_on,
            published=payload.published,
            given_by_id=context.acting.unit_id,
            given_at=context.recorded_at,
        )
        if question is not None:
            question.answered_at = context.recorded_at
            question.save(update_fields=["answered_at"])
            context.tell("law_interpreted", [question.asked_by_id], provision=payload.provision)
        context.result.update(interpretation=str(row.id))


@register_action
class MarkOverridden(_OnAProvision):
    """标明从其规定: from a day on a higher rule takes the place of a provision (Article 9). Result: {overriding}."""

    name = "law.mark_overridden"
    bumps_reference = True

    class Payload(Given):
        """The provision, the higher rule with its article or number, and what it means here. ``until``: the first day no longer."""

        provision: str = Provision
        title: str = Field("", max_length=200)
        document_number: str = Field("", max_length=80)
        article: str = Field("", max_length=100)
        since: date
        until: date | None = None
        effect: str = Field(min_length=2, max_length=2000)

        @model_validator(mode="after")
        def days_in_order(self) -> Any:
            """It cannot end before it begins."""
            if self.until and self.until <= self.since:
                raise ValueError("until must lie after since")
            return self

    def apply(self, subject: LawSubject, payload: Any, context: Context) -> None:
        """Shown from now on wherever the provision is cited."""
        assert context.acting.unit_id is not None
        row = Overriding.objects.create(
            id=context.new_id(),
            jurisdiction_id=subject.jurisdiction_id,
            edition=subject.edition.id,
            provision=payload.provision,
            title=payload.title,
            document_number=payload.document_number,
            article=payload.article,
            since=payload.since,
            until=payload.until,
            effect=payload.effect,
            marked_by_id=context.acting.unit_id,
            marked_at=context.recorded_at,
        )
        context.result.update(overriding=str(row.id))

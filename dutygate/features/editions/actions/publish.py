"""检查、发布、施行（第十一条）: a draft that passed its check is published with number and days; on its first day it begins."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import Field

from dutygate.base.catalogue.action import Context, Door, Given
from dutygate.base.catalogue.errors import Malformed
from dutygate.base.catalogue.registry import register_action
from dutygate.base.register.chains import keep_edition
from dutygate.features.cases.open_cases import open_under_others
from dutygate.features.editions.actions.draft import Ref, content_of, draft_at
from dutygate.features.editions.actions.law_action import LawAction, LawSubject
from dutygate.features.editions.drafting import as_published
from dutygate.features.editions.models import EditionDraft, PublishedEdition


class _OnADraft(LawAction):
    """An action on one draft."""

    def load(self, ref: str, payload: Any, door: Door) -> LawSubject:
        """The draft. Raises NotFound."""
        subject = super().load(ref, payload, door)
        subject.draft = draft_at(subject, payload.draft)
        return subject

    def look_up(self, subject: LawSubject, payload: Any, door: Door) -> Mapping[str, Any]:
        """How the draft stands."""
        assert subject.draft is not None
        return {"edition": subject.draft.edition, "published": subject.draft.published_at is not None}


class ProblemGiven(Given):
    """One thing that the check found: the name of the promise or of the part, the provision, and where."""

    name: str = Field(max_length=100)
    provision: str = Field("", max_length=20)
    where: str = Field("", max_length=2000)


@register_action
class CheckDraft(_OnADraft):
    """检查版本草案: what the check found of one content. The worker does the check and enters it; nobody writes it by hand."""

    name = "edition.check"
    internal = True

    class Payload(Given):
        """``digest``: the content that was checked; ``whole``: every cut of the walk was walked; ``states``: how many."""

        draft: Ref
        digest: str = Field(pattern=r"^[0-9a-f]{64}$")
        whole: bool
        states: int = Field(ge=0)
        problems: tuple[ProblemGiven, ...] = Field((), max_length=200)

    def apply(self, subject: LawSubject, payload: Any, context: Context) -> None:
        """Kept with the draft; of a content that was changed meanwhile it says nothing about the new one."""
        draft = subject.draft
        assert draft is not None
        draft.checked_digest, draft.checked_whole, draft.checked_states = payload.digest, payload.whole, payload.states
        draft.problems = [problem.model_dump() for problem in payload.problems]
        draft.checked_at = context.recorded_at
        draft.save()
        context.result.update(passed=not draft.problems)


def checked(draft: EditionDraft) -> str:
    """ "passed", "failed", "changed" since the check, or "" where there was none."""
    if not draft.checked_digest:
        return ""
    if draft.checked_digest != draft.digest:
        return "changed"
    return "failed" if draft.problems else "passed"


@register_action
class PublishEdition(_OnADraft):
    """发布版本. From its first day on it is the edition in force; until then the present one holds. Result: {edition, digest}."""

    name = "edition.publish"
    bumps_reference = True

    class Payload(Given):
        """文号、印发日期、施行日期, as the document has them."""

        draft: Ref
        document_number: str = Field("", max_length=80)
        dated_on: date | None = None
        in_force_from: date | None = None

    def basis(self, subject: LawSubject) -> Mapping[str, int]:
        """The draft as the person saw it."""
        assert subject.draft is not None
        return {"draft": subject.draft.version}

    def look_up(self, subject: LawSubject, payload: Any, door: Door) -> Mapping[str, Any]:
        """How its check stands, and when the newest edition begins."""
        assert subject.draft is not None
        return {
            **super().look_up(subject, payload, door),
            "checked": checked(subject.draft),
            "last_from": subject.law.editions[-1].in_force_from,
        }

    def apply(self, subject: LawSubject, payload: Any, context: Context) -> None:
        """The edition's text goes into the register; it repeals the newest before it. On or after its first day it begins at once."""
        draft = subject.draft
        assert draft is not None
        edition = as_published(
            content_of(draft),
            document_number=payload.document_number,
            issued_on=payload.dated_on.isoformat(),
            in_force_from=payload.in_force_from.isoformat(),
            repeals=subject.law.editions[-1].id,
        )
        keep_edition(edition)
        PublishedEdition.objects.create(
            id=context.new_id(),
            jurisdiction_id=subject.jurisdiction_id,
            draft=draft,
            edition=edition.id,
            digest=edition.digest,
            document_number=edition.document_number,
            issued_on=edition.issued_on,
            in_force_from=edition.in_force_from,
            repeals=edition.repeals[0],
            published_at=context.recorded_at,
        )
        draft.published_at = context.recorded_at
        draft.save()
        code = self.subject_key(subject)
        context.tell(
            "edition_published",
            everybody(subject, context.door.today),
            edition=edition.document_number,
            day=edition.in_force_from.isoformat(),
        )
        if edition.in_force_from <= context.door.today:
            context.follow("edition.begin", code, edition=edition.id)
        context.result.update(edition=edition.id, digest=edition.digest)


def everybody(subject: LawSubject, on: date) -> list[int]:
    """Every department, township and office of the jurisdiction on a day, and whoever sits in its seats."""
    return [unit.id for unit in subject.directory.units.values() if unit.exists_on(on)]


@register_action
class BeginEdition(LawAction):
    """版本施行: its first day has come. Open cases under what it repeals must move before they go on; the lead is told how many."""

    name = "edition.begin"
    internal = True
    bumps_reference = True

    class Payload(Given):
        """``edition``: its code."""

        edition: str = Field(max_length=60)

    def load(self, ref: str, payload: Any, door: Door) -> LawSubject:
        """The published edition. Raises Malformed when there is none that has yet to begin, or its day has not come."""
        subject = super().load(ref, payload, door)
        rows = PublishedEdition.objects.filter(jurisdiction=subject.jurisdiction_id, edition=payload.edition, begun=False)
        subject.row = rows.filter(in_force_from__lte=door.today).first()
        if subject.row is None:
            raise Malformed([("edition", "no published edition of that code begins now")])
        return subject

    def apply(self, subject: LawSubject, payload: Any, context: Context) -> None:
        """Entered, and the lead told how many cases must move."""
        subject.row.begun = True
        subject.row.save(update_fields=["begun"])
        waiting = open_under_others(subject.jurisdiction_id, payload.edition)
        lead = subject.directory.seats(context.door.today).get("lead")
        if lead is not None:
            context.tell("edition_began", [lead], edition=subject.row.document_number, cases=waiting)
        context.result.update(cases=waiting)

"""起草版本（序言、第十一条）: the next edition is begun from the present one and changed part by part; the present one is not touched."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Self

from pydantic import Field, StringConstraints, model_validator

from dutygate.base.catalogue.action import Context, Door, Given
from dutygate.base.catalogue.errors import Malformed, NotFound
from dutygate.base.catalogue.registry import register_action
from dutygate.features.editions.actions.law_action import LawAction, LawSubject
from dutygate.features.editions.drafting import changed, first_draft
from dutygate.features.editions.models import EditionDraft
from dutygate.law.regulation.edition import Edition
from dutygate.law.rules import Finding

Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{2,59}$")]
Ref = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,18}$")]
LONGEST_FILE = 1_000_000


class TextGiven(Given):
    """One text in Chinese and in English."""

    zh: str = Field(min_length=1, max_length=4000)
    en: str = Field(min_length=1, max_length=4000)


class IdentityGiven(Given):
    """名称、文号、印发机关和日期、解释机关; what is not given stays as it is, null takes it away where that may be."""

    title: TextGiven | None = None
    document_number: str | None = Field(None, min_length=1, max_length=80)
    issuer: TextGiven | None = None
    issued_on: date | None = None
    in_force_from: date | None = None
    interpreter: TextGiven | None = None
    note: TextGiven | None = None


class ParameterGiven(Given):
    """What the conference has set, by track or for all: ``values`` replaces the values named; null = no limit of its own."""

    values: dict[str, bool | int | str | None] | None = None
    set_by_conference: bool | None = None
    source: TextGiven | None = None
    effective_from: date | None = None


class DraftGiven(Given):
    """``draft``: which one is changed; without it a new one of the code ``name`` is begun from the edition in force.

    ``file``: the whole edition as YAML or JSON (the ``file`` of ``GET /law/editions/{key}``), in place of everything but its code.
    """

    draft: Ref | None = None
    name: Code | None = None
    identity: IdentityGiven | None = None
    summaries: dict[str, TextGiven] | None = None
    parameters: dict[str, ParameterGiven] | None = None
    file: str = Field("", max_length=LONGEST_FILE)

    @model_validator(mode="after")
    def one_or_the_other(self) -> Self:
        """A new draft has a code; a file stands for everything."""
        if self.draft is None and self.name is None:
            raise ValueError("name is needed for a new draft")
        if self.file and (self.identity or self.summaries or self.parameters):
            raise ValueError("a file stands for all parts")
        return self


def draft_at(subject: LawSubject, number: str | None) -> EditionDraft | None:
    """The draft that a payload names. Raises NotFound when there is none of that id here."""
    if number is None:
        return None
    found = EditionDraft.objects.filter(pk=int(number), jurisdiction=subject.jurisdiction_id).first()
    if found is None:
        raise NotFound([Finding("not_found", "11", {"subject": number})])
    return found


def known_names(subject: LawSubject, but: EditionDraft | None = None) -> frozenset[str]:
    """The codes of all editions and drafts here."""
    others = EditionDraft.objects.filter(jurisdiction=subject.jurisdiction_id)
    if but is not None:
        others = others.exclude(pk=but.id)
    return frozenset(edition.id for edition in subject.law.editions) | frozenset(others.values_list("edition", flat=True))


@register_action
class DraftEdition(LawAction):
    """起草版本. Result: {draft: id as text, digest, expected}."""

    name = "edition.draft"
    Payload = DraftGiven

    def load(self, ref: str, payload: Any, door: Door) -> LawSubject:
        """The draft with its new content. Raises Malformed where that is no edition, NotFound for an unknown draft."""
        subject = super().load(ref, payload, door)
        subject.draft = draft_at(subject, payload.draft)
        return subject

    def basis(self, subject: LawSubject) -> Mapping[str, int]:
        """The draft as the person saw it; nothing for a new one."""
        return {"draft": subject.draft.version} if subject.draft is not None else {}

    def look_up(self, subject: LawSubject, payload: Any, door: Door) -> Mapping[str, Any]:
        """Whether it was published, and whether its code is another's."""
        draft = subject.draft
        name = payload.name or (draft.edition if draft else "")
        taken = name if name in known_names(subject, draft) else ""
        # What a file or a value says wrong is said before anything is entered.
        subject.content = None if taken else self._content(subject, payload, name, door.today)
        return {"name": name, "name_taken": taken, "published": draft is not None and draft.published_at is not None, "edition": name}

    def _content(self, subject: LawSubject, payload: Any, name: str, today: date) -> Edition:
        if subject.draft is None:
            return changed(first_draft(subject.edition, name, today.isoformat()), payload)
        if payload.name and payload.name != subject.draft.edition:
            raise Malformed([("name", "the code of a draft is chosen once")])
        return changed(content_of(subject.draft), payload)

    def apply(self, subject: LawSubject, payload: Any, context: Context) -> None:
        """A new draft, or a new content of an old one; a check of the old content no longer counts."""
        assert subject.content is not None
        draft, content = subject.draft, subject.content
        if draft is None:
            last = (
                EditionDraft.objects.filter(jurisdiction=subject.jurisdiction_id)
                .order_by("-number")
                .values_list("number", flat=True)
                .first()
            )
            draft = EditionDraft(
                id=context.new_id(),
                jurisdiction_id=subject.jurisdiction_id,
                number=(last or 0) + 1,
                edition=content.id,
                based_on=subject.edition.id,
                based_on_digest=subject.edition.digest,
                drafted_at=context.recorded_at,
                version=0,
            )
        draft.content, draft.digest = content.canonical().decode(), content.digest
        draft.version += 1
        draft.changed_at = context.recorded_at
        draft.save(force_insert=subject.draft is None)
        context.result.update(draft=str(draft.id), digest=draft.digest, expected={"draft": draft.version})


def content_of(draft: EditionDraft) -> Edition:
    """The edition that a draft holds."""
    return Edition.from_canonical(draft.content.encode())

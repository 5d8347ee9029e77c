"""What the actions on a report share: the confidential chain, who stands how to it, what the rules see, how it moves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Final, Literal

from django.db import DEFAULT_DB_ALIAS
from pydantic import Field, StringConstraints

from dutygate.base.catalogue.action import ActingPost, Action, Context, Door
from dutygate.base.catalogue.errors import Malformed
from dutygate.base.organizations.directory import Directory
from dutygate.base.organizations.queries import public_directory
from dutygate.base.register.alias import current_alias
from dutygate.base.register.chains import confidential_key
from dutygate.features.supervision.facts import brought_by, facts_of
from dutygate.features.supervision.law import edition_for_reports
from dutygate.features.supervision.models import HandoverReport, ReportFile
from dutygate.features.supervision.queries import public_mandated, report_row
from dutygate.features.supervision.standing import BODIES, Post, days_of, post_of, side_of
from dutygate.law.procedure.table import procedure_of
from dutygate.law.regulation.edition import Edition
from dutygate.law.rules.facts import NOT_LOADED, Acting, Facts, Head

FormName = Literal["pledge", "targets", "assessment", "hard_assignment", "unauthorized", "in_other_name", "other"]
Words = Annotated[str, StringConstraints(max_length=4000)]
Files = tuple[Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$")], ...]
Line = Annotated[str, StringConstraints(max_length=200)]
Number = Annotated[str, StringConstraints(max_length=80)]
MOST_FILES: Final = 5
SOME_FILES: Any = Field((), max_length=MOST_FILES)


@dataclass(slots=True)
class ReportSubject:
    """A report at the door, or none yet; the jurisdiction, and how the acting unit stands in it."""

    jurisdiction_id: int
    code: str
    directory: Directory
    edition: Edition
    post: Post
    row: HandoverReport | None = None
    side: str = ""

    @property
    def report(self) -> HandoverReport:
        """The report, where there must be one."""
        assert self.row is not None
        return self.row


class ReportAction(Action[ReportSubject]):
    """An action on a report. Subject: its public id; of an action that begins something the jurisdiction's code.

    ``begins``: there is no report yet. ``tells_the_body``: the body concerned sees that something happened.
    """

    confidential = True
    begins: ClassVar[bool] = False
    tells_the_body: ClassVar[bool] = True

    def chain_key(self, ref: str, acting: ActingPost) -> str:
        """The confidential chain beside that of the acting post's jurisdiction."""
        return confidential_key(acting.jurisdiction)

    def load(self, ref: str, payload: Any, door: Door) -> ReportSubject:
        """The report, if the acting post may see it. Raises NotFound; Malformed for another jurisdiction's code, or files not brought."""
        directory = public_directory(door.jurisdiction_id, door.reference_version)
        edition = edition_for_reports(door.today, door.jurisdiction_id, door.reference_version)
        post = post_of(door.acting, directory, door.today)
        subject = ReportSubject(door.jurisdiction_id, directory.jurisdiction.code, directory, edition, post)
        if self.begins:
            if ref not in (subject.code, getattr(payload, "public_id", "") or subject.code):  # so its entry names it
                raise Malformed([("subject", "the code of the jurisdiction")])
        else:
            subject.row = report_row(door.acting, post, ref)
            subject.side = side_of(post, subject.row)
        _require(door.acting, getattr(payload, "files", ()))
        return subject

    def state(self, subject: ReportSubject) -> str:
        """The report's state."""
        return subject.row.state if subject.row is not None else "none"

    def edition(self, subject: ReportSubject, door: Door) -> Edition:
        """The edition in force."""
        return subject.edition

    def basis(self, subject: ReportSubject) -> Mapping[str, int]:
        """What the examiner, or the body concerned, had before her; the body is not told of what does not concern it."""
        if subject.row is None or subject.side not in ("examiner", "body"):
            return {}
        return {"report": subject.row.version if subject.side == "examiner" else subject.row.steps}

    def relations(self, subject: ReportSubject, payload: Any, door: Door, roles: frozenset[str]) -> frozenset[str]:
        """Which of the second table's roles the acting unit holds towards this report."""
        if door.acting.kind == "system":
            return roles & {"system"}
        post = subject.post
        if subject.row is None:
            here = {"any_unit"} if post.stands_for else set()
            here |= {"oversight"} if post.is_oversight else set()
            return roles & (here | (post.seats & set(BODIES)))
        held = {"examiner": set[str](), "reporter": {"reporter"}, "body": {"body_concerned"}}.get(subject.side, set())
        if subject.side == "examiner":
            held |= {"oversight"} if post.is_oversight else set()
            if post.is_lead:
                held.add("lead")
                if "mandated_lead" in roles and public_mandated(subject.jurisdiction_id, door.today):
                    held.add("mandated_lead")
        return roles & held

    def look_up(self, subject: ReportSubject, payload: Any, door: Door) -> Mapping[str, Any]:
        """What the rules of this action need beside the payload."""
        return {}

    def facts(self, subject: ReportSubject, payload: Any, door: Door, acting: Acting, needs: frozenset[str]) -> Facts:
        """The payload, what was looked up, and the report."""
        act = {**payload.model_dump(), "today": door.today, **self.look_up(subject, payload, door)}
        report = facts_of(subject.row, door.today) if "report" in needs else NOT_LOADED
        return Facts(subject.edition, acting, door.on, Head(state=self.state(subject)), act, report=report)

    def move(self, subject: ReportSubject, context: Context) -> None:
        """The report is in its new state, and whoever has an older page before her will be told."""
        row = subject.row
        if row is None:
            return
        final = procedure_of(context.edition).report_states[context.to].final
        if row.state != context.to:
            row.since = context.door.today
        row.state = context.to
        row.ended_on = context.door.today if final else None
        row.version += 1
        row.steps += 1 if self.tells_the_body else 0
        row.save()

    def subject_key(self, subject: ReportSubject) -> str:
        """The report's public id; the jurisdiction's code where there is none."""
        return subject.row.public_id if subject.row is not None else subject.code

    def day_of(self, context: Context, given: Any, action: str) -> Any:
        """The day that was set, or the one that the limit of ``action`` gives from today; None where there is no limit."""
        days = days_of(procedure_of(context.edition), context.edition, action)
        if given is not None or not days:
            return given
        directory = public_directory(context.jurisdiction_id, context.door.reference_version)
        return directory.calendar().add_working_days(context.door.today, days).day


def _require(acting: ActingPost, digests: Iterable[str]) -> None:
    """Raises Malformed unless this person brought every one of these files. A replay does not ask again."""
    wanted = frozenset(digests)
    if not wanted or current_alias() != DEFAULT_DB_ALIAS:
        return
    if missing := sorted(wanted - brought_by(acting.user_id, wanted)):
        raise Malformed([("files", f"no such file: {digest}") for digest in missing])


def attach(report: HandoverReport, digests: Iterable[str], side: str, context: Context) -> None:
    """Let the report have these files."""
    number = ReportFile.objects.filter(report_id=report.id).count()
    for digest in dict.fromkeys(digests):
        number += 1
        ReportFile.objects.create(
            id=context.new_id(),
            jurisdiction_id=report.jurisdiction_id,
            report_id=report.id,
            number=number,
            digest=digest,
            side=side,
            added_on=context.door.today,
        )

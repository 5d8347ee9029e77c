"""导入的经过: brought, mapped, read, shown, entered. What takes long is done by ``dutygate work``, and the person may go away meanwhile.

Times that people read come from the caller's clock. Whether a reading is alive is asked of the database's clock.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, BinaryIO, Final

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now
from pydantic import ValidationError

from dutygate.base.actions import clock
from dutygate.base.actions.days import local_day
from dutygate.base.actions.naming import directory_for
from dutygate.base.actions.outcome import Outcome
from dutygate.base.actions.perform import perform
from dutygate.base.catalogue.action import ActingPost
from dutygate.base.catalogue.errors import Malformed, NotAllowed, NotDone
from dutygate.base.documents.refusal import FileDamaged, FileNotAccepted
from dutygate.base.documents.sheets import Sheet, sheets_of
from dutygate.base.documents.storage import LINES, keep, open_file, store_table
from dutygate.base.organizations.queries import public_acting_post
from dutygate.features.lists.importing.kept import as_lines, kept_rows
from dutygate.features.lists.importing.matching import Judged, Known, likenesses
from dutygate.features.lists.importing.plan import ImportPlan
from dutygate.features.lists.importing.preparing import compare, fits, guessed, sheet_named
from dutygate.features.lists.importing.rows import Fault, Row, read_rows
from dutygate.features.lists.models import ImportDraft, ImportLine
from dutygate.law.regulation.canonical import digest
from dutygate.law.rules import Finding

SMALL: Final = 3000
"""So many rows are read and entered while the person waits; more are left to the worker."""
DEAD_AFTER: Final = timedelta(minutes=3)
ENTERED_WITHIN: Final = timedelta(minutes=60)
"""Entering is one transaction and gives no signs of life; so long it may take."""
SAMPLE: Final = 6
AT_ONCE: Final = 2000
STRANGER: Final = "department_not_here"
ACTION: Final = {"baseline": "list.register_baseline", "powers": "list.import", "earlier_edition": "list.import"}
Tell = Callable[[int], None]
_log = logging.getLogger(__name__)


def bring(viewer: ActingPost, name: str, stream: BinaryIO, now: datetime) -> ImportDraft:
    """Take a file in. Raises NotAllowed, FileNotAccepted; nothing is kept of a file that cannot be read."""
    row = store_table(viewer, name, stream, now)
    assert viewer.unit_id is not None and viewer.user_id is not None and viewer.post_id is not None
    sheets = sheets_of(open_file(viewer, row.digest).data)
    return ImportDraft.objects.create(
        jurisdiction_id=viewer.jurisdiction_id,
        unit_id=viewer.unit_id,
        user_id=viewer.user_id,
        post_id=viewer.post_id,
        name=row.name,
        file=row.digest,
        state="mapping",
        asked_at=now,
        beat_at=Now(),
        summary={"sheets": [_described(sheet, row.name) for sheet in sheets]},
    )


def _described(sheet: Sheet, name: str) -> dict[str, Any]:
    """What the mapping page shows of a sheet: its first rows, and what can be guessed."""
    found = guessed(sheet, name)
    heading = int(found["heading"])
    below = [[number, [cell[:80] for cell in cells]] for number, cells in sheet.rows if number > heading][:SAMPLE]
    names = next((list(cells) for number, cells in sheet.rows if number == heading), [])
    width = max((len(cells) for _, cells in sheet.rows[:200]), default=0)
    short = [[number, [cell[:80] for cell in cells]] for number, cells in sheet.rows[:SAMPLE]]
    plain: dict[str, Any] = {"name": sheet.name, "rows": len(sheet.rows), "encoding": sheet.encoding, "width": width, "guess": found}
    return {**plain, "names": [one[:80] for one in names], "top": short, "below": below}


def set_plan(draft: ImportDraft, plan: ImportPlan, other_seat: str = "") -> None:
    """How it is to be read. What was read before no longer counts. Raises Malformed once it is being entered, or is entered."""
    sheet = next((one for one in draft.summary["sheets"] if one["name"] == plan.sheet or not plan.sheet), None)
    if sheet is None:
        raise Malformed([("sheet", f"no such item: {plan.sheet}")])
    with transaction.atomic():
        changed = ImportDraft.objects.filter(pk=draft.pk, state__in=("mapping", "waiting", "ready", "broken")).update(
            plan=plan.plain(), state="waiting", beat_at=Now(), done=0, total=sheet["rows"], rows="", left_out=[], problem=[], ended_at=None,
            other_seat=other_seat,
        )  # fmt: skip
        if not changed:
            raise Malformed([("plan", "nothing to change")])
        ImportLine.objects.filter(draft=draft).delete()
    draft.refresh_from_db()


def is_small(draft: ImportDraft) -> bool:
    """Whether a person may wait for it."""
    return draft.total <= SMALL


def ask_for(draft: ImportDraft, left_out: Iterable[int]) -> None:
    """Let what was shown be entered, without these rows. Raises Malformed when it is not shown any more."""
    changed = ImportDraft.objects.filter(pk=draft.pk, state="ready").update(
        state="asked", left_out=sorted(set(left_out)), beat_at=Now(), problem=[], ended_at=None
    )
    if not changed:
        raise Malformed([("plan", "nothing to change")])
    draft.refresh_from_db()


def take_next() -> int | None:
    """Take up what has waited longest, to be read or to be entered; its id, or None."""
    row = ImportDraft.objects.filter(state__in=("waiting", "asked")).order_by("beat_at", "id").values_list("id", "state").first()
    if row is None:
        return None
    return row[0] if _take(*row) else None


def _take(draft_id: int, state: str) -> bool:
    under_way = {"waiting": "running", "asked": "acting"}[state]
    return ImportDraft.objects.filter(pk=draft_id, state=state).update(state=under_way, beat_at=Now()) == 1


def bury_dead(moment: datetime) -> None:
    """What gave no sign of life for long is ended, so that it can be asked for again. Writes only when there is such."""
    dead = Q(state="running", beat_at__lt=Now() - DEAD_AFTER) | Q(state="acting", beat_at__lt=Now() - ENTERED_WITHIN)
    rows = ImportDraft.objects.filter(dead)
    if rows.exists():
        rows.update(state="broken", ended_at=moment)


def end_badly(draft_id: int, moment: datetime) -> None:
    """Its process broke down or was stopped: nothing was entered."""
    ImportDraft.objects.filter(pk=draft_id, state__in=("running", "acting")).update(state="broken", ended_at=moment)


def go_on(draft: ImportDraft) -> None:
    """Take up this one and see it through, whichever of the two it waits for."""
    if _take(draft.id, draft.state):
        see_through(draft.id)
    draft.refresh_from_db()


def see_through(draft_id: int, tell: Tell = lambda _done: None) -> bool:
    """Do what was taken up; whether it came to its end. What came of it, or why not, stands in its row."""
    draft = ImportDraft.objects.filter(pk=draft_id, state__in=("running", "acting")).first()
    if draft is None:
        return False
    try:
        if draft.state == "running":
            _read(draft, tell)
        else:
            _enter(draft)
    except NotDone as error:
        _not_done(draft, error)
    except Exception:
        _log.exception("import %s broke down", draft_id)
        end_badly(draft_id, clock.now())
        return False
    return True


def _not_done(draft: ImportDraft, error: NotDone) -> None:
    """Back to where the person can do something about it, with what was said."""
    fields = [[path, message] for path, message in getattr(error, "fields", ())]
    problem = [{"findings": [finding.as_dict() for finding in error.findings], "fields": fields, "code": error.code}]
    back = "mapping" if draft.state == "running" or error.code == "conflict" else "ready"
    ImportDraft.objects.filter(pk=draft.pk).update(state=back, problem=problem, ended_at=clock.now())


def acting_of(draft: ImportDraft) -> ActingPost:
    """Who brought it, if she still has that post. Raises NotAllowed."""
    acting = public_acting_post(draft.post_id, local_day(clock.now()))
    if acting is None or acting.user_id != draft.user_id:
        raise NotAllowed([Finding("post_ended", "3")])
    return acting


def _read(draft: ImportDraft, tell: Tell) -> None:
    """Rows with their states into the preview; the rows themselves kept by digest. The lists are not touched."""
    acting = acting_of(draft)
    plan = ImportPlan.model_validate(draft.plan)
    try:
        sheet = sheet_named(sheets_of(open_file(acting, draft.file).data), plan.sheet)
    except FileDamaged:
        raise FileNotAccepted("damaged") from None
    if sheet is None:
        raise Malformed([("sheet", f"no such item: {plan.sheet}")])
    directory = directory_for(draft.jurisdiction_id)
    rows = read_rows(sheet, plan, directory)
    _beat(draft, len(rows) // 4)
    found = compare(rows, plan, draft.jurisdiction_id, directory)
    kept = keep(acting, f"{draft.name}.ndjson", as_lines(draft.file, plan, rows), LINES, clock.now())
    _beat(draft, len(rows) // 3)
    noted = _notes(rows, found.judged, found.known)
    ImportLine.objects.filter(draft=draft).delete()
    for start in range(0, len(rows), AT_ONCE):
        lines = [_line(draft, row, found.judged, noted.get(row.number, [])) for row in rows[start : start + AT_ONCE]]
        ImportLine.objects.bulk_create(lines)
        done = len(rows) // 3 + (start + len(lines)) * 2 // 3
        _beat(draft, done)
        tell(done)
    summary = {**draft.summary, **_summary(rows, found.judged, noted)}
    ImportDraft.objects.filter(pk=draft.pk).update(
        state="ready", rows=kept.digest, summary=summary, done=len(rows), total=len(rows), beat_at=Now(), ended_at=clock.now(), problem=[]
    )


def _beat(draft: ImportDraft, done: int) -> None:
    ImportDraft.objects.filter(pk=draft.pk).update(done=done, beat_at=Now())


def _notes(rows: Sequence[Row], judged: Judged, known: Known) -> dict[int, list[Fault]]:
    """Row -> what is worth a look: what the reader noted, and what looks like another row or a known matter."""
    noted = {row.number: list(row.notes) for row in rows if row.notes}
    for number, (_key, code, twin, score) in likenesses(rows, known).items():
        percent = round(score * 100)
        note = Fault("like_known", "title", {"code": code, "percent": percent}) if code else None
        note = note or Fault("like_row", "title", {"row": twin, "percent": percent})
        if judged.states.get(number) in ("new", "wrong") and (code or twin):
            noted.setdefault(number, []).append(note)
    return noted


def _line(draft: ImportDraft, row: Row, judged: Judged, notes: list[Fault]) -> ImportLine:
    return ImportLine(
        draft=draft,
        number=row.number,
        state=judged.states[row.number],
        noted=_worth_a_look(notes),
        section=row.section,
        title=row.title[:300],
        townships=list(row.townships),
        code=judged.codes.get(row.number, ""),
        faults=[fault.as_list() for fault in row.faults],
        notes=[note.as_list() for note in notes],
        changes={name: list(pair) for name, pair in judged.changes.get(row.number, {}).items()},
    )


def _worth_a_look(notes: Iterable[Fault]) -> bool:
    """A department that the directory does not know is told once for the file, and not row by row."""
    return any(note.code != STRANGER for note in notes)


def _summary(rows: Sequence[Row], judged: Judged, noted: Mapping[int, list[Fault]]) -> dict[str, Any]:
    faults = Counter(fault.code for row in rows for fault in row.faults)
    strangers = Counter(note.params["value"] for row in rows for note in row.notes if note.code == STRANGER)
    return {
        "counts": judged.counts(),
        "rows": len(rows),
        "noted": sum(_worth_a_look(notes) for notes in noted.values()),
        "strangers": dict(strangers.most_common(100)),
        "faults": dict(sorted(faults.items())),
        "wrong": [number for number, state in judged.states.items() if state == "wrong"],
        "ended": [[duty.code, township] for duty, township, _ in judged.ended[:500]],
        "fits": fits(judged),
    }


def counts_without(draft: ImportDraft, left_out: Iterable[int]) -> dict[str, int]:
    """What the file does without these rows: what the person is shown last, and what the action is held to."""
    out = sorted(set(left_out))
    counts: dict[str, int] = dict(draft.summary["counts"])
    if not set(out) - set(draft.summary["wrong"]):
        return counts
    plan = ImportPlan.model_validate(draft.plan)
    rows = kept_rows(draft.file, draft.rows, plan)
    return compare(rows, plan, draft.jurisdiction_id, directory_for(draft.jurisdiction_id), out).judged.counts()


def payload_of(draft: ImportDraft, left_out: Iterable[int]) -> dict[str, Any]:
    """What the action is given."""
    out = sorted(set(left_out))
    found: dict[str, Any] = {"file": draft.file, "rows": draft.rows, "plan": draft.plan, "counts": counts_without(draft, out)}
    return {**found, **({"left_out": out} if out else {}), **({"other_seat": draft.other_seat} if draft.other_seat else {})}


def _enter(draft: ImportDraft) -> None:
    """The one action for the whole file. A second time with the same draft is the first one again."""
    enter(draft, acting_of(draft), via="import")


def enter(draft: ImportDraft, acting: ActingPost, via: str) -> Outcome:
    """Perform it and keep its entry. Raises as ``perform`` does; a refusal stands in the register."""
    action, subject = ACTION[draft.plan["purpose"]], acting.jurisdiction
    payload = payload_of(draft, draft.left_out)
    outcome = perform(acting, action, subject, payload, key=f"import-{draft.id}-{digest(payload)[:24]}", via=via)
    ImportDraft.objects.filter(pk=draft.pk).update(state="done", entry=outcome.entry, ended_at=clock.now(), problem=[])
    return outcome


def plan_of(given: Mapping[str, Any]) -> ImportPlan:
    """The plan that a form or a program gives. Raises Malformed."""
    try:
        return ImportPlan.model_validate(given)
    except ValidationError as error:
        raise Malformed([(".".join(str(part) for part in e["loc"]) or "plan", e["msg"]) for e in error.errors()]) from None

"""Replay: do every permitted action again on an empty scratch database, under the editions of that time, and compare the rows.

It proves that the business tables are exactly what the register says, and that every entry was permitted or refused by the law as
it was then: nobody went behind the procedure.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from django.apps import apps
from django.db import connections, models, transaction
from django.db.backends.sqlite3.base import DatabaseWrapper

from dutygate.base.actions.days import local_day
from dutygate.base.actions.reference import reference_changed
from dutygate.base.actions.step import Call, Loaded, RefusedStep, apply_step, door_of, load_and_decide
from dutygate.base.catalogue.action import ActingPost
from dutygate.base.catalogue.errors import NotDone
from dutygate.base.catalogue.registry import action_named, all_actions
from dutygate.base.organizations.queries import forget_directories, public_acting_post, public_children
from dutygate.base.register.alias import current_alias, working_on
from dutygate.base.register.chains import (
    COMMON,
    bump_reference,
    code_beside,
    decided_under,
    edition_by_digest,
    is_confidential,
    open_chain,
    open_confidential,
)
from dutygate.base.register.history import (
    HEAD_COLUMNS,
    ChainLine,
    chain_keys,
    chain_line,
    count_reference,
    entries_in_order,
    head_rows,
    owner_of_chain,
)
from dutygate.base.register.prepared import Prepared

if TYPE_CHECKING:
    from dutygate.base.register.models import Entry

SCRATCH: Final = "replay"
UPCASTERS: Final[dict[tuple[str, int], Any]] = {}


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where the tables do not say what the register says."""

    table: str
    row: int | str
    column: str
    stored: str
    replayed: str

    def __str__(self) -> str:
        return f"{self.table} {self.row} {self.column}: stored {self.stored}, by the register {self.replayed}"


@dataclass(frozen=True, slots=True)
class Report:
    """What a replay found. ``entries`` done again, ``rows`` compared, ``skipped`` because their payload was erased; ``apart``: entries of
    confidential chains done again, which no other number counts.
    """

    entries: int
    rows: int
    skipped: int
    problems: tuple[str, ...]
    differences: tuple[Difference, ...]
    apart: int = 0

    @property
    def holds(self) -> bool:
        """Whether everything agrees."""
        return not self.problems and not self.differences


def replayed_models() -> list[type[models.Model]]:
    """The business tables, in the order in which they refer to each other is not needed: the scratch checks no foreign keys."""
    return [m for m in apps.get_models() if getattr(m, "record_class", "") == "business"]


@contextmanager
def _scratch() -> Iterator[None]:
    """An empty in-memory database with all our tables; gone afterwards."""
    # Known to this thread alone and to no setting: nobody else can come upon it.
    settings = {**connections.settings["default"], "ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:", "OPTIONS": {}}
    connection = DatabaseWrapper(settings, SCRATCH)
    connections[SCRATCH] = connection
    try:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA foreign_keys = OFF")
        connection.connection.executescript(_tables())
        forget_directories()  # a snapshot of another replay may carry the same version
        with working_on(SCRATCH):
            yield
    finally:
        forget_directories()
        connection.close()
        del connections[SCRATCH]


@cache
def _tables() -> str:
    """The statements that make all our tables, written once by a process. The scratch database is the only one they are for."""
    with connections[SCRATCH].schema_editor(collect_sql=True) as editor:
        for model in apps.get_models():
            if hasattr(model, "record_class"):
                editor.create_model(model)
    return "\n".join(editor.collected_sql)


def replay(progress: Callable[[int], None] | None = None) -> Report:
    """Replay every chain in the order in which things were recorded, and compare. Reads the database, changes nothing in it."""
    with replayed(progress) as done:
        rows, differences = compare(done.source)
    return Report(done.entries, rows, done.skipped, tuple(done.problems), tuple(differences), done.apart)


@dataclass(slots=True)
class Replayed:
    """All entries done again on the scratch database, which is there as long as the context lasts."""

    source: str
    entries: int = 0
    skipped: int = 0
    problems: list[str] = field(default_factory=list)
    apart: int = 0


@contextmanager
def replayed(progress: Callable[[int], None] | None = None) -> Iterator[Replayed]:
    """Do all entries again; inside, ``compare`` says how the tables differ. ``progress`` hears the number of entries done."""
    done = Replayed(current_alias())
    heads = chain_keys(done.source)
    signing = {name for name, action in all_actions().items() if action.signs}
    signed: set[int] = set()  # signatures, and what followed from them
    with _scratch():
        for entry in entries_in_order(done.source):
            if not entry.sealed:
                done.skipped += 1
                continue
            key = heads.get(entry.chain_id)
            if entry.caused_by in signed or entry.action in signing:
                signed.add(entry.id)
            apart = key is not None and is_confidential(key)
            done.apart, done.entries = done.apart + apart, done.entries + (not apart)
            problem = "belongs to no chain" if key is None else _again(entry, key, entry.caused_by in signed)
            if problem:
                done.problems.append(f"{key}/{entry.seq} {entry.action}: {problem}")
            if progress is not None and not apart:
                progress(done.entries)
        yield done


def _again(entry: Entry, key: str, signed: bool) -> str:
    """Do one entry again in a savepoint of the scratch database. Returns what does not agree, or ""."""
    try:
        with transaction.atomic(using=SCRATCH):
            return _redo(entry, key, signed)
    except NotDone as error:
        return f"cannot be done again: {error.code} {error}"
    except Exception as error:  # whatever was tampered with must be reported, not end the replay
        return f"cannot be done again: {type(error).__name__} {error}"


def _redo(entry: Entry, key: str, signed: bool) -> str:
    sealed = json.loads(entry.sealed)
    chain = chain_line(key)
    if key == COMMON and chain is None:
        open_chain(COMMON, None)
        chain = chain_line(key)
    elif is_confidential(key) and chain is None:
        open_confidential(code_beside(key))
        chain = chain_line(key)
    call = replace(_call(entry, sealed), signed=signed)
    if chain is None:
        return "its chain was never opened"
    edition = edition_by_digest(entry.edition)
    with decided_under(edition):
        return _decide_again(entry, key, call, chain, sealed)


def _decide_again(entry: Entry, key: str, call: Call, chain: ChainLine, sealed: Mapping[str, Any]) -> str:
    if call.action.chain_key(call.subject, call.acting) != key and not call.action.internal:
        return "stands in another chain than its subject"
    beside = chain_line(code_beside(key)) if is_confidential(key) else chain  # of a confidential chain its jurisdiction's
    door = door_of(call, key, chain.jurisdiction_id, (beside or chain).reference_version)
    try:
        loaded = load_and_decide(call, door)
    except RefusedStep as refused:
        if entry.outcome != "refused":
            return "was permitted, and is refused: " + ", ".join(f.code for f in refused.findings)
        found = json.loads(json.dumps([f.as_dict() for f in refused.findings]))
        return "" if found == sealed.get("findings") else "was refused for other reasons"
    if entry.outcome == "refused":
        return _late_refusal(call, loaded, entry)
    if loaded.edition.digest != entry.edition:
        return "was decided under another edition"
    context = apply_step(call, loaded, entry.id)
    if call.action.bumps_reference:
        count_reference(chain.id)
        bump_reference(public_children(chain.jurisdiction_id))
        now = chain_line(key)
        assert now is not None
        reference_changed(replace(door, reference_version=now.reference_version), call.action.name)
    same = json.loads(json.dumps(context.result)) == sealed.get("result", {})
    return "" if same else "had another result"


def _late_refusal(call: Call, loaded: Loaded, entry: Entry) -> str:
    """It was refused by what it would have brought about: that must happen again, and leave nothing behind."""
    sid = transaction.savepoint(using=SCRATCH)
    try:
        _with_all_that_follows(call, loaded, entry.id)
    except RefusedStep:
        return ""
    finally:
        transaction.savepoint_rollback(sid, using=SCRATCH)
    return "was refused, and is permitted"


def _with_all_that_follows(call: Call, loaded: Loaded, entry_id: int) -> int:
    """Apply, then decide and apply each follow-up. Returns the last entry id used; what is written is rolled back by the caller."""
    last = entry_id
    for follow in apply_step(call, loaded, entry_id).follow_ups:
        action = action_named(follow.action)
        acting = (
            replace(call.acting, user_id=None, post_id=None, unit_id=None, unit="system", kind="system") if action.internal else call.acting
        )
        payload = action.Payload.model_validate(follow.payload)
        plain = dict(follow.payload)
        step = Call(action, acting, follow.subject, payload, plain, call.at, call.recorded_at, "follow-up", entry_id, follow.expected)
        step = replace(step, signed=call.signed or call.action.signs)
        last = _with_all_that_follows(step, load_and_decide(step, loaded.door), last + 1)
    return last


def _call(entry: Entry, sealed: Mapping[str, Any]) -> Call:
    action = action_named(entry.action)
    payload = sealed["payload"]
    for version in range(entry.payload_version, action.payload_version):
        payload = UPCASTERS[(entry.action, version)](payload)
    acting = _acting(entry)
    return Call(
        action,
        acting,
        entry.subject,
        action.Payload.model_validate(payload),
        payload,
        entry.at,
        entry.recorded_at,
        entry.via,
        entry.caused_by,
    )


def _acting(entry: Entry) -> ActingPost:
    if entry.post_id is None:
        key, owner = owner_of_chain(entry.chain_id)
        return ActingPost(None, None, None, "system", "system", owner or 0, code_beside(key), "system")
    found = public_acting_post(entry.post_id, local_day(entry.recorded_at))
    if found is None:
        raise LookupError("the person held no such post that day")
    if entry.on_behalf_of is None and found.user_id != entry.user_id:
        raise LookupError("the post belongs to another person")
    if found.unit_id != entry.unit_id:
        raise LookupError("the post belongs to another unit")
    return found


def compare(source: str, only: Iterable[type[models.Model]] | None = None) -> tuple[int, list[Difference]]:
    """(rows compared, without those of confidential tables; differences) between the tables of ``source`` and the scratch database; of
    all business tables and the heads of chains, or of ``only``.
    """
    rows = 0
    differences: list[Difference] = []
    for model in replayed_models() if only is None else only:
        columns = compared_columns(model)
        stored, again = _rows(model, columns, source), _rows(model, columns, SCRATCH)
        rows += 0 if getattr(model, "confidential", False) else len(stored)
        differences += _differences(model._meta.db_table, columns, stored, again)
    if only is None:
        differences += compare_heads(source)
    return rows, differences


def compare_heads(source: str) -> list[Difference]:
    """Whose chains these are, and how often units, seats, posts or calendar changed."""
    return list(_differences("register_chain", HEAD_COLUMNS, head_rows(source), head_rows(SCRATCH)))


def _differences(
    table: str, columns: Sequence[str], stored: Mapping[Any, tuple[Any, ...]], again: Mapping[Any, tuple[Any, ...]]
) -> Iterator[Difference]:
    for key in sorted(set(stored) | set(again)):
        if key not in stored:
            yield Difference(table, key, "*", "no row", "a row")
        elif key not in again:
            yield Difference(table, key, "*", "a row", "no row")
        else:
            pairs = zip(columns, stored[key], again[key], strict=True)
            yield from (Difference(table, key, c, repr(a), repr(b)) for c, a, b in pairs if a != b)


def compared_columns(model: type[models.Model]) -> list[str]:
    """The columns of a business table that a replay makes again: all but credentials."""
    ignored: frozenset[str] = getattr(model, "credential_fields", frozenset())
    return [f.attname for f in model._meta.concrete_fields if f.attname not in ignored and f.name not in ignored]


def _rows(model: type[models.Model], columns: list[str], alias: str) -> dict[Any, tuple[Any, ...]]:
    with working_on(alias):
        return {row[0]: tuple(_comparable(v) for v in row[1:]) for row in _all_of(model, tuple(columns)).rows()}


@cache
def _all_of(model: type[models.Model], columns: tuple[str, ...]) -> Prepared:
    return Prepared(lambda: model._default_manager.values_list("pk", *columns))


def _comparable(value: Any) -> Any:
    return value.astimezone(UTC) if isinstance(value, datetime) else value

"""第一条、第四条（三）: nothing enters a list but by the notice of an approved case."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest

import dutygate
from dutygate.base.actions.perform import perform, system_acting
from dutygate.base.catalogue.errors import Conflict, NotAllowed, NotFound
from dutygate.features.lists.models import Duty, DutyRevision, ListEntry
from tests.journey import ITEMS, Journey

PACKAGE = Path(dutygate.__file__).parent
ROWS = {"Duty", "DutyRevision", "ListEntry"}
WRITES = {"create", "bulk_create", "bulk_update", "update", "update_or_create", "get_or_create", "save", "delete", "raw"}
PAYLOAD = {"townships": ["150721.naji"], "valid_from": "2026-01-01", "section": "admitted", "document_number": "一号", "items": ITEMS}


def _names(path: Path) -> tuple[set[str], set[str]]:
    """(the models of lists that a module names, the writing methods that it calls)."""
    tree = ast.parse(path.read_text())
    named = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} & ROWS
    called = {n.func.attr for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Attribute)} & WRITES
    return named, called


@pytest.mark.law_only
def test_the_actions_on_lists_and_history_alone_write_lists() -> None:
    folder = PACKAGE / "features" / "lists"
    sources = [path for path in PACKAGE.rglob("*.py") if not {"tests", "migrations"} & set(path.parts)]
    writers = [path for path in sources if path.is_relative_to(folder) and all(_names(path))]
    assert [str(path.relative_to(folder)) for path in sorted(writers)] == [
        "actions/admit.py",
        "actions/by_law.py",
        "actions/correct.py",
        "actions/expiry.py",
        "actions/take_in.py",
        "history.py",
        "passing.py",  # it writes receipts of ended duties; what it changes on lists it changes through history
    ]
    strangers = [path for path in sources if not path.is_relative_to(folder)]
    assert [path for path in strangers if "features.lists.models" in path.read_text()] == []
    tables = [model._meta.db_table for model in (Duty, DutyRevision, ListEntry)]
    assert [path for path in strangers if any(table in path.read_text() for table in tables)] == []


@pytest.mark.law_only
def test_revisions_are_saved_where_they_are_put_into_the_search_index() -> None:
    saved = (".bulk_create(", ".save(", ".create(")
    folder = PACKAGE / "features" / "lists"
    found = [
        f"{path.relative_to(folder)}: {line.strip()}"
        for path in folder.rglob("*.py")
        if not {"tests", "migrations"} & set(path.parts)
        for line in path.read_text().splitlines()
        if any(f"{whose}{how}" in line for whose in ("DutyRevision.objects", "revision") for how in saved)
    ]
    assert found == ["history.py: DutyRevision.objects.bulk_create(revisions, batch_size=AT_ONCE)"]


@pytest.mark.django_db
def test_no_person_enters_a_list(journey: Callable[..., Journey]) -> None:
    case = journey().up_to("approved")
    for who in ("lead", "forestry", "naji", "city", "system_admin"):
        for via in ("page", "api", "cli", "import"):
            with pytest.raises((NotAllowed, NotFound)):
                perform(case.people[who], "duty.admit", case.number, PAYLOAD, via=via)
    assert not ListEntry.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["drafting", "city_decision", "refused"])
def test_not_even_the_system_lists_what_is_not_approved(journey: Callable[..., Journey], state: str) -> None:
    case = journey().up_to(state)
    with pytest.raises(Conflict):
        perform(system_acting(), "duty.admit", case.number, PAYLOAD, via="sweep")
    assert not ListEntry.objects.exists()


@pytest.mark.django_db
def test_a_case_is_listed_once(journey: Callable[..., Journey]) -> None:
    case = journey().up_to("approved")
    case.notify()
    with pytest.raises(Conflict):
        perform(system_acting(), "duty.admit", case.number, PAYLOAD, via="sweep")
    assert ListEntry.objects.count() == 3

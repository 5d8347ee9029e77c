"""Articles 1, 4.1: a case cites a basis that is there already, or proposes it; lead and legal seat register and confirm."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dutygate.base.actions.perform import perform
from dutygate.base.actions.replay import replay
from dutygate.base.catalogue.errors import Malformed, NotAllowed
from dutygate.features.bases.facts import basis_facts
from dutygate.features.bases.models import BasisCitation, LegalBasis
from dutygate.features.bases.queries import bases_of_case, bases_visible
from tests.world import BANNER

pytestmark = [pytest.mark.django_db, pytest.mark.db_both]
FIRE = {"title": "森林防火条例", "kind": "administrative_regulation", "issuer": "国务院", "article": "第五条"}
SAND = {"title": "《中华人民共和国防沙治沙法》", "kind": "law", "article": "第10条"}


def edit(case: Any, *bases: dict[str, Any]) -> Any:
    return case.do(case.initiator, "application.edit", bases=list(bases))


def cited(case: Any) -> list[str]:
    return [f"{b.title} {b.article}" for b in bases_of_case(case.people["lead"], case.case)]


@pytest.fixture
def case(journey):
    started = journey()
    started.open()
    return started


def test_a_new_basis_is_proposed_by_the_department_and_is_not_confirmed(world, case):
    edit(case, FIRE)
    row = LegalBasis.objects.get()
    assert (row.confirmed, row.proposed_by_id) == (False, world.unit_id("forestry"))
    assert cited(case) == ["森林防火条例 第五条"]


def test_another_spelling_is_the_same_basis(world, case, journey):
    perform(world.people["lead"], "basis.register", BANNER, SAND, via="import")
    edit(case, {"title": "防沙治沙法（2018修正）", "kind": "policy", "article": "第十条"})
    row = LegalBasis.objects.get()
    assert row.confirmed
    assert basis_facts(case.case.id, world.today)[0] == {"law"}, "what was confirmed holds, whatever was typed"
    other = journey("water")
    other.open()
    edit(other, SAND)
    assert LegalBasis.objects.count() == 1
    assert BasisCitation.objects.count() == 2


def test_another_article_or_document_number_is_another_basis(case):
    notice = {"title": "关于做好有关工作的通知", "kind": "policy", "article": ""}
    edit(
        case,
        FIRE,
        {**FIRE, "article": "第六条"},
        {**notice, "document_number": "阿政发〔2024〕1号"},
        {**notice, "document_number": "阿政发〔2024〕2号"},
    )
    assert LegalBasis.objects.count() == 4


def test_named_twice_is_cited_once(case):
    edit(case, FIRE, {**FIRE, "title": "《森林防火条例》", "article": "第5条"})
    assert LegalBasis.objects.count() == BasisCitation.objects.count() == 1


def test_what_is_taken_out_stays_readable(case):
    edit(case, FIRE, SAND)
    edit(case, SAND)
    assert cited(case) == ["《中华人民共和国防沙治沙法》 第10条"]
    assert BasisCitation.objects.filter(removed_at__isnull=False).count() == 1
    edit(case, FIRE, SAND)
    assert len(cited(case)) == 2
    assert BasisCitation.objects.count() == 3


def test_the_same_list_again_changes_nothing(case):
    edit(case, FIRE, SAND)
    revision = case.case.revision
    edit(case, SAND, FIRE)
    assert case.case.revision == revision


def test_a_department_corrects_its_own_proposal_while_no_other_case_rests_on_it(world, case, journey):
    edit(case, FIRE)
    edit(case, {**FIRE, "in_force_to": "2025-01-01"})
    assert LegalBasis.objects.count() == 1
    assert basis_facts(case.case.id, world.today)[1] == ("森林防火条例",)
    other = journey("forestry")
    other.open()
    edit(other, {**FIRE, "in_force_to": "2025-01-01"})
    edit(case, FIRE)
    assert LegalBasis.objects.count() == 2, "the text of the other case does not change under it"
    assert basis_facts(case.case.id, world.today)[1] == ()
    assert basis_facts(other.case.id, world.today)[1] == ("森林防火条例",)


def test_nobody_is_bound_by_another_departments_slip(world, case, journey):
    edit(case, {**FIRE, "in_force_to": "2020-01-01"})
    other = journey("water")
    other.open()
    edit(other, FIRE)
    assert LegalBasis.objects.count() == 2
    assert basis_facts(other.case.id, world.today)[1] == ()


def test_in_force_is_half_open(case):
    edit(case, {**FIRE, "in_force_from": "2026-01-01", "in_force_to": "2026-06-01"})
    late = [day for day in (date(2025, 12, 31), date(2026, 1, 1), date(2026, 5, 31), date(2026, 6, 1)) if basis_facts(case.case.id, day)[1]]
    assert late == [date(2025, 12, 31), date(2026, 6, 1)]


def test_only_lead_and_legal_seat_register_and_confirm(world, case):
    edit(case, FIRE)
    proposed = str(LegalBasis.objects.get().id)
    for role in ("forestry", "services", "naji", "city", "system_admin"):
        for action, payload in (("basis.register", SAND), ("basis.confirm", {"basis": proposed})):
            with pytest.raises(NotAllowed):
                perform(world.people[role], action, BANNER, payload, via="import")
    perform(
        world.people["legal"], "basis.confirm", BANNER, {"basis": proposed, "given": {**FIRE, "in_force_from": "2009-01-01"}}, via="import"
    )
    row = LegalBasis.objects.get()
    assert (row.confirmed, row.in_force_from) == (True, date(2009, 1, 1))
    for wrong in (proposed, "5", "9" * 18):
        with pytest.raises(Malformed):
            perform(world.people["lead"], "basis.confirm", BANNER, {"basis": wrong}, via="import")
    perform(world.people["lead"], "basis.register", BANNER, SAND, via="import")
    with pytest.raises(Malformed):
        perform(world.people["lead"], "basis.register", BANNER, {**SAND, "title": "防沙治沙法"}, via="import")


def test_it_cannot_end_before_it_begins(case):
    with pytest.raises(Malformed):
        edit(case, {**FIRE, "in_force_from": "2026-01-01", "in_force_to": "2026-01-01"})


def test_who_reads_bases(world, case):
    edit(case, FIRE)
    seen = {
        role
        for role in ("forestry", "outsider", "lead", "city", "system_admin", "audit_admin")
        if bases_visible(world.people[role]).exists()
    }
    assert seen == {"forestry", "outsider", "lead", "city"}


def test_replay_makes_the_same_bases(world, case):
    edit(case, FIRE, SAND)
    edit(case, {**FIRE, "kind": "policy"})
    perform(world.people["lead"], "basis.confirm", BANNER, {"basis": str(LegalBasis.objects.get(title="森林防火条例").id)}, via="import")
    report = replay()
    assert report.holds, (report.problems, report.differences)

"""第十一条、序言: an edition is drafted beside the present one, published after its check, and holds from its first day on."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from dutygate.base.actions import clock
from dutygate.base.actions.perform import perform, system_acting
from dutygate.base.actions.replay import replay
from dutygate.base.actions.sweep import sweep
from dutygate.base.actions.tasks import verify_tasks
from dutygate.base.catalogue.action import Door
from dutygate.base.catalogue.errors import Conflict, Malformed, NotAllowed, NotFound, Refused
from dutygate.base.organizations.queries import forget_directories
from dutygate.base.register.chains import edition_by_digest, mark_as_demo, public_edition_named, reference_version_of
from dutygate.base.register.law_here import edition_in_force
from dutygate.base.register.verify import verify_all
from dutygate.features.cases.facts import edition_on
from dutygate.law.regulation.edition import Edition, edition_text, package_editions, read_edition
from tests.editions import NAME, act, check, draft, publish, published, row, tomorrow
from tests.journey import Journey
from tests.world import BANNER, World

pytestmark = pytest.mark.django_db
PRESENT = package_editions()["arun_2024_15"]
Start = Callable[..., Journey]


def codes(error: Any) -> list[str]:
    return [finding.code for finding in error.value.findings]


def place(world: World) -> int:
    return int(world.people["lead"].jurisdiction_id)


def in_force(world: World, day: date) -> str:
    return edition_in_force(day, place(world), reference_version_of(place(world))).id


def test_drafting_begins_word_for_word_from_the_present_edition_and_ends_nothing(world: World) -> None:
    found = draft(world)
    content = edition_by_content(found)
    assert content.id == NAME and content.repeals == (PRESENT.id,)
    assert content.procedure == PRESENT.procedure and content.provisions == PRESENT.provisions and content.parameters == PRESENT.parameters
    assert in_force(world, world.today) == in_force(world, date(2030, 1, 1)) == PRESENT.id
    assert found.based_on_digest == PRESENT.digest


def edition_by_content(found: Any) -> Edition:
    return Edition.from_canonical(found.content.encode())


def test_an_office_changes_identity_summaries_and_parameters_part_by_part(world: World) -> None:
    found = draft(world)
    said = {
        "identity": {"title": {"zh": "阿荣旗乡镇职责准入管理办法", "en": "Arun Banner Measures"}, "interpreter": None},
        "summaries": {"5": {"zh": "经费、技术、培训随事到位。", "en": "Money, technique and training come with the matter."}},
        "parameters": {
            "township_reply": {
                "values": {"regular": 15},
                "set_by_conference": True,
                "source": {"zh": "联席会议纪要〔2026〕3号", "en": "minutes 3 of 2026"},
                "effective_from": world.today,
            }
        },
    }
    act(world, "lead", "edition.draft", draft=str(found.id), expected={"draft": 1}, **said)
    content = edition_by_content(row("EditionDraft", pk=found.id))
    assert content.title.zh == "阿荣旗乡镇职责准入管理办法" and content.interpreter is None
    assert content.issuer == PRESENT.issuer, "what is not given stays as it is"
    assert content.provisions["5"].summary.zh == "经费、技术、培训随事到位。" and content.provisions["4.1"] == PRESENT.provisions["4.1"]
    reply = content.parameters["township_reply"]
    assert dict(reply.values) == {"regular": 15, "temporary": 3} and reply.status == "set" and reply.effective_from == world.today


def test_what_is_no_edition_is_told_where_and_nothing_is_entered(world: World) -> None:
    found = draft(world)
    wrong = [
        ({"summaries": {"99": {"zh": "无", "en": "none"}}}, "summaries"),
        ({"parameters": {"township_reply": {"values": {"regular": "ten"}}}}, "parameters"),
        ({"parameters": {"nothing": {"values": {"all": 1}}}}, "parameters"),
        ({"file": "edition: [1"}, "file"),
        ({"file": "parameters: {}"}, "file"),
        ({"file": edition_text(PRESENT).replace("consent_stands", "nobody_knows_it")}, "file"),
        ({"file": edition_text(PRESENT).replace("states:", "conditions:", 1)}, "file"),
        ({"file": edition_text(PRESENT), "summaries": {"5": {"zh": "无", "en": "none"}}}, "payload"),
    ]
    for said, field in wrong:
        with pytest.raises(Malformed) as malformed:
            act(world, "lead", "edition.draft", draft=str(found.id), **said)
        assert malformed.value.fields[0][0] == field, said
    assert row("EditionDraft", pk=found.id).version == 1


def test_the_rest_is_changed_by_a_file_whose_code_stays_the_drafts(world: World) -> None:
    found = draft(world)
    text = edition_text(PRESENT).replace("temporary_has_end", "mode_declared")
    assert read_edition(edition_text(PRESENT), "f").digest == PRESENT.digest, "a file is written as it is read"
    act(world, "lead", "edition.draft", draft=str(found.id), file=text)
    content = edition_by_content(row("EditionDraft", pk=found.id))
    assert content.id == NAME and "temporary_has_end" not in json.dumps(content.procedure)
    assert list(content.procedure["states"]) == list(PRESENT.procedure["states"]), "the order of the states is kept"


def test_a_code_names_one_edition_only(world: World) -> None:
    draft(world)
    for taken in (PRESENT.id, "arun_2023_18", NAME):
        with pytest.raises(Refused) as refused:
            draft(world, taken)
        assert codes(refused) == ["edition_name_taken"]


def test_nobody_but_the_lead_drafts_and_a_stale_page_is_told(world: World) -> None:
    found = draft(world)
    for who in ("legal", "forestry", "naji", "city", "system_admin", "outsider"):
        with pytest.raises(NotAllowed):
            act(world, who, "edition.draft", draft=str(found.id), identity={"note": None})
    act(world, "lead", "edition.draft", draft=str(found.id), expected={"draft": 1}, identity={"note": None})
    with pytest.raises(Conflict):
        act(world, "lead2", "edition.draft", draft=str(found.id), expected={"draft": 1}, identity={"note": None})
    with pytest.raises(NotFound):
        act(world, "lead", "edition.draft", draft="12345", identity={"note": None})


def test_it_is_published_only_after_it_passed_its_check_unchanged(world: World) -> None:
    found = draft(world)
    with pytest.raises(Refused) as refused:
        publish(world, found)
    assert codes(refused) == ["draft_not_checked"]
    check(world, found, {"name": "roles_exist", "provision": "4", "where": "case.open by nobody"})
    with pytest.raises(Refused) as refused:
        publish(world, found)
    assert codes(refused) == ["draft_check_failed"]
    check(world, found)
    act(world, "lead", "edition.draft", draft=str(found.id), identity={"note": {"zh": "改了一处", "en": "one change"}})
    with pytest.raises(Refused) as refused:
        publish(world, found)
    assert codes(refused) == ["draft_not_checked"]
    check(world, row("EditionDraft", pk=found.id))
    assert publish(world, found).result["edition"] == NAME
    with pytest.raises(Refused) as refused:
        publish(world, found, document_number="阿党办发〔2027〕2号")
    assert "draft_published_already" in codes(refused)


def test_a_check_is_entered_by_the_system_alone(world: World) -> None:
    found = draft(world)
    said = {"draft": str(found.id), "digest": found.digest, "whole": True, "states": 1}
    with pytest.raises(NotAllowed):
        perform(world.people["lead"], "edition.check", BANNER, said, via="api")
    with pytest.raises(NotAllowed):
        perform(world.people["lead"], "edition.check", BANNER, said, via="import")


def test_number_and_days_are_those_of_the_document(world: World) -> None:
    found = draft(world)
    check(world, found)
    for said, code in (
        ({"document_number": ""}, "publication_incomplete"),
        ({"in_force_from": None}, "publication_incomplete"),
        ({"dated_on": tomorrow(world)}, "in_force_before_issue"),
        ({"in_force_from": PRESENT.in_force_from, "dated_on": PRESENT.in_force_from}, "edition_not_after_last"),
    ):
        with pytest.raises(Refused) as refused:
            publish(world, found, **said)
        assert codes(refused) == [code], said


def test_it_holds_from_its_first_day_on_and_is_known_by_its_digest(world: World) -> None:
    starts = world.today + timedelta(days=30)
    digest = published(world, starts).result["digest"]
    assert in_force(world, starts - timedelta(days=1)) == PRESENT.id
    assert in_force(world, starts) == in_force(world, date(2050, 1, 1)) == NAME
    edition = edition_by_digest(digest)
    assert (edition.document_number, edition.in_force_from, edition.repeals) == ("阿党办发〔2027〕1号", starts, (PRESENT.id,))
    assert edition.digest == digest
    assert not row("PublishedEdition", edition=NAME).begun


def test_it_holds_in_its_own_jurisdiction_alone(world: World) -> None:
    published(world)
    forget_directories()
    city = int(world.people["city"].jurisdiction_id)
    assert edition_in_force(world.today, city, reference_version_of(city)).id == PRESENT.id


def test_on_its_day_it_begins_once_and_not_before(world: World) -> None:
    published(world, tomorrow(world))
    system = system_acting(place(world), BANNER)
    with pytest.raises(Malformed):
        perform(system, "edition.begin", BANNER, {"edition": NAME}, via="sweep")
    assert sweep().done == {}
    mark_as_demo()
    later = clock.now() + timedelta(days=2)
    with clock.other_clock(lambda: later):
        assert sweep().done == {"edition.begin": 1}
        assert row("PublishedEdition", edition=NAME).begun
        assert sweep().done == {}, "any number of times a day"
    assert replay().holds


def test_a_case_is_opened_under_the_published_edition(world: World, journey: Start) -> None:
    before = journey().up_to("drafting")
    digest = published(world, parameters={"township_reply": {"values": {"regular": 2}}}).result["digest"]
    after = journey().up_to("consulting")
    assert (before.case.edition, after.case.edition) == (PRESENT.id, NAME)
    assert after.case.edition_digest == digest
    assert verify_tasks() == []


def test_everything_is_done_again_by_a_replay(world: World, journey: Start) -> None:
    journey().up_to("drafting")
    found = draft(world)
    check(world, found, {"name": "roles_exist", "provision": "4", "where": "x"})
    with pytest.raises(Refused):
        publish(world, found)
    act(world, "lead", "edition.draft", draft=str(found.id), summaries={"5": {"zh": "改了。", "en": "Changed."}})
    check(world, row("EditionDraft", pk=found.id))
    publish(world, found)
    journey().up_to("done", "temporary")
    assert verify_all() == []
    report = replay()
    assert report.holds, (report.problems[:3], [str(d) for d in report.differences[:3]])


def test_the_official_wording_of_a_published_edition_is_loaded_by_its_code(world: World) -> None:
    published(world)
    found = public_edition_named(NAME)
    assert found is not None and found.id == NAME and public_edition_named("arun_2099_1") is None


def test_the_edition_of_a_day_is_asked_without_a_query_once_it_is_known(world: World, django_assert_num_queries: Any) -> None:
    published(world)
    version = reference_version_of(place(world))
    door = Door(world.people["lead"], BANNER, place(world), version, world.today, world.today)
    assert edition_on(world.today, door).id == NAME
    with django_assert_num_queries(0):
        assert edition_on(world.today, door).id == NAME

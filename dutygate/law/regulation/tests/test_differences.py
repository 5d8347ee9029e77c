"""序言、第十一条: what one edition says otherwise than another, per provision, parameter and row of the procedure."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from dutygate.law.regulation.differences import PARTS, FieldChange, differences
from dutygate.law.regulation.edition import Edition, EditionError, edition_text, in_force, package_editions, read_edition, repealed_on

pytestmark = pytest.mark.law_only
PRESENT = package_editions()["arun_2024_15"]


def altered(change: Callable[[dict[str, Any]], object]) -> Edition:
    plain = json.loads(PRESENT.canonical())
    change(plain)
    return Edition.from_canonical(json.dumps(plain).encode())


def test_an_edition_does_not_differ_from_itself() -> None:
    assert differences(PRESENT, PRESENT) == ()
    assert differences(PRESENT, read_edition(edition_text(PRESENT), "file")) == ()


def test_identity_provision_parameter_and_row_are_told_apart() -> None:
    def change(plain: dict[str, Any]) -> None:
        plain["edition"]["document_number"] = "阿党办发〔2027〕1号"
        plain["edition"]["provisions"][7]["summary"]["zh"] = "改了。"
        parameter = next(one for one in plain["parameters"]["parameters"] if one["name"] == "township_reply")
        parameter["values"]["regular"] = 15
        row = next(one for one in plain["procedure"]["actions"] if one["action"] == "application.submit")
        row["guards"].remove("consent_stands")

    new = altered(change)
    found = {(one.part, one.key): one for one in differences(PRESENT, new)}
    third = list(PRESENT.provisions)[7]
    assert set(found) == {
        *(("identity", "identity"), ("provisions", third), ("parameters", "township_reply"), ("actions", "application.submit"))
    }
    assert {one.kind for one in found.values()} == {"changed"}
    assert found["identity", "identity"].fields == (FieldChange("document_number", PRESENT.document_number, "阿党办发〔2027〕1号"),)
    assert found["parameters", "township_reply"].fields == (
        FieldChange("values", {"regular": 10, "temporary": 3}, {"regular": 15, "temporary": 3}),
    )
    guards = found["actions", "application.submit"].fields[0]
    assert set(guards.old) - set(guards.new) == {"consent_stands"}
    back = {(one.part, one.key): one for one in differences(new, PRESENT)}
    assert back["identity", "identity"].fields == (FieldChange("document_number", "阿党办发〔2027〕1号", PRESENT.document_number),)


def test_negations_are_compared() -> None:
    """第七条: words that take a forbidden form back decide on what a task check lights, so they differ like any other part."""
    (found,) = differences(PRESENT, altered(lambda plain: plain["exclusions"]["negations"].remove("不得")))
    old, new = found.fields[0].old, found.fields[0].new
    assert (found.part, found.kind, found.fields[0].name) == ("negations", "changed", "negations") and set(old) - set(new) == {"不得"}
    (gone,) = differences(PRESENT, altered(lambda plain: plain["exclusions"].pop("negations")))
    assert gone.fields[0].new == [] and "negations" in PARTS


def test_what_is_added_or_gone_is_told_whole_and_at_its_place() -> None:
    def change(plain: dict[str, Any]) -> None:
        last = {"id": "12", "article": 12, "label": {"zh": "第十二条", "en": "Article 12"}, "summary": {"zh": "附则。", "en": "Last."}}
        plain["edition"]["provisions"].append(last)
        del plain["edition"]["principles"][1]

    found = differences(PRESENT, altered(change))
    assert [(one.part, one.key, one.kind) for one in found] == [("provisions", "12", "added"), ("principles", "matched", "removed")]
    assert {field.name: field.new for field in found[0].fields}["article"] == 12
    assert all(field.old is None for field in found[0].fields) and all(field.new is None for field in found[1].fields)


def test_a_second_row_of_an_action_and_a_task_are_rows_of_their_own() -> None:
    def change(plain: dict[str, Any]) -> None:
        rows = [one for one in plain["procedure"]["actions"] if one["action"] == "decision.record"]
        rows[1]["limit"] = "banner_decision"
        plain["procedure"]["tasks"] = plain["procedure"]["tasks"][1:]

    found = differences(PRESENT, altered(change))
    assert [(one.part, one.key, one.kind) for one in found] == [
        ("actions", "decision.record#2", "changed"),
        ("tasks", "drafting: consultation.request by initiator", "removed"),
    ]


def test_a_row_moved_in_the_file_is_no_difference() -> None:
    def change(plain: dict[str, Any]) -> None:
        plain["procedure"]["offices"].reverse()

    assert differences(PRESENT, altered(change)) == ()


def test_every_difference_belongs_to_a_part() -> None:
    def change(plain: dict[str, Any]) -> None:
        for part in ("edition", "exclusions", "parameters"):
            for members in plain[part].values():
                if isinstance(members, list) and members and isinstance(members[0], dict) and "label" in members[0]:
                    members[0]["label"] = {"zh": "改", "en": "changed"}
        for section in plain["procedure"].values():
            one = section[0] if isinstance(section, list) else next(iter(section.values()))
            one["en"] = "changed"
            one.setdefault("zh", "改")

    parts = {one.part for one in differences(PRESENT, altered(change))}
    assert parts <= set(PARTS) and len(parts) > 12


def test_a_file_that_is_no_edition_says_which_part() -> None:
    for text, said in (
        ("edition: {id: x}", "edition: title is missing"),
        ("[]", "edition is missing"),
        ("{}", "edition is missing"),
        ("nothing: 1", "unknown key"),
        ("edition: {a: 1", "file:"),
    ):
        with pytest.raises(EditionError, match=said):
            read_edition(text, "file")


def test_what_an_edition_repeals_ends_on_the_day_it_begins() -> None:
    def change(plain: dict[str, Any]) -> None:
        plain["edition"] |= {"id": "arun_2027_1", "in_force_from": "2027-01-01", "issued_on": "2027-01-01", "repeals": [PRESENT.id]}

    next_one = altered(change)
    every = [*package_editions().values(), next_one]
    assert in_force(every, repealed_on(every, PRESENT.id)).id == "arun_2027_1"  # type: ignore[arg-type]
    assert str(repealed_on(every, PRESENT.id)) == "2027-01-01" and repealed_on(every, next_one.id) is None
    assert in_force(every, PRESENT.in_force_from).id == in_force(every, next_one.in_force_from.replace(year=2026)).id == PRESENT.id

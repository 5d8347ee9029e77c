"""Preamble, 11: an edition is a value with a digest, and a day has exactly one edition in force."""

import dataclasses
import datetime
import json

import pytest

from dutygate.law.regulation.edition import (
    Edition,
    EditionError,
    HandingDown,
    NoEditionInForce,
    UnknownParameter,
    in_force,
    load_edition,
    package_editions,
)

pytestmark = pytest.mark.law_only

EDITION = package_editions()["arun_2024_15"]


@pytest.mark.parametrize("edition", package_editions().values(), ids=lambda edition: edition.id)
def test_reads_back_from_its_canonical_bytes_with_the_same_digest(edition):
    again = Edition.from_canonical(edition.canonical())
    assert again == edition
    assert again.digest == edition.digest
    assert again.canonical() == edition.canonical()
    for field in dataclasses.fields(Edition):
        assert getattr(again, field.name) == getattr(edition, field.name)


def test_an_edition_stored_before_wording_had_forms_keeps_its_digest():
    exclusions = dataclasses.replace(
        EDITION.exclusions, wording={w.id: dataclasses.replace(w, forms=()) for w in EDITION.exclusions.wording.values()}
    )
    before = dataclasses.replace(EDITION, exclusions=exclusions, handing_down=HandingDown())
    assert b'"forms"' not in before.canonical() and b'"forms"' in EDITION.canonical()
    assert Edition.from_canonical(before.canonical()).digest == before.digest


@pytest.mark.parametrize("part", ["provisions", "items", "focus_points", "seats", "tracks", "parameters", "procedure"])
def test_keeps_the_order_of_the_text_through_the_canonical_bytes(part):
    again = Edition.from_canonical(EDITION.canonical())
    if part == "procedure":
        for section, content in EDITION.procedure.items():
            assert list(again.procedure[section]) == list(content)
    else:
        assert list(getattr(again, part)) == list(getattr(EDITION, part))


def test_any_change_is_another_digest():
    changed = dataclasses.replace(EDITION, procedure={**EDITION.procedure, "note": "x"})
    assert changed != EDITION
    assert changed.digest != EDITION.digest
    assert dataclasses.replace(EDITION) == EDITION
    assert len({EDITION, changed, dataclasses.replace(EDITION)}) == 2


def test_is_no_other_kind_of_value():
    assert EDITION.digest != EDITION


def test_a_day_with_no_edition_or_with_two_is_an_error():
    with pytest.raises(NoEditionInForce, match="none"):
        in_force(package_editions(), datetime.date(2023, 6, 29))
    draft = dataclasses.replace(EDITION, id="draft")
    with pytest.raises(NoEditionInForce, match="arun_2024_15, draft"):
        in_force([EDITION, draft], datetime.date(2025, 1, 1))


def test_a_draft_of_the_next_edition_does_not_end_the_present_one():
    draft = dataclasses.replace(EDITION, id="draft", in_force_from=datetime.date(2030, 1, 1), repeals=(EDITION.id,))
    assert in_force([EDITION, draft], datetime.date(2029, 12, 31)) is EDITION


def test_unknown_parameter_or_track_is_named():
    with pytest.raises(UnknownParameter, match="tea_break"):
        EDITION.parameter("tea_break")
    with pytest.raises(UnknownParameter, match="review"):
        EDITION.parameter("review", "all")


def test_bytes_that_are_no_edition_are_refused():
    with pytest.raises(EditionError, match="canonical edition"):
        Edition.from_canonical(b"not json")
    plain = json.loads(EDITION.canonical())
    del plain["edition"]["items"][3]["label"]["en"]
    with pytest.raises(EditionError, match=r"edition\.items\[3\]\.label\.en is missing"):
        Edition.from_canonical(json.dumps(plain).encode())
    plain = json.loads(EDITION.canonical())
    plain["procedure_order"] = {"nowhere": ["a"]}
    with pytest.raises(EditionError, match="does not fit the section 'nowhere'"):
        Edition.from_canonical(json.dumps(plain).encode())


def test_loads_without_procedure_parameters_and_exclusions(tmp_path):
    folder = tmp_path / "small"
    folder.mkdir()
    (folder / "edition.yaml").write_text(
        "{id: small, title: {zh: 小, en: small}, document_number: x, issuer: {zh: 甲, en: A}, issued_on: 2024-01-01,"
        " in_force_from: 2024-01-01, in_force_to: null, content_published: false}",
        encoding="utf-8",
    )
    edition = load_edition(folder)
    assert edition.procedure == {}
    assert edition.parameters == {}
    assert Edition.from_canonical(edition.canonical()) == edition

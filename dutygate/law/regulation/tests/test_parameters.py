"""3: what the conference has not set reads "not set", and the default in use says where it comes from."""

import dataclasses
import datetime

import pytest

from dutygate.law.regulation.edition import Edition, package_editions

pytestmark = pytest.mark.law_only

EDITION = package_editions()["arun_2024_15"]


@pytest.mark.parametrize(
    ("name", "regular", "temporary"),
    [
        ("township_reply", 10, 3),
        ("completeness_check", 3, 1),
        ("review", 15, 5),
        ("review_extension", 10, 10),
        ("legal_review", 10, 5),
        ("department_comment", 5, 5),
        ("banner_decision", None, None),
        ("city_decision", None, None),
        ("notice", 5, 5),
        ("receipt", 5, 5),
        ("publication", 20, 20),
        ("correction", 10, 10),
        ("regular_committee", "decides", "decides"),
        ("second_signature", None, None),
        ("conclusion_needs_meeting", False, False),
    ],
)
def test_default_in_use(name, regular, temporary):
    assert EDITION.parameter(name, "regular") == regular
    assert EDITION.parameter(name, "temporary") == temporary


def test_nothing_is_claimed_to_be_set_and_each_default_is_marked():
    for parameter in EDITION.parameters.values():
        assert parameter.status == "not_set"
        assert parameter.effective_from is None
        assert parameter.source.zh
        assert parameter.is_default == any(value is not None for value in parameter.values.values())


def test_a_legal_review_is_never_longer_than_the_review_it_is_part_of():
    for track in EDITION.tracks:
        assert EDITION.parameter("legal_review", track) <= EDITION.parameter("review", track)


def test_what_the_conference_sets_is_no_default_and_makes_another_edition():
    old = EDITION.parameters["regular_committee"]
    adopted = dataclasses.replace(old, values={"all": "informed"}, status="set", effective_from=datetime.date(2025, 1, 1))
    edition = dataclasses.replace(EDITION, parameters={**EDITION.parameters, old.name: adopted})
    assert not adopted.is_default
    assert edition.deciding_bodies("regular") == ("banner_government", "city_government")
    assert edition.deciding_bodies("temporary") == ("banner_committee", "banner_government")
    assert edition.digest != EDITION.digest
    assert Edition.from_canonical(edition.canonical()).parameters[old.name] == adopted

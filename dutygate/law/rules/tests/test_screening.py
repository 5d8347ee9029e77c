"""1, 7: a matter declared to be an excluded power is stopped by the very rule that judges a case; its wording only hints."""

from __future__ import annotations

import pytest

from dutygate.law.regulation.edition import package_editions
from dutygate.law.rules.screening import class_names, held_out, screen, stopped

pytestmark = pytest.mark.law_only
EDITION = package_editions()["arun_2024_15"]


def test_exactly_the_three_powers_of_article_1_are_stopped() -> None:
    assert {found for found in EDITION.exclusions.classes if stopped(EDITION, found)} == {"penalty", "licence", "coercion"}


@pytest.mark.parametrize(
    ("named", "class_id"),
    [
        ("licence", "licence"),
        ("行政许可", "licence"),
        ("Administrative licence", "licence"),
        ("1", "licence"),
        ("01", "licence"),
        ("2", "penalty"),
        ("3", "coercion"),
        ("4", "levy"),
        ("5", "payment"),
        ("6", "inspection"),
        ("7", "confirmation"),
        ("8", "reward"),
        ("9", "adjudication"),
        ("10", "other_power"),
        ("20", "public_service"),
        ("公共服务", "public_service"),
        ("11", None),
        ("行政审批", None),
        ("", None),
    ],
)
def test_a_class_is_known_by_id_label_or_national_code(named: str, class_id: str | None) -> None:
    assert class_names(EDITION).get(named) == class_id


def test_matters_are_counted_under_the_name_that_the_file_gives_their_class() -> None:
    found = screen(
        EDITION,
        [
            ("农药经营许可", "行政许可"),
            ("诊所设置", "行政许可"),
            ("小餐饮许可证核发", "01"),
            ("惠农政策咨询", "20"),
            ("汛期险情处置和查封", "20"),
            ("采伐许可证核发", "审批事项"),
        ],
    )
    assert {name: (c.rows, c.stopped, c.flagged) for name, c in found.items()} == {
        "行政许可": (2, 2, 1),
        "01": (1, 1, 1),
        "20": (2, 0, 1),
        "审批事项": (1, 0, 1),
    }
    assert found["20"].hinted == {"emergency": 1, "coercion": 1}
    assert list(found) == ["行政许可", "01", "20", "审批事项"]


@pytest.mark.parametrize(("text", "byte"), [("农药经营许可", 0xFA), ("道路巡查", 0xE2), ("高龄津贴材料代收", 0x93), ("养老认证帮办", 0xED)])
def test_the_half_is_chosen_by_the_first_byte_of_the_digest(text: str, byte: int) -> None:
    assert held_out(text) is bool(byte % 2)

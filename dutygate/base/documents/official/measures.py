"""公文的尺寸: the numbers of GB/T 9704-2012 that both writers share. Millimetres where the name ends in ``_MM``, points otherwise."""

from __future__ import annotations

from typing import Final

PAGE_MM: Final = (210.0, 297.0)
TOP_MM: Final = 37.0
LEFT_MM: Final = 28.0
TYPE_AREA_MM: Final = (156.0, 225.0)
RIGHT_MM: Final = PAGE_MM[0] - LEFT_MM - TYPE_AREA_MM[0]
BOTTOM_MM: Final = PAGE_MM[1] - TOP_MM - TYPE_AREA_MM[1]
LINES: Final = 22
CHARACTERS: Final = 28
POINTS_PER_MM: Final = 72 / 25.4
PITCH: Final = 28.95
"""Line pitch: 22 lines of it fill 225 mm (637.8 pt) and leave less than a point."""
ADVANCE: Final = TYPE_AREA_MM[0] * POINTS_PER_MM / CHARACTERS
"""From one character to the next: 28 of them fill 156 mm."""
SLACK: Final = 6.4
"""How far the lower edge of a line lies below its characters: gaps are measured from these."""
BODY: Final = 16.0
"""3号."""
TITLE: Final = 22.0
"""2号."""
IMPRINT: Final = 14.0
"""4号: 版记 and page numbers."""
IMPRINT_PITCH: Final = 24.0
FOOT: Final = 6.0
MARK_FROM_TYPE_AREA_MM: Final = 35.0
"""From the upper edge of the type area down to the issuer's mark."""
MARK_LARGEST: Final = 46.0
LETTER_MARK_FROM_PAGE_MM: Final = 30.0
LETTER_MARK_LARGEST: Final = 36.0
LETTER_RULE_MM: Final = 170.0
LETTER_RULE_FROM_FOOT_MM: Final = 20.0
RULE_GAP_MM: Final = 4.0
"""From the number (or, in a letter, from the mark) down to the red line."""
NUMBER_BELOW_RULE: Final = BODY * 7 / 8
PAGE_NUMBER_GAP_MM: Final = 7.0
THICK_MM: Final = 0.35
THIN_MM: Final = 0.25
QR_MM: Final = 12.0
RED: Final = "C8102E"


def mark_size(mark: str, largest: float) -> float:
    """How large the issuer's mark is set (points): as large as it may, and on one line of the type area."""
    return round(min(largest, 0.98 * TYPE_AREA_MM[0] * POINTS_PER_MM / max(len(mark), 1)), 1)


def width_of(text: str) -> float:
    """About how wide a line of 3号 is on the grid (points): a figure or a Latin letter takes half a character."""
    return sum(ADVANCE / 2 if ord(c) < 0x2E80 and c not in "〔〕“”" else ADVANCE for c in text)


def indents_when_sealed(unit: str, day: str) -> tuple[float, float]:
    """署名与成文日期之右空 (points): the date four characters from the right, the unit's name centred above it.

    A name too long for that keeps to the right edge, and the date is centred below it.
    """
    date_right, middle = 4 * ADVANCE, 4 * ADVANCE + width_of(day) / 2
    unit_right = middle - width_of(unit) / 2
    if unit_right >= 0:
        return unit_right, date_right
    return 0.0, max(date_right, width_of(unit) / 2 - width_of(day) / 2)

"""审核表 on one page: how much of each text there is room for, so that it is one page of A4 whatever was written (Article 4.2).

An estimate of heights as the style sheet prints them, in points, on the careful side; a test prints the fullest sheet.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil
from typing import Final

from dutygate.features.review.shown import Cell, SeatLine, Shown

ROOM: Final = 752.0
"""Points of height between the margins, less what is lost to rounding."""
LINE: Final = 11.1
ROW: Final = 3.6
"""What a row of a table adds to its lines."""
HEADING: Final = 18.5
FIXED: Final = 112.0
"""Title, principles, head of the case and foot."""
ACROSS: Final = 184.0
"""Width between the margins, in millimetres; FIRST and ASKED are the first column and that of the states."""
FIRST: Final = 27.0
ASKED: Final = 38.0
CHARACTER: Final = 3.0
"""Width of a Chinese character, in millimetres; others take a little more than half."""
LIMITS: Final = (400, 300, 220, 160, 120, 100, 85, 70, 60, 50, 40, 32, 26, 20, 15, 10, 6)


@dataclass(frozen=True, slots=True)
class Limits:
    """How many characters of a text are printed, by where it stands. ``cut``: something is longer than that."""

    cell: int
    said: int
    conclusion: int
    cut: bool = False


def limits_for(shown: Shown, title: str) -> Limits:
    """The most for which the whole sheet of a case with this title stays on one page."""
    texts = list(_texts(shown))
    for limit in LIMITS:
        found = Limits(limit, limit * 3 // 2, limit * 4)
        if _height(shown, title, found) <= ROOM:
            break
    cut = any(len(text) > most for text, kind in texts for most in [getattr(found, kind)])
    return Limits(found.cell, found.said, found.conclusion, cut)


def _texts(shown: Shown) -> Iterable[tuple[str, str]]:
    """Every text of the sheet with the limit that it is under."""
    for line in shown.seats:
        yield line.text, "cell"
        yield from ((cell.text, "cell") for cell in line.cells)
        yield from ((found.reason, "cell") for found in line.found)
    yield from ((line["text"], "said") for line in shown.comments)
    yield from ((line["opinion"], "said") for line in shown.hearings)
    if shown.conclusion:
        yield shown.conclusion["text"], "conclusion"
        yield shown.conclusion["no_other_concerned"], "said"
        yield from ((one["text"], "said") for one in shown.conclusion["dissent"])
    if shown.refusal:
        yield from ((reason["text"], "said") for reason in shown.refusal["reasons"])


def _height(shown: Shown, title: str, limits: Limits) -> float:
    return FIXED + _lines(title, ACROSS - FIRST) * LINE + 4 * HEADING + _matrix(shown.seats, limits.cell) + _below(shown, limits)


def _matrix(seats: tuple[SeatLine, ...], limit: int) -> float:
    column = (ACROSS - FIRST) / max(1, len(seats)) - 2.6
    rows = [[line.label for line in seats], [line.unit for line in seats], [f"2026年12月31日{line.instead}" for line in seats]]
    points = range(len(seats[0].cells) if seats else 0)
    rows += [[_of_cell(line.cells[n], limit) for line in seats] for n in points]
    rows.append([f"{line.recommendation}：{line.text[:limit]}" for line in seats])
    lines = sum(max((_lines(text, column) for text in row), default=1) for row in rows)
    found = max((sum(_lines(f"▲ {one.word}：{one.reason[:limit]}", column) for one in line.found) for line in seats), default=1)
    return (lines + max(1, found)) * LINE + (len(rows) + 1) * ROW


def _of_cell(cell: Cell, limit: int) -> str:
    lapsed = "（其后已改，须重新审核）" if cell.lapsed else ""
    return f"▲ {cell.word}{lapsed}：{cell.text[:limit]}"


def _below(shown: Shown, limits: Limits) -> float:
    asked = ACROSS - FIRST - ASKED - 2.6
    height = LINE + ROW if shown.comments else 0.0
    for line in shown.comments:
        rows = max(_lines(line["text"][: limits.said], asked), _lines(line["unit"]["name"], FIRST - 2.6))
        height += rows * LINE + ROW
    whole = [f"{line['expert']}（{line['affiliation']}）2026年12月31日：{line['opinion'][: limits.said]}" for line in shown.hearings]
    conclusion = shown.conclusion
    if conclusion:
        whole.append(f"{conclusion['word']}（2026年12月31日）{conclusion['text'][: limits.conclusion]}")
        whole.append(f"没有征求部门意见的理由：{conclusion['no_other_concerned'][: limits.said]}")
        whole.append("不同意见：" + "；".join(f"{one['label']}：{one['text'][: limits.said]}" for one in conclusion["dissent"]))
    if shown.refusal:
        reasons = "；".join(f"{one['text'][: limits.said]} 第四条（二）" for one in shown.refusal["reasons"])
        whole.append(f"不予准入的理由：{reasons}")
    return height + sum(_lines(text, ACROSS) * LINE + 3 for text in whole)


def _lines(text: str, width: float) -> int:
    """The lines that a text takes; what the writer broke stays broken in none of these places."""
    wide = sum(1.0 if ord(character) > 0x2E7F or character in "“”·—…" else 0.58 for character in text)
    return max(1, ceil(wide * CHARACTER * 1.04 / max(6.0, width)))

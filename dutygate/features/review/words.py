"""审核里的说法: what findings, recommendations and answers are called on pages and sheets (Articles 1, 4.2, 4.4, 7)."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dutygate.base.organizations.directory import Directory
from dutygate.features.review.facts import MEMBER
from dutygate.law.regulation.edition import Edition

POINT: Final = {"ok": _("符合"), "concern": _("有问题")}
RECOMMENDS: Final = {"admit": _("同意准入"), "not_admit": _("不予准入")}
RECOMMENDS_OF: Final = {
    "exit": {"admit": _("同意退出"), "not_admit": _("不予退出")},
    "adjustment": {"admit": _("同意调整"), "not_admit": _("不予调整")},
}
"""The same two outcomes where a duty is to leave or to change."""
NECESSITY: Final = {"necessary": _("确需由乡镇承担"), "not_necessary": _("不必由乡镇承担")}
EXCLUDED: Final = {"none": _("不属于排除的权力事项"), "found": _("属于排除的权力事项，不得准入")}
EMERGENCY: Final = {"none": _("不属于突发、紧急事件的处置"), "found": _("属于突发、紧急事件的处置，不宜准入")}
TEMPORARY: Final = {"yes": _("仍属阶段性、临时性"), "no": _("已成为常年工作")}
COMMENT: Final = {"answered": _("已反馈"), "no_reply": _("未反馈"), "open": _("等待反馈")}

Choices = list[tuple[str, Any]]


def recommends_in(kind: str) -> dict[str, Any]:
    """What a review may recommend, in the words of the kind of case."""
    return RECOMMENDS_OF.get(kind, RECOMMENDS)


def choices(words: dict[str, Any]) -> Choices:
    """For a field."""
    return list(words.items())


def seat_label(edition: Edition, directory: Directory, seat: str, on: date, lang: str) -> str:
    """A seat by its label; an appointed member's with the unit to whom it belongs, so that two can be told apart."""
    name, _separator, unit = seat.partition(":")
    known = edition.seats.get(name)
    label = known.label.in_language(lang) if known else name
    if name != MEMBER or not unit:
        return label
    found = next((u for u in directory.units.values() if u.key == unit), None)
    whose = directory.short_name_on(found.id, on) if found else unit
    return f"{label} ({whose})" if lang == "en" else f"{label}（{whose}）"

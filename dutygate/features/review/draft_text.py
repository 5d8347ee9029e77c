"""审核意见草稿: a text to start from, put together from what seats, departments and experts wrote (Article 4.2)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from dutygate.base.register.chains import edition_by_digest
from dutygate.features.cases.head import track_label
from dutygate.features.cases.kinds import ADMISSION, EXIT
from dutygate.features.cases.sections import Reading
from dutygate.features.review.beside import townships_counted
from dutygate.features.review.shown import SeatLine, Shown
from dutygate.features.review.words import recommends_in


def conclusion_draft(reading: Reading, shown: Shown, agreed: str, lang: str) -> str:
    """Paragraph by paragraph; ``agreed`` is what all seats recommend, or ""."""
    end = _end_of_change(agreed, shown, reading.case.kind) if reading.case.kind != ADMISSION else _end(agreed, shown)
    parts = [_matter(reading, lang), *_seats(shown), *_departments(shown), *_experts(shown), end]
    return "\n".join(filter(None, parts))


def _matter(reading: Reading, lang: str) -> str:
    case = reading.case
    initiator = reading.unit(case.initiator_id)
    counted = townships_counted(reading)
    said = {
        "initiator": initiator["name"] if initiator else "",
        "title": case.title,
        "track": track_label(edition_by_digest(case.edition_digest), case.track, lang),
        "number": sum(one["count"] for one in counted),
        "answers": _("、").join(one["said"] for one in counted),
    }
    if case.kind != ADMISSION:
        if case.kind == EXIT:
            return _("一、%(initiator)s申请“%(title)s”（%(track)s）退出清单。另一方书面答复：%(answers)s。") % said
        return _("一、%(initiator)s申请调整“%(title)s”（%(track)s）。另一方书面答复：%(answers)s。") % said
    return _("一、%(initiator)s申请将“%(title)s”（%(track)s）由 %(number)s 个乡镇承担。各乡镇书面答复：%(answers)s。") % said


def _seats(shown: Shown) -> Iterator[str]:
    yield _("二、各席位审核情况：")
    for line in shown.seats:
        if line.at is not None:
            yield _("%(seat)s（%(unit)s）：%(findings)s。") % {"seat": line.label, "unit": line.unit, "findings": _of_seat(line)}


def _of_seat(line: SeatLine) -> str:
    good = _("、").join(cell.label for cell in line.cells if cell.finding == "ok")
    parts = [_("%(points)s符合要求") % {"points": good}] if good else []
    parts += [_with(cell.label + _("：") + str(cell.word), cell.text) for cell in line.cells if cell.finding == "concern"]
    parts += [_with(str(found.word), found.reason) for found in line.found]
    parts.append(_("建议%(recommendation)s") % {"recommendation": line.recommendation})
    if line.text:
        parts.append(_("意见：%(text)s") % {"text": line.text})
    return _("；").join(part.rstrip("。.") for part in parts)


def _with(words: str, more: str) -> str:
    return _("%(words)s（%(more)s）") % {"words": words, "more": more.rstrip("。.")} if more else words


def _departments(shown: Shown) -> Iterator[str]:
    if not shown.comments:
        yield _("三、没有其他相关部门。")
        return
    yield _("三、征求部门意见情况：")
    for line in shown.comments:
        said: dict[str, Any] = {"unit": line["unit"]["name"], "said": line["text"].rstrip("。.") if line["text"] else line["word"]}
        yield _("%(unit)s：%(said)s。") % said


def _experts(shown: Shown) -> Iterator[str]:
    for line in shown.hearings:
        yield _("听取专家意见：%(expert)s：%(said)s。") % {"expert": line["expert"], "said": line["opinion"].rstrip("。.")}


def _end_of_change(agreed: str, shown: Shown, kind: str) -> str:
    if agreed in ("admit", "not_admit"):
        said = {"outcome": recommends_in(kind)[agreed]}
        if agreed == "admit":
            return _("四、经审核，%(outcome)s，报旗委、旗政府。") % said
        return _("四、经审核，%(outcome)s，书面告知申请单位并说明理由。") % said
    return _end(agreed, shown)


def _end(agreed: str, shown: Shown) -> str:
    if agreed == "admit":
        return _("四、经审核，同意准入，报旗委、旗政府。")
    if agreed == "not_admit":
        return _("四、经审核，不符合准入条件，不予准入，书面告知申请单位并说明理由。")
    wishes = {line.recommends for line in shown.seats if line.at is not None}
    return _("四、各席位建议不一致，不同意见随审核意见一并上报。") if len(wishes) > 1 else ""

"""什么已定、还等谁: a case before the bodies as its pages tell it, from the facts that the law itself looks at (Articles 1, 4.3)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from dutygate.base.register.chains import edition_by_digest
from dutygate.features.application.facts import township_facts
from dutygate.features.application.queries import proposed_by, scope_of
from dutygate.features.cases.acts import CaseScene
from dutygate.features.cases.facts import CaseSubject, duty_of, head_facts
from dutygate.features.cases.kinds import ADMISSION, EXIT, outcome_in
from dutygate.features.decision.facts import BANNER, CITY, decided, deciding_bodies, left_by, standing_decisions
from dutygate.features.decision.letters import Approval, Matter
from dutygate.features.decision.words import body_label, listed
from dutygate.law.regulation.edition import Edition
from dutygate.law.rules.kinds import banner_decides


def subject_of(found: CaseScene) -> CaseSubject:
    """The case at the door, with all that was read for this page already."""
    subject: CaseSubject = found.now.looked.subject
    return subject


def edition_of(found: CaseScene) -> Edition:
    """The edition under which the case was opened."""
    return edition_by_digest(found.case.edition_digest)


SAID: Final = {"agree": "同意", "agree_with_conditions": "附条件同意", "disagree": "不同意", "no_reply": "未反馈"}


def notice_words(found: CaseScene, kind: str) -> str:
    """What a notice tells, by its kind: 准予准入, 准予退出, 不予调整 ..."""
    outcome = "refused" if kind == "refusal" else "approved"
    return outcome_in(found.now.procedure, outcome, found.case.kind, found.lang)


@dataclass(frozen=True, slots=True)
class Scope:
    """One township of the application: key, name, and whether another body has left it out."""

    key: str
    name: str
    left_out: bool


def scope_in(found: CaseScene) -> list[Scope]:
    """The townships applied for, in the order of their codes: one query a page. Of an exit or an adjustment those that it is about."""
    subject = subject_of(found)
    if found.case.kind == ADMISSION:
        inside = {t.unit for t in subject.remember("townships", lambda: township_facts(subject)) if t.in_scope}
    else:
        proposed = subject.remember("proposed", lambda: proposed_by(found.viewer, found.case))
        inside = {subject.key(unit) for unit in proposed.townships}
    rows = standing_decisions(subject)
    kept = set(left_by(subject, rows, inside))
    directory, on = found.reading.directory, found.reading.on
    order = {directory.unit(unit).key: place for place, unit in enumerate(directory.townships(on))}
    keys = sorted(inside, key=lambda key: (order.get(key, len(order)), key))
    return [Scope(key, directory.name_on(directory.by_key(key).id, on), key not in kept) for key in keys]


def matter_of(found: CaseScene) -> Matter:
    """What a letter about the case says of it: the townships that no body has left out."""
    case = found.case
    return Matter(
        edition_of(found),
        case.title,
        name_of(found, case.initiator_id),
        case.track,
        case.mode,
        case.acts_in_name_of,
        case.ends_on,
        tuple(township.name for township in scope_in(found) if not township.left_out),
        found.case.kind,
        **_of_change(found),
    )


def _of_change(found: CaseScene) -> dict[str, Any]:
    """What a letter says of an exit or an adjustment besides: of which duty, why, whose lists it leaves, what the other side said."""
    subject = subject_of(found)
    duty = duty_of(subject)
    if duty is None:
        return {}
    reason = edition_of(found).change_reasons.get(found.case.reason)
    proposed = subject.remember("proposed", lambda: proposed_by(found.viewer, found.case))
    return {
        "duty": duty.code,
        "reason": "：".join(filter(None, (reason.label.zh if reason else "", found.case.reason_words.rstrip("。")))),
        "leaving": tuple(name_of(found, unit) for unit in proposed.leaving),
        "said": opinion_in_words(found),
        "lead": name_of(found, duty.lead),
        "turns_regular": found.case.from_track == "temporary" and found.case.track == "regular",
    }


def opinion_in_words(found: CaseScene) -> str:
    """What the other side said, counted: "同意2个，不同意1个，未反馈1个"."""
    rows = [row for row in scope_of(found.viewer, found.case) if row.in_scope]
    counted = Counter("no_reply" if row.no_reply else row.answer for row in rows)
    return "，".join(f"{words}{counted[answer]}个" for answer, words in SAID.items() if counted[answer])


def name_of(found: CaseScene, unit_id: int | None) -> str:
    """The name of a unit on the day of reading, "" for none."""
    unit = found.reading.unit(unit_id)
    return unit["name"] if unit else ""


def approval_of(found: CaseScene) -> Approval:
    """What was decided in the end, and by whom. The case is approved."""
    subject = subject_of(found)
    rows = standing_decisions(subject)
    outcome = decided(subject)
    bodies = tuple(row.body for row in rows if row.body == CITY) or tuple(row.body for row in rows)
    return Approval(bodies, outcome.document_number, outcome.effective_on, outcome.ends_on)


def banner_needed(found: CaseScene) -> tuple[str, ...]:
    """The banner's bodies whose outcome the case needs."""
    return tuple(body for body in deciding_bodies(found.case) if body in BANNER)


def leads_to(found: CaseScene, body: str) -> dict[str, str]:
    """结果 -> what it brings about when this body records it now."""
    edition, lang = edition_of(found), found.lang
    if found.case.kind != ADMISSION:
        return leads_to_change(found, body)
    if body == CITY:
        return {
            "for": _("本卷即为已批准，由牵头单位书面告知各方；告知发出以后列入清单。"),
            "against": _("本卷不予准入，由牵头单位书面告知各方并说明理由。"),
            "return": _("本卷回到审核中，由牵头单位重新形成审核意见后再报。"),
        }
    said: dict[str, Any] = {row.body: row.outcome for row in standing_decisions(subject_of(found))}
    open_bodies = [other for other in banner_needed(found) if other != body and other not in said]
    wait = _("还要等%(bodies)s登记决定。") % {"bodies": listed(body_label(edition, b, lang) for b in open_bodies)} if open_bodies else ""
    temporary = found.case.track == "temporary" and found.case.ends_on is not None
    after = _("各机关都同意的，本卷即为已批准，不必报市政府。") if temporary else _("各机关都同意的，由旗政府报市政府批准。")
    against = _("有一个机关不同意，本卷就不予准入，由牵头单位书面告知并说明理由。")
    back = _("没有机关不同意的，本卷回到审核中，由牵头单位重新形成审核意见后再报。")
    return {"for": f"{wait}{after}", "against": f"{wait}{against}", "return": f"{wait}{back}"}


def leads_to_change(found: CaseScene, body: str) -> dict[str, str]:
    """The same where a duty is to leave or to change: the banner decides what it admitted itself, all else goes to the city (4.4, 4.5)."""
    edition, lang = edition_of(found), found.lang
    leaves = found.case.kind == EXIT
    approved = (
        _("本卷即为已批准，由牵头单位书面告知各方；告知发出以后退出清单。")
        if leaves
        else _("本卷即为已批准，由牵头单位书面告知各方；告知发出以后清单按调整后的内容。")
    )
    refused = _("不予同意，由牵头单位书面告知各方并说明理由，清单上照旧。")
    back = _("本卷回到审核中，由牵头单位重新形成审核意见后再报。")
    if body == CITY:
        return {"for": approved, "against": refused, "return": back}
    said: dict[str, Any] = {row.body: row.outcome for row in standing_decisions(subject_of(found))}
    open_bodies = [other for other in banner_needed(found) if other != body and other not in said]
    wait = _("还要等%(bodies)s登记决定。") % {"bodies": listed(body_label(edition, b, lang) for b in open_bodies)} if open_bodies else ""
    last = banner_decides(head_facts(subject_of(found)))
    after = approved if last else _("各机关都同意的，由旗政府报市政府批准。")
    return {"for": f"{wait}{after}", "against": f"{wait}{refused}", "return": f"{wait}{back}"}

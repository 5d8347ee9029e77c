"""Rules of the joint conference: meetings and written rounds, what they say, what they set, who belongs to them (Article 3).

``facts.act`` holds the payload and what the action looked up for it; each rule says which keys it reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from dutygate.law.rules.facts import Facts
from dutygate.law.rules.registry import Finding, rule

AT_LEAST: Final = 2
"""会同 (Article 4, item 2): a conference of one member is none."""


def _day(value: Any) -> date | None:
    return value if isinstance(value, date) or not value else date.fromisoformat(str(value))


@rule(cites="3", serves=("strict_procedure",), asks=("form", "held_on", "place", "reply_by"))
def meeting_is_called_in_full(facts: Facts) -> list[Finding]:
    """开会的写明日期和地点，书面审议的写明答复期限. Reads ``form``, ``held_on``, ``place``, ``reply_by``."""
    act = facts.act
    if act["form"] == "written":
        return [] if act.get("reply_by") else [Finding("round_without_last_day", "3")]
    found = [] if act.get("held_on") else [Finding("meeting_without_day", "3")]
    return found if act.get("place") else [*found, Finding("meeting_without_place", "3")]


@rule(cites="3", serves=("strict_procedure",), asks=("members",))
def called_are_of_the_conference(facts: Facts) -> list[Finding]:
    """召集的是联席会议成员单位. Reads ``strangers``: keys of those called that are none on that day."""
    return [Finding("called_is_no_member", "3", {"unit": unit}) for unit in facts.act["strangers"]]


@rule(cites="3", serves=("strict_procedure",))
def minutes_are_open(facts: Facts) -> list[Finding]:
    """纪要定稿以后，这次会议不再改动. Reads ``status``: called, held or closed; ``meeting``."""
    return [Finding("meeting_closed", "3", {"meeting": facts.act["meeting"]})] if facts.act["status"] == "closed" else []


@rule(cites="3", serves=("strict_procedure",))
def agenda_is_open(facts: Facts) -> list[Finding]:
    """开会以后议题不再增减. Reads ``status``, ``meeting``."""
    return [] if facts.act["status"] == "called" else [Finding("agenda_closed", "3", {"meeting": facts.act["meeting"]})]


@rule(cites="3", serves=("strict_procedure",), asks=("cases", "add"))
def agenda_takes_waiting_cases(facts: Facts) -> list[Finding]:
    """上会的是正在审核、还没有形成审核意见、没有列入另一次未定稿会议的办件. Reads ``not_waiting``, ``elsewhere``: number -> meeting."""
    elsewhere: Mapping[str, str] = facts.act["elsewhere"]
    found = [Finding("case_not_waiting", "3", {"case": case}) for case in facts.act["not_waiting"]]
    return found + [Finding("case_on_another_agenda", "3", {"case": case, "meeting": elsewhere[case]}) for case in sorted(elsewhere)]


@rule(cites="3", serves=("strict_procedure",), asks=("remove",))
def removal_from_agenda_has_reason(facts: Facts) -> list[Finding]:
    """撤下议题写明理由. Reads ``remove``: [{case, reason}], ``not_on_agenda``."""
    found = [Finding("item_not_on_agenda", "3", {"case": case}) for case in facts.act["not_on_agenda"]]
    return found + [Finding("item_removed_without_reason", "3", {"case": one["case"]}) for one in facts.act["remove"] if not one["reason"]]


@rule(cites="3", serves=("strict_procedure",), asks=("attendance",))
def every_member_is_accounted_for(facts: Facts) -> list[Finding]:
    """召集的每个成员单位都记明到会或者请假；到会、列席的写明是谁. Reads ``missing``, ``nameless``: keys of units."""
    found = [Finding("attendance_missing", "3", {"unit": unit}) for unit in facts.act["missing"]]
    return found + [Finding("attendance_without_name", "3", {"unit": unit}) for unit in facts.act["nameless"]]


@rule(cites="3", serves=("strict_procedure",), asks=("attendance",))
def meeting_day_has_come(facts: Facts) -> list[Finding]:
    """到了日子才有到会情况；书面审议，期限以前有人没答复的再等. Reads ``form``, ``day``: of the meeting or the last day, ``absent``."""
    day = _day(facts.act["day"])
    if day is None or facts.on >= day:
        return []
    if facts.act["form"] == "written":
        return [Finding("round_still_open", "3", {"day": day.isoformat()})] if facts.act["absent"] else []
    return [Finding("meeting_not_yet", "3", {"day": day.isoformat()})]


@rule(cites="4.2", serves=("strict_procedure",), asks=("attendance",))
def members_came_together(facts: Facts) -> list[Finding]:
    """会同审核：至少两个成员单位到会或者书面答复. Reads ``present``: how many members."""
    return [] if facts.act["present"] >= AT_LEAST else [Finding("too_few_members", "4.2", {"count": facts.act["present"]})]


@rule(cites="3", serves=("strict_procedure",))
def meeting_was_held(facts: Facts) -> list[Finding]:
    """先记到会情况，再记结论和纪要. Reads ``status``, ``meeting``."""
    return [Finding("meeting_not_held", "3", {"meeting": facts.act["meeting"]})] if facts.act["status"] == "called" else []


@rule(cites="3", serves=("strict_procedure",), asks=("case", "text"))
def item_conclusion_is_whole(facts: Facts) -> list[Finding]:
    """逐个议题记结论，写明怎么定的. Reads ``case``, ``on_agenda``, ``text``."""
    if not facts.act["on_agenda"]:
        return [Finding("item_not_on_agenda", "3", {"case": facts.act["case"]})]
    return [] if facts.act["text"] else [Finding("item_without_text", "3", {"case": facts.act["case"]})]


@rule(cites="3", serves=("strict_procedure",), asks=("text", "finish"))
def finished_minutes_are_whole(facts: Facts) -> list[Finding]:
    """定稿的纪要有正文，每个议题都有结论. Reads ``finish``, ``text``, ``without_conclusion``: numbers of cases."""
    if not facts.act["finish"]:
        return []
    found = [] if facts.act["text"] else [Finding("minutes_without_text", "3")]
    return found + [Finding("item_not_concluded", "3", {"case": case}) for case in facts.act["without_conclusion"]]


@rule(cites="3", serves=("strict_procedure", "lawful"))
def adoption_rests_on_minutes(facts: Facts) -> list[Finding]:
    """联席会议的规定以定稿的纪要为凭. Reads ``status``, ``meeting``."""
    return [] if facts.act["status"] == "closed" else [Finding("minutes_not_finished", "3", {"meeting": facts.act["meeting"]})]


@rule(cites="3", serves=("strict_procedure",), asks=("effective_from",))
def adoption_lies_ahead(facts: Facts) -> list[Finding]:
    """规定从以后的一天起用，不溯及以往. Reads ``effective_from``, ``today``: the day of entry."""
    starts, today = _day(facts.act["effective_from"]), _day(facts.act["today"])
    assert starts is not None and today is not None
    return [] if starts > today else [Finding("adoption_too_early", "3", {"day": today.isoformat()})]


@rule(cites="3", serves=("strict_procedure",), asks=("parameters",))
def adoption_fits_the_edition(facts: Facts) -> list[Finding]:
    """规定的是办法留给联席会议的参数，值合于它的种类. Reads ``unknown``, ``unfit``: names of parameters."""
    found = [Finding("parameter_unknown", "3", {"parameter": name}) for name in facts.act["unknown"]]
    return found + [Finding("parameter_value_unfit", "3", {"parameter": name}) for name in facts.act["unfit"]]


@rule(cites="3", serves=("strict_procedure",), asks=("document", "meeting"))
def appointment_rests_on_paper(facts: Facts) -> list[Finding]:
    """增补成员单位写明依据：定稿的纪要，或者文件. Reads ``document``, ``meeting``, ``status``: that of the meeting, "" without one."""
    if facts.act.get("meeting"):
        done = facts.act["status"] == "closed"
        return [] if done else [Finding("minutes_not_finished", "3", {"meeting": facts.act["meeting"]})]
    return [] if facts.act.get("document") else [Finding("appointment_without_paper", "3")]

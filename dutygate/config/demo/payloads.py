"""From a step of the story to the payload of its action, as a person would have filled in the form."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from dutygate.config.demo.material import Plain

FINDING: Final = {"met": "ok", "met_with_note": "concern", "not_met": "concern"}
MEETING: Final = {"written": "书面审核", "meeting": "会议审核"}
Payload = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Saying:
    """A step with what it speaks of. ``matter`` is empty for a step on several cases, ``number_of`` gives a matter's case number.

    ``scan``: the digest of the paper that the step enters, "" for none. ``full_key``: a unit's key as the system knows it. ``owed``: a
    township ("": who acts) -> what it is owed.
    """

    step: Plain
    matter: Plain
    number_of: Callable[[str], str]
    scan: str = ""
    full_key: Callable[[str], str] = str
    owed: Callable[[str], Sequence[str]] = tuple


def payload_of(action: str, saying: Saying) -> Payload:
    """The payload. Raises LookupError for an action that the story cannot tell."""
    return _SAID[action](saying)


def _given(value: Any) -> dict[str, Any]:
    """Without what the file leaves empty."""
    return {name: member for name, member in value.items() if member not in ("", None)}


def _document(step: Plain) -> Payload:
    return {"document_number": step["document"]["number"], "dated_on": step["document"]["date"]}


def _only(**fields: str) -> Callable[[Saying], Payload]:
    """A payload of the step's fields of that name, each under the name that the action gives it."""
    return lambda saying: {theirs: saying.step[ours] for theirs, ours in fields.items()}


def _nothing(saying: Saying) -> Payload:
    return {}


def _open(saying: Saying) -> Payload:
    matter = saying.matter
    declared = {name: matter[name] for name in ("track", "mode", "acts_in_name_of", "declared_class", "necessity")}
    ends = {"ends_on": matter["ends_on"]} if "ends_on" in matter else {}
    return {"title": matter["items"]["name"], **declared, **ends, "handles_emergency": matter.get("handles_emergency", False)}


def _edit(saying: Saying) -> Payload:
    step, matter = saying.step, saying.matter
    if "changes" in step:
        return {"items": step["changes"]}
    wanted = list(matter["items"]) if step["fill"] == "all" else step["fill"]
    payload: Payload = {"items": {item: matter["items"][item] for item in wanted}, "townships": matter["townships"]}
    if "legal_basis" in wanted:
        payload["bases"] = [_given(basis) for basis in matter["bases"]]
    if "safeguards" in wanted:
        payload["safeguards"] = [_safeguard(kind, said) for kind, said in matter["support"].items()]
    if step["fill"] == "all":
        payload["per_township"] = matter.get("per_township", {})
    return payload


def _safeguard(kind: str, said: Plain) -> Payload:
    safeguard: Payload = {"kind": kind, "needed": said["needed"], "note": said["note"] if said["needed"] else said["reason"]}
    if "amount_fen_per_township" in said:
        safeguard["amount_fen"] = said["amount_fen_per_township"]
    return safeguard


def _reply(saying: Saying) -> Payload:
    step = saying.step
    payload: Payload = {"answer": step["answer"], "reason": step["reason"]}
    if "conditions" in step:
        payload["conditions"] = [step["conditions"]]
    if "paper" in step:
        paper = {name: step["paper"][name] for name in ("document_number", "signed_on")}
        payload |= {"entered_for": step["entered_for"], "scan": saying.scan, **paper}
    return payload


def _conclude_consultation(saying: Saying) -> Payload:
    return {"negotiated_opinion": saying.matter["negotiated_opinion"]}


def _submit(saying: Saying) -> Payload:
    return {"document_number": saying.step["document"]["number"], "signed_on": saying.step["document"]["date"]}


def _hear_expert(saying: Saying) -> Payload:
    step = saying.step
    return {"expert": step["expert"]["name"], "affiliation": step["expert"]["title"], "opinion": step["text"], "heard_on": step["day"]}


def _assess(saying: Saying) -> Payload:
    """The five points; a seat recommends to admit unless it found something that stands in the way."""
    step = saying.step
    found = step["findings"]
    payload: Payload = {
        "seat": step["seat"],
        "points": {point: {"finding": FINDING[said["result"]], "text": said["text"]} for point, said in found.items()},
        "text": step.get("text", ""),
    }
    against = any(said["result"] == "not_met" for said in found.values())
    if "necessity" in step:
        payload["necessity"] = step["necessity"]["finding"]
        payload["text"] = payload["text"] or step["necessity"]["text"]
        against = against or payload["necessity"] == "not_necessary"
    for name in ("excluded_power", "emergency"):
        if name in step:
            payload |= {name: step[name]["finding"], f"{name}_reason": step[name]["text"]}
            against = against or step[name]["finding"] == "found"
    return {**payload, "recommends": "not_admit" if against else "admit"}


def _conclude_review(saying: Saying) -> Payload:
    """The text ends with the number of the paper and the form of the conference, as the paper itself would."""
    step = saying.step
    paper, meeting = step["document"], step["meeting"]
    tail = f"（{paper['number']}，{paper['date']}；{MEETING[meeting['form']]}，{meeting['day']}）"
    return {"outcome": step["outcome"], "text": step["text"] + tail, "no_other_concerned": step.get("no_other_concerned", "")}


def _refuse(saying: Saying) -> Payload:
    return {"reasons": saying.step["reasons"], **_document(saying.step)}


def _send_up(saying: Saying) -> Payload:
    return _document(saying.step)


def _decided(said: Plain, text: str) -> Payload:
    """What a document says on one case; its words are its reasons, also where it says yes."""
    days = {name: said[name] for name in ("effective_on", "expires_on") if name in said}
    return {"outcome": said["outcome"], "reasons": [{"text": text}], **days}


def _record(saying: Saying) -> Payload:
    step = saying.step
    return {"body": step["body"], **_document(step), **_decided(step, step["text"])}


def _record_set(saying: Saying) -> Payload:
    step = saying.step
    cases = [{"case": saying.number_of(said["matter"]), **_decided(said, step["text"])} for said in step["cases"]]
    return {"body": step["body"], **_document(step), "cases": cases}


def _convene(saying: Saying) -> Payload:
    step = saying.step
    said = {name: step[name] for name in ("form", "held_on", "place", "reply_by") if name in step}
    return {**said, "cases": [saying.number_of(matter) for matter in step["matters"]]}


def _attendance(saying: Saying) -> Payload:
    step = saying.step
    came = [{**one, "unit": saying.full_key(one["unit"])} for one in step["came"]]
    return {"attendance": came, "chair": step["chair"], "recorder": step["recorder"]}


def _conclude_item(saying: Saying) -> Payload:
    step = saying.step
    return {"case": saying.number_of(step["matter"]), "outcome": step["outcome"], "text": step["text"]}


def _minutes(saying: Saying) -> Payload:
    return {**_only(text="text", number="number", dated_on="dated_on")(saying), "finish": True}


def _deliver(saying: Saying) -> Payload:
    step = saying.step
    lines = [{"commitment": ref} for township in step["townships"] for ref in saying.owed(township)]
    return {"lines": lines, "voucher_number": step["voucher"], "given": step["given"], "delivered_on": step["day"]}


def _confirm(saying: Saying) -> Payload:
    """All that was given first: of the money all, or so much with what is missing and why."""
    step = saying.step
    said = {name: step[name] for name in ("received_fen", "disputed_fen", "reason") if name in step}
    given = [f"{ref}.1" for ref in saying.owed("")]
    return {"lines": [{"delivery": ref, **(said if place == 0 else {})} for place, ref in enumerate(given)]}


_SAID: Final[Mapping[str, Callable[[Saying], Payload]]] = {
    "case.open": _open,
    "case.withdraw": _only(reason="reason"),
    "application.edit": _edit,
    "application.submit": _submit,
    "consultation.request": _nothing,
    "consultation.reply": _reply,
    "consultation.answer_conditions": _only(township="township", answer="text"),
    "consultation.settle_conditions": _only(settlement="settlement", text="text"),
    "consultation.ask_again": _nothing,
    "consultation.narrow": _only(townships="townships", reason="reason"),
    "consultation.conclude": _conclude_consultation,
    "record.check_original": _only(township="township"),
    "review.accept": _nothing,
    "review.return": _only(gaps="gaps"),
    "review.substitute": _only(seat="seat", substitute="substitute", reason="reason"),
    "review.ask_department": _only(departments="departments", question="question"),
    "review.comment": _only(text="text"),
    "review.hear_expert": _hear_expert,
    "review.assess": _assess,
    "review.conclude": _conclude_review,
    "review.refuse": _refuse,
    "conference.convene": _convene,
    "conference.attendance": _attendance,
    "conference.conclude_item": _conclude_item,
    "conference.minutes": _minutes,
    "decision.submit_to_banner": _send_up,
    "decision.submit_to_city": _send_up,
    "decision.record": _record,
    "decision.record_set": _record_set,
    "notice.issue": _send_up,
    "notice.acknowledge": _nothing,
    "support.deliver": _deliver,
    "support.confirm": _confirm,
}

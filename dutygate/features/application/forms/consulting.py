"""表单 of the department that asks (4.1): the letter, another round, a narrower scope, the negotiated opinion."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from dutygate.base.actions.forms import act_form, paragraph, several, text
from dutygate.base.actions.saying import all_said
from dutygate.features.application.changes import history_of
from dutygate.features.application.consulted import all_standings, links_of, townships_in
from dutygate.features.application.difference import shown_difference
from dutygate.features.application.letters import negotiated_opinion, request_letter
from dutygate.features.application.letters_of_change import opinion_on_change, request_of_change
from dutygate.features.application.matter import limit_of, support_lines
from dutygate.features.application.parties import needs_consent
from dutygate.features.application.queries import items_of, rounds_of
from dutygate.features.application.standing import Standing, tell_lapses
from dutygate.features.cases.acts import CaseScene, returns_to
from dutygate.features.cases.facts import duty_of, head_facts
from dutygate.features.cases.forms import CaseForm
from dutygate.features.cases.kinds import ADMISSION, EXIT
from dutygate.law.rules.kinds import suffices

returns_to("opinions", "consultation.request", "consultation.ask_again", "consultation.narrow", "consultation.conclude")

CODES: Final = {
    "silent": "township_silent",
    "contested": "entry_contested",
    "disagree": "township_against",
    "lapsed": "opinion_lapsed",
    "open": "condition_open",
    "answered": "condition_open",
}
"""How a township stands -> what the rules say to it when the consultation is to be concluded."""


class InitiatorForm(CaseForm):
    """A form of the department about all townships of the case."""

    @property
    def initiator(self) -> str:
        """The department's name."""
        return self.found.reading.directory.name_on(self.found.case.initiator_id, self.found.reading.on)

    @property
    def inside(self) -> list[Standing]:
        """The townships in scope."""
        return [standing for standing in all_standings(self.found) if standing.row.in_scope]

    def item(self, name: str) -> str:
        """The common text of one item."""
        texts = self.found.now.looked.subject.remember("item texts", lambda: items_of(self.found.viewer, self.found.case))
        return next((row.text for row in texts if row.item == name and not row.addition), "")


class LetterForm(InitiatorForm):
    """The letter by which townships are asked: a draft that may be changed, and its number if there is one already."""

    document_number = text(_("函的文号"), limit=80, help_text=_("本单位发函的文号；还没有编号的可以不填。"))
    letter = paragraph(
        _("函的正文"), limit=20_000, rows=16, help_text=_("系统按申请内容拟好的，可以改。它和申请内容一起送给乡镇，登记以后不能再改。")
    )

    def start(self) -> dict[str, Any]:
        """The letter as it would read."""
        return {"letter": self.found.now.looked.subject.remember("letter", self._letter)}

    def addressees(self) -> list[Standing]:
        """Who gets the letter: everybody in scope who does not consent to the text as it stands."""
        return [standing for standing in self.inside if not standing.consents]

    def due(self) -> Any:
        """By when they would have to answer, if it went out now."""
        days = limit_of(self.found, "consultation.reply")["days"]
        calendar = self.found.reading.directory.calendar()
        return calendar.add_working_days(self.found.reading.on, days) if isinstance(days, int) else None

    def changed(self) -> list[str]:
        """What reads otherwise than when townships were last asked."""
        return []

    def _letter(self) -> str:
        due: date | None = found.day if (found := self.due()) is not None else None
        if self.found.case.kind != ADMISSION:
            return self._letter_of_change(due)
        return request_letter(
            case=self.found.case,
            edition=self.found.now.looked.edition,
            initiator=self.initiator,
            townships=[standing.unit["name"] for standing in self.addressees()],
            content=self.item("content"),
            support=support_lines(self.found, None),
            due=due,
            on=self.found.reading.on,
            again=self.changed(),
        )

    def _letter_of_change(self, due: date | None) -> str:
        """What is to leave or to change, and why."""
        case, edition = self.found.case, self.found.now.looked.edition
        duty, reason = duty_of(self.found.now.looked.subject), edition.change_reasons.get(case.reason)
        why = "：".join(filter(None, (reason.label.zh if reason else "", case.reason_words.rstrip("。"))))
        return request_of_change(
            case=case,
            edition=edition,
            duty="" if duty is None else duty.code,
            initiator=self.initiator,
            parties=[standing.unit["name"] for standing in self.addressees()],
            reason=why,
            points=self._points(),
            due=due,
            on=self.found.reading.on,
            consent=any(needs_consent(self.found, standing.unit_id) for standing in self.addressees()),
        )

    def _points(self) -> list[str]:
        """The items of an exit; of an adjustment the parts that would read otherwise, and whom it concerns."""
        if self.found.case.kind == EXIT:
            items = self.found.now.looked.edition.items_of(EXIT).values()
            return [f"{item.label.zh}：{text}" for item in items if (text := self.item(item.id))]
        shown = shown_difference(self.found)
        parts = [f"{part['label']}拟改为：{''.join(piece['text'] for piece in part['new']) or '（去掉）'}" for part in shown["parts"]]
        scope = {"新增承担的乡镇": shown["joining"], "退出清单的乡镇": shown["leaving"]}
        return [*parts, *(f"{words}：{'、'.join(names)}" for words, names in scope.items() if names)]

    def context(self) -> dict[str, Any]:
        """Who is asked, until when and why."""
        return {**super().context(), "asked": self.addressees(), "due": self.due(), "limit": limit_of(self.found, "consultation.reply")}


@act_form("consultation.request")
class RequestForm(LetterForm):
    """书面征求意见: the first round."""

    page = "application/consult/request.html"
    button = _("送出，征求意见")
    says_blocked = True

    def context(self) -> dict[str, Any]:
        """What is still missing, and on which page it is mended."""
        step = self.found.step(self.action)
        findings = step.findings if step is not None else ()
        items = self.found.now.looked.edition.all_items
        empty = [items[str(f.params["item"])].label.in_language(self.found.lang) for f in findings if f.code == "item_missing"]
        return {
            **super().context(),
            "no_township": any(f.code == "no_township_in_scope" for f in findings),
            "empty_items": empty,
            "missing": all_said([f for f in findings if f.code not in ("no_township_in_scope", "item_missing")], self.found.lang),
        }


@act_form("consultation.ask_again")
class AskAgainForm(LetterForm):
    """再次征求意见: those who do not consent now."""

    page = "application/consult/again.html"
    button = _("送出，再次征求意见")

    @classmethod
    def offered(cls, place: CaseScene) -> bool:
        """Where somebody in scope has answered and does not agree, has not been asked, or the text has changed."""
        return place.case.changed_since_round or any(
            t.in_scope and not t.consents and (bool(t.answer) or not t.asked) for t in townships_in(place)
        )

    def changed(self) -> list[str]:
        """What reads otherwise since the last round, each part once."""
        return list(dict.fromkeys(change.label for change in self._changes()))

    def _changes(self) -> list[Any]:
        rounds = rounds_of(self.found.viewer, self.found.case)
        if not rounds or rounds[-1].revision >= self.found.case.revision:
            return []
        return [change for change in history_of(self.found).since(rounds[-1].revision) if change.judged]

    def context(self) -> dict[str, Any]:
        """Who is asked and why, who is not, and what changed."""
        stays = [standing for standing in self.inside if standing.consents]
        tell_lapses(self.found, self.inside)
        return {**super().context(), "stays": stays, "changed": self._changes(), "changed_since": "round"}


@act_form("consultation.narrow")
class NarrowForm(InitiatorForm):
    """缩小范围: townships that leave."""

    page = "application/consult/narrow.html"
    button = _("调出所选的乡镇")
    places = {"township_not_in_scope": "townships", "scope_would_be_empty": "townships"}

    townships = several(_("调出哪些乡镇"), (), help_text=_("调出以后，这件事不再交给它们；它们说过的意见仍然保留，可以查看。"))
    reason = paragraph(_("调出的理由"), limit=2000, rows=3, required=True, help_text=_("理由会告知被调出的乡镇。"))

    @classmethod
    def offered(cls, place: CaseScene) -> bool:
        """Where more than one is left."""
        return sum(t.in_scope for t in townships_in(place)) > 1

    def shape(self) -> None:
        """The townships in scope, each with how it stands."""
        super().shape()
        field: Any = self.fields["townships"]
        field.choices = [(s.unit["key"], f"{s.unit['name']} · {s.mark['words']}") for s in self.inside]


@act_form("consultation.conclude")
class ConcludeForm(InitiatorForm):
    """形成协商意见: the eleventh item, made of the replies."""

    page = "application/consult/conclude.html"
    button = _("形成协商意见")
    says_blocked = True

    negotiated_opinion = paragraph(
        _("协商意见"), limit=20_000, rows=14, required=True, help_text=_("系统按各乡镇的书面答复拟好的，可以改。它是申请书十一项内容之一。")
    )

    def start(self) -> dict[str, Any]:
        """The opinion as the replies say it."""
        said = {"case": self.found.case, "initiator": self.initiator, "standings": all_standings(self.found)}
        if self.found.case.kind == ADMISSION:
            return {"negotiated_opinion": negotiated_opinion(**said)}
        late = {party.unit for party in townships_in(self.found) if party.out_of_time}
        return {"negotiated_opinion": opinion_on_change(**said, out_of_time=late)}

    def context(self) -> dict[str, Any]:
        """Who does not consent yet, what is to be done about it and by whom; the opinion of an earlier round."""
        ready = self._ready()
        waiting = [standing for standing in self.inside if standing.unit["key"] not in ready]
        return {
            **super().context(),
            "heard": [] if self.found.case.kind == ADMISSION else [s for s in self.inside if s.unit["key"] in ready],
            "late": {party.unit for party in townships_in(self.found) if party.out_of_time},
            "groups": self._groups(waiting),
            "agreed": len(self.inside) - len(waiting),
            "earlier": self.item("negotiated_opinion"),
        }

    def _ready(self) -> set[str]:
        """Those who have said all that the case rests on, or need not be waited for: the law's own question (4.1, 4.4)."""
        if self.found.case.kind == ADMISSION:
            return {standing.unit["key"] for standing in self.inside if standing.consents}
        head = head_facts(self.found.now.looked.subject)
        return {p.unit for p in townships_in(self.found) if suffices(head, p) and not (p.condition == "open" and p.answered)}

    def _groups(self, waiting: list[Standing]) -> list[dict[str, Any]]:
        """The townships that stand alike, with what is to be done about them all."""
        step = self.found.step(self.action)
        to_do = {said.code: said.what_to_do for said in all_said(step.findings if step is not None else (), self.found.lang)}
        kinds = dict.fromkeys(standing.stands for standing in waiting)
        return [
            {
                "mark": next(s.mark for s in waiting if s.stands == kind),
                "do": to_do.get(CODES.get(kind, ""), ""),
                "townships": [{"standing": s, "links": links_of(self.found, s)} for s in waiting if s.stands == kind],
            }
            for kind in kinds
        ]

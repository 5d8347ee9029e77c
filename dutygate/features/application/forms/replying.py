"""表单 of a township's answer (4.1): the matter on one page, three answers, and the reply letter ready to copy or print."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dutygate.base.actions.forms import act_form, one_of, paragraph, text
from dutygate.features.application.changes import Changed, history_of
from dutygate.features.application.consulted import (
    all_standings,
    may_be_asked_on_paper,
    own_township,
    standing_in,
    which_township,
)
from dutygate.features.application.letters_of_change import letter_of_reply
from dutygate.features.application.matter import matter_of
from dutygate.features.application.parties import applies_for_itself, needs_consent
from dutygate.features.application.standing import ANSWERS, Standing
from dutygate.features.cases.acts import CaseScene, returns_to
from dutygate.features.cases.forms import PaperForm
from dutygate.features.cases.kinds import ADMISSION

ROWS: Final = 3
MOST: Final = 20
MEANS: Final = {
    "agree": _("同意承担上面写的内容。以后内容有改动，这个同意自动失效，会再来征求。"),
    "agree_with_conditions": _("把条件逐条写在下面。条件没有了结，申请单位不能往下报。"),
    "disagree": _("请写明理由。有一个乡镇不同意，就没有协商一致，不能这样交下来。"),
}

MEANS_OF_A_CHANGE: Final = {
    "agree": _("同意上面写的内容。以后内容有改动，这个同意自动失效，会再来征求。"),
    "agree_with_conditions": _("把条件逐条写在下面。申请单位要先回应条件，才能往下办。"),
    "disagree": _("请写明理由。"),
}
OVERRULED: Final = _("不同意会如实记下，报给有权机关决定；不会因此搁置。")
HOLDS: Final = _("有一个乡镇不同意，就没有协商一致，不能这样调整。")


def means_of(found: CaseScene, unit_id: int) -> dict[str, str]:
    """What each answer brings about, in this kind of case, for this party."""
    if found.case.kind == ADMISSION:
        return {answer: str(words) for answer, words in MEANS.items()}
    last = HOLDS if needs_consent(found, unit_id) else OVERRULED
    return {**{answer: str(words) for answer, words in MEANS_OF_A_CHANGE.items()}, "disagree": f"{MEANS_OF_A_CHANGE['disagree']}{last}"}


returns_to("opinions", "consultation.reply", "consultation.change_reply")


class TownshipForm(PaperForm):
    """A form in which a township speaks, or the paper of one is entered (``?for=``)."""

    unit_id: int | None
    standing: Standing | None

    def may_have_sent(self, standing: Standing) -> bool:
        """Whether a paper of this township may be due, for who comes here without having named one."""
        return standing.stands in ("silent", "contested")

    def shape(self) -> None:
        """Whose words these are. Without a township there is nothing to fill in, but a list to choose from."""
        super().shape()
        speaks = self.entered_for
        own = speaks is None and self._is_asked()
        self.unit_id = self.scene.viewer.unit_id if own else speaks.id if speaks is not None else None
        self.standing = standing_in(self.found, self.unit_id) if self.unit_id is not None else None
        if self.standing is None:
            self.page = "application/consult/which.html"  # type: ignore[misc]

    def _is_asked(self) -> bool:
        """Whether the viewer speaks for her own unit: a township's, or the department that a township asks."""
        kind = "department" if applies_for_itself(self.found) else "township"
        return self.scene.viewer.unit_kind == kind and self.scene.viewer.unit_id != self.found.case.initiator_id

    def context(self) -> dict[str, Any]:
        """The township and how it stands; or the townships to choose from."""
        known = {**super().context(), "standing": self.standing, "own": self.entered_for is None}
        if self.standing is None:
            offered = may_be_asked_on_paper(self.found, self.action)
            stands = [s for s in all_standings(self.found) if self.may_have_sent(s)] if offered else []
            known |= which_township(self.found, self.action, "for", stands)
        return known

    def seen_before(self) -> int:
        """The revision of the text that was before the person when she began: of the page that came back, else of the last answer."""
        try:
            typed = self.given.get("_expected") if self.given is not None else None
            return int(json.loads(str(typed or "{}")).get("revision", 0))
        except (ValueError, AttributeError, TypeError):
            return 0

    def changes(self) -> dict[str, Any]:
        """{changed, changed_since}: what reads otherwise than on the page that was sent, or than at the last answer."""
        revision, since = self.seen_before(), "page"
        if not 0 < revision < self.found.case.revision and self.standing is not None:
            revision, since = self.standing.answered_on, "answer"
        changed: list[Changed] = []
        if 0 < revision < self.found.case.revision:
            changed = history_of(self.found).since(revision, self.unit_id)
        return {"changed": changed, "changed_since": since}


@act_form("consultation.reply")
class ReplyForm(TownshipForm):
    """答复征求意见."""

    template = "application/consult/_reply_fields.html"
    page = "application/consult/reply.html"
    tried = "application/consult/_letter_again.html"
    live = True
    button = _("提交答复")
    places = {
        "disagreement_without_reason": "reason",
        "conditions_not_written": "condition_1",
        "conditions": "condition_1",
        "scan": "scan_file",
    }

    answer = one_of(_("答复"), list(ANSWERS.items()))
    reason = paragraph(_("理由或者说明"), limit=4000, rows=3, help_text=_("不同意的必须写理由，一两句就行；同意的可以不写。"))

    @classmethod
    def offered(cls, place: CaseScene) -> bool:
        """While the township has not answered in this round."""
        own = own_township(place)
        return own is None or not own.answered

    def shape(self) -> None:
        """Rows for conditions: a few empty ones, always one more than is filled."""
        super().shape()
        self.rows = [f"condition_{n}" for n in range(1, self._rows() + 1)]
        for number, name in enumerate(self.rows, start=1):
            label = gettext("条件 %(number)s") % {"number": number}
            self.fields[name] = text(label, limit=2000)
            self.fields[name].widget = forms.Textarea(attrs={"class": "form-control", "rows": 1})
        self.order_fields(["answer", "reason", *self.rows])

    def _rows(self) -> int:
        given: Mapping[str, Any] = self.given if self.given is not None else self.initial
        numbers = range(1, MOST + 1)
        filled = max((n for n in numbers if str(given.get(f"condition_{n}") or "").strip()), default=0)
        wanted = sum(f"condition_{n}" in given for n in numbers) if given.get("_intent") == "again" else 0
        return min(max(ROWS, filled + 1, wanted + 1), MOST)

    def clean(self) -> dict[str, Any] | None:
        """Conditions beside another answer would be lost; which of the two is meant the person must say."""
        found = super().clean()
        answer = self.cleaned_data.get("answer")
        if answer and answer != "agree_with_conditions" and self._conditions():
            words = _("您写了条件，选的却不是“附条件同意”。要附条件，请改选“附条件同意”；不附，请把下面的条件清空。")
            self.add_error("answer", forms.ValidationError(words, code="conditions"))
        return found

    def _conditions(self) -> list[str]:
        given = self.cleaned_data if self.is_bound and hasattr(self, "cleaned_data") else self.given or self.initial
        return [said for name in self.rows if (said := str(given.get(name) or "").strip())]

    def payload(self) -> dict[str, Any]:
        """The rows as one list."""
        plain = {name: value for name, value in super().payload().items() if name not in self.rows}
        return {**plain, "conditions": self._conditions()} if self._conditions() else plain

    def context(self) -> dict[str, Any]:
        """The matter, what changed, the answers and what each means, the letter as it reads now."""
        known = super().context()
        if self.standing is None or self.unit_id is None:
            return known
        unit_id = self.unit_id
        matter = self.found.now.looked.subject.remember("matter", lambda: matter_of(self.found, unit_id))
        return {
            **known,
            **self.changes(),
            "matter": matter,
            "means": means_of(self.found, unit_id),
            "condition_fields": [self[name] for name in self.rows],
            "more_rows": len(self.rows) < MOST,
            "letter": self._letter(matter),
        }

    def _letter(self, matter: Mapping[str, Any]) -> str:
        given: Mapping[str, Any] = self.given if self.given is not None else self.initial
        return letter_of_reply(
            case=self.found.case,
            initiator=matter["initiator"],
            party=matter["unit"],
            asked=matter["asked"],
            answer=str(given.get("answer") or ""),
            reason=str(given.get("reason") or "").strip(),
            conditions=[said for name in self.rows if (said := str(given.get(name) or "").strip())],
            on=self.found.reading.on,
        )


@act_form("consultation.change_reply")
class ChangeReplyForm(ReplyForm):
    """变更答复: begins with the answer that stands; what was said earlier stays readable."""

    page = "application/consult/change.html"
    button = _("提交变更后的答复")

    @classmethod
    def offered(cls, place: CaseScene) -> bool:
        """Once it has."""
        return not super().offered(place)

    def may_have_sent(self, standing: Standing) -> bool:
        """Where there is an answer."""
        return bool(standing.row.in_scope) and bool(standing.row.answer) and not standing.row.contested

    def start(self) -> dict[str, Any]:
        """The answer that stands."""
        wanted = self.scene.params.get("for")
        unit = next((u.id for u in self.found.reading.directory.units.values() if u.key == wanted), None) if wanted else None
        standing = standing_in(self.found, unit or self.scene.viewer.unit_id)
        last = standing.last if standing is not None else None
        if last is None:
            return {}
        conditions = {f"condition_{n}": c["text"] for n, c in enumerate(last["conditions"][:MOST], start=1)}
        return {"answer": last["answer"], "reason": last["reason"], **conditions}

"""一函多复 (Article 4.1): the letter once, then case by case; what is left without an answer is not in the letter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dutygate.base.actions.days import local_day
from dutygate.base.actions.forms import EMPTY, act_form, day_field, paragraph, picked, text
from dutygate.base.actions.together import TogetherForm

LETTER: Final = ("document_number", "signed_on", "scan")
WORDS: Final = ("disagreement_without_reason", "conditions_not_written")
"""What is said beside the words of a case, not beside its answer."""
ANSWERS: Final = (
    ("", _("这份复函里没有这一卷")),
    ("agree", _("同意")),
    ("agree_with_conditions", _("附条件同意")),
    ("disagree", _("不同意")),
)


@dataclass(frozen=True, slots=True)
class AskedCase:
    """One case that waits for the township's answer."""

    number: str
    title: str
    href: str


@act_form("consultation.reply_set")
class ReplySetForm(TogetherForm):
    """Names of fields end in "_" and the number of their case; ``place`` is the cases that wait."""

    page = "application/consult/set.html"
    template = "application/consult/_set_fields.html"
    one = "consultation.reply"
    button = _("答复选了的各卷")

    document_number = text(_("文号"), limit=80, required=True, help_text=_("这份复函的文号，照录。"))
    signed_on = day_field(_("成文日期"), required=True)

    field_order = ("document_number", "signed_on", "scan_file", "scan", "scan_name")

    @property
    def cases(self) -> Sequence[AskedCase]:
        """The cases that wait."""
        place: Sequence[AskedCase] = self.scene.place
        return place

    def start(self) -> dict[str, Any]:
        """Today."""
        return {"signed_on": local_day(self.scene.moment)}

    def shape(self) -> None:
        """For each case an answer, and its reason or conditions."""
        for case in self.cases:
            self.fields[f"answer_{case.number}"] = picked(_("这一卷的答复"), ANSWERS, required=False)
            self.fields[f"words_{case.number}"] = paragraph(
                _("理由或者条件"), limit=4000, rows=3, help_text=_("不同意的写理由；附条件的，一行写一条条件。")
            )

    def clean(self) -> dict[str, Any] | None:
        """At least one case; whatever is written beside a case is meant, so it has an answer."""
        found = super().clean()
        for case in self.cases:
            if self.cleaned_data.get(f"words_{case.number}") and not self.cleaned_data.get(f"answer_{case.number}"):
                self.add_error(f"answer_{case.number}", gettext("写了理由或者条件，还没有选答复。"))
        if not self.errors and not self._answered():
            raise forms.ValidationError(gettext("一卷都没有选答复。"))
        return found

    def _answered(self) -> list[dict[str, Any]]:
        """What the letter says on each case that is in it."""
        found = []
        for case in self.cases:
            answer, words = self.cleaned_data.get(f"answer_{case.number}"), self.cleaned_data.get(f"words_{case.number}") or ""
            if not answer:
                continue
            conditional = answer == "agree_with_conditions"
            said = {"conditions": [line.strip() for line in words.splitlines() if line.strip()]} if conditional else {"reason": words}
            found.append({"case": case.number, "answer": answer, **{name: value for name, value in said.items() if value}})
        return found

    def payload(self) -> dict[str, Any]:
        """The letter and its cases."""
        letter = {name: value for name in LETTER if (value := self.cleaned_data.get(name)) not in EMPTY}
        return {**letter, "cases": self._answered()}

    def place_of(self, code: str, params: Mapping[str, Any]) -> str:
        """In the row of the case that the finding is about."""
        field = f"{'words' if code in WORDS else 'answer'}_{params.get('case', '')}"
        return field if field in self.fields else super().place_of(code, params)

    def label_of(self, name: str) -> str:
        """With the case to which it belongs."""
        case = next((one for one in self.cases if name.endswith(f"_{one.number}")), None)
        return super().label_of(name) if case is None else f"{case.number} {super().label_of(name)}"

    def context(self) -> dict[str, Any]:
        """{rows}: each case with its fields."""
        return {
            "rows": [{"case": one, "answer": self[f"answer_{one.number}"], "words": self[f"words_{one.number}"]} for one in self.cases],
        }

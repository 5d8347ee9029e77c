"""一文多卷: one document decides several cases that wait for the same body; each is ticked and has an outcome of its own (Article 4.3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dutygate.base.actions.forms import EMPTY, act_form, day_field, one_of, picked, several, text, yes
from dutygate.base.actions.together import TogetherForm
from dutygate.base.register.chains import edition_by_digest
from dutygate.features.decision.forms.record import ONLY_FOR, PLACES
from dutygate.features.decision.forms.rows import bound_rows, reason_fields, reasons_in, rows_wanted
from dutygate.features.decision.words import outcome_choices

DOCUMENT: Final = ("document_number", "dated_on", "published_on", "sent_on", "reply_by", "scan")
DATES: Final = ("published_on", "sent_on", "reply_by")


@dataclass(frozen=True, slots=True)
class WaitingCase:
    """One case that waits for the body: {line} as lists show it, and the townships applied for, (key, name)."""

    line: Mapping[str, Any]
    edition_digest: str
    townships: Sequence[tuple[str, str]]

    @property
    def number(self) -> str:
        """Its number."""
        return str(self.line["number"])


@dataclass(frozen=True, slots=True)
class Together:
    """What the form stands in: the body and the cases before it. ``more``: there are more than are shown."""

    body: str
    cases: Sequence[WaitingCase]
    more: bool = False


@act_form("decision.record_set")
class RecordSetForm(TogetherForm):
    """The document once, then case by case. Names of fields end in "_" and the number of their case."""

    page = "decision/set.html"
    template = "decision/_set_fields.html"
    one = "decision.record"
    button = _("登记勾选的各卷")

    document_number = text(_("文号"), limit=80, required=True, help_text=_("这份文件的文号，照录。"))
    dated_on = day_field(_("决定日期"), required=True, help_text=_("文件上的成文日期，不能晚于今天。"))
    outcome = one_of(_("各卷的结果"), (), required=False, help_text=_("结果相同的，在这里选一次；有不同的，到那一卷下面另选。"))
    published_on = day_field(_("公布日期"), help_text=_("文件公开发布的日期；不公开的不填。"))
    sent_on = day_field(_("送达日期"), help_text=_("文件送到牵头单位的日期。"))
    reply_by = day_field(_("回复期限"), help_text=_("文件要求在哪一天以前回复或者报送办理情况的才填。"))

    field_order = ("document_number", "dated_on", "scan_file", "scan", "scan_name", "outcome", *DATES)

    @property
    def together(self) -> Together:
        """The body and its cases."""
        place: Together = self.scene.place
        return place

    def shape(self) -> None:
        """For each case a tick, an outcome, reasons, and what is less than was applied for."""
        self.fields["outcome"].choices = outcome_choices()  # type: ignore[attr-defined]
        for case in self.together.cases:
            tail = f"_{case.number}"
            self.fields[f"tick{tail}"] = yes(case.line["title"])
            choices = [("", gettext("同上面选的结果")), *outcome_choices()]
            self.fields[f"outcome{tail}"] = picked(_("这一卷的结果"), choices, required=False)
            edition = edition_by_digest(case.edition_digest)
            self.fields.update(reason_fields(edition, self.scene.lang, rows_wanted(self.given, tail, least=1), tail))
            self.fields[f"townships{tail}"] = several(
                _("只批准其中几个乡镇的，勾选批准的乡镇"),
                case.townships,
                required=False,
                help_text=_("一个都不勾，就是申请所列的乡镇全部批准。"),
            )
            self.fields[f"expires_on{tail}"] = day_field(_("终止日期"), help_text=_("期限比申请的短时才填，含当天。"))
            self.fields[f"effective_on{tail}"] = day_field(_("生效日期"), help_text=_("不填，从决定日期起。"))

    def clean(self) -> dict[str, Any] | None:
        """At least one case; whatever is written beside a case is meant, so it must be ticked, and what is ticked has an outcome."""
        found = super().clean()
        ticked = 0
        for case in self.together.cases:
            tail = f"_{case.number}"
            written = [name for name in ("outcome", "reason_1", "townships", *ONLY_FOR) if self.cleaned_data.get(f"{name}{tail}")]
            if self.cleaned_data.get(f"tick{tail}"):
                ticked += 1
                if not self._outcome(tail) and f"outcome{tail}" not in self.errors:
                    self.add_error(f"outcome{tail}", gettext("勾选了这一卷，还没有选结果。"))
            elif written:
                self.add_error(f"tick{tail}", gettext("这一卷填了内容，但是没有勾选。在这份文件里的，请勾选；不在的，请清空。"))
        if not ticked and not self.errors:
            raise forms.ValidationError(gettext("一卷都没有勾选。请勾选这份文件决定了的各卷。"))
        return found

    def _outcome(self, tail: str) -> str:
        return str(self.cleaned_data.get(f"outcome{tail}") or self.cleaned_data.get("outcome") or "")

    def _decided(self) -> list[dict[str, Any]]:
        """What the document says on each ticked case."""
        decided = []
        for case in self.together.cases:
            tail = f"_{case.number}"
            if not self.cleaned_data.get(f"tick{tail}"):
                continue
            said: dict[str, Any] = {"case": case.number, "outcome": self._outcome(tail)}
            if reasons := reasons_in(self.cleaned_data, tail):
                said["reasons"] = reasons
            if said["outcome"] == "for":
                said |= {name: value for name in ONLY_FOR if (value := self.cleaned_data.get(f"{name}{tail}")) not in EMPTY}
            decided.append(said)
        return decided

    def payload(self) -> dict[str, Any]:
        """The body, its document, the cases."""
        document = {name: value for name in DOCUMENT if (value := self.cleaned_data.get(name)) not in EMPTY}
        return {"body": self.together.body, **document, "cases": self._decided()}

    def place_of(self, code: str, params: Mapping[str, Any]) -> str:
        """In the row of the case that the finding is about; beside its tick if beside nothing else."""
        if "case" not in params:
            return super().place_of(code, params)
        named = f"{PLACES.get(code, 'tick')}_{params['case']}"
        return named if named in self.fields else f"tick_{params['case']}"

    def place_of_path(self, path: str) -> str:
        """ "cases.2.expires_on" stands in the row of the third ticked case."""
        first, _dot, rest = path.partition(".")
        place, _dot, field = rest.partition(".")
        decided = self._decided()
        if first != "cases" or not place.isdecimal() or int(place) >= len(decided):
            return super().place_of_path(path)
        plain = field.partition(".")[0]
        named = f"{PLACES.get(plain or 'payload', plain)}_{decided[int(place)]['case']}"
        return named if named in self.fields else f"tick_{decided[int(place)]['case']}"

    def label_of(self, name: str) -> str:
        """With the case to which it belongs."""
        label, case = super().label_of(name), next((c for c in self.together.cases if name.endswith(f"_{c.number}")), None)
        return label if case is None else f"{case.line['title']} {case.number}" if name.startswith("tick_") else f"{case.number} {label}"

    def context(self) -> dict[str, Any]:
        """{rows}: each case with its fields."""
        return {"rows": [self._row(case) for case in self.together.cases], "more": self.together.more, "unfold_days": self._typed(DATES)}

    def _row(self, case: WaitingCase) -> dict[str, Any]:
        tail = f"_{case.number}"
        return {
            "case": case.line,
            "tick": self[f"tick{tail}"],
            "outcome": self[f"outcome{tail}"],
            "reasons": bound_rows(self, tail),
            "less": [self[f"{name}{tail}"] for name in ONLY_FOR],
            "unfold": self._typed([f"{name}{tail}" for name in ONLY_FOR]),
            "unfold_reasons": self._typed([f"outcome{tail}", f"reason_1{tail}"]) or self._refused(tail),
        }

    def _typed(self, names: Iterable[str]) -> bool:
        return self.given is not None and any(self.given.get(name) for name in names)

    def _refused(self, tail: str) -> bool:
        """Reasons are shown to whoever has chosen an outcome for all that wants them."""
        return self.given is not None and bool(self.given.get(f"tick{tail}")) and self.given.get("outcome") in ("against", "return")

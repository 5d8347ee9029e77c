"""形成审核意见与不予准入 (Article 4.2): a text to start from, dissent as it will be written in, reasons with their provisions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dutygate.base.actions.forms import act_form, day_field, one_of, paragraph, picked, text, wanted
from dutygate.base.actions.rows import Rows
from dutygate.base.register.chains import edition_by_digest
from dutygate.features.cases.forms import CaseForm
from dutygate.features.review import words
from dutygate.features.review.draft_text import conclusion_draft
from dutygate.features.review.shown import Shown, review_shown


@act_form("review.conclude")
class ConcludeForm(CaseForm):
    """形成审核意见: everything that was found stands above it; dissent is written in by the system."""

    template = "review/_conclude_fields.html"
    live = True
    button = _("形成审核意见")
    places = {
        "no_department_asked": "no_other_concerned",
        "legal_found_excluded_power": "outcome",
        "legal_found_emergency": "outcome",
    }

    outcome = one_of(_("结论"), words.choices(words.RECOMMENDS))
    text = paragraph(
        _("审核意见正文"), limit=20000, rows=14, help_text=_("由各席位、各部门写的内容拼成，请通读、改定；不同意见不必写，由系统写入。")
    )
    no_other_concerned = paragraph(
        _("为什么没有其他相关部门"), limit=2000, rows=2, help_text=_("没有征求任何部门意见的，必须写明；征求过的不用填。")
    )

    def start(self) -> dict[str, Any]:
        """A text put together from what was written; the outcome only where all seats want the same."""
        self.shown = review_shown(self.found.reading, self.scene.lang)
        wishes = {line.recommends for line in self.shown.seats}
        agreed = wishes.pop() if len(wishes) == 1 else ""
        return {"outcome": agreed, "text": conclusion_draft(self.found.reading, self.shown, agreed, self.scene.lang)}

    def shape(self) -> None:
        """The reason is asked for where nobody was asked."""
        self.fields["outcome"].choices = words.choices(words.recommends_in(self.found.case.kind))  # type: ignore[attr-defined]
        if self.shown.comments:
            del self.fields["no_other_concerned"]
        else:
            wanted(self.fields["no_other_concerned"])

    def context(self) -> dict[str, Any]:
        """{shown, dissent}: the review, and who is of another mind for each outcome."""
        heads = {
            outcome: gettext("结论写“%(outcome)s”：") % {"outcome": word}
            for outcome, word in words.recommends_in(self.found.case.kind).items()
        }
        dissent = [{"head": head, "lines": self.shown.against(outcome)} for outcome, head in heads.items()]
        return {"shown": self.shown, "dissent": dissent}


@act_form("review.refuse")
class RefuseForm(CaseForm):
    """不予准入: a row for each reason; what speaks against admission by the findings stands in it already."""

    template = "review/_refuse_fields.html"
    places = {"refusal_reasons_missing": "reason_text_0", "refusal_cites_nothing": "reason_provision_0"}
    rows = Rows(("reason_provision", "reason_text"), most=50)

    document_number = text(_("文号"), limit=80, help_text=_("书面告知另行办理；已经定了文号的，可以先填。"))
    dated_on = day_field(_("成文日期"))

    def start(self) -> dict[str, Any]:
        """The reasons that the findings give."""
        known = list(_known_reasons(review_shown(self.found.reading, self.scene.lang)))
        self.known = len(known)
        return {f"{name}_{n}": value for n, reason in enumerate(known) for name, value in zip(self.rows.columns, reason, strict=True)}

    def shape(self) -> None:
        """The rows, with the provisions of the edition to cite."""
        edition, lang = edition_by_digest(self.found.case.edition_digest), self.scene.lang
        known = [
            (p.id, f"{p.label.in_language(lang)} {p.summary.in_language(lang)[:24]}") for p in edition.provisions.values() if p.article
        ]
        provisions = [("", gettext("不引用条款")), *known]
        self.numbers = self.rows.wanted(self.given, self.known)
        for n in self.numbers:
            number = {"number": n + 1}
            self.fields[f"reason_provision_{n}"] = picked(gettext("理由 %(number)s：依据的条款") % number, provisions, required=False)
            self.fields[f"reason_text_{n}"] = paragraph(gettext("理由 %(number)s：内容") % number, limit=2000, rows=3)

    def clean(self) -> dict[str, Any] | None:
        """A provision alone is no reason."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        for n, row in self.rows.filled(found, self.numbers):
            if not row["reason_text"].strip():
                self.add_error(f"reason_text_{n}", forms.ValidationError(_("请写明理由；这一条不用的，把条款改回“不引用条款”。")))
        return found

    def payload(self) -> dict[str, Any]:
        """Reasons in their order."""
        plain = {name: value for name, value in super().payload().items() if not name.startswith("reason_")}
        rows = self.rows.filled(self.cleaned_data, self.numbers)
        return {**plain, "reasons": [{"text": row["reason_text"], "provision": row["reason_provision"]} for _n, row in rows]}

    def place_of_path(self, path: str) -> str:
        """The row of "reasons.1.text"."""
        part, _dot, rest = path.partition(".")
        if part != "reasons":
            return super().place_of_path(path)
        sent = [n for n, _row in self.rows.filled(self.cleaned_data, self.numbers)]
        at = rest.partition(".")[0]
        return f"reason_text_{sent[int(at)]}" if at.isdecimal() and int(at) < len(sent) else "reason_text_0"

    def context(self) -> dict[str, Any]:
        """{rows, known}."""
        return {"rows": self.rows.shown(self, self.numbers), "known": self.known}


def _known_reasons(shown: Shown) -> Iterator[tuple[str, str]]:
    """What was found against admission, as (provision, text): excluded powers and the like, then the points."""
    for line in shown.seats:
        for found in line.found:
            if not found.good:
                yield found.cites, _in_words(line.label, found.word, found.reason)
    for line in shown.seats:
        for cell in line.cells:
            if cell.finding == "concern" and not cell.lapsed:
                yield "4.2", _in_words(cell.label, cell.word, cell.text)


def _in_words(head: Any, word: Any, text: str) -> str:
    said: Mapping[str, Any] = {"head": head, "word": word, "text": text}
    return gettext("%(head)s：%(word)s。%(text)s") % said if text else gettext("%(head)s：%(word)s。") % said

"""受理与退回补正: what was checked, line by line, and all gaps in one notice (Article 4.2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dutygate.base.actions.foreseen import foreseen
from dutygate.base.actions.forms import act_form, paragraph, picked
from dutygate.base.actions.rows import Rows
from dutygate.base.actions.saying import all_said
from dutygate.base.register.chains import edition_by_digest
from dutygate.features.application.similar import similar_shown
from dutygate.features.cases.acts import CaseScene
from dutygate.features.cases.forms import CaseForm
from dutygate.features.review.shown import review_shown
from dutygate.law.rules import Finding
from dutygate.law.rules.statements import statement

OWN_WORK: Final = frozenset({"own_application", "original_not_checked", "edition_repealed"})
"""What stops an acceptance and is for the lead to settle, not for the applicant to mend."""
ITEM_OF: Final = {
    "legal_basis_missing": "legal_basis",
    "policy_alone_is_no_basis": "legal_basis",
    "basis_not_in_force": "legal_basis",
    "mode_missing": "division",
    "necessity_missing": "content",
    "safeguard_missing": "safeguards",
    "none_needed_without_reason": "safeguards",
    "consent_missing": "negotiated_opinion",
}
"""The item in which a gap stands where the finding names none."""


@act_form("review.accept")
class AcceptForm(CaseForm):
    """受理: nothing to fill in; what the rules ask of the application, each green or red."""

    template = "review/_accept_fields.html"
    drafted = False
    says_blocked = True
    button = _("核对完毕，受理")

    def context(self) -> dict[str, Any]:
        """{checks, gaps, own_cause, similar}: every rule in a sentence with what it found; whether a return or a substitute is the way on;
        what there is that is like it.
        """
        lang = self.scene.lang
        asked = foreseen(self.found.now, self.action)
        codes = {finding.code for rule in asked for finding in rule.findings}
        return {
            "checks": [
                {"sentence": statement(rule.rule, lang), "cites": rule.cites, "findings": all_said(rule.findings, lang)} for rule in asked
            ],
            "gaps": bool(codes - OWN_WORK),
            "own_cause": "own_application" in codes,
            "similar": similar_shown(self.found),
        }


@act_form("review.return")
class ReturnForm(CaseForm):
    """退回补正: a row for each gap. What the rules and the seats found already stands in it."""

    template = "review/_return_fields.html"
    button = _("退回，一次列明")
    places = {"gaps_missing": "gap_text_0"}
    rows = Rows(("gap_item", "gap_text"), most=100, least=4)

    def start(self) -> dict[str, Any]:
        """The gaps that are known."""
        known = list(_known_gaps(self.found))
        self.known = len(known)
        return {f"{name}_{n}": value for n, gap in enumerate(known) for name, value in zip(self.rows.columns, gap, strict=True)}

    def shape(self) -> None:
        """The rows."""
        edition, lang = edition_by_digest(self.found.case.edition_digest), self.scene.lang
        items = [
            ("", gettext("整份申请")),
            *((item.id, item.label.in_language(lang)) for item in edition.items_of(self.found.case.kind).values()),
        ]
        self.numbers = self.rows.wanted(self.given, self.known)
        for n in self.numbers:
            number = {"number": n + 1}
            self.fields[f"gap_item_{n}"] = picked(gettext("第 %(number)s 处：在哪一项") % number, items, required=False)
            self.fields[f"gap_text_{n}"] = paragraph(gettext("第 %(number)s 处：缺什么、怎么改") % number, limit=2000, rows=2)

    def clean(self) -> dict[str, Any] | None:
        """An item without words says nothing to the applicant."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        for n, row in self.rows.filled(found, self.numbers):
            if not row["gap_text"].strip():
                self.add_error(
                    f"gap_text_{n}", forms.ValidationError(_("请写明这一处缺什么、怎么改；没有的，把“在哪一项”改回“整份申请”。"))
                )
        return found

    def payload(self) -> dict[str, Any]:
        """All gaps in one notice."""
        rows = self.rows.filled(self.cleaned_data, self.numbers)
        return {"gaps": [{"item": row["gap_item"], "text": row["gap_text"]} for _n, row in rows]}

    def place_of_path(self, path: str) -> str:
        """The row of "gaps.2.text"."""
        _gaps, _dot, rest = path.partition(".")
        sent = [n for n, _row in self.rows.filled(self.cleaned_data, self.numbers)]
        at = int(rest.partition(".")[0] or 0) if rest.partition(".")[0].isdecimal() else 0
        return f"gap_text_{sent[at]}" if at < len(sent) else "gap_text_0"

    def context(self) -> dict[str, Any]:
        """{rows, known, most}."""
        return {"rows": self.rows.shown(self, self.numbers), "known": self.known, "judged": self.found.case.state != "applied"}


def _known_gaps(found: CaseScene) -> Iterator[tuple[str, str]]:
    """What the rules of acceptance found, then what the seats found to be wrong, as (item, text)."""
    blocking = [finding for rule in foreseen(found.now, "review.accept") for finding in rule.findings if finding.code not in OWN_WORK]
    for finding in blocking:
        [words] = all_said([finding], found.lang)
        yield _item_of(finding), words.message
    if found.case.state == "applied":
        return
    for line in review_shown(found.reading, found.lang).seats:
        for cell in line.cells:
            if cell.finding == "concern" and not cell.lapsed and cell.text:
                yield cell.point, cell.text


def _item_of(finding: Finding) -> str:
    params: Mapping[str, Any] = finding.params
    return str(params.get("item") or ITEM_OF.get(finding.code, ""))

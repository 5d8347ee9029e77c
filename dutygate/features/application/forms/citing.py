"""引用法定依据 as fields (Articles 1, 4.1): found among the registered ones and ticked, or proposed anew."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _

from dutygate.base.actions.forms import day_field, picked, several, text
from dutygate.base.actions.rows import Rows
from dutygate.features.application.forms.part import Part
from dutygate.features.bases.given import BasisGiven
from dutygate.features.bases.queries import bases_by_ids, bases_to_cite
from dutygate.features.bases.wording import basis_line, citation, given_of, kind_choices

COLUMNS: Final = {
    "title": "basis_title",
    "kind": "basis_kind",
    "issuer": "basis_issuer",
    "document_number": "basis_number",
    "article": "basis_article",
    "in_force_from": "basis_from",
    "in_force_to": "basis_to",
}
NEW: Final = Rows(tuple(COLUMNS.values()), most=20, least=1)
FOUND: Final = 12
"""How many are offered at once; a search brings others."""
MOST: Final = 50


class Citing(Part):
    """On which bases the application rests."""

    def shape(self) -> None:
        """Those chosen, those found, and rows for new ones."""
        form, place = self.form, self.form.found.case.jurisdiction_id
        given = form.given
        self.words = str(given.get("basis_q", "") if given is not None else "").strip()[:100]
        chosen = {basis.id: basis for basis in form.present.bases}
        typed = [int(i) for i in (given.getlist("bases") if given is not None else []) if i.isdecimal() and len(i) < 19]
        chosen |= bases_by_ids(form.scene.viewer, place, [i for i in typed if i not in chosen])
        found = bases_to_cite(form.scene.viewer, place, self.words, FOUND)
        self.known = {**chosen, **{basis.id: basis for basis in found}}
        self.chosen, self.found = list(chosen), [basis.id for basis in found if basis.id not in chosen]
        choices = [(str(basis.id), citation(basis)) for basis in self.known.values()]
        form.fields["bases"] = several(_("法定依据"), choices, required=False)
        form.fields["bases_here"] = forms.CharField(required=False, initial="1", widget=forms.HiddenInput())
        form.fields["basis_q"] = text(_("按名称、文号或者条款查找"), limit=100)
        self.rows = NEW.wanted(given)
        for n in self.rows:
            form.fields[f"basis_title_{n}"] = text(_("名称"), limit=200)
            form.fields[f"basis_kind_{n}"] = picked(_("种类"), [("", "————"), *kind_choices()], required=False)
            form.fields[f"basis_issuer_{n}"] = text(_("制定机关"), limit=100)
            form.fields[f"basis_number_{n}"] = text(_("文号"), limit=80)
            form.fields[f"basis_article_{n}"] = text(_("条款"), limit=100)
            form.fields[f"basis_from_{n}"] = day_field(_("施行日期"))
            form.fields[f"basis_to_{n}"] = day_field(_("失效日期"))

    def clean(self) -> None:
        """A new basis has title and kind, and ends after it begins."""
        form = self.form
        for n, row in NEW.filled(form.cleaned_data, self.rows):
            if len(row["basis_title"]) < 2:
                form.add_error(
                    f"basis_title_{n}", forms.ValidationError(_("“新依据 %(number)s”请写名称。") % {"number": n + 1}, code="required")
                )
            if not row["basis_kind"]:
                form.add_error(
                    f"basis_kind_{n}", forms.ValidationError(_("“新依据 %(number)s”请选种类。") % {"number": n + 1}, code="required")
                )
            if row["basis_from"] and row["basis_to"] and row["basis_to"] <= row["basis_from"]:
                form.add_error(f"basis_to_{n}", forms.ValidationError(_("失效日期应当晚于施行日期。"), code="order"))
        form.cleaned_data["chosen_bases"] = [*self._ticked(), *self._new()] if form.sent("bases_here") else form.present.bases

    def _ticked(self) -> list[Any]:
        return [self.known[int(i)] for i in self.form.cleaned_data.get("bases", []) if int(i) in self.known]

    def _new(self) -> list[BasisGiven]:
        rows: list[BasisGiven] = []
        for _n, row in NEW.filled(self.form.cleaned_data, self.rows):
            if len(row["basis_title"]) >= 2 and row["basis_kind"]:
                given: dict[str, Any] = {name: row[column] for name, column in COLUMNS.items()}
                given |= {name: given[name] or None for name in ("in_force_from", "in_force_to")}
                rows.append(BasisGiven.model_construct(**given))
        return rows

    def payload(self) -> dict[str, Any]:
        """All of them, where one comes or goes."""
        form = self.form
        chosen = form.cleaned_data.get("chosen_bases", form.present.bases)
        fresh = any(isinstance(basis, BasisGiven) for basis in chosen)
        if not fresh and {basis.id for basis in chosen} == {basis.id for basis in form.present.bases}:
            return {}
        return {"bases": [given_of(basis) | ({} if isinstance(basis, BasisGiven) else {"basis": str(basis.id)}) for basis in chosen]}

    def context(self) -> dict[str, Any]:
        """{chosen, offered: [{id, cited, …, ticked}], words, new_bases: rows, new_bases_open}."""
        form = self.form
        ticked = {str(i) for i in form["bases"].value() or []}
        on = form.found.reading.on

        def shown(ids: list[int]) -> list[dict[str, Any]]:
            return [{**basis_line(self.known[i], on), "ticked": str(i) in ticked} for i in ids]

        return {
            "chosen": shown(self.chosen),
            "offered": shown(self.found),
            "words": self.words,
            "new_bases": NEW.shown(form, self.rows),
            "new_bases_open": any(form[f"{column}_{n}"].value() for n in self.rows for column in NEW.columns),
        }

"""保障 as fields (Article 5): funding, technique, training and more, for all townships or for one; given, or none needed and why."""

from __future__ import annotations

import re
from typing import Any, Final

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dutygate.base.actions.amounts import YuanField
from dutygate.base.actions.forms import one_of, paragraph, picked, text
from dutygate.base.actions.month_days import MonthDayField
from dutygate.base.actions.rows import Rows
from dutygate.features.application.forms.part import Part
from dutygate.features.application.forms.present import ALL, KINDS, PARTS, Support, safeguard_field
from dutygate.law.rules.wording import catalogue

FIELD: Final = re.compile(r"sg_(\d{1,18})_([a-z]+)_note")
MORE: Final = Rows(("more_township", "more_kind", "more_needed", "more_amount", "more_due", "more_note"), most=40, least=1)
GIVEN: Final = (("yes", gettext_lazy("提供")), ("no", gettext_lazy("不需要")))
DUE: Final = gettext_lazy("例如 6月30日：常态化事项每年到这一天，有期限的任务在期限内这一天。不填的，到年底或者期限的最后一天。")
HINTS: Final = {
    "funding": gettext_lazy("怎么给，什么时候给；不需要的，写理由。"),
    "technical": gettext_lazy("派谁、给什么设备或者系统；不需要的，写理由。"),
    "training": gettext_lazy("谁来培训，一年几次；不需要的，写理由。"),
    "other": gettext_lazy("还有别的就写，没有可以不填。"),
}


class Supports(Part):
    """Which safeguards there are: the four for all townships, those of single ones, and rows for new ones."""

    def shape(self) -> None:
        """Needed or not, the amount, what and when or why not."""
        form = self.form
        names = {kind: capfirst(name) for kind, name in catalogue(form.scene.lang).names["safeguard"].items()}
        typed = {found.groups() for name in (form.given or {}) if (found := FIELD.fullmatch(name))}
        single = {where for where in form.present.safeguards if where[0] != ALL}
        single |= {(unit, kind) for unit, kind in typed if kind in KINDS and int(unit) in form.found.reading.directory.units}
        self.keys = [(ALL, kind) for kind in KINDS]
        self.single = sorted(single, key=lambda where: (int(where[0]), KINDS.index(where[1])))
        for township, kind in (*self.keys, *self.single):
            label = names[kind]
            if township != ALL:
                label = _("%(township)s：%(what)s") % {"township": form.township(township), "what": label}
            self._add(safeguard_field(township, kind, "{}"), label, kind, required=False)
        self.rows = MORE.wanted(form.given)
        inside = [(str(row.unit_id), form.township(row.unit_id)) for row in form.present.scope if row.in_scope]
        for n in self.rows:
            form.fields[f"more_township_{n}"] = picked(_("乡镇"), [("", "————"), *inside], required=False)
            form.fields[f"more_kind_{n}"] = picked(_("哪一项保障"), [("", "————"), *((k, names[k]) for k in KINDS)], required=False)
            form.fields[f"more_needed_{n}"] = picked(_("给不给"), [("", "————"), *GIVEN], required=False)
            form.fields[f"more_amount_{n}"] = YuanField(label=_("每年金额（元）"), required=False)
            form.fields[f"more_due_{n}"] = MonthDayField(label=_("最晚哪一天给到"), required=False)
            form.fields[f"more_note_{n}"] = text(_("给什么，或者不需要的理由"), limit=4000)

    def _add(self, pattern: str, label: str, kind: str, *, required: bool) -> None:
        fields = self.form.fields
        fields[pattern.format("needed")] = one_of(label, GIVEN, required=required)
        held = self.form.held.get(pattern.format("amount"))
        if kind == "funding" or held:
            amount = _("%(what)s：每个乡镇每年多少元") % {"what": label}
            fields[pattern.format("amount")] = YuanField(label=amount, required=False)
        due = _("%(what)s：最晚哪一天给到") % {"what": label}
        fields[pattern.format("due")] = MonthDayField(label=due, required=False, help_text=DUE)
        note = _("%(what)s：给什么，或者不需要的理由") % {"what": label}
        fields[pattern.format("note")] = paragraph(note, limit=4000, rows=2, help_text=HINTS[kind])

    def value(self, township: str, kind: str) -> Support | None:
        """What is typed now, or stands where nothing was sent; None while it is not said whether it is needed."""
        form = self.form
        if not form.sent(safeguard_field(township, kind, "note")):
            return form.present.safeguards.get((township, kind))
        needed = form.cleaned_data.get(safeguard_field(township, kind, "needed"))
        if not needed:
            return None
        amount = form.cleaned_data.get(safeguard_field(township, kind, "amount")) if needed == "yes" else None
        due = form.cleaned_data.get(safeguard_field(township, kind, "due")) or "" if needed == "yes" else ""
        return Support(needed == "yes", amount, form.words(safeguard_field(township, kind, "note")), due)

    def common(self) -> dict[str, Support]:
        """Kind -> what comes to every township."""
        return {kind: value for township, kind in self.keys if (value := self.value(township, kind)) is not None}

    def clean(self) -> None:
        """Who writes what is given says that it is given; a new row is whole, and nothing is said twice."""
        form, unsaid = self.form, _("请选“提供”或者“不需要”。")
        for township, kind in (*self.keys, *self.single):
            needed, amount, due, note = (safeguard_field(township, kind, part) for part in PARTS)
            said = form.cleaned_data
            if not said.get(needed) and (said.get(amount) is not None or said.get(due) or said.get(note)):
                form.add_error(needed, forms.ValidationError(unsaid, code="required"))
        there = set(self.single)
        for n, row in MORE.filled(form.cleaned_data, self.rows):
            for column in ("more_township", "more_kind", "more_needed"):
                if not row[column]:
                    unfilled = _("“另定 %(number)s”没有填全。") % {"number": n + 1}
                    form.add_error(f"{column}_{n}", forms.ValidationError(unfilled, code="required"))
            where = (row["more_township"], row["more_kind"])
            if where in there:
                form.add_error(f"more_kind_{n}", forms.ValidationError(_("这个乡镇的这一项已经另定过，请在上面直接改。"), code="twice"))
            there.add(where)

    def payload(self) -> dict[str, Any]:
        """The safeguards that read otherwise than they stand."""
        form = self.form
        wanted = {where: value for where in (*self.keys, *self.single) if (value := self.value(*where)) is not None}
        for _n, row in MORE.filled(form.cleaned_data, self.rows):
            amount = row["more_amount"] if row["more_needed"] == "yes" and row["more_amount"] != "" else None
            due = row["more_due"] if row["more_needed"] == "yes" else ""
            wanted[(row["more_township"], row["more_kind"])] = Support(row["more_needed"] == "yes", amount, row["more_note"], due)
        changed = [
            {
                "kind": kind,
                "needed": value.needed,
                "amount_fen": value.amount_fen,
                "note": value.note,
                **({"due": value.due} if value.due else {}),
                "township": "" if township == ALL else form.key(township),
            }
            for (township, kind), value in wanted.items()
            if value != form.present.safeguards.get((township, kind))
        ]
        return {"safeguards": changed} if changed else {}

    def context(self) -> dict[str, Any]:
        """{supports, single_supports: [{label, needed, amount, due, note}], more_supports: rows}."""
        return {
            "supports": [self._shown(*where) for where in self.keys],
            "single_supports": [self._shown(*where) for where in self.single],
            "more_supports": MORE.shown(self.form, self.rows),
            "single_open": bool(self.single) or any(self.form[f"{column}_{n}"].value() for n in self.rows for column in MORE.columns),
        }

    def _shown(self, township: str, kind: str) -> dict[str, Any]:
        form = self.form
        amount = safeguard_field(township, kind, "amount")
        return {
            "needed": form[safeguard_field(township, kind, "needed")],
            "amount": form[amount] if amount in form.fields else None,
            "due": form[safeguard_field(township, kind, "due")],
            "note": form[safeguard_field(township, kind, "note")],
        }

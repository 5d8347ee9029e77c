"""个别乡镇的增补 as fields: what holds for one township beside the common text."""

from __future__ import annotations

import re
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _

from dutygate.base.actions.forms import paragraph, picked
from dutygate.base.actions.rows import Rows
from dutygate.features.application.forms.part import Part
from dutygate.features.application.forms.present import FROM_REPLIES, addition_field

FIELD: Final = re.compile(r"add_(\d{1,18})_([a-z_]+)")
NEW: Final = Rows(("new_township", "new_item", "new_text"), most=40, least=1)
LONG: Final = 20_000


class Additions(Part):
    """The additions that there are, and rows for new ones. One that is emptied is taken out."""

    def shape(self) -> None:
        """One field for each addition, three for a new one."""
        form, lang = self.form, self.form.scene.lang
        self.labels = {i.id: i.label.in_language(lang) for i in form.edition.items.values() if i.id not in ("name", FROM_REPLIES)}
        typed = {found.groups() for name in (form.given or {}) if (found := FIELD.fullmatch(name))}
        there = set(form.present.additions)
        there |= {(unit, item) for unit, item in typed if item in self.labels and int(unit) in form.found.reading.directory.units}
        order = list(form.edition.items)
        self.there = sorted(there, key=lambda where: (int(where[0]), order.index(where[1])))
        for unit, item in self.there:
            label = _("%(township)s：%(what)s") % {"township": form.township(unit), "what": self.labels.get(item, item)}
            form.fields[addition_field(unit, item)] = paragraph(label, limit=LONG, rows=3)
        self.rows = NEW.wanted(form.given)
        inside = [(str(row.unit_id), form.township(row.unit_id)) for row in form.present.scope if row.in_scope]
        for n in self.rows:
            form.fields[f"new_township_{n}"] = picked(_("乡镇"), [("", "————"), *inside], required=False)
            form.fields[f"new_item_{n}"] = picked(_("哪一项"), [("", "————"), *self.labels.items()], required=False)
            form.fields[f"new_text_{n}"] = paragraph(_("对这个乡镇增补的内容"), limit=LONG, rows=2)

    def clean(self) -> None:
        """A new row is whole, and nothing is said twice."""
        form, there = self.form, set(self.there)
        for n, row in NEW.filled(form.cleaned_data, self.rows):
            for column in NEW.columns:
                if not row[column]:
                    unfilled = _("“增补 %(number)s”没有填全。") % {"number": n + 1}
                    form.add_error(f"{column}_{n}", forms.ValidationError(unfilled, code="required"))
            where = (row["new_township"], row["new_item"])
            if where in there:
                form.add_error(f"new_item_{n}", forms.ValidationError(_("这个乡镇的这一项已经有增补，请在上面直接改。"), code="twice"))
            there.add(where)

    def payload(self) -> dict[str, Any]:
        """Additions that read otherwise than they stand, by township."""
        form = self.form
        wanted = {where: form.words(name) for where in self.there if form.sent(name := addition_field(*where))}
        wanted |= {(row["new_township"], row["new_item"]): row["new_text"] for _n, row in NEW.filled(form.cleaned_data, self.rows)}
        changed: dict[str, dict[str, str]] = {}
        for (unit, item), typed in wanted.items():
            if typed != form.present.additions.get((unit, item), "").replace("\r\n", "\n").strip():
                changed.setdefault(form.key(unit), {})[item] = typed.replace("\r\n", "\n")
        return {"per_township": changed} if changed else {}

    def context(self) -> dict[str, Any]:
        """{additions: fields, new_additions: rows}."""
        return {
            "additions": [self.form[addition_field(*where)] for where in self.there],
            "new_additions": NEW.shown(self.form, self.rows),
            "additions_open": bool(self.there) or any(self.form[f"{column}_{n}"].value() for n in self.rows for column in NEW.columns),
        }

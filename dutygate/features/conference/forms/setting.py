"""规定参数 as a form: some rows, each with a parameter and its value for regular and for temporary matters (Article 3)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dutygate.base.actions.forms import ActForm, act_form, day_field, picked, text
from dutygate.law.regulation.parts import Parameter, Value

ROWS: Final = 3
BETWEEN: Final = re.compile(r"[、，,；;\n]+")
YES: Final = {"是": True, "yes": True, "true": True, "否": False, "no": False, "false": False}


@dataclass(frozen=True, slots=True)
class AdoptPlace:
    """The minutes that it rests on, and the parameters of the edition in force: name -> parameter, with what each is called.

    ``codes``: how a step of a case or another code is called -> the code.
    """

    meeting: Any
    parameters: dict[str, Parameter]
    choices: list[tuple[str, str]]
    today: date
    codes: dict[str, str]


def read_value(parameter: Parameter, typed: str, codes: Mapping[str, str]) -> Value:
    """What was typed as a value of the parameter's kind; as typed where it is none, so that the rule says so."""
    said = typed.strip()
    if parameter.unit == "flag":
        return YES.get(said.lower(), said)
    if parameter.unit == "choice":
        return said
    if parameter.unit == "codes":
        return " ".join(codes.get(one.strip(), one.strip()) for one in BETWEEN.split(said) if one.strip()) or None
    if not said:
        return None
    return int(said) if said.isdecimal() and len(said) < 6 else said


@act_form("conference.adopt")
class AdoptForm(ActForm):
    """规定参数."""

    page = "conference/act.html"
    template = "conference/_adopt_fields.html"
    button = _("规定参数")
    places = {"adoption_too_early": "effective_from", "parameter_unknown": "name_0", "parameter_value_unfit": "name_0"}

    effective_from = day_field(
        _("从哪一天起用"), required=True, help_text=_("最早是明天。已经立的卷仍依原来的规定；要改依新规定的，可以逐卷转到现行版本。")
    )
    guided_by = text(_("上级的指导文件"), limit=200, help_text=_("市级有关部门指导的，写文号（第六条）；没有的不填。"))

    @property
    def place(self) -> AdoptPlace:
        """What it stands in."""
        found: AdoptPlace = self.scene.place
        return found

    def shape(self) -> None:
        """Three fields for each row."""
        for n in range(self._rows()):
            self.fields[f"name_{n}"] = picked(_("参数"), [("", "————"), *self.place.choices], required=False)
            self.fields[f"regular_{n}"] = text(_("常态化事项的值"), limit=60)
            self.fields[f"temporary_{n}"] = text(_("阶段性、临时性任务的值"), limit=60)

    def _rows(self) -> int:
        typed = len([name for name in self.given or {} if name.startswith("name_")])
        more = ROWS if self.given and self.given.get("_intent") == "again" else 0
        return min(60, max(ROWS, typed + more))

    def start(self) -> dict[str, Any]:
        """From tomorrow."""
        return {"effective_from": self.scene.place.today + timedelta(days=1)}

    def clean(self) -> dict[str, Any] | None:
        """At least one, and none twice."""
        found = super().clean()
        chosen = [name for n in range(self._rows()) if (name := self.cleaned_data.get(f"name_{n}"))]
        if not chosen:
            self.add_error("name_0", forms.ValidationError(gettext("请选择一个参数。"), code="required"))
        elif len(set(chosen)) != len(chosen):
            self.add_error(None, forms.ValidationError(gettext("同一个参数写了两次。"), code="twice"))
        return found

    def payload(self) -> dict[str, Any]:
        """One value for all where both are the same."""
        said, given = self.cleaned_data, {}
        for n in range(self._rows()):
            name = said.get(f"name_{n}")
            if name:
                parameter = self.place.parameters[name]
                typed = [str(said.get(f"{track}_{n}") or "") for track in ("regular", "temporary")]
                regular, temporary = (read_value(parameter, one, self.place.codes) for one in typed)
                given[name] = {"all": regular} if regular == temporary else {"regular": regular, "temporary": temporary}
        late = {"guided_by": said["guided_by"]} if said.get("guided_by") else {}
        return {"parameters": given, "effective_from": said["effective_from"], **late}

    def place_of(self, code: str, params: Any) -> str:
        """At the parameter that the finding is about."""
        rows = [n for n in range(self._rows()) if self.data.get(f"name_{n}") == params.get("parameter")]
        if code in ("parameter_unknown", "parameter_value_unfit") and rows:
            return f"regular_{rows[0]}"
        return super().place_of(code, params)

    def context(self) -> dict[str, Any]:
        """The fields, row by row."""
        rows = [[self[f"{part}_{n}"] for part in ("name", "regular", "temporary")] for n in range(self._rows())]
        return {"rows": [{"fields": fields, "ordinal": n} for n, fields in enumerate(rows, start=1)]}

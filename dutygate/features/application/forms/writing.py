"""编写申请 (4.1): ten of the eleven items, what comes with the duty, on what it rests, and the declarations."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, ClassVar, Final

from dutygate.base.actions.forms import act_form
from dutygate.features.application.forms.additions import Additions
from dutygate.features.application.forms.citing import Citing
from dutygate.features.application.forms.items import Items
from dutygate.features.application.forms.lapsing import LapsingForm, items_form
from dutygate.features.application.forms.present import FROM_REPLIES
from dutygate.features.application.forms.supports import Supports
from dutygate.features.cases.kinds import ADMISSION
from dutygate.features.cases.opening import DECLARATIONS, DeclaredFields, declared_classes, hints_in
from dutygate.features.cases.similar import similar_matters

OPTIONAL: Final = ("mode", "acts_in_name_of", "necessity", "ends_on")
"""Declarations that may wait: who asks for them says so on the page of checks."""


@act_form("application.edit")
class EditForm(DeclaredFields, LapsingForm):
    """The text of the application. Its fields are those of the items, safeguards, bases and declarations; each is sent only if changed."""

    template = "application/_edit_fields.html"
    declared: ClassVar[tuple[str, ...]] = DECLARATIONS
    places = {
        "excluded_power": "declared_class",
        "power_class_unknown": "declared_class",
        "emergency_handling": "handles_emergency",
    }

    @cached_property
    def held(self) -> dict[str, Any]:
        """Items, additions, safeguards, bases, declarations."""
        return self.present.fields([item for item in self.edition.items if item != FROM_REPLIES])

    def shape(self) -> None:
        """The parts, each with its fields; the declarations as when the case was opened."""
        lang = self.scene.lang
        self.fields["track"].choices = [(t.id, t.label.in_language(lang)) for t in self.edition.tracks.values()]  # type: ignore[attr-defined]
        self.fields["declared_class"].choices = declared_classes(self.edition, lang)  # type: ignore[attr-defined]
        for name in OPTIONAL:
            self.fields[name].required = False
        super().shape()
        self.supports = Supports(self)
        items = Items(self)
        items.supports = self.supports
        self.parts = (items, self.supports, Additions(self), Citing(self))
        for part in self.parts:
            part.shape()

    @cached_property
    def similar(self) -> list[dict[str, Any]]:
        """相似事项, by name and content as they are typed."""
        case, reading = self.found.case, self.found.reading
        if case.kind != ADMISSION:
            return []
        name, content = (str(self[item].value() or "") for item in ("name", "content"))
        return similar_matters(self.scene.viewer, reading.directory, name, content, reading.on, case_id=case.id)

    def payload(self) -> dict[str, Any]:
        """Only what reads otherwise than it stands."""
        return {**super().payload(), **self.said(self.declared)}

    def place_of(self, code: str, params: Mapping[str, Any]) -> str:
        """A missing item at its field."""
        item = str(params.get("item", ""))
        return item if code == "item_missing" and item in self.fields else super().place_of(code, params)

    def place_of_path(self, path: str) -> str:
        """``items.content`` at the content."""
        first, _dot, rest = path.partition(".")
        return super().place_of_path(rest if first == "items" else path)

    def context(self) -> dict[str, Any]:
        """Everything that the template of the parts needs, with hints on the wording."""
        shown = dict(super().context())
        words = "\n".join(str(self[item].value() or "") for item in self.edition.items if item in self.fields)
        shown["hints"] = hints_in(self.edition, words, self.scene.lang)
        shown["similar"] = lambda: self.similar
        shown["wrong_declared"] = any(name in self.errors for name in self.declared) if self.is_bound else False
        return shown


items_form(ADMISSION, EditForm)

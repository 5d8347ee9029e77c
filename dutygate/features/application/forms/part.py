"""编写的表单有什么共同: what stands now, what was typed, and what somebody else has changed since the page was opened."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from django import forms

from dutygate.base.register.chains import edition_by_digest
from dutygate.features.application.forms.meanwhile import base_of, differences, plain
from dutygate.features.application.forms.present import Present, present_of
from dutygate.features.cases.forms import CaseForm
from dutygate.law.regulation.edition import Edition


class WritingForm(CaseForm):
    """A form on the text of an application. Only what was changed is sent; who changed what meanwhile is told field by field."""

    action = "application.edit"
    page = "application/write.html"

    base = forms.CharField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, **more: Any) -> None:
        self.changed_meanwhile: list[dict[str, Any]] = []
        super().__init__(*args, **more)

    @cached_property
    def present(self) -> Present:
        """The text as it stands."""
        return present_of(self.scene.viewer, self.found.case)

    @cached_property
    def edition(self) -> Edition:
        """The edition under which the case was opened."""
        return edition_by_digest(self.found.case.edition_digest)

    @cached_property
    def held(self) -> dict[str, Any]:
        """What each field holds as things stand."""
        raise NotImplementedError

    @cached_property
    def answered(self) -> list[int]:
        """The townships in scope whose answer stands now: those whom an edit can cost it."""
        return [row.unit_id for row in self.present.scope if row.in_scope and row.answer and not row.lapsed]

    def township(self, unit_id: int | str) -> str:
        """A township's name today."""
        return self.found.reading.directory.name_on(int(unit_id), self.found.reading.on)

    def key(self, unit_id: int | str) -> str:
        """A unit's key, as actions want it."""
        return self.found.reading.directory.unit(int(unit_id)).key

    def start(self) -> dict[str, Any]:
        """What stands now is filled in."""
        return {**self.held, "base": base_of(self.held)}

    def sent(self, name: str) -> bool:
        """Whether the browser sent this field: one that was not on the page is not thereby emptied."""
        return name in self.data

    def words(self, name: str) -> str:
        """A text as it was typed, with the line ends of this system."""
        return str(self.cleaned_data.get(name) or "").replace("\r\n", "\n")

    def changes_something(self, payload: Mapping[str, Any]) -> bool:
        """Nothing is entered where the text stays as it is."""
        return bool(payload)

    def renewed(self) -> None:
        """The page is based on what stands now: what somebody else changed since it was opened is told, and taken over where its
        writer had typed nothing of her own.
        """
        if self.given is None:
            return
        typed = {name: self._typed(name) for name in self.fields}
        for found in differences(str(typed.get("base") or ""), self.held, typed):
            if found.name not in self.fields:
                continue
            if found.taken:
                self._put(found.name, found.now)
            self.changed_meanwhile.append(
                {
                    "label": self.fields[found.name].label,
                    "href": f"#{self[found.name].auto_id}",
                    "now": self._shown(found.name, found.now),
                    "typed": self._shown(found.name, found.typed),
                    "taken": found.taken,
                }
            )
        self._put("base", base_of(self.held))

    def _typed(self, name: str) -> Any:
        assert self.given is not None
        return self.fields[name].widget.value_from_datadict(self.given, {}, name)

    def _put(self, name: str, value: Any) -> None:
        if not self.is_bound:
            self.initial[name] = value
        elif isinstance(value, list):
            self.data.setlist(name, value)  # type: ignore[attr-defined]
        else:
            self.data[name] = value  # type: ignore[index]

    def _shown(self, name: str, value: Any) -> str:
        """A value in words, choices by their labels."""
        choices = {str(key): str(label) for key, label in getattr(self.fields[name], "choices", [])}
        parts = value if isinstance(value, list | tuple) else [value]
        return "\n".join(choices.get(str(part), str(part or "")) for part in parts) if choices else plain(value)

    def context(self) -> dict[str, Any]:
        """What has changed meanwhile, and whose answers stand."""
        names = [self.township(unit) for unit in self.answered]
        return {**super().context(), "changed_meanwhile": self.changed_meanwhile, "answered": names}


class Part:
    """A part of a long form: it adds its own fields, checks them, and says what of the payload they change."""

    def __init__(self, form: WritingForm) -> None:
        self.form = form

    def shape(self) -> None:
        """Add the fields."""

    def clean(self) -> None:
        """Complain about what does not fit together."""

    def payload(self) -> dict[str, Any]:
        """What changed, as the action wants it."""
        return {}

    def context(self) -> dict[str, Any]:
        """What its template needs."""
        return {}

"""表单 of what may be done along the way (Article 4.1): give the matter up, hand a task to a colleague, for good or for some days."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dutygate.base.actions.forms import act_form, day_field, one_of, paragraph, wanted
from dutygate.base.actions.naming import label_in
from dutygate.base.organizations.queries import Colleague, colleagues
from dutygate.features.cases.acts import CaseScene, returns_to
from dutygate.features.cases.forms import CaseForm
from dutygate.features.cases.queries import assignments_of, parties_of

returns_to("register", "case.withdraw", "case.reassign", "case.stand_in", "record.correct", "record.confirm")


@act_form("case.withdraw")
class WithdrawForm(CaseForm):
    """撤回事项: the reason; before it, what becomes of the case and who is told."""

    template = "cases/_withdraw_fields.html"
    button = _("撤回这件事")
    places = {"reason_missing": "reason"}

    reason = paragraph(_("撤回的理由"), limit=2000, help_text=_("理由会告诉上面列出的各单位。"))

    def shape(self) -> None:
        """The law wants a reason."""
        wanted(self.fields["reason"])

    def context(self) -> dict[str, Any]:
        """Who is told."""
        units = dict.fromkeys(unit for unit, _role in parties_of(self.found.viewer, self.found.case))
        told = [self.found.reading.unit(unit) for unit in units if unit != self.found.viewer.unit_id]
        return {"told": [unit["name"] for unit in told if unit]}


class HandOnForm(CaseForm):
    """A task that the unit owes now, and one of its people."""

    page = "cases/hand_on.html"
    places = {"not_a_colleague": "user"}
    template = "cases/_hand_on_fields.html"

    task = one_of(_("哪一项待办"), ())
    user = one_of(_("交给谁"), ())

    def start(self) -> dict[str, Any]:
        """The only task and the only colleague need not be chosen."""
        tasks, people = _owed(self.found), self._others()
        only_task = {"task": tasks[0][0]} if len(tasks) == 1 else {}
        return {**only_task, **({"user": people[0].username} if len(people) == 1 else {})}

    def shape(self) -> None:
        """What the unit owes this case, and who else works in it."""
        self.fields["task"].choices = _owed(self.found)  # type: ignore[attr-defined]
        self.fields["user"].choices = [(one.username, f"{one.name} · {gettext(one.label)}") for one in self._others()]  # type: ignore[attr-defined]

    def _others(self) -> list[Colleague]:
        return [one for one in _people(self.found) if one.user_id != self.found.viewer.user_id]

    def context(self) -> dict[str, Any]:
        """Who does what already."""
        names = {one.user_id: one.name for one in _people(self.found)}
        procedure, lang = self.found.now.procedure, self.found.lang
        return {
            "alone": not self._others() and not self.is_bound,
            "handed": [
                {
                    "label": label_in(procedure.labels.get(row.task), lang, row.task),
                    "name": names.get(row.user_id, ""),
                    "from_on": row.from_on,
                    "to_on": row.to_on,
                    "stands_in": row.kind == "stand_in",
                }
                for row in assignments_of(self.found.viewer, self.found.case)
                if row.user_id in names
            ],
        }


def _people(found: CaseScene) -> tuple[Colleague, ...]:
    """Everybody of the unit, read once for each page."""
    people: tuple[Colleague, ...] = found.now.looked.subject.remember("colleagues", lambda: colleagues(found.viewer, found.reading.on))
    return people


def _owed(found: CaseScene) -> list[tuple[str, str]]:
    """(action, label) of what the unit owes this case, each once."""
    labels = found.now.procedure.labels
    tasks = {task.action: None for task in found.waiting.tasks if task.unit_id == found.viewer.unit_id}
    return [(action, label_in(labels.get(action), found.lang, action)) for action in tasks]


@act_form("case.reassign")
class ReassignForm(HandOnForm):
    """转办: from now on."""

    button = _("转给他办")


@act_form("case.stand_in")
class StandInForm(HandOnForm):
    """委托: from a day to a day."""

    button = _("委托给他")

    from_on = day_field(_("从哪天起"), required=True)
    to_on = day_field(_("到哪天止"), required=True, help_text=_("含当天。过了这一天，仍由原来的人办。"))

    def start(self) -> dict[str, Any]:
        """From today."""
        return {**super().start(), "from_on": self.found.reading.on}

    def clean(self) -> dict[str, Any] | None:
        """The days stand in order, and not all of them behind us."""
        found = super().clean()
        first, last = self.cleaned_data.get("from_on"), self.cleaned_data.get("to_on")
        if first and last and last < first:
            self.add_error("to_on", forms.ValidationError(gettext("止日不能早于起日。"), code="order"))
        elif last and last < self.found.reading.on:
            self.add_error("to_on", forms.ValidationError(gettext("止日已经过了。"), code="past"))
        return found

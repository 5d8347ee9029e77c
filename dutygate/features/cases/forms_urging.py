"""表单 of 催办 (Article 3): which open task, and a few words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dutygate.base.actions.forms import act_form, one_of, paragraph
from dutygate.base.actions.now import TaskRow
from dutygate.base.ui.templatetags.dutygate import day
from dutygate.features.cases.acts import CaseScene, returns_to
from dutygate.features.cases.forms import CaseForm
from dutygate.features.cases.kinds import action_in
from dutygate.features.cases.urging import last_urged, urgency

returns_to("register", "case.urge")


def urgent_tasks(found: CaseScene) -> list[TaskRow]:
    """The open tasks of other units that may be urged today, the most urgent first."""
    subject = found.now.looked.subject
    tasks: list[TaskRow] = subject.remember("tasks to urge", lambda: _urgent_tasks(found))
    return tasks


def _urgent_tasks(found: CaseScene) -> list[TaskRow]:
    subject, today = found.now.looked.subject, found.reading.on
    others = [task for task in found.waiting.tasks if task.unit_id != found.viewer.unit_id and task.due_on is not None]
    near = [task for task in others if urgency(subject, task.action, task.seat, task.opened_on, None, today).timely]
    urged = last_urged(subject) if near else {}
    last = {task.id: urged.get((task.action, task.unit_id, task.seat, task.opened_on)) for task in near}
    return [task for task in near if urgency(subject, task.action, task.seat, task.opened_on, last[task.id], today).lately is None]


@act_form("case.urge")
class UrgeForm(CaseForm):
    """催办: a task that is nearly due or late."""

    template = "cases/_urge_fields.html"
    button = _("催办")
    places = {"urged_task_not_open": "which", "urge_too_early": "which", "urged_lately": "which"}

    which = one_of(_("催办哪一项"), ())
    text = paragraph(_("说几句"), limit=500, rows=3, help_text=_("会和催办的消息一起给那个单位看。可以不写。"))

    @classmethod
    def offered(cls, place: CaseScene) -> bool:
        """Only where something is nearly due or late."""
        return bool(urgent_tasks(place))

    def start(self) -> dict[str, Any]:
        """The only task need not be chosen."""
        tasks = urgent_tasks(self.found)
        return {"which": str(tasks[0].id)} if len(tasks) == 1 else {}

    def shape(self) -> None:
        """What can be urged today."""
        self.let_choose("which", [(str(task.id), self._words(task)) for task in urgent_tasks(self.found)])

    def _words(self, task: TaskRow) -> str:
        reading, procedure = self.found.reading, self.found.now.procedure
        what = action_in(procedure, task.action, self.found.case.kind, self.found.lang)
        said = {"unit": reading.directory.name_on(task.unit_id, reading.on), "what": what, "day": day(task.due_on)}
        return gettext("%(unit)s：%(what)s，截止 %(day)s") % said

    def payload(self) -> dict[str, Any]:
        """The task that was chosen, by what it is."""
        chosen = self.cleaned_data["which"]
        task = next(task for task in urgent_tasks(self.found) if str(task.id) == chosen)
        plain = {"task": task.action, "unit": self.found.reading.directory.unit(task.unit_id).key, "seat": task.seat}
        return {**plain, "text": self.cleaned_data["text"]}

    def context(self) -> dict[str, Any]:
        """Whether there is anything to urge."""
        return {**super().context(), "nothing": not urgent_tasks(self.found)}

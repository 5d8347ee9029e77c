"""代录: whose paper may be entered, where the address does not name the unit (Article 4)."""

from __future__ import annotations

from typing import Any

from dutygate.features.cases.acts import CaseScene
from dutygate.features.cases.forms import PaperForm
from dutygate.features.cases.head import waiting_line


def whose_paper(form: PaperForm) -> dict[str, Any]:
    """{choose, papers}: for who may enter this act for others but has none of her own here: {unit, paper} of each that owes it now."""
    found: CaseScene = form.found
    step = found.step(form.action)
    if step is None or not step.on_paper or step.status != "not_yours" or form.scene.params.get("for") or form.is_bound:
        return {"choose": False}
    lines = [waiting_line(task, found, found.now.procedure) for task in found.waiting.tasks if task.action == form.action]
    return {"choose": True, "papers": [line for line in lines if line["paper"]]}

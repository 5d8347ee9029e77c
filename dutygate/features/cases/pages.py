"""登记 as a tab of a case, and where the list of cases stands in the navigation."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop

from dutygate.base.actions.naming import label_in
from dutygate.base.actions.saying import all_said
from dutygate.base.register.queries import sealed_of
from dutygate.base.ui.nav import Place, offers_place
from dutygate.features.cases.acts import CaseScene, tab
from dutygate.features.cases.forms_correcting import correction_lines
from dutygate.features.cases.past import past_lines
from dutygate.features.cases.section import corrections_shown, register_section
from dutygate.law.rules import Finding

offers_place(
    Place(
        gettext_noop("办件"), "cases", "clipboard-list", 20, lambda acting: acting is not None and acting.kind in ("handler", "signatory")
    )
)


@tab("register", gettext_noop("登记"), "4", template="cases/_tab_register.html", order=90)
def register_tab(scene: CaseScene) -> dict[str, Any]:
    """{lines, corrections}: every entry about the case that the reader may see; what a refusal said stands beside it."""
    lines = register_section(scene.viewer, scene.reading)
    refused = [_number(line) for line in lines if line["outcome"] == "refused"]
    code = scene.reading.directory.jurisdiction.code
    sealed = sealed_of(scene.viewer, code, refused) if refused else {}
    procedure = scene.now.procedure
    return {
        "lines": [
            {
                **line,
                "label": label_in(procedure.labels.get(line["action"]), scene.lang, line["action"]),
                "cites": procedure.cites(line["action"]) if line["action"] in procedure.labels else "",
                "late": line["recorded_at"].date() != line["at"].date(),
                "findings": _findings(sealed.get(_number(line)), scene),
            }
            for line in lines
        ],
        "corrections": correction_lines(scene, corrections_shown(scene.viewer, scene.reading)),
        "past": past_lines(scene),
    }


def _number(line: dict[str, Any]) -> int:
    return int(line["entry"].rpartition("/")[2])


def _findings(sealed: Any, scene: CaseScene) -> list[Any]:
    """What a refusal said; a township is not told what it said about another one (4.1)."""
    if not sealed or "findings" not in sealed:
        return []
    own = {None, scene.viewer.unit} if scene.viewer.unit_kind == "township" else None
    shown = [f for f in sealed["findings"] if own is None or f["params"].get("township") in own]
    return all_said([Finding(f["code"], f["provision"], f["params"]) for f in shown], scene.lang)

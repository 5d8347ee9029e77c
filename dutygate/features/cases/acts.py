"""办件上的办理页: what a form of an action on a case stands in, and the tabs of a case page that the features bring."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from dutygate.base.actions.forms import Scene
from dutygate.base.actions.naming import label_in
from dutygate.base.actions.now import Now, Step
from dutygate.base.catalogue.action import ActingPost
from dutygate.features.cases.section import register_section
from dutygate.features.cases.sections import Reading
from dutygate.features.cases.showing import Waiting, now_on

TabContext = Callable[["CaseScene"], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class CaseScene:
    """A case as a page has read it: the reader's view of it, what she may do, and whose move it is."""

    viewer: ActingPost
    reading: Reading
    now: Now
    waiting: Waiting
    moment: datetime
    lang: str
    on_screen: bool = True
    """Whether a person has it before her; not so where it is written into a case file."""

    @property
    def case(self) -> Any:
        """The case itself."""
        return self.reading.case

    def step(self, action: str) -> Step | None:
        """How an action stands for the reader."""
        return next((step for step in self.now.steps if step.action == action), None)


@dataclass(frozen=True, slots=True)
class Tab:
    """One part of a case page: its address, its name (Chinese, translated when shown), its template, and what that needs.

    ``shown``: whether there is anything of it to see for this reader yet. ``called``: its name where the case is of another kind, or "".
    """

    name: str
    label: str
    cites: str
    template: str
    order: int
    context: TabContext
    shown: Callable[[CaseScene], bool]
    called: Callable[[CaseScene], str] = lambda _scene: ""


TABS: Final[dict[str, Tab]] = {}
DONE_AT: Final[dict[str, str]] = {}
"""Action -> the tab to which one returns after it; the features say so with ``returns_to``."""


def tab(
    name: str,
    label: str,
    cites: str,
    *,
    template: str,
    order: int,
    shown: Callable[[CaseScene], bool] = lambda _scene: True,
    called: Callable[[CaseScene], str] = lambda _scene: "",
) -> Callable[[TabContext], TabContext]:
    """Register a tab: (scene) -> context of its template. Raises ValueError on a double name."""

    def register(context: TabContext) -> TabContext:
        if name in TABS:
            raise ValueError(f"tab {name} is registered twice")
        TABS[name] = Tab(name, label, cites, template, order, context, shown, called)
        return context

    return register


def returns_to(tab_name: str, *actions: str) -> None:
    """After these actions the reader comes back to that tab."""
    for action in actions:
        DONE_AT[action] = tab_name


CameBack = Callable[["CaseScene", str, "dict[str, str]"], Any]
_came_back: Final[list[CameBack]] = []


def comes_back(came_back: CameBack) -> CameBack:
    """Register who knows what was prepared and came back: (scene, action, params) -> (fields, when, why) or None."""
    _came_back[:] = [came_back]
    return came_back


def case_scene(viewer: ActingPost, number: str, moment: datetime, lang: str) -> CaseScene:
    """A case opened for a page. Raises NotFound."""
    reading, now, waiting = now_on(viewer, number, moment)
    return CaseScene(viewer, reading, now, waiting, moment, lang)


def scene_of(found: CaseScene, step: Step | None, params: dict[str, str]) -> Scene:
    """What the form of one action stands in."""
    lines = register_section(found.viewer, found.reading)
    numbers = [int(line["entry"].rpartition("/")[2]) for line in lines]

    def since(seen: int) -> list[dict[str, Any]]:
        labels = found.now.procedure.labels
        return [
            {"label": label_in(labels.get(line["action"]), found.lang, line["action"]), "unit": line["unit"], "at": line["at"]}
            for line, number in zip(lines, numbers, strict=True)
            if number > seen and line["outcome"] == "permitted"
        ]

    return Scene(
        viewer=found.viewer,
        subject=found.case.number,
        moment=found.moment,
        lang=found.lang,
        place=found,
        params=params,
        expected=step.expected if step else None,
        seen=max(numbers, default=0),
        since=since,
        second=step is not None and step.second,
        came_back=next((told(found, step.action, params) for told in _came_back), None) if step is not None and step.second else None,
    )

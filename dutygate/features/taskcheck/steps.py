"""下一步: what follows from an answer. The features above say what they offer; a report is offered where that feature is installed.

A step goes there by POST, with what is known filled in: nothing of an unkept check stands in an address or in a log.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from dutygate.base.catalogue.action import ActingPost
from dutygate.base.organizations.directory import Directory
from dutygate.features.taskcheck.answers import Answer

REPORT_ROUTE: Final = "report_new"
"""擅自交办线索: the form of a report, which takes title, text, paper_on and unit."""


@dataclass(frozen=True, slots=True)
class Step:
    """A button: where it leads, and with what. ``fields``: name -> value, sent as hidden fields."""

    label: str
    hint: str
    cites: str
    url: str
    fields: dict[str, str] = field(default_factory=dict)


Offer = Callable[[ActingPost, Directory, Answer], Step | None]
OFFERS: Final[list[Offer]] = []


def steps_for(viewer: ActingPost, directory: Directory, answer: Answer) -> list[Step]:
    """What the viewer may do next, in the order in which it is offered."""
    found = [offer(viewer, directory, answer) for offer in (*OFFERS, _report)]
    return [step for step in found if step is not None]


def _report(viewer: ActingPost, directory: Directory, answer: Answer) -> Step | None:
    """线索: where a form was found, or the task is on no list; not of what is urgent."""
    if answer.standing == "emergency" or not (answer.forbidden or answer.standing in ("similar", "not_on_list", "taken_back")):
        return None
    try:
        url = reverse(REPORT_ROUTE)
    except NoReverseMatch:
        return None
    asked = answer.asked
    fields = {"title": answer.title, "text": asked.text, "paper_on": asked.paper_on.isoformat(), "unit": answer.sender_key or asked.sender}
    return Step(_("反映擅自交办线索"), _("由有权的机关核查。被反映的单位看不到是谁反映的。"), "8", url, fields)

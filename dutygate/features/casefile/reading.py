"""可读的目录页: the case as its pages show it, in one file without links out of the package, scripts or pictures."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from html import escape
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any, Final

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext

from dutygate.base.actions.naming import label_in
from dutygate.base.register.queries import EntryLine
from dutygate.features.casefile.packing import Member
from dutygate.features.cases.acts import TABS, CaseScene
from dutygate.features.cases.head import case_head

if TYPE_CHECKING:
    from dutygate.features.casefile.contents import Scan

_DROPPED: Final = frozenset({"script", "style", "form", "button", "svg", "nav", "select", "textarea", "label", "template"})
_VOID: Final = frozenset({"br", "hr", "wbr", "img", "input", "link", "meta", "col"})
_KEPT: Final = frozenset({"class", "scope", "colspan", "rowspan", "lang", "start", "open", "datetime"})
_LEFT_OUT: Final = frozenset({"register", "diagram"})
"""Tabs that the page does not repeat: entries have a table of their own with their hashes; the diagram is a picture of the procedure."""


def index_page(
    scene: CaseScene,
    *,
    shown: list[EntryLine],
    opened: Collection[int],
    scans: Iterable[Scan],
    listed: Iterable[Member],
    seen_by: Mapping[str, str],
) -> str:
    """The page, in the language that is active: head, every tab, the entries, the scans, the members, how to check it all."""
    places = {reverse("file", args=[scan.line.digest]): scan.member for scan in scans}
    head = case_head(scene)
    context = {
        **head,
        "lang": scene.lang,
        "parts": [part for part in _parts(scene, head, places) if part["html"]],
        "entries": [_entry(line, scene, opened) for line in shown],
        "scans": scans,
        "members": listed,
        "seen_by": seen_by,
    }
    return render_to_string("casefile/index.html", context)


def _parts(scene: CaseScene, head: Mapping[str, Any], places: Mapping[str, str]) -> Iterable[dict[str, Any]]:
    for tab in sorted(TABS.values(), key=lambda one: one.order):
        if tab.name in _LEFT_OUT or not tab.shown(scene):
            continue
        label = tab.called(scene) or gettext(tab.label)
        html = render_to_string(tab.template, {**head, "tab": tab, "tab_label": label, **tab.context(scene)})
        yield {"name": tab.name, "label": label, "html": only_reading(html, places)}


def _entry(line: EntryLine, scene: CaseScene, opened: Collection[int]) -> dict[str, Any]:
    reading = scene.reading
    return {
        "line": line,
        "label": label_in(scene.now.procedure.labels.get(line.action), scene.lang, line.action),
        "unit": reading.unit(line.unit_id),
        "entered_for": reading.unit(line.entered_for),
        "opened": line.seq in opened,
    }


def only_reading(html: str, places: Mapping[str, str]) -> str:
    """A piece of a page without what only works in the system: forms and buttons go, links become their words, those to scans lead
    into the package (``places``: address -> member).
    """
    reader = _Reader(places)
    reader.feed(html)
    reader.close()
    return "".join(reader.said).strip()


class _Reader(HTMLParser):
    def __init__(self, places: Mapping[str, str]) -> None:
        super().__init__(convert_charrefs=True)
        self.places = places
        self.said: list[str] = []
        self.inside: list[str] = []
        self.dropping = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _DROPPED or self.dropping:
            self.dropping += tag not in _VOID
            return
        if tag in _VOID:
            if tag in ("br", "hr", "wbr", "col"):
                self.said.append(f"<{tag}>")
            return
        given = {name: value or "" for name, value in attrs}
        kept = {name: value for name, value in given.items() if name in _KEPT}
        if tag == "details":
            kept["open"] = ""
        target = self.places.get(given.get("href", "")) if tag == "a" else None
        if target is not None:
            kept = {"href": target}
        name = "span" if tag == "a" and target is None else tag
        self.inside.append(name)
        said = "".join(f' {one}="{escape(value)}"' for one, value in kept.items())
        self.said.append(f"<{name}{said}>")

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        if self.dropping:
            self.dropping -= 1
        elif self.inside:
            self.said.append(f"</{self.inside.pop()}>")

    def handle_data(self, data: str) -> None:
        if not self.dropping:
            self.said.append(escape(data))

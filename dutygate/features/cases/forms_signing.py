"""签发页 (Article 3): what a colleague prepared, exactly as it will be done; sign it, return it with a reason, or take back one's own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from dutygate.base.actions.forms import ACT_FORMS, ActForm, act_form, paragraph, wanted
from dutygate.base.actions.perform import as_sealed
from dutygate.base.catalogue.errors import Malformed
from dutygate.base.catalogue.registry import action_named
from dutygate.base.organizations.queries import public_names_of
from dutygate.features.cases.acts import CaseScene, comes_back, returns_to, tab
from dutygate.features.cases.forms import CaseForm
from dutygate.features.cases.head import case_head
from dutygate.features.cases.kinds import action_in
from dutygate.features.cases.queries import came_back_to, prepared_act, prepared_in
from dutygate.law.rules.signing import steps_to_sign

returns_to("signatures", "signature.sign", "signature.return", "signature.take_back")
STATUS: Final = {
    "waiting": gettext_noop("等待签发"),
    "signed": gettext_noop("已签发"),
    "returned": gettext_noop("退回经办人"),
    "taken_back": gettext_noop("经办人撤回"),
}
NAMED: Final = (("for", "entered_for"), *((name, name) for name in ("township", "seat", "target", "field", "correction", "department")))
"""Names that the address of a form may carry, and under which the payload carries them."""


def signs_here(place: CaseScene) -> bool:
    """Whether the edition of the case asks for signatures at all."""
    return bool(steps_to_sign(place.now.looked.edition, place.case.track))


@comes_back
def _came_back(place: CaseScene, action: str, params: Mapping[str, str]) -> Any:
    """The form that the reader had sent for signature and got back: (fields, when, why), or None."""
    for row in came_back_to(place.viewer, place.case, action):
        about = {name: str(row.payload[key]) for name, key in NAMED if row.payload.get(key)}
        same = about.get("for") == params.get("for") and all(about.get(name, value) == value for name, value in params.items())
        if row.typed and same:
            return row.typed, row.ended_at, row.reason
    return None


class _OfOneForm(CaseForm):
    """About one prepared act; the address says which (``?prepared=3``)."""

    template = "cases/_sign_fields.html"
    drafted = False

    ordinal = forms.IntegerField(widget=forms.HiddenInput(), error_messages={"required": _("请从“经办与签发”里选一件。")})

    @classmethod
    def offered(cls, place: CaseScene) -> bool:
        """One comes to it from the list of what was prepared."""
        return False

    def shape(self) -> None:
        """Which, where the address says so."""
        said = self.scene.params.get("prepared", "")
        number = int(said) if said.isdecimal() and len(said) < 9 else 0
        self.row = prepared_act(self.found.viewer, self.found.case, number) if number else self._first()
        self.initial["ordinal"] = self.row.ordinal if self.row else None

    def _first(self) -> Any:
        return None

    def context(self) -> dict[str, Any]:
        """What was prepared, by whom, when, and where else one can go from here."""
        if self.row is None:
            return {"prepared": None}
        return {"prepared": {**_line(self.found, self.row, _names([self.row])), **_content(self, self.row)}}


def _names(rows: Iterable[Any]) -> dict[int, str]:
    return public_names_of({person for row in rows for person in (row.prepared_by, row.ended_by) if person is not None})


def _line(place: CaseScene, row: Any, names: Mapping[int, str]) -> dict[str, Any]:
    mine = row.prepared_by == place.viewer.user_id
    return {
        "row": row,
        "label": action_in(place.now.procedure, row.action, place.case.kind, place.lang),
        "cites": place.now.procedure.cites(row.action),
        "by": names.get(row.prepared_by, ""),
        "ended_by": names.get(row.ended_by or 0, ""),
        "status": gettext(STATUS[row.status]),
        "query": _query(row),
        "to_sign": row.status == "waiting" and not mine,
        "to_take_back": mine and not row.again and row.status in ("waiting", "returned"),
        "to_mend": mine and not row.again and row.status in ("returned", "taken_back") and row.action in ACT_FORMS,
    }


def _query(row: Any) -> str:
    """What the address of its form says beside case and action."""
    said = {name: str(row.payload[key]) for name, key in NAMED if row.payload.get(key)}
    return f"?{urlencode(said)}" if said else ""


def _content(form: _OfOneForm, row: Any) -> dict[str, Any]:
    """The form as it was filled in, if it says the same as what will be done; else the bare content. {shown, lines, scan}."""
    shown = _as_filled_in(form, row)
    scan = row.payload.get("scan", "")
    return {"shown": shown, "lines": [] if shown else _lines(row), "scan": scan if isinstance(scan, str) else ""}


def _as_filled_in(form: _OfOneForm, row: Any) -> str:
    of = ACT_FORMS.get(row.action)
    if of is None or not row.typed:
        return ""
    data = QueryDict(mutable=True)
    for name, values in row.typed.items():
        data.setlist(name, values)
    addressed = {name: str(row.payload[key]) for name, key in NAMED if row.payload.get(key)}
    inner = of(replace(form.scene, params=addressed, expected=None), data)
    if not inner.is_valid() or not _says_the_same(inner, row):
        return ""
    inner.auto_id = "shown_%s"  # a field of the same name in the form around it has the other id
    head = case_head(form.found)
    return render_to_string(inner.template, {**head, "form": inner, "said": {"at": {}}, "scene": inner.scene, **inner.context()})


def _says_the_same(inner: ActForm, row: Any) -> bool:
    try:
        return bool(as_sealed(action_named(row.action).Payload, inner.payload())[1] == row.payload)
    except Malformed:
        return False


def _lines(row: Any) -> list[tuple[str, str]]:
    """[(what, value)]: every word of the content, by the labels of the form where it has them."""
    of = ACT_FORMS.get(row.action)
    labels = {name: str(field.label or name) for name, field in of.base_fields.items()} if of else {}
    return [(labels.get(name, name), _plain(value)) for name, value in row.payload.items()]


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return gettext("是") if value else gettext("否")
    if isinstance(value, Mapping):
        return gettext("；").join(f"{name}: {_plain(part)}" for name, part in value.items())
    if isinstance(value, list):
        return "\n".join(_plain(part) for part in value)
    return "—" if value is None else str(value)


@act_form("signature.sign")
class SignForm(_OfOneForm):
    """签发."""

    button = _("签发，照此办理")

    @classmethod
    def offered(cls, place: CaseScene) -> bool:
        """To whom something waits to be signed."""
        return signs_here(place) and _first_of(place) is not None

    def _first(self) -> Any:
        return _first_of(self.found)


def _first_of(place: CaseScene) -> Any:
    """What has waited longest for the reader's signature, or None."""
    rows = [row for row in prepared_in(place.viewer, place.case) if row.status == "waiting" and row.prepared_by != place.viewer.user_id]
    return rows[-1] if rows else None


@act_form("signature.return")
class ReturnForm(_OfOneForm):
    """退回经办人."""

    button = _("退回经办人")
    places = {"reason_missing": "reason"}

    reason = paragraph(_("退回的理由"), limit=500, rows=3, help_text=_("写明要改什么。经办人看得到，内容照原样退给经办人。"))

    def shape(self) -> None:
        """The law wants a reason."""
        super().shape()
        wanted(self.fields["reason"])


@act_form("signature.take_back")
class TakeBackForm(_OfOneForm):
    """撤回送签."""

    button = _("撤回送签")


@tab(
    "signatures",
    gettext_noop("经办与签发"),
    "3",
    template="cases/_tab_signatures.html",
    order=84,
    shown=lambda scene: scene.on_screen and signs_here(scene),
)
def signatures_tab(scene: CaseScene) -> dict[str, Any]:
    """{prepared_rows}: what was prepared in the reader's unit, by whom, and what became of it."""
    rows = prepared_in(scene.viewer, scene.case)
    names = _names(rows)
    return {"prepared_rows": [_line(scene, row, names) for row in rows]}

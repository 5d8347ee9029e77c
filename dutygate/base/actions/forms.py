"""表单: the form of one action. A feature says which fields it has; everything around it (``acting``) is the same for all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, BinaryIO, ClassVar, Final, TypeVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from dutygate.base.actions.try_out import try_out
from dutygate.base.catalogue.action import ActingPost
from dutygate.base.documents.storage import store
from dutygate.law.rules import Finding

F = TypeVar("F", bound="type[ActForm]")
Field = TypeVar("Field", bound=forms.Field)
EMPTY: Final[tuple[Any, ...]] = (None, "", [], (), {})


@dataclass(frozen=True, slots=True)
class Scene:
    """What a form stands in: who fills it in, about which subject, and what was before her.

    ``place`` is what the feature has read for it (a case: its ``CaseScene``). ``params`` come with the address (which township).
    ``expected`` is what the act will be based on as things stand now, ``seen`` the last entry of the register about the subject,
    ``second``: a second person has to sign it (3). ``came_back``: (fields, when, why) of what she had prepared and got back.
    ``since`` tells what was entered after a number: [{action label, unit, at}].
    """

    viewer: ActingPost
    subject: str
    moment: datetime
    lang: str
    place: Any = None
    params: Mapping[str, str] = field(default_factory=dict)
    expected: Mapping[str, int] | None = None
    seen: int = 0
    since: Callable[[int], list[dict[str, Any]]] = lambda _number: []
    second: bool = False
    came_back: tuple[Mapping[str, list[str]], datetime, str] | None = None


class ActForm(forms.Form):
    """The form of one action. Fields that belong to the payload carry its names; anything else ``payload`` puts together.

    ``places``: code of a finding, or first part of a path in the payload -> the field at which it is shown.
    ``files``: file field -> hidden field that keeps the digest of what was brought, so that a form that comes back still has it.
    ``template`` renders the fields; ``page`` is the whole page.
    ``live``: the rules are asked while it is filled in. ``drafted``: it is kept as typed.
    ``more_buttons``: further ways to send it, [(_intent, words)]; the act is done all the same, ``page.done`` may ask which it was.
    ``tried``: a template with what else is worth knowing about what is typed, shown where the rules are asked.
    ``says_blocked``: its own fields say what the rules found before anything is filled in, so that the page does not say it twice.
    ``fine``: what is said when the rules found nothing; "" = that it can be sent.
    ``brings_files``: it has a file field that is read at once and not kept.
    ``own_page``: route and further arguments of the page on which the form stands, where it has one of its own.
    """

    use_required_attribute = False

    def let_choose(self, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
        """What may be chosen in that field, [(value, words)]; it must be a field of choice. KeyError for no field."""
        self.fields[name].choices = choices  # type: ignore[attr-defined]  # the stubs know no field of choice by its name

    action: ClassVar[str] = ""
    template: ClassVar[str] = "actions/_fields.html"
    page: ClassVar[str] = "actions/act.html"
    places: ClassVar[Mapping[str, str]] = {}
    files_kept: ClassVar[Mapping[str, str]] = {}
    live: ClassVar[bool] = False
    drafted: ClassVar[bool] = True
    button: ClassVar[Any] = ""
    more_buttons: ClassVar[Sequence[tuple[str, Any]]] = ()
    tried: ClassVar[str] = ""
    says_blocked: ClassVar[bool] = False
    fine: ClassVar[Any] = ""
    own_page: ClassVar[tuple[str, ...]] = ()
    brings_files: ClassVar[bool] = False

    def __init__(self, scene: Scene, data: QueryDict | None = None, files: Any = None, typed: QueryDict | None = None) -> None:
        self.scene = scene
        self.given = data if data is not None else typed
        super().__init__(data, files, initial=self.start(), auto_id="f_%s")
        self.shape()
        if typed is not None and data is None:
            for name, one in self.fields.items():
                if not isinstance(one, forms.FileField):
                    self.initial[name] = one.widget.value_from_datadict(typed, {}, name)

    @classmethod
    def offered(cls, place: Any) -> bool:
        """Whether to offer it where the procedure allows it: not when there is nothing to be done with it. ``place`` as in ``Scene``."""
        return True

    def start(self) -> dict[str, Any]:
        """What the fields hold before anybody types: what is known already is not asked again."""
        return {}

    def shape(self) -> None:
        """Fields and choices that depend on the scene, or on how many rows were typed (``given``)."""

    def payload(self) -> dict[str, Any]:
        """What the action is given; called when the form is valid."""
        kept_out = {*self.files_kept, *(f"{name}_name" for name in self.files_kept.values())}
        return {name: value for name, value in self.cleaned_data.items() if value not in EMPTY and name not in kept_out}

    def keep_file(self, name: str, brought: BinaryIO) -> tuple[str, str]:
        """Store what was brought in that field: (its digest, how it is called when the form comes back). Raises FileNotAccepted."""
        row = store(self.scene.viewer, name, brought, self.scene.moment)
        return row.digest, row.name

    def changes_something(self, payload: Mapping[str, Any]) -> bool:
        """Whether there is anything to do. Where nothing was changed nothing is entered; the person goes on all the same."""
        return True

    def asked(self) -> Sequence[Finding]:
        """What the law would say to what is typed now. Raises as ``perform`` would."""
        return try_out(self.scene.viewer, self.action, self.scene.subject, self.payload(), self.scene.moment)

    def told(self, findings: Sequence[Finding]) -> Sequence[Finding]:
        """What is said when it was not done: the findings, or the same with what only the feature knows (which case of several)."""
        return findings

    def place_of(self, code: str, params: Mapping[str, Any]) -> str:
        """The field at which a finding is shown, "" for the head of the form."""
        name = self.places.get(code, "")
        return name if name in self.fields else ""

    def place_of_path(self, path: str) -> str:
        """The field at which a wrong part of the payload is shown."""
        first = path.partition(".")[0]
        name = self.places.get(first, first)
        return name if name in self.fields else ""

    def renewed(self) -> None:
        """What the act will be based on is now what stands: a page is opened, one begun earlier goes on, or a stale one comes back."""

    def label_of(self, name: str) -> str:
        """How a field is called in the summary of what is wrong, away from its surroundings."""
        return str(self.fields[name].label or "")

    def context(self) -> dict[str, Any]:
        """What its template needs besides."""
        return {}

    def draft_title(self) -> str:
        """How a draft of it is called on the desk, behind the action's name."""
        return self.scene.subject

    @classmethod
    def draft_key(cls, scene: Scene) -> str:
        """What a draft belongs to: action, subject and the address's parameters."""
        return ":".join((cls.action, scene.subject, *(f"{k}={v}" for k, v in sorted(scene.params.items()))))

    @property
    def draft_form(self) -> str:
        """What a draft of this form belongs to."""
        return self.draft_key(self.scene)


ACT_FORMS: Final[dict[str, type[ActForm]]] = {}


def act_form(name: str) -> Callable[[F], F]:
    """Register the form of an action. Raises ValueError on a second one."""

    def register(form: F) -> F:
        if name in ACT_FORMS:
            raise ValueError(f"the form of {name} is registered twice")
        form.action = name
        ACT_FORMS[name] = form
        return form

    return register


class DateInput(forms.DateInput):
    """A day, picked or typed as 2024-06-05."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs={"class": "form-control", **(attrs or {})}, format="%Y-%m-%d")


def text(label: Any, *, limit: int, required: bool = False, help_text: Any = "", **attrs: Any) -> forms.CharField:
    """One line."""
    widget = forms.TextInput(attrs={"class": "form-control", "autocomplete": "off", **attrs})
    return forms.CharField(label=label, max_length=limit, required=required, help_text=help_text, widget=widget)


def paragraph(label: Any, *, limit: int, rows: int = 4, required: bool = False, help_text: Any = "") -> forms.CharField:
    """Several lines, kept as typed."""
    widget = forms.Textarea(attrs={"class": "form-control", "rows": rows})
    return forms.CharField(label=label, max_length=limit, required=required, help_text=help_text, widget=widget)


def day_field(label: Any, *, required: bool = False, help_text: Any = "") -> forms.DateField:
    """A day."""
    return forms.DateField(label=label, required=required, help_text=help_text, widget=DateInput())


def one_of(label: Any, choices: Sequence[tuple[str, Any]], *, required: bool = True, help_text: Any = "") -> forms.ChoiceField:
    """One of a few, all of them seen at once."""
    widget = forms.RadioSelect()
    return forms.ChoiceField(label=label, choices=list(choices), required=required, help_text=help_text, widget=widget)


def picked(label: Any, choices: Sequence[tuple[str, Any]], *, required: bool = True, help_text: Any = "") -> forms.ChoiceField:
    """One of many."""
    widget = forms.Select(attrs={"class": "form-select"})
    return forms.ChoiceField(label=label, choices=list(choices), required=required, help_text=help_text, widget=widget)


def several(label: Any, choices: Sequence[tuple[str, Any]], *, required: bool = True, help_text: Any = "") -> forms.MultipleChoiceField:
    """Any number of several."""
    widget = forms.CheckboxSelectMultiple()
    return forms.MultipleChoiceField(label=label, choices=list(choices), required=required, help_text=help_text, widget=widget)


def yes(label: Any, *, help_text: Any = "") -> forms.BooleanField:
    """A box to tick."""
    return forms.BooleanField(
        label=label, required=False, help_text=help_text, widget=forms.CheckboxInput(attrs={"class": "form-check-input"})
    )


def wanted(field: Field) -> Field:
    """Say "必填" beside a field that a rule asks for: left empty it is refused with its article, and not by the form."""
    field.must = True  # type: ignore[attr-defined]
    return field


class ScanForm(ActForm):
    """A form that may bring a scan: PDF or picture, checked by content, kept by digest even when the form comes back."""

    files_kept = {"scan_file": "scan"}

    scan_file = forms.FileField(
        label=_("扫描件"),
        required=False,
        help_text=_("PDF、图片或办公文档，不超过 20 兆；可以不附。不得上传涉密文件。"),
        widget=forms.FileInput(attrs={"class": "form-control"}),
    )
    scan = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput())
    scan_name = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput())

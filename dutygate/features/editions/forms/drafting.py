"""表单 of a draft: begun, changed part by part, published (preamble, Article 11)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dutygate.base.actions.forms import ActForm, act_form, day_field, paragraph, several, text, wanted, yes
from dutygate.base.actions.naming import label_in, newest_procedure
from dutygate.base.ui.language import language
from dutygate.features.editions.provisions import track_name
from dutygate.law.regulation.edition import ALL, Edition, Parameter
from dutygate.law.rules.signing import PARAMETER

LONGEST_FILE: Final = 1_000_000
TEXTS: Final = ("title", "issuer", "interpreter", "note")


class DraftForm(ActForm):
    """One part of a draft. ``place`` of the scene is the edition that the draft holds, the parameter ``draft`` its id."""

    action = "edition.draft"
    page = "editions/act.html"
    button = _("存入草案")
    places: ClassVar[Mapping[str, str]] = {}

    @property
    def edition(self) -> Edition:
        """The content as it stands."""
        found: Edition = self.scene.place
        return found

    def changes(self) -> dict[str, Any]:
        """What the payload changes; {} = nothing."""
        raise NotImplementedError

    def payload(self) -> dict[str, Any]:
        """The draft, and what changes."""
        return {"draft": self.scene.params["draft"], **self.changes()}

    def changes_something(self, payload: Mapping[str, Any]) -> bool:
        """Whether anything reads otherwise."""
        return set(payload) != {"draft"}

    def draft_title(self) -> str:
        """The name of the draft."""
        return self.edition.id


@act_form("edition.draft")
class NewDraftForm(ActForm):
    """起草: a new draft, word for word the edition in force, under a code of its own."""

    page = "editions/act.html"
    button = _("起草")
    places: ClassVar[Mapping[str, str]] = {"edition_name_taken": "name"}

    name = text(
        _("版本代号"),
        limit=60,
        required=True,
        help_text=_("用小写字母、数字和下划线，以后不再改，例如 arun_2027_1（地名、年份、文号）。"),
    )

    def clean_name(self) -> str:
        """As the action takes it."""
        name = str(self.cleaned_data["name"]).strip()
        letters = name.replace("_", "").replace("0", "")
        if not (
            name[:1].isascii() and name[:1].islower() and len(name) > 2 and letters.isascii() and (letters.isalnum()) and name.islower()
        ):
            raise forms.ValidationError(gettext("请用小写字母、数字和下划线，以字母开头，至少三个字符。"), code="pattern")
        return name

    def draft_title(self) -> str:
        """The code as typed."""
        return str(self.given.get("name", ""))[:60] if self.given else ""


class IdentityForm(DraftForm):
    """名称、文号、机关和日期. Number and days are written again when it is published."""

    template = "editions/_identity_fields.html"

    title_zh = text(_("名称（中文）"), limit=200, required=True)
    title_en = text(_("名称（英文）"), limit=200, required=True)
    document_number = text(_("文号"), limit=80, required=True, help_text=_("还没有文号的，先留草案的写法；发布时照文件写。"))
    issuer_zh = text(_("印发机关（中文）"), limit=200, required=True)
    issuer_en = text(_("印发机关（英文）"), limit=200, required=True)
    issued_on = day_field(_("印发日期"), required=True)
    in_force_from = day_field(_("施行日期"), required=True)
    interpreter_zh = text(_("解释机关（中文全称）"), limit=200, help_text=_("写机构全称：名称相同的机构就是解释机关（第十条）。"))
    interpreter_en = text(_("解释机关（英文）"), limit=200)
    note_zh = paragraph(_("说明（中文）"), limit=2000, rows=2)
    note_en = paragraph(_("说明（英文）"), limit=2000, rows=2)

    def start(self) -> dict[str, Any]:
        """As the draft has it."""
        edition = self.edition
        texts = {f"{name}_{lang}": getattr(getattr(edition, name), lang, "") for name in TEXTS for lang in ("zh", "en")}
        return {
            **texts,
            "document_number": edition.document_number,
            "issued_on": edition.issued_on,
            "in_force_from": edition.in_force_from,
        }

    def clean(self) -> dict[str, Any] | None:
        """Both languages or none."""
        found = super().clean()
        for name in ("interpreter", "note"):
            pair = [self.cleaned_data.get(f"{name}_{lang}") for lang in ("zh", "en")]
            if any(pair) and not all(pair):
                self.add_error(
                    f"{name}_{'en' if pair[0] else 'zh'}", forms.ValidationError(gettext("中文和英文都要写，或者都不写。"), code="both")
                )
        return found

    def changes(self) -> dict[str, Any]:
        """Only what reads otherwise."""
        data, edition = self.cleaned_data, self.edition
        found: dict[str, Any] = {}
        for name in TEXTS:
            said = {lang: data[f"{name}_{lang}"] for lang in ("zh", "en")}
            before = {lang: getattr(getattr(edition, name), lang, "") for lang in ("zh", "en")}
            if said != before:
                found[name] = said if said["zh"] else None
        for name in ("document_number", "issued_on", "in_force_from"):
            if data[name] != getattr(edition, name):
                found[name] = data[name]
        return {"identity": found} if found else {}


class SummariesForm(DraftForm):
    """各条要点, in both languages."""

    template = "editions/_summary_fields.html"

    def shape(self) -> None:
        """Two fields for each provision."""
        for number, one in enumerate(self.edition.provisions.values()):
            for lang, label in (("zh", _("中文要点")), ("en", _("英文要点"))):
                field = paragraph(label, limit=4000, rows=2, required=True)
                field.initial = getattr(one.summary, lang)
                self.fields[f"s{number}_{lang}"] = field

    @property
    def rows(self) -> list[dict[str, Any]]:
        """For the template: [{provision, zh, en}]."""
        return [
            {"provision": one, "zh": self[f"s{number}_zh"], "en": self[f"s{number}_en"]}
            for number, one in enumerate(self.edition.provisions.values())
        ]

    def label_of(self, name: str) -> str:
        """The provision before the language."""
        number = int(name[1:].partition("_")[0])
        return f"{list(self.edition.provisions.values())[number].label.in_language(self.scene.lang)} {self.fields[name].label}"

    def changes(self) -> dict[str, Any]:
        """The provisions whose summary reads otherwise."""
        found = {}
        for number, one in enumerate(self.edition.provisions.values()):
            said = {lang: "\n".join(self.cleaned_data[f"s{number}_{lang}"].splitlines()) for lang in ("zh", "en")}
            if said != {"zh": one.summary.zh, "en": one.summary.en}:
                found[one.id] = said
        return {"summaries": found} if found else {}


class ParametersForm(DraftForm):
    """参数: what the conference has set. Left empty: no limit of its own."""

    template = "editions/_parameter_fields.html"

    def shape(self) -> None:
        """For each parameter its values, whether they were set, from which day, and the source."""
        for number, one in enumerate(self.edition.parameters.values()):
            for track, value in one.values.items():
                self.fields[f"p{number}_v_{track}"] = _value_field(one, track, value)
            self.fields[f"p{number}_set"] = yes(_("联席会议已规定"))
            self.fields[f"p{number}_since"] = day_field(_("起用日"))
            for lang, label in (("zh", _("来源（中文）")), ("en", _("来源（英文）"))):
                self.fields[f"p{number}_source_{lang}"] = text(label, limit=2000, required=True)
            held = {"set": one.status == "set", "since": one.effective_from, "source_zh": one.source.zh, "source_en": one.source.en}
            for name, known in held.items():
                self.fields[f"p{number}_{name}"].initial = known

    @property
    def rows(self) -> list[dict[str, Any]]:
        """For the template: [{parameter, values: [field], set, since, zh, en}]."""
        return [
            {
                "parameter": one,
                "values": [self[f"p{number}_v_{track}"] for track in one.values],
                **{name: self[f"p{number}_{field}"] for name, field in _OF_PARAMETER.items()},
            }
            for number, one in enumerate(self.edition.parameters.values())
        ]

    def label_of(self, name: str) -> str:
        """The parameter before the field."""
        number = int(name[1:].partition("_")[0])
        return f"{list(self.edition.parameters.values())[number].label.in_language(self.scene.lang)} {self.fields[name].label}"

    def clean(self) -> dict[str, Any] | None:
        """What was set holds from a day on."""
        found = super().clean()
        for number in range(len(self.edition.parameters)):
            if self.cleaned_data.get(f"p{number}_set") and not self.cleaned_data.get(f"p{number}_since"):
                self.add_error(f"p{number}_since", forms.ValidationError(gettext("联席会议规定的，要写从哪一天起用。"), code="since"))
        return found

    def changes(self) -> dict[str, Any]:
        """The parameters of which something reads otherwise."""
        found: dict[str, Any] = {}
        for number, one in enumerate(self.edition.parameters.values()):
            said = self._said(number, one)
            if said:
                found[one.name] = said
        return {"parameters": found} if found else {}

    def _said(self, number: int, one: Parameter) -> dict[str, Any]:
        data = {name: self.cleaned_data[f"p{number}_{name}"] for name in ("set", "since", "source_zh", "source_en")}
        said: dict[str, Any] = {}
        values = {track: _typed(one, self.cleaned_data[f"p{number}_v_{track}"]) for track in one.values}
        if changed := {track: value for track, value in values.items() if value != one.values[track]}:
            said["values"] = changed
        if data["set"] != (one.status == "set"):
            said["set_by_conference"] = data["set"]
        if data["since"] != one.effective_from:
            said["effective_from"] = data["since"]
        if (data["source_zh"], data["source_en"]) != (one.source.zh, one.source.en):
            said["source"] = {"zh": data["source_zh"], "en": data["source_en"]}
        return said


_OF_PARAMETER: Final = {"set": "set", "since": "since", "zh": "source_zh", "en": "source_en"}


def _value_field(one: Parameter, track: str, value: Any) -> forms.Field:
    label = gettext("值") if track == ALL else track_name(track)
    field: forms.Field
    if one.unit in ("flag", "choice"):
        choices = [("yes", gettext("是")), ("no", gettext("否"))] if one.unit == "flag" else [(c, c) for c in one.choices]
        field = forms.ChoiceField(
            label=label, required=False, choices=[("", "————"), *choices], widget=forms.Select(attrs={"class": "form-select"})
        )
        field.initial = ("yes" if value else "no") if isinstance(value, bool) else value
    elif one.name == PARAMETER:
        field = several(label, steps_of_a_case(), required=False)
        field.initial = str(value or "").split()
    elif one.unit == "codes":
        field = text(label, limit=200)
        field.initial = value
    else:
        widget = forms.NumberInput(attrs={"class": "form-control", "inputmode": "numeric"})
        field = forms.IntegerField(label=label, required=False, min_value=0, max_value=10_000, widget=widget)
        field.initial = value
    return field


def steps_of_a_case() -> list[tuple[str, str]]:
    """What may need a second signature (3): every step of a case that is there, by its name and label."""
    procedure, lang = newest_procedure(), language()
    steps = [name for name, rows in procedure.rows.items() if any(row.sources != {"none"} for row in rows)]
    return [(name, label_in(procedure.labels[name], lang, name)) for name in steps if not name.startswith("signature.")]


def _typed(one: Parameter, value: Any) -> Any:
    if value in (None, "", []):
        return None
    if isinstance(value, list):
        return " ".join(value)
    return value == "yes" if one.unit == "flag" else value


class FileForm(DraftForm):
    """版本文件: the whole edition, for everything that the other parts do not change: items, focus points, exclusions, procedure."""

    template = "editions/_file_fields.html"
    brings_files = True
    drafted = False

    edition_file = forms.FileField(
        label=_("版本文件"),
        required=False,
        help_text=_("YAML 或者 JSON，先从下面下载现有的内容，改好再传上来。"),
        widget=forms.FileInput(attrs={"class": "form-control"}),
    )
    file = paragraph(_("或者把文件的内容贴在这里"), limit=LONGEST_FILE, rows=12)

    def clean(self) -> dict[str, Any] | None:
        """The text of the file; a form that comes back holds it in the second field."""
        found = super().clean()
        brought = self.cleaned_data.get("edition_file")
        if brought is not None:
            try:
                said = brought.read(LONGEST_FILE + 1).decode("utf-8-sig")
            except UnicodeDecodeError:
                self.add_error("edition_file", forms.ValidationError(gettext("文件不是 UTF-8 文本。"), code="encoding"))
                return found
            if len(said) > LONGEST_FILE:
                self.add_error("edition_file", forms.ValidationError(gettext("文件太大。"), code="size"))
                return found
            self.cleaned_data["file"] = said
            self.data = {**{name: self.data[name] for name in self.data}, "file": said}
        if not self.cleaned_data.get("file") and not self.errors:
            self.add_error("edition_file", forms.ValidationError(gettext("请选一个文件，或者把内容贴进来。"), code="required"))
        return found

    def changes(self) -> dict[str, Any]:
        """Everything."""
        return {"file": self.cleaned_data["file"]}


@act_form("edition.publish")
class PublishForm(ActForm):
    """发布: number and days as the document has them. ``place`` of the scene is the draft's edition."""

    page = "editions/act.html"
    button = _("发布")
    places: ClassVar[Mapping[str, str]] = {
        "in_force_before_issue": "in_force_from",
        "edition_not_after_last": "in_force_from",
    }

    document_number = wanted(text(_("文号"), limit=80, help_text=_("照印发的文件写，例如：阿党办发〔2027〕1号。")))
    dated_on = wanted(day_field(_("印发日期")))
    in_force_from = wanted(day_field(_("施行日期"), help_text=_("从这一天起它是现行办法，现在的办法同日废止。")))

    def place_of(self, code: str, params: Mapping[str, Any]) -> str:
        """What is missing is said at its field."""
        if code == "publication_incomplete":
            return str(params.get("field", ""))
        return super().place_of(code, params)

    def payload(self) -> dict[str, Any]:
        """With the draft."""
        return {"draft": self.scene.params["draft"], **super().payload()}

    def draft_title(self) -> str:
        """The code of the draft."""
        return str(self.scene.place.id)


def part_forms() -> Iterable[tuple[str, type[DraftForm], str]]:
    """(address, form, name) of the parts of a draft."""
    return (
        ("identity", IdentityForm, gettext("名称、文号和日期")),
        ("summaries", SummariesForm, gettext("各条要点")),
        ("parameters", ParametersForm, gettext("参数")),
        ("file", FileForm, gettext("用文件改其余的内容")),
    )

"""表单: units merged, split, a function handed over, a change taken back, people passed on (Articles 1, 3)."""

from __future__ import annotations

import re
from typing import Any, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dutygate.base.actions.forms import act_form, day_field, paragraph, picked, several, text, yes
from dutygate.base.actions.rows import Rows
from dutygate.features.administration.forms import OfficeForm

_DAY: Final = _("照文件。填今天以后的日期，到那一天才生效，在那以前可以取消；不填就从今天起。")
_DOCUMENT: Final = _("文号或者文件名。")
NEW: Final = "new"
ROWS: Final = Rows(("unit", "slug", "name", "code", "what", "duties", "cases"), most=8, least=2)
_BETWEEN: Final = re.compile(r"[\s,，、;；]+")


def codes_in(typed: str) -> list[str]:
    """Codes or numbers of a text, in any way people separate them."""
    return [code for code in _BETWEEN.split(typed.strip()) if code]


@act_form("unit.merge")
class MergeForm(OfficeForm):
    """机构合并. Which units, and into which one, was chosen on the page before (``scene.params``)."""

    places = {
        "unit_not_existing": "valid_from",
        "unit_changing_already": "valid_from",
        "name_taken": "slug",
        "code_in_use": "code",
        "new": "slug",
    }
    button = _("合并，登记")

    name = text(_("新机构的全称"), limit=200, required=True, help_text=_("照机构编制文件。"))
    short_name = text(_("新机构的简称"), limit=60, help_text=_("不填就用全称。"))
    slug = text(
        _("新机构的标识"), limit=40, required=True, help_text=_("小写字母开头，可以有数字和下划线；以后不能改。"), autocapitalize="none"
    )
    code = text(
        _("新机构的统计用区划代码"), limit=9, help_text=_("乡镇填九位数字，其他机构不填。可以沿用并入的乡镇的代码。"), inputmode="numeric"
    )
    valid_from = day_field(_("从哪一天起"), help_text=_DAY)
    document = text(_("合并的文件"), limit=200, required=True, help_text=_DOCUMENT)
    what = paragraph(_("说明"), limit=2000, rows=2, help_text=_("可以不填。"))

    def shape(self) -> None:
        """Into a unit that exists nothing is founded."""
        if self.scene.params["into"] != NEW:
            for name in ("name", "short_name", "slug", "code"):
                del self.fields[name]

    def clean_slug(self) -> str:
        """As the action takes it."""
        return self._fits("slug", r"[a-z][a-z0-9_]{0,39}", _("只能用小写字母、数字和下划线，以字母开头，例如 forestry。"))

    def clean_code(self) -> str:
        """Nine digits, or nothing."""
        return self._fits("code", r"[0-9]{9}", _("应当是九位数字，例如 150721100。"))

    def payload(self) -> dict[str, Any]:
        """Units and successor stand in the address."""
        plain = super().payload()
        founded = {name: plain.pop(name) for name in ("name", "short_name", "slug", "code") if name in plain}
        into = {"new": founded} if self.scene.params["into"] == NEW else {"into": self.scene.params["into"]}
        return {**plain, **into, "units": self.scene.params["units"].split()}


@act_form("unit.split")
class SplitForm(OfficeForm):
    """机构拆分. ``scene.place``: units of the same kind that may take something over; ``scene.params["kind"]``."""

    template = "administration/_split.html"
    places = {
        "unit_not_existing": "valid_from",
        "unit_changing_already": "valid_from",
        "matter_not_held": "duties_0",
        "name_taken": "slug_0",
        "code_in_use": "code_0",
        "successors": "name_0",
        "payload": "continues",
    }
    button = _("拆分，登记")

    continues = yes(_("原机构保留，只划出一部分"), help_text=_("不勾的，原机构从那一天起撤销；没有点名的办件和事项，归第一个承继机构。"))
    valid_from = day_field(_("从哪一天起"), help_text=_DAY)
    document = text(_("拆分的文件"), limit=200, required=True, help_text=_DOCUMENT)

    def shape(self) -> None:
        """A group of fields for each successor."""
        self.numbers = ROWS.wanted(self.given)
        for n in self.numbers:
            self.fields[f"unit_{n}"] = picked(_("已有的机构"), [("", gettext("新设一个机构")), *self.scene.place], required=False)
            self.fields[f"name_{n}"] = text(_("新机构的全称"), limit=200)
            self.fields[f"slug_{n}"] = text(_("新机构的标识"), limit=40, autocapitalize="none")
            self.fields[f"code_{n}"] = text(_("新机构的统计用区划代码"), limit=9, inputmode="numeric")
            self.fields[f"what_{n}"] = text(_("承接什么"), limit=400)
            self.fields[f"duties_{n}"] = text(_("点名承接的事项编号"), limit=4000)
            self.fields[f"cases_{n}"] = text(_("点名承接的办件编号"), limit=4000)

    def context(self) -> dict[str, Any]:
        """The groups, numbered."""
        return {"successors": ROWS.shown(self, self.numbers)}

    def label_of(self, name: str) -> str:
        """With the number of its successor."""
        label, number = super().label_of(name), name.rpartition("_")[2]
        return f"{label} {int(number) + 1}" if number.isdecimal() else label

    def payload(self) -> dict[str, Any]:
        """The successors as the action wants them."""
        plain = {name: self.cleaned_data[name] for name in ("continues", "valid_from", "document") if self.cleaned_data[name]}
        return {**plain, "successors": [_successor(row) for _number, row in ROWS.filled(self.cleaned_data, self.numbers)]}


def _successor(row: dict[str, Any]) -> dict[str, Any]:
    takes = {kind: codes_in(row[kind]) for kind in ("duties", "cases") if codes_in(row[kind])}
    given: dict[str, Any] = {"takes": takes} if takes else {}
    if row["what"]:
        given["what"] = row["what"]
    if row["unit"]:
        return {**given, "unit": row["unit"]}
    return {**given, "new": {name: row[name] for name in ("slug", "name", "code") if row[name]}}


@act_form("unit.transfer_function")
class TransferForm(OfficeForm):
    """职能划转. ``scene.place``: (departments that may take it, codes of duties, numbers of open cases)."""

    places = {
        "unit_not_existing": "valid_from",
        "unit_changing_already": "valid_from",
        "function_not_of_department": "to",
        "matter_not_held": "duties",
        "takes": "duties",
    }
    button = _("划转，登记")

    to = picked(_("划给哪个部门"), ())
    what = paragraph(_("划转什么职能"), limit=2000, rows=3, required=True, help_text=_("照文件写，例如“草原管护职责”。"))
    duties = several(_("随之划转的清单事项"), (), required=False, help_text=_("从那一天起由接收的部门主管；不勾的仍由本部门主管。"))
    cases = several(_("随之划转的办件"), (), required=False, help_text=_("没有办结的，由接收的部门接着办；不勾的仍由本部门办。"))
    valid_from = day_field(_("从哪一天起"), help_text=_DAY)
    document = text(_("划转的文件"), limit=200, required=True, help_text=_DOCUMENT)

    def shape(self) -> None:
        """What there is to choose."""
        departments, duties, cases = self.scene.place
        self.fields["to"].choices = [("", "————"), *departments]  # type: ignore[attr-defined]
        for name, found in (("duties", duties), ("cases", cases)):
            if found:
                self.fields[name].choices = [(code, code) for code in found]  # type: ignore[attr-defined]
            else:
                del self.fields[name]

    def payload(self) -> dict[str, Any]:
        """What goes along, together."""
        plain = super().payload()
        takes = {name: plain.pop(name) for name in ("duties", "cases") if name in plain}
        return {**plain, "takes": takes} if takes else plain


@act_form("unit.cancel_change")
class CancelForm(OfficeForm):
    """取消机构变更."""

    places = {"change_took_effect": "reason"}
    button = _("取消这次变更")

    reason = text(_("为什么取消"), limit=200, required=True, help_text=_("例如文件改期、登记有误。"))


@act_form("post.pass_on")
class PassOnForm(OfficeForm):
    """人员转任. ``scene.place``: (successors, people that may go along)."""

    places = {"not_a_successor": "to", "no_post_to_pass_on": "usernames"}
    button = _("转任")

    to = picked(_("转到哪个承继机构"), ())
    usernames = several(_("转哪些人"), (), help_text=_("岗位照旧。原来的岗位到变更那天为止，新的岗位从那天起；接口令牌要本人重新签发。"))

    def start(self) -> dict[str, Any]:
        """Everybody, to the only successor."""
        successors, people = self.scene.place
        return {"to": successors[0][0] if len(successors) == 1 else "", "usernames": [username for username, _name in people]}

    def shape(self) -> None:
        """Who and where."""
        successors, people = self.scene.place
        self.fields["to"].choices = [("", "————"), *successors]  # type: ignore[attr-defined]
        self.fields["usernames"].choices = people  # type: ignore[attr-defined]

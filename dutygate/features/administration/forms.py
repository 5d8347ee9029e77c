"""表单 of the actions of administration. They are short, so no drafts are kept; what is refused comes back at its field."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dutygate.base.actions.forms import ActForm, act_form, day_field, one_of, paragraph, picked, text
from dutygate.base.actions.naming import edition_now
from dutygate.base.organizations.terms import POST_LABELS
from dutygate.features.administration.labels import UNIT_KINDS

_FROM: Final = _("不填就从今天起。")
_HANDED: Final = _("同一单位任职的人。转办、委托给她的待办和她还没有阅的传阅，都转给这个人；单位的待办和时限不变。")
_A_DAY: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_LONGEST: Final = 60


class OfficeForm(ActForm):
    """A form of administration. What it is about stands above it."""

    page = "administration/act.html"
    drafted = False

    def _fits(self, name: str, pattern: str, message: Any) -> str:
        """A typed word, checked here so that it is said in words and not as a pattern."""
        typed = str(self.cleaned_data[name]).strip()
        if typed and not re.fullmatch(pattern, typed):
            raise forms.ValidationError(message, code="pattern")
        return typed


_NINE_DIGITS: Final = (r"[0-9]{9}", _("应当是九位数字，例如 150721100。"))


class LastDayForm(OfficeForm):
    """An act that holds from a day to a day: people say the last day, records the first one after it."""

    places = {"valid_to": "last_day", "payload": "last_day"}

    def payload(self) -> dict[str, Any]:
        """``valid_to`` in the place of the last day."""
        plain = super().payload()
        last: date | None = plain.pop("last_day", None)
        return plain if last is None else {**plain, "valid_to": last + timedelta(days=1)}


@act_form("unit.create")
class UnitForm(OfficeForm):
    """设立机构."""

    places = {"name_taken": "slug", "code_in_use": "code"}

    name = text(_("全称"), limit=200, required=True, help_text=_("照机构编制文件，例如“阿荣旗林业和草原局”。"))
    short_name = text(_("简称"), limit=60, help_text=_("不填就用全称。"))
    kind = one_of(_("机构类别"), ())
    slug = text(
        _("标识"),
        limit=40,
        required=True,
        help_text=_("小写字母开头，可以有数字和下划线，例如 forestry；以后不能改。"),
        autocapitalize="none",
    )
    code = text(_("统计用区划代码"), limit=9, help_text=_("乡镇填九位数字，其他机构不填。"), inputmode="numeric")
    valid_from = day_field(_("从哪一天起设立"), help_text=_FROM)
    document = text(_("依据文件"), limit=200, help_text=_("文号或者文件名。"))

    def clean_slug(self) -> str:
        """As ``unit.create`` takes it."""
        return self._fits("slug", r"[a-z][a-z0-9_]{0,39}", _("只能用小写字母、数字和下划线，以字母开头，例如 forestry。"))

    def clean_code(self) -> str:
        """Nine digits, or nothing."""
        return self._fits("code", *_NINE_DIGITS)

    def shape(self) -> None:
        """The kinds in the language of the page."""
        self.let_choose("kind", [(kind, gettext(label)) for kind, label in UNIT_KINDS.items()])


@act_form("unit.rename")
class RenameForm(OfficeForm):
    """机构更名、换码."""

    places = {"name_not_after_last": "valid_from", "unit_not_existing": "valid_from", "code_in_use": "code"}

    name = text(_("新的全称"), limit=200, required=True)
    short_name = text(_("新的简称"), limit=60, help_text=_("不填就用全称。"))
    code = text(_("新的统计用区划代码"), limit=9, help_text=_("代码不变的不填。"), inputmode="numeric")
    valid_from = day_field(_("从哪一天起使用"), help_text=_("照更名文件；以前的清单和文件仍用当时的名称。不填就从今天起。"))
    document = text(_("更名的文件"), limit=200, required=True, help_text=_("文号或者文件名。"))

    def clean_code(self) -> str:
        """Nine digits, or nothing."""
        return self._fits("code", *_NINE_DIGITS)


@act_form("unit.take_seat")
class SeatForm(LastDayForm):
    """任席位."""

    places = {
        **LastDayForm.places,
        "seat_not_for_unit": "unit",
        "conference_seat_held": "unit",
        "seat_not_after_last": "valid_from",
        "unit_not_existing": "valid_from",
    }

    seat = one_of(_("哪个席位"), ())
    unit = picked(_("由哪个机构担任"), ())
    valid_from = day_field(_("从哪一天起"), help_text=_FROM)
    last_day = day_field(_("到哪一天为止"), help_text=_("含当天；不填就一直担任，到有人接任为止。"))
    document = text(_("依据文件"), limit=200, help_text=_("文号或者文件名。"))

    def start(self) -> dict[str, Any]:
        """The seat that was chosen on the page before."""
        return {"seat": self.scene.params.get("seat", "")}

    def shape(self) -> None:
        """Seats by the edition's labels; units that may sit."""
        edition, lang = edition_now(), self.scene.lang
        seats = [(seat.id, seat.label.in_language(lang)) for seat in edition.seats.values()]
        self.let_choose("seat", seats)
        self.let_choose("unit", [("", "————"), *self.scene.place])


@act_form("user.create")
class UserForm(OfficeForm):
    """登记人员."""

    places = {"name_taken": "username"}
    button = _("登记，并生成首次口令")

    name = text(_("姓名"), limit=60, required=True)
    username = text(
        _("用户名"),
        limit=64,
        required=True,
        help_text=_("小写字母开头，可以有数字和 . _ -，例如 wang.li；以后不能改。"),
        autocapitalize="none",
    )

    field_order = ("name", "username")

    def clean_username(self) -> str:
        """As ``user.create`` takes it."""
        return self._fits("username", r"[a-z][a-z0-9._-]{1,63}", _("只能用小写字母、数字和 . _ -，以字母开头，至少两个字，例如 wang.li。"))


@act_form("post.appoint")
class AppointForm(LastDayForm):
    """任职."""

    places = {
        **LastDayForm.places,
        "administrators_apart": "kind",
        "post_held_already": "kind",
        "unit_not_existing": "valid_from",
    }

    kind = one_of(_("岗位"), ())
    valid_from = day_field(_("从哪一天起"), help_text=_FROM)
    last_day = day_field(_("到哪一天为止"), help_text=_("含当天；不填就一直担任，到免去为止。"))

    def shape(self) -> None:
        """The kinds of posts, office work first."""
        self.let_choose("kind", [(kind, gettext(label)) for kind, label in POST_LABELS.items()])

    def payload(self) -> dict[str, Any]:
        """With the person, who stands in the address."""
        return {**super().payload(), "username": self.scene.params["person"]}


@act_form("post.end")
class EndForm(OfficeForm):
    """免去任职."""

    places = {"post_not_held": "ends_on"}

    ends_on = day_field(_("从哪一天起不再担任"), help_text=_("当天就不能再用这个岗位办理。不填就从今天起。"))
    reason = text(_("原因"), limit=200, help_text=_("例如调离、退休；可以不填。"))

    def payload(self) -> dict[str, Any]:
        """With the person and the kind of post, which stand in the address."""
        return {**super().payload(), "username": self.scene.params["person"], "kind": self.scene.params["post"]}


@act_form("post.hand_over")
class HandOverForm(OfficeForm):
    """工作移交: what was given to her goes to a colleague."""

    places = {"no_successor_in_this_unit": "to"}
    button = _("移交")

    to = picked(_("移交给谁"), (), help_text=_HANDED)
    reason = text(_("原因"), limit=200, help_text=_("例如调离、退休；可以不填。"))

    def shape(self) -> None:
        """The unit's people."""
        self.let_choose("to", [("", "————"), *self.scene.place])

    def payload(self) -> dict[str, Any]:
        """With the person who leaves, who stands in the address."""
        return {**super().payload(), "username": self.scene.params["person"]}


def days_in(typed: str) -> list[date]:
    """The days of a text: one or a range a line, 2027-02-05 or 2027-02-05 至 2027-02-11. Raises ValidationError."""
    found: list[date] = []
    for line in filter(None, (line.strip() for line in typed.splitlines())):
        try:
            days = [date(*map(int, parts)) for parts in _A_DAY.findall(line)]
        except ValueError:
            days = []
        rest = _A_DAY.sub("", line)
        if len(days) not in (1, 2) or re.sub(r"[\s至到~～—-]", "", rest):
            raise forms.ValidationError(_("这一行看不懂：%(line)s"), code="no_day", params={"line": line[:60]})
        first, last = days[0], days[-1]
        if not timedelta(0) <= last - first <= timedelta(days=_LONGEST):
            raise forms.ValidationError(_("这一行的起止日期不对：%(line)s"), code="backwards", params={"line": line[:60]})
        found += [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return found


@act_form("calendar.load_year")
class LoadYearForm(OfficeForm):
    """载入年度日历. Without days the program's own table of that year is loaded."""

    places = {"year_not_published": "year", "days": "off", "payload": "off"}

    year = forms.IntegerField(
        label=_("年度"), min_value=2000, max_value=2200, widget=forms.NumberInput(attrs={"class": "form-control", "autocomplete": "off"})
    )
    off = paragraph(
        _("放假的日子"),
        limit=4000,
        rows=4,
        help_text=_("本系统带有这一年的安排时不用填。一行一天，或者一段：2027-02-05 至 2027-02-11。"),
    )
    makeup = paragraph(_("调休上班的日子"), limit=4000, rows=3, help_text=_("周六、周日要上班的日子，一行一天。"))
    source = text(_("依据的通知"), limit=200, help_text=_("填了日子就要填，例如“国办发明电〔2026〕7号”。"))

    def start(self) -> dict[str, Any]:
        """The year that was looked at."""
        return {"year": self.scene.params.get("year", "")}

    def clean_off(self) -> list[date]:
        """As days."""
        return days_in(str(self.cleaned_data["off"]))

    def clean_makeup(self) -> list[date]:
        """As days."""
        return days_in(str(self.cleaned_data["makeup"]))

    def clean(self) -> dict[str, Any]:
        """Days need their notice, and none is both."""
        found = super().clean() or {}
        if (found.get("off") or found.get("makeup")) and not found.get("source"):
            self.add_error("source", forms.ValidationError(_("填了日子，就要写明依据的通知。"), code="required"))
        if both := sorted(set(found.get("off") or ()) & set(found.get("makeup") or ())):
            self.add_error("makeup", forms.ValidationError(_("同一天不能又放假又上班：%(day)s"), code="both", params={"day": both[0]}))
        return found

    def payload(self) -> dict[str, Any]:
        """{year, days?, source?}."""
        plain = super().payload()
        off, makeup = set(plain.pop("off", ())), set(plain.pop("makeup", ()))
        days = [{"day": day, "working": day in makeup} for day in sorted(off | makeup)]
        return {**plain, "days": days} if days else plain


@act_form("calendar.set_day")
class SetDayForm(OfficeForm):
    """设定日历日."""

    places: ClassVar[Mapping[str, str]] = {}

    day = day_field(_("哪一天"), required=True)
    working = one_of(_("这一天"), (("no", _("放假")), ("yes", _("上班"))))
    source = text(_("依据的通知"), limit=200, required=True, help_text=_("例如自治区的放假通知，写文号或者文件名。"))

    def payload(self) -> dict[str, Any]:
        """Yes and no as the action wants them."""
        plain = super().payload()
        return {**plain, "working": plain["working"] == "yes"}


@act_form("token.issue")
class TokenForm(OfficeForm):
    """签发接口令牌."""

    places = {"token_end_out_of_range": "expires_on"}
    button = _("签发")

    label = text(_("用途"), limit=100, required=True, help_text=_("哪个程序用，例如“办公系统取待办”。"))
    expires_on = day_field(_("最后一天"), required=True, help_text=_("到这一天为止，最长 366 天。"))


@act_form("token.revoke")
class RevokeForm(OfficeForm):
    """撤销接口令牌."""

    places = {"token_revoked_already": "reason"}

    reason = text(_("原因"), limit=200, help_text=_("例如遗失、不再使用；可以不填。"))

"""受理到办结的表单（第八条）: of the examiner, and of the body concerned."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dutygate.base.actions.forms import act_form, day_field, one_of, paragraph, several, wanted
from dutygate.base.actions.forms import text as line
from dutygate.features.supervision.forms.report_form import FilesForm, ReportForm, form_choices
from dutygate.features.supervision.words import FINDINGS


@act_form("supervision.accept")
class AcceptForm(ReportForm):
    """受理: nothing to fill in."""

    button = _("受理")


@act_form("supervision.dismiss")
class DismissForm(ReportForm):
    """不予受理."""

    button = _("不予受理")
    places: ClassVar[Mapping[str, str]] = {"reason_missing": "reason"}

    reason = wanted(paragraph(_("理由"), limit=4000, rows=4, help_text=_("反映人看得到。")))


@act_form("supervision.hear")
class HearForm(ReportForm):
    """听取说明."""

    button = _("请对方说明")
    places: ClassVar[Mapping[str, str]] = {"facts_missing": "facts", "no_time_to_answer": "answer_by"}

    facts = wanted(
        paragraph(
            _("请对方说明的事实"),
            limit=4000,
            rows=6,
            help_text=_("对方只看得到这里写的话。用自己的话写，不抄线索原文，不写、也不让人看出是谁反映的。"),
        )
    )
    answer_by = day_field(_("说明期限"), help_text=_("不填的，按规定的时限计算。"))


@act_form("supervision.answer")
class AnswerForm(FilesForm):
    """作出说明."""

    button = _("提交说明")

    text = paragraph(_("说明"), limit=4000, rows=6, required=True)
    field_order = ("text", "file_1", "file_2", "file_3")


@act_form("supervision.find")
class FindForm(ReportForm):
    """作出认定."""

    button = _("作出认定")
    places: ClassVar[Mapping[str, str]] = {"finding_without_form": "forms", "finding_without_facts": "text"}

    outcome = one_of(_("认定"), ())
    forms = several(_("是哪一种方式"), (), required=False, help_text=_("认定违反规定交办的必填。"))
    text = wanted(paragraph(_("认定的事实和依据"), limit=4000, rows=6, help_text=_("对方看得到。不写、也不让人看出是谁反映的。")))
    matter = line(
        _("应当申请准入的事项"),
        limit=200,
        help_text=_("没有准入就交办的，写明事项名称：对方的页面上会给它备好一份准入申请。不属于这种情形的不填。"),
    )

    def shape(self) -> None:
        """The findings, and the forms of Article 7."""
        self.let_choose("outcome", [(name, gettext(words)) for name, words in FINDINGS.items()])
        self.let_choose("forms", form_choices())


@act_form("supervision.order_correction")
class OrderForm(ReportForm):
    """责令纠正."""

    button = _("责令纠正")
    places: ClassVar[Mapping[str, str]] = {"order_says_nothing": "text", "no_time_to_correct": "correct_by"}

    text = wanted(paragraph(_("要纠正什么"), limit=4000, rows=5, help_text=_("对方看得到。")))
    correct_by = day_field(_("纠正期限"), help_text=_("到这一天为止，含当天。不填的，按规定的时限计算。"))


@act_form("supervision.corrected")
class CorrectedForm(FilesForm):
    """报告纠正."""

    button = _("报告纠正")
    places: ClassVar[Mapping[str, str]] = {"correction_without_proof": "text"}

    text = wanted(paragraph(_("怎样纠正的"), limit=4000, rows=5))
    document_number = line(_("证明文号"), limit=80, help_text=_("例如撤回通知的文号。文号和附件至少有一样。"))
    field_order = ("text", "document_number", "file_1", "file_2", "file_3")


@act_form("supervision.check_correction")
class CheckForm(ReportForm):
    """核查纠正."""

    button = _("登记核查")
    places: ClassVar[Mapping[str, str]] = {"reason_missing": "text", "no_time_to_correct": "correct_by"}

    accepted = one_of(_("核查结果"), (("yes", _("纠正属实")), ("no", _("没有纠正到位，退回"))))
    text = paragraph(_("核查的情况"), limit=4000, rows=4, help_text=_("退回的必填。对方看得到。"))
    correct_by = day_field(_("新的纠正期限"), help_text=_("退回的才填；不填的，按规定的时限计算。"))

    def payload(self) -> dict[str, Any]:
        """Yes and no as the action wants them."""
        plain = super().payload()
        return {**plain, "accepted": plain.get("accepted") == "yes"}


@act_form("supervision.refer")
class ReferForm(ReportForm):
    """转交."""

    button = _("转交")

    to = wanted(line(_("转给哪个机关"), limit=200))
    document_number = wanted(line(_("文号"), limit=80))
    dated_on = wanted(day_field(_("成文日期")))
    reason = wanted(paragraph(_("理由"), limit=4000, rows=4, help_text=_("反映人看得到。")))

    def place_of(self, code: str, params: Mapping[str, Any]) -> str:
        """What is missing is said at its field."""
        return str(params.get("field", "")) if code == "referral_incomplete" else super().place_of(code, params)


@act_form("supervision.close")
class CloseForm(ReportForm):
    """办结."""

    button = _("办结这条线索")
    places: ClassVar[Mapping[str, str]] = {"correction_is_owed": "text"}

    text = paragraph(_("告诉反映人的结果"), limit=4000, rows=4, required=True, help_text=_("查到了什么，怎样处理的。"))

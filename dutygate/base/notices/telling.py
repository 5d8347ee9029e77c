"""消息的话: what each kind of message says, in both languages; whoever shows one brings the names for its placeholders.

The keys are the kinds that actions ``tell``; a test finds one that has no words.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext, gettext_noop

KINDS: Final[dict[str, str]] = {
    # 申请与征求意见（第四条（一））
    "consulted": gettext_noop("就这件事书面征求贵单位的意见（第%(round)s轮），请书面答复。不答复不等于同意。"),
    "left_scope": gettext_noop("贵单位已从这件事的范围中调出，不再承担。理由：%(reason)s"),
    "left_scope_of_change": gettext_noop("贵单位已从这件事的范围中调出，清单上的事项照旧。理由：%(reason)s"),
    "opinion_lapsed": gettext_noop("申请内容有改动，贵单位原来的答复已经失效，等申请单位再次征求意见。"),
    "conditions_answered": gettext_noop("申请单位回应了贵单位的条件，请确认是否接受。"),
    "conditions_settled": gettext_noop("%(township)s对回应作了表态：%(settlement)s"),
    "entered_for_you": gettext_noop("有单位按纸质文件替贵单位录入了一步办理，请核对。录得不对，可以提出异议或者请录入单位更正。"),
    "entry_contested": gettext_noop("%(township)s对代录的答复提出了异议，这份答复暂不作数。"),
    "original_checked": gettext_noop("代录的贵单位答复，已经核对过纸质原件。"),
    "to_leave_your_list": gettext_noop("申请单位拟把这件事调出贵单位的清单。贵单位不用答复；定了以后，另行书面告知。"),
    "applied": gettext_noop("申请单位提交了书面申请，请办理受理。"),
    "case_withdrawn": gettext_noop("申请单位撤回了这件事，本卷结束。理由：%(reason)s"),
    # 审核（第三条、第四条（二））
    "review_accepted": gettext_noop("申请已经受理，进入审核。"),
    "review_to_assess": gettext_noop("申请已经受理，请按贵单位的席位审核。"),
    "review_returned": gettext_noop("申请被退回补正，请看要补正哪些。"),
    "review_refused": gettext_noop("审核以后不予准入，请看理由。"),
    "change_refused": gettext_noop("审核以后不予退出或者不予调整，请看理由。"),
    "review_concluded": gettext_noop("已经形成审核意见：%(outcome)s"),
    "seat_substituted": gettext_noop("本卷的席位作了回避调整：%(seat)s由%(unit)s担任。"),
    "comment_asked": gettext_noop("就这件事征求贵单位的部门意见。反馈截止：%(reply_by)s"),
    "comment_given": gettext_noop("%(unit)s反馈了部门意见。"),
    "comment_entered_for_you": gettext_noop("按贵单位的纸质文件代录了部门意见，请核对。文号：%(document_number)s"),
    "assessment_entered_for_you": gettext_noop("按贵单位的纸质文件代录了审核，请核对。席位：%(seat)s"),
    "every_seat_assessed": gettext_noop("各席位都已审核，可以形成审核意见。"),
    # 联席会议（第三条）
    "conference_called": gettext_noop("召集联席会议：%(title)s，%(day)s，%(place)s。请派人参加。"),
    "round_called": gettext_noop("联席会议书面审议：%(title)s。请在%(day)s以前书面答复；不答复不等于同意。"),
    "agenda_changed": gettext_noop("%(title)s的议题有增减，请看议题。"),
    "minutes_finished": gettext_noop("%(title)s的纪要已经定稿，请查看。"),
    "conference_dealt_with": gettext_noop("%(title)s议过这一卷，结论可以在“会议”一栏查看。审核意见和批准另有各自的一步。"),
    "parameters_adopted": gettext_noop("联席会议规定了新的参数（%(title)s），自%(day)s起用。"),
    "member_appointed": gettext_noop("贵单位自%(day)s起是联席会议成员单位（%(document)s）。"),
    # 准入与告知（第一条、第四条（三）、（四））
    "sent_up": gettext_noop("审核意见是同意，报请决定。"),
    "decided": gettext_noop("%(body)s登记了决定：%(outcome)s"),
    "notice_issued": gettext_noop("已经书面告知（%(document_number)s），请签收。签收就是接手。"),
    "notice_delivered": gettext_noop("告知书已经送到贵单位（%(day)s），请签收。"),
    "receipt_contested": gettext_noop("%(unit)s对代录的签收提出了异议，要重新签收。"),
    "receipt_disputed": gettext_noop("%(unit)s对已经办结的这一卷里代录的签收提出了异议。本卷不重新打开，请向该单位出示回执原件。"),
    "receipt_original_shown": gettext_noop("牵头单位登记：%(day)s向贵单位出示了签收回执的原件。"),
    "duty_admitted": gettext_noop("这件事已经列入清单，编号%(duty)s，自%(valid_from)s起。"),
    # 清单（第四条（五））
    "list_imported": gettext_noop("贵单位的清单按文件作了登记，自%(valid_from)s起，请核对。"),
    "list_corrected": gettext_noop("清单上的事项%(duty)s作了更正，原来的内容仍可以查看。理由：%(reason)s"),
    "list_published": gettext_noop("贵单位的清单已经公布，编号%(number)s。"),
    "deployment_registered": gettext_noop("旗委、旗政府的统一部署已经登记：%(number)s《%(title)s》。"),
    "deployment_withdrawn": gettext_noop("统一部署%(number)s的登记已经撤销。"),
    "duty_ends_soon": gettext_noop(
        "临时任务“%(title)s”（%(duty)s）到%(last_day)s（含当天）期满。期满即止，不自动续期；还需要的，请部门及早重新申请。"
    ),
    "duty_expired": gettext_noop("临时任务“%(title)s”（%(duty)s）到%(last_day)s已经期满，第二天起不再有效。"),
    "duty_end_notified": gettext_noop("“%(title)s”（%(duty)s）期满，已经书面告知（%(document_number)s），请签收。"),
    "duty_ended": gettext_noop("事项%(duty)s自%(valid_to)s起退出清单，以前的内容仍可以查看。"),
    "duty_changed": gettext_noop("事项%(duty)s自%(valid_from)s起按调整后的内容列在清单上，以前的内容仍可以查看。"),
    # 保障（第五条）
    "support_undertaken": gettext_noop("“%(title)s”（%(duty)s）的保障承诺已经记入台账，或者有变动，请看给什么、什么时候给。"),
    "support_delivered": gettext_noop("部门登记了%(year)s年“%(title)s”的保障兑现。方便的时候请在年度确认单上一次确认，不设期限。"),
    "support_answered": gettext_noop("%(unit)s在年度确认单上答复：确认%(received)s笔，有异议%(disputed)s笔。"),
    "support_disputed": gettext_noop("%(unit)s对保障兑现提出了异议，请核定。"),
    "support_entered_for_you": gettext_noop("按贵单位的纸质文件代录了保障确认，请核对；不对的，可以提出异议。文号：%(document_number)s"),
    "support_settled": gettext_noop("“%(title)s”的保障异议已经核定。理由：%(reason)s"),
    "duty_needs_something": gettext_noop("年度回看认为“%(title)s”需要调整或者退出，请办理申请。理由：%(reason)s"),
    "duties_to_look_at": gettext_noop("%(year)s年的年度回看开始了，请看贵单位主管的%(count)s项事项要不要保留、调整、退出。"),
    "case_done": gettext_noop("各单位都已签收，本卷办结。"),
    # 公文（第四条）
    "paper_issued": gettext_noop("收到公文%(number)s：%(title)s。"),
    "paper_void": gettext_noop("公文%(number)s已经作废。理由：%(reason)s"),
    "contact_published": gettext_noop("贵单位对外公布的联系方式已经更新。"),
    "letterhead_set": gettext_noop("贵单位的版头和代字（%(code)s）已经设置，可以发文。"),
    # 法定依据（第一条、第四条（五））
    "basis_amend_case": gettext_noop("%(basis)s自%(on)s起修改。贵单位有在办的申请以它为据，请核对法定依据。"),
    "basis_repeal_case": gettext_noop("%(basis)s自%(on)s起废止。贵单位有在办的申请以它为据，请换用现行有效的依据。"),
    "basis_amend_duty": gettext_noop("%(basis)s自%(on)s起修改。贵单位主管的事项以它为据，请及时办理调整。"),
    "basis_repeal_duty": gettext_noop("%(basis)s自%(on)s起废止。贵单位主管的事项以它为据，请及时办理调整或者退出。"),
    "basis_corrected": gettext_noop("贵单位在办的申请引用的%(basis)s作了更正，请核对。理由：%(reason)s"),
    # 机构变更（第一条、第三条）
    "unit_changed": gettext_noop("贵单位的机构变更已经生效（%(document)s）。没有办结的办件、清单事项由承继机构接着办。"),
    "case_passed_on": gettext_noop("%(former)s的机构变更，这件事由%(unit)s承继。原来的答复和文书照样可以看。"),
    "duties_passed_on": gettext_noop("机构变更以后，%(count)s项清单事项从%(valid_from)s起由承继机构承接。"),
    # 贯穿全程
    "review_extended": gettext_noop("审核时限延长了%(days)s个工作日。理由：%(reason)s"),
    "review_paused": gettext_noop("审核暂停，各项时限停着，等恢复以后接着算。理由：%(reason)s"),
    "review_resumed": gettext_noop("审核恢复，停了几个工作日，各项待办的到期日就顺延几个工作日。理由：%(reason)s"),
    "mediated": gettext_noop("牵头单位组织协调，%(day)s开会，记录已经存入本卷。各单位的答复不因此改变。"),
    "task_urged": gettext_noop("%(unit)s催办：%(task)s。%(reason)s"),
    "task_due_soon": gettext_noop("%(task)s快到期了，最后一天：%(day)s。"),
    "task_due_today": gettext_noop("%(task)s今天到期。"),
    "task_late": gettext_noop("%(task)s已经过了最后一天：%(day)s。超期不产生任何结果，请尽快办理。"),
    "case_circulated": gettext_noop("本卷在本单位内传阅，传给谁的，请看后记已阅。%(note)s"),
    "signature_asked": gettext_noop("%(task)s已经有人经办，等本单位另一个人签发。"),
    "signature_returned": gettext_noop("%(task)s没有签发，退回了经办人。理由：%(reason)s"),
    "work_handed_over": gettext_noop("原来交给本单位一位同事的待办和传阅，已经移交给%(user)s。"),
    "task_assigned": gettext_noop("%(task)s这一项，已经交给%(user)s办理。"),
    # 法规版本和条款（第九条、第十条、第十一条）
    "edition_published": gettext_noop("发布了新版本%(edition)s，自%(day)s起施行。"),
    "edition_began": gettext_noop("%(edition)s已经施行，有%(cases)s卷未办结的办件依据原来的版本，要先转到现行版本。"),
    "case_moved": gettext_noop("本卷转到%(edition)s办理，有效的意见都保留。理由：%(reason)s"),
    "law_asked": gettext_noop("%(unit)s询问一条规定的意思，请作解释：%(provision)s"),
    "law_interpreted": gettext_noop("贵单位询问的条款有了解释：%(provision)s"),
    "correction_waits": gettext_noop("录入了一项更正，要由本单位另一个人确认才生效。"),
    "record_corrected": gettext_noop("有一项登记作了更正，原来的内容仍可以查看。"),
}


def sentence(kind: str, names: Mapping[str, str]) -> str:
    """What a message says, in the language of the page; the kind itself where nobody has words for it."""
    words = KINDS.get(kind)
    return gettext(words) % _Named(names) if words is not None else kind


class _Named(dict[str, str]):
    """A name that is missing reads as a dash, so that an old message never breaks a page."""

    def __missing__(self, key: str) -> str:
        return "—"

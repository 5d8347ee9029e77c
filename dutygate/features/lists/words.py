"""清单 in words: lists, sections, ways of handing over, kinds of safeguards; Chinese here, translated where shown."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_noop

LISTS: Final = {"duties": gettext_noop("乡镇职责事项清单"), "powers": gettext_noop("权责清单")}
SECTIONS: Final = {
    "basic": gettext_noop("基本履职"),
    "cooperative": gettext_noop("配合履职"),
    "taken_back": gettext_noop("上级收回"),
    "admitted": gettext_noop("准入事项"),
    "temporary": gettext_noop("阶段性任务"),
}
NATIONAL: Final = ("basic", "cooperative", "taken_back")
"""The three sections that come with the national lists."""
TEMPORARY: Final = "temporary"
"""Shown beside the list, and not part of it until it turns regular."""
MODES: Final = {"entrust": gettext_noop("委托"), "assign": gettext_noop("交由")}
SAFEGUARDS: Final = {
    "funding": gettext_noop("工作经费"),
    "technical": gettext_noop("技术力量"),
    "training": gettext_noop("业务培训"),
    "other": gettext_noop("其他保障"),
}
LEVELS: Final = {
    "central": gettext_noop("中央"),
    "region": gettext_noop("自治区"),
    "city": gettext_noop("市"),
    "banner": gettext_noop("旗"),
}
PURPOSES: Final = {
    "baseline": gettext_noop("三张清单的底数或者变动（基本履职、配合履职、上级收回）"),
    "powers": gettext_noop("权责清单"),
    "earlier_edition": gettext_noop("据已废止的阿党办发〔2023〕18号准入的事项（只登记，不新办）"),
}
ORIGINS: Final = {
    "admitted": gettext_noop("按准入程序列入"),
    "baseline": gettext_noop("清单底数"),
    "by_law": gettext_noop("法律直接规定，依法列入"),
    "earlier_edition": gettext_noop("据已废止的办法准入，登记在册"),
}
COLUMNS: Final = {
    "upper_department": gettext_noop("对应上级部门"),
    "upper_duties": gettext_noop("上级部门职责"),
    "township_duties": gettext_noop("乡镇配合职责"),
    "taken_over_by": gettext_noop("承接部门"),
    "working_method": gettext_noop("工作方式"),
    "legal_basis": gettext_noop("法定依据"),
    "legal_finding": gettext_noop("法制审核意见"),
    "legal_finding_by": gettext_noop("法制审核单位"),
    "legal_finding_on": gettext_noop("法制审核日期"),
    "legal_finding_number": gettext_noop("法制审核文号"),
}
FIELD_NAMES: Final = {
    "title": gettext_noop("职责名称"),
    "category": gettext_noop("类别"),
    "lead": gettext_noop("主管部门"),
    "helpers": gettext_noop("配合部门"),
    "ordinal": gettext_noop("序号"),
    "section": gettext_noop("部分"),
    "valid_from": gettext_noop("起"),
    "valid_to": gettext_noop("止"),
    "document_number": gettext_noop("文号"),
    "mode": gettext_noop("方式"),
    "acts_in_name_of": gettext_noop("以谁的名义"),
    "track": gettext_noop("常态或者临时"),
    "level": gettext_noop("由哪一级确定"),
    "township": gettext_noop("乡镇"),
    "code": gettext_noop("事项编号"),
    **COLUMNS,
}
STATES: Final = {
    "new": gettext_noop("新增"),
    "changed": gettext_noop("变动"),
    "same": gettext_noop("一致"),
    "wrong": gettext_noop("有错"),
}
FAULTS: Final = {
    "error_value": gettext_noop("表格里的公式出错：%(value)s。"),
    "too_long": gettext_noop("太长：%(length)s 个字，最多 %(most)s 个字。"),
    "no_title": gettext_noop("没有事项名称。"),
    "no_document": gettext_noop("没有文号。"),
    "no_section": gettext_noop("没有写明是哪一张清单。"),
    "unknown_section": gettext_noop("看不出是哪一张清单：%(value)s。"),
    "no_number": gettext_noop("序号不是数字：%(value)s。"),
    "no_township": gettext_noop("没有写明乡镇。"),
    "unknown_township": gettext_noop("没有这个乡镇：%(value)s。"),
    "several_units": gettext_noop("有几个机构叫这个名字：%(value)s。"),
    "other_township": gettext_noop("不是选定的乡镇：%(value)s。"),
    "ends_before": gettext_noop("终止日期 %(to)s 早于起始日期 %(from)s。"),
    "no_day": gettext_noop("不是日期：%(value)s。"),
    "no_code": gettext_noop("不是本系统的事项编号：%(value)s。"),
    "unknown_code": gettext_noop("没有这个编号的事项：%(value)s。"),
    "twice": gettext_noop("和第 %(row)s 行重复。"),
    "other_road": gettext_noop("清单上已经有这件事（%(code)s），不是导入的，不能用导入改动。"),
    "same_title": gettext_noop("和第 %(row)s 行名称相同，其他内容不同，请核对是不是同一件事。"),
    "department_not_here": gettext_noop("本系统没有登记这个部门：%(value)s。照写保留，不建立联系。"),
    "like_known": gettext_noop("和清单上的 %(code)s 名称相近（%(percent)s%%），请核对是不是同一件事。"),
    "like_row": gettext_noop("和第 %(row)s 行名称相近（%(percent)s%%），请核对是不是同一件事。"),
}

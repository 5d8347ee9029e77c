"""任务核对的用语: what each standing says and which provision it rests on."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_noop

STANDINGS: Final = {
    "on_list": gettext_noop("在清单上"),
    "temporary": gettext_noop("阶段性、临时性任务"),
    "deployed": gettext_noop("旗委、旗政府统一部署"),
    "taken_back": gettext_noop("上级部门已经收回"),
    "emergency": gettext_noop("像是突发、紧急事件的处置"),
    "above": gettext_noop("像是旗以上机关的来文"),
    "similar": gettext_noop("没有找到同名的，有相近的"),
    "not_on_list": gettext_noop("不在清单上"),
}
MEANING: Final = {
    "on_list": gettext_noop("来文那一天，清单上有这一项。请照清单写的分工办：谁牵头、谁配合，看下面。"),
    "temporary": gettext_noop("来文那一天，这一项是经批准的阶段性、临时性任务，期满即止。"),
    "deployed": gettext_noop("有旗委、旗政府的文件统一部署，按部署办。"),
    "taken_back": gettext_noop("这一项已经由上级部门收回，不由乡镇承担。"),
    "emergency": gettext_noop(
        "涉及人民群众生命财产安全和公共安全的突发、紧急事件处置，不属于准入事项：先办，不等清单。预防、演练、巡查不在此列。"
    ),
    "above": gettext_noop("从标题、落款或者文号看，来自旗以上机关，不归本办法管。请看是不是由旗里的部门转办：转办的，仍要在清单上。"),
    "similar": gettext_noop("请比较下面相近的事项：是其中一项的，照清单办；都不是的，就不在清单上。"),
    "not_on_list": gettext_noop("来文那一天，清单上没有这一项，也没有相应的统一部署。部门要交办的，先按程序申请准入。"),
}
CITES: Final = {
    "on_list": "4.5",
    "temporary": "4.3",
    "deployed": "7",
    "taken_back": "4.5",
    "emergency": "7",
    "above": "1",
    "similar": "4.5",
    "not_on_list": "7",
}
ISSUERS: Final = {
    "banner_committee": gettext_noop("旗委发文"),
    "banner_government": gettext_noop("旗政府发文"),
    "both": gettext_noop("旗委、旗政府"),
}
HELD: Final = {
    "in_force": gettext_noop("这一天在清单上"),
    "not_yet": gettext_noop("还没到列入的日子"),
    "ended": gettext_noop("曾在清单上，已经退出"),
}
"""How an entry stands that is like the task."""
LEVELS: Final = ((0.85, gettext_noop("几乎一样")), (0.6, gettext_noop("很像")), (0.0, gettext_noop("有些像")))
EXCUSED: Final = gettext_noop("已经在清单上、统一部署的，或者来自旗以上机关、属于紧急处置的，这一种不算。")
EXPLAINED: Final = gettext_noop("清单上有的事项，也不得用这种形式交给乡镇。")

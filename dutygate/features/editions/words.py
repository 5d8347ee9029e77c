"""差异和转版的话: every part, field and value of an edition as people call it, in the language of the page (preamble, Article 11)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from dutygate.base.register.law_here import law_of_this_place
from dutygate.base.ui.templatetags.dutygate import day
from dutygate.features.editions.provisions import in_unit
from dutygate.law.procedure.fitness import Problem
from dutygate.law.procedure.moving import LAPSING, Effect
from dutygate.law.procedure.saying import action_label, in_lang, roles_label, state_label
from dutygate.law.procedure.table import Procedure, procedure_of
from dutygate.law.regulation.differences import Difference, FieldChange
from dutygate.law.regulation.edition import ALL, Edition
from dutygate.law.rules.statements import question_in_words, statement

PARTS: Final = {
    "identity": gettext_noop("名称、文号和日期"),
    "provisions": gettext_noop("条款"),
    "principles": gettext_noop("原则"),
    "items": gettext_noop("书面申请的内容"),
    "exit_items": gettext_noop("退出申请的内容"),
    "change_reasons": gettext_noop("退出和调整的理由"),
    "focus_points": gettext_noop("审核重点"),
    "seats": gettext_noop("席位和机关"),
    "tracks": gettext_noop("事项的类别"),
    "parameters": gettext_noop("参数"),
    "classes": gettext_noop("权力类别"),
    "wording": gettext_noop("用语提示"),
    "forms": gettext_noop("不得采取的交办形式"),
    "above": gettext_noop("旗以上机关"),
    "negations": gettext_noop("否定的词"),
    "states": gettext_noop("办件的状态"),
    "kinds": gettext_noop("办件的种类"),
    "outcomes": gettext_noop("办件的结果"),
    "outcomes_of": gettext_noop("各种类的结果"),
    "states_of": gettext_noop("各种类的状态"),
    "roles": gettext_noop("角色"),
    "actions": gettext_noop("办件的动作"),
    "offices": gettext_noop("其他动作"),
    "tasks": gettext_noop("待办"),
    "report_states": gettext_noop("线索的状态"),
    "report_roles": gettext_noop("线索的角色"),
    "report_actions": gettext_noop("线索的动作"),
    "report_tasks": gettext_noop("线索的待办"),
}
FIELDS: Final = {
    "title": gettext_noop("名称"),
    "document_number": gettext_noop("文号"),
    "issuer": gettext_noop("印发机关"),
    "issued_on": gettext_noop("印发日期"),
    "in_force_from": gettext_noop("施行日期"),
    "in_force_to": gettext_noop("失效日期"),
    "repeals": gettext_noop("废止"),
    "repealed_by": gettext_noop("被哪一版废止"),
    "interpreter": gettext_noop("解释机关"),
    "content_published": gettext_noop("内容已公布"),
    "note": gettext_noop("说明"),
    "article": gettext_noop("第几条"),
    "label": gettext_noop("名称"),
    "summary": gettext_noop("要点"),
    "judged_by_townships": gettext_noop("乡镇据以表态"),
    "focus": gettext_noop("对应的审核重点"),
    "kind": gettext_noop("种类"),
    "kinds": gettext_noop("用于哪些种类"),
    "in_words": gettext_noop("要写文字说明"),
    "bodies": gettext_noop("由谁决定"),
    "values": gettext_noop("现在用的值"),
    "status": gettext_noop("规定没有"),
    "source": gettext_noop("来源"),
    "effective_from": gettext_noop("起用日"),
    "unit": gettext_noop("单位"),
    "choices": gettext_noop("可选的值"),
    "cites": gettext_noop("条款"),
    "provision": gettext_noop("条款"),
    "effect": gettext_noop("怎样处理"),
    "words": gettext_noop("提示的词"),
    "unless": gettext_noop("不提示的词"),
    "forms": gettext_noop("提示的写法"),
    "negations": gettext_noop("前面有这些词的不提示"),
    "excused": gettext_noop("已列入清单、统一部署的不算"),
    "only_with": gettext_noop("另有哪种形式时才算"),
    "begins": gettext_noop("名称或者文号怎样开头"),
    "zh": gettext_noop("中文名称"),
    "en": gettext_noop("英文名称"),
    "final": gettext_noop("到此结束"),
    "by": gettext_noop("谁来办"),
    "from": gettext_noop("从哪里"),
    "to": gettext_noop("到哪里"),
    "guards": gettext_noop("检查的规则"),
    "limit": gettext_noop("时限"),
    "limit_mandated": gettext_noop("因法规变化而办的时限"),
    "limit_of_seat": gettext_noop("席位另有的时限"),
    "state": gettext_noop("状态"),
    "action": gettext_noop("动作"),
    "who": gettext_noop("轮到谁"),
    "when": gettext_noop("什么时候"),
    "pause": gettext_noop("审核暂停时"),
}
KINDS: Final = {"added": gettext_noop("新增"), "removed": gettext_noop("删去"), "changed": gettext_noop("修改")}
PROBLEMS: Final = {
    "items_missing": gettext_noop("缺申请内容"),
    "focus_points_missing": gettext_noop("缺审核重点"),
    "seats_missing": gettext_noop("缺席位或机关"),
    "tracks_missing": gettext_noop("缺事项类别"),
    "parameters_missing": gettext_noop("缺参数"),
    "states_missing": gettext_noop("缺办件状态"),
    "roles_missing": gettext_noop("缺角色"),
    "outcomes_missing": gettext_noop("缺办件结果"),
    "actions_missing": gettext_noop("缺动作"),
    "provisions_missing": gettext_noop("缺条款，而规则要引用它"),
    "provisions_exist": gettext_noop("引用了没有的条款"),
    "roles_exist": gettext_noop("写了没有的角色"),
    "every_row_is_somebodys": gettext_noop("没有写谁来办"),
    "limits_exist": gettext_noop("时限引用了没有的参数"),
    "questions_end_otherwise": gettext_noop("分岔没有写其余情形"),
    "final_states_lead_nowhere": gettext_noop("结束的状态还有下一步"),
    "one_row_for_one_unit": gettext_noop("同一角色在同一状态有两行"),
    "every_state_has_a_way_in": gettext_noop("有状态没有来路"),
    "tasks_are_actions_of_their_state": gettext_noop("待办不是这个状态的动作"),
    "tasks_ask_what_is_known": gettext_noop("待办问了不知道的情形"),
    "townships_tasks_are_listed": gettext_noop("漏了乡镇的待办"),
    "signed_steps_are_steps_of_a_case": gettext_noop("须第二人签发的不是办件的一步"),
    "every_state_is_reached": gettext_noop("走不到的状态"),
}
"""What the check of a draft can find; a promise of the text that is broken goes by its own name."""


@dataclass(frozen=True, slots=True)
class Naming:
    """How the parts of one edition are called."""

    edition: Edition
    lang: str

    @property
    def procedure(self) -> Procedure:
        """Its procedure table."""
        return procedure_of(self.edition)

    def member(self, part: str, key: str) -> str:
        """What a difference is about: 第五条, 乡镇答复征求意见的时限, 受理."""
        if part == "identity":
            return ""
        if part == "negations":  # one list for all forms
            return _("不得采取的交办形式")
        if part in _BY_KIND:
            return self.member("kinds", key)
        if part in ("actions", "offices", "report_actions"):
            name, _hash, number = key.partition("#")
            label = action_label(self.procedure, name, self.lang)
            return _("%(action)s（第%(number)s行）") % {"action": label, "number": number} if number else label
        if part in ("tasks", "report_tasks"):
            state, action, who = key.partition(": ")[0], key.partition(": ")[2].partition(" by ")[0], key.partition(" by ")[2]
            return _("%(state)s：%(action)s（%(who)s）") % {
                "state": self.state(state),
                "action": self.action(action),
                "who": self.role(who),
            }
        inner = (self.edition, self.edition.exclusions, self.edition.handing_down)
        named = next((found for one in inner if (found := getattr(one, part, None))), None)
        found = named.get(key) if isinstance(named, Mapping) else None
        found = getattr(found, "wording", found)  # a form of a task is called as its wording is
        if found is not None and hasattr(found, "label"):
            return str(found.label.in_language(self.lang))
        section = self.edition.procedure.get(part)
        names = section.get(key) if isinstance(section, Mapping) else None
        return str(names[self.lang]) if isinstance(names, Mapping) and self.lang in names else key

    def state(self, name: str) -> str:
        """The name of a state, or of all of some sort."""
        sorts = {"any": _("任何状态"), "open": _("每个未办结的状态"), "same": _("仍在原状态"), "none": _("尚未立卷")}
        if name in sorts:
            return str(sorts[name])
        if name in self.procedure.report_states:
            return in_lang(self.procedure.report_states[name].label, self.lang, name)
        return state_label(self.procedure, name, self.lang) if name in self.procedure.states else name

    def action(self, name: str) -> str:
        """The name of an action."""
        return action_label(self.procedure, name, self.lang)

    def role(self, name: str) -> str:
        """The name of a role, or of each unit of a kind."""
        each = {"each township": _("每个乡镇"), "each seat": _("每个席位"), "each department": _("每个部门"), "each body": _("每个机关")}
        each["each unit"] = _("每个单位")
        return str(each.get(name) or roles_label(self.procedure, [name], self.lang))

    def parameter(self, name: str) -> str:
        """The name of a parameter."""
        found = self.edition.parameters.get(name)
        return found.label.in_language(self.lang) if found else name

    def provision(self, name: str) -> str:
        """第五条."""
        found = self.edition.provisions.get(name)
        return found.label.in_language(self.lang) if found else name

    def of(self, part: str, key: str, field: str, value: Any) -> list[str]:
        """A value of a field, as one or several words; [] for nothing."""
        if value is None or value == [] or value == "":
            return []
        if isinstance(value, Mapping):
            return self._mapping(part, key, field, value)
        if isinstance(value, list | tuple):
            return [self._one(field, one) for one in value]
        return [self._one(field, value)]

    def _mapping(self, part: str, key: str, field: str, value: Mapping[str, Any]) -> list[str]:
        if self.lang in value and {"zh", "en"} >= set(value):
            return [str(value[self.lang])]
        if field == "values" and key in self.edition.parameters:
            parameter, tracks = (
                self.edition.parameters[key],
                {ALL: _("其他"), **{t.id: t.label.in_language(self.lang) for t in self.edition.tracks.values()}},
            )
            return [f"{tracks.get(track, track)} {in_unit(parameter, one)}" for track, one in value.items()]
        names = {name: self.member("seats", name) if field == "limit_of_seat" else name for name in value}
        return [f"{names[name]}: {' '.join(self.of(part, key, field, one))}" for name, one in value.items()]

    def _one(self, field: str, value: Any) -> str:
        if isinstance(value, bool):
            return _("是") if value else _("否")
        if isinstance(value, Mapping):
            return "；".join(str(one) for one in value.values())
        if isinstance(value, list | tuple):  # a fork: when, and where it leads
            question, target = (str(one) for one in value)
            return f"{question_in_words(question, self.lang)}{'：' if self.lang != 'en' else ': '}{self.state(target)}"
        text = str(value)
        told: dict[str, Callable[[str], str]] = {
            "guards": lambda name: statement(name, self.lang),
            "by": self.role,
            "who": self.role,
            "from": self.state,
            "to": self.state,
            "state": self.state,
            "action": self.action,
            "limit": self.parameter,
            "limit_mandated": self.parameter,
            "limit_of_seat": self.parameter,
            "cites": self.provision,
            "provision": self.provision,
            "when": lambda name: question_in_words(name, self.lang),
            "bodies": lambda name: self.member("seats", name),
            "focus": lambda name: self.member("focus_points", name),
            "only_with": lambda name: self.member("forms", name),
            "repeals": _numbered,
            "repealed_by": _numbered,
            "pause": lambda name: _("时限停着") if name == "stands" else _("时限照走"),
            "status": lambda name: _("联席会议已规定") if name == "set" else _("未设定"),
        }
        if field in told:
            return told[field](text)
        return day(text) if field in ("issued_on", "in_force_from", "in_force_to", "effective_from") and _is_day(text) else text


def _numbered(code: str) -> str:
    """The document number of an edition that is known here; the code of any other."""
    return next((one.document_number for one in law_of_this_place().editions if one.id == code), code)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def lines_of(found: Iterable[Difference], old: Edition, new: Edition, lang: str) -> list[dict[str, Any]]:
    """Differences part by part, for the page: [{part, label, lines: [{title, kind, kind_label, href, fields}]}]."""
    before, after = Naming(old, lang), Naming(new, lang)
    parts: dict[str, list[dict[str, Any]]] = {}
    for one in found:
        naming = before if one.kind == "removed" else after
        parts.setdefault(one.part, []).append(
            {
                "title": naming.member(one.part, one.key),
                "key": one.key,
                "kind": one.kind,
                "kind_label": _(KINDS[one.kind]),
                "provision": one.key if one.part == "provisions" else "",
                "fields": [_field(one, change, before, after) for change in one.fields if change.name != ("en" if lang == "zh" else "zh")],
            }
        )
    return [{"part": part, "label": _(PARTS[part]) if part in PARTS else part, "lines": lines} for part, lines in parts.items()]


def _field(one: Difference, change: FieldChange, before: Naming, after: Naming) -> dict[str, Any]:
    """{label, removed, added, kept, chinese}: words that went, words that came, how many stayed; whether those are of Chinese texts."""
    old, new = before.of(one.part, one.key, change.name, change.old), after.of(one.part, one.key, change.name, change.new)
    listed = isinstance(change.old, list | Mapping) or isinstance(change.new, list | Mapping)
    kept = [word for word in new if word in old] if listed else []
    return {
        "name": change.name,
        "label": _label(one.part, change.name, before),
        "removed": [word for word in old if word not in kept],
        "added": [word for word in new if word not in kept],
        "kept": len(kept),
        "chinese": one.part in ("wording", "negations") or (one.part in ("forms", "above") and change.name not in ("label", "provision")),
    }


_BY_KIND: Final = {"outcomes_of": "outcomes", "states_of": "states"}
"""Parts in which each kind of case has names of its own -> what those are names of."""


def _label(part: str, field: str, naming: Naming) -> str:
    if part in _BY_KIND:
        return naming.member(_BY_KIND[part], field)
    return _(FIELDS[field]) if field in FIELDS else field


def counted(parts: list[dict[str, Any]]) -> dict[str, int]:
    """How many were added, removed, changed."""
    every = [line["kind"] for part in parts for line in part["lines"]]
    return {kind: every.count(kind) for kind in KINDS}


def effects_in_words(found: Iterable[Effect], old: Edition, new: Edition, lang: str) -> list[dict[str, Any]]:
    """What a move would change, one sentence each: [{kind, text, blocks, lapses}]."""
    return [{"kind": one.kind, "text": _effect(one, old, new, lang), "blocks": one.blocks, "lapses": one.kind in LAPSING} for one in found]


def _effect(one: Effect, old: Edition, new: Edition, lang: str) -> str:
    before, after = Naming(old, lang), Naming(new, lang)
    naming = before if one.kind.endswith(("removed", "unknown")) else after
    join = (", " if lang == "en" else "、").join
    of: dict[str, Callable[[str], str]] = {
        "state_unknown": naming.state,
        "guard": lambda name: f"“{statement(name, lang).rstrip('。.')}”",
        "role": naming.role,
        "body": lambda name: naming.member("seats", name),
        "point": lambda name: naming.member("focus_points", name),
        "limit_changed": lambda name: naming.member("seats", name),
    }
    name = of.get(one.kind) or of.get(one.kind.partition("_")[0]) or (lambda key: item_label(naming.edition, key, lang))
    said = {
        "state_unknown": _("新版本没有“%(keys)s”这个状态，本卷不能转，仍依原版本办结。"),
        "track_unknown": _("新版本没有“%(keys)s”这一类别，本卷不能转，仍依原版本办结。"),
        "class_unknown": _("新版本没有“%(keys)s”这一权力类别，转过去以后要重新申报。"),
        "opinions_lapse": _("乡镇还要就%(keys)s表态：各乡镇的意见失效，要再次征求意见。"),
        "findings_lapse": _("%(keys)s对应的审核重点不同：这些重点要重新审核。"),
        "point_added": _("多了审核重点%(keys)s：各席位要补上。"),
        "point_removed": _("不再有审核重点%(keys)s，已审的留存。"),
        "item_added": _("申请书多了%(keys)s，要补写。"),
        "item_removed": _("申请书不再有%(keys)s，已写的留存。"),
        "action_added": _("以后多了“%(action)s”这一步。"),
        "action_removed": _("以后没有“%(action)s”这一步。"),
        "guard_added": _("办理“%(action)s”时多检查：%(keys)s。"),
        "guard_removed": _("办理“%(action)s”时不再检查：%(keys)s。"),
        "role_added": _("“%(action)s”还可以由%(keys)s办理。"),
        "role_removed": _("“%(action)s”不再由%(keys)s办理。"),
        "body_added": _("还要由%(keys)s决定。"),
        "body_removed": _("不再由%(keys)s决定。"),
        "limit_changed": _("“%(action)s”的时限由%(old)s改为%(new)s（单位：工作日），现有待办的期限不变。")
        if not one.keys
        else _("%(keys)s“%(action)s”的时限由%(old)s改为%(new)s（单位：工作日），现有待办的期限不变。"),
    }
    none = _("不设时限")
    params = {"keys": join(name(key) for key in one.keys), "action": naming.action(one.action) if one.action else ""}
    return str(said[one.kind]) % {**params, "old": one.old or none, "new": one.new or none}


def item_label(edition: Edition, name: str, lang: str) -> str:
    """An item, a track or a class by its label; what has none by its name."""
    found = edition.all_items.get(name) or edition.tracks.get(name) or edition.exclusions.classes.get(name)
    return found.label.in_language(lang) if found else name


def problem_in_words(problem: Problem) -> dict[str, str]:
    """{what, where, provision} of something that a check found."""
    what = _(PROBLEMS[problem.name]) if problem.name in PROBLEMS else _("办法的要求没有守住：%(name)s") % {"name": problem.name}
    return {"what": what, "where": problem.where, "provision": problem.provision}

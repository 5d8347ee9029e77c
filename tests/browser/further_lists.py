"""More that the demo's year has none of: files taken into the lists, a publication, a term that ended and was told, the next edition, a
question, units that change. Run by ``further`` on the demo that was just made, through the one door.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Final

from tests.browser.further_papers import papers

BANNER: Final = "150721"
BASIC: Final = "序号,类别,事项名称\n1,民生服务,组织开展城乡居民基本养老保险参保登记\n2,平安法治,排查调解矛盾纠纷\n3,,\n"
Do = Callable[..., Any]


def more(today: date, do: Do, acting: Callable[[str, date], Any]) -> None:
    """Everything; ``do`` performs as somebody, ``acting`` is somebody's post."""
    _files(today, acting("bianban", today))
    said = {"as_of": today, "published_on": today, "checked": True, "checked_by": "旗委编办 何丽娟"}
    do(today, "bianban", "list.publish", BANNER, number="阿编公〔2026〕1号", layout=2, **said)
    basis = {"title": "内蒙古自治区实施办法", "kind": "local_regulation", "issuer": "自治区人大常委会", "article": "第八条"}
    do(today, "bianban", "basis.register", BANNER, **basis, in_force_from=today)
    _time(today, do)
    papers(today, do, acting("bianban", today))
    _terms(today, do)
    _editions(today, do)
    _units(today, do)


def _files(today: date, lead: Any) -> None:
    """One file entered, one waiting with a wrong row, one whose columns are still to be told."""
    from dutygate.base.actions.clock import now
    from dutygate.features.lists.importing import drafts

    right = BASIC.rpartition("3,,")[0]
    for name, table, read, entered in (
        ("基本履职.csv", right, True, True),
        ("再报.csv", BASIC, True, False),
        ("待读.csv", right, False, False),
    ):
        draft = drafts.bring(lead, name, io.BytesIO(table.encode("utf-8-sig")), now())
        if read:
            plan = {**draft.summary["sheets"][0]["guess"], "purpose": "baseline", "section": "basic", "level": "region"}
            plan |= {"document_number": "内党办发〔2025〕1号", "valid_from": today, "townships": [f"{BANNER}.naji"]}
            drafts.set_plan(draft, drafts.plan_of(plan))
            drafts.go_on(draft)
        if entered:
            drafts.ask_for(draft, ())
            drafts.go_on(draft)
            assert draft.state == "done", (draft.state, draft.problem)


def _time(today: date, do: Do) -> None:
    """A review that gets more time and stands still, and a meeting of parties that do not agree."""
    do(today, "bianban", "review.extend", "150721-2026-0005", days=5, reason="涉及三个部门，情况复杂")
    do(today, "bianban", "review.pause", "150721-2026-0005", reason="等待自治区主管部门答复")
    present = [f"{BANNER}.medical_insurance", f"{BANNER}.yadong"]
    do(
        today,
        "bianban",
        "consultation.mediate",
        "150721-2026-0012",
        held_on=today,
        place="旗委编办",
        present=present,
        minutes="双方说明了情况。",
    )


def _terms(today: date, do: Do) -> None:
    """What is due by the day; one of the terms that ended is told."""
    from dutygate.base.actions.sweep import sweep

    assert sweep().failed == []
    do(today, "bianban", "duty.notify_end", "150721-D-0001", document_number="阿编函〔2026〕77号", text="期满，不再承担。")


def _editions(today: date, do: Do) -> None:
    """The next edition in draft, and a question of a township, answered and not answered."""
    _checked(do(today, "bianban", "edition.draft", BANNER, name="arun_2027_1").result["draft"])
    do(today, "naji", "law.ask", BANNER, provision="5", question="“技术力量”是否包括仪器设备？")
    asked = do(today, "naji", "law.ask", BANNER, provision="4.1", question="两个乡镇合办的事项，是否分别答复？").result["question"]
    answer = "分别答复；各答各的，意见分别计算。"
    do(today, "bianban", "law.interpret", BANNER, provision="4.1", question=asked, text=answer, dated_on=today)


def _checked(draft: str) -> None:
    """The draft is word for word the present edition: what the worker finds is what `law check` finds of that."""
    from django.apps import apps

    from dutygate.base.actions.perform import perform, system_acting
    from dutygate.base.organizations.queries import public_jurisdiction

    place = public_jurisdiction(BANNER)
    assert place is not None
    row = apps.get_model("editions", "EditionDraft")._default_manager.get(pk=int(draft))
    said = {"draft": draft, "digest": row.digest, "whole": False, "states": 31_174, "problems": ()}
    perform(system_acting(place.id, BANNER), "edition.check", BANNER, said, via="job")


def _units(today: date, do: Do) -> None:
    """Two townships that will merge in a month."""
    given = {"units": [f"{BANNER}.xinfa", f"{BANNER}.yinhe"], "new": {"slug": "yinxin", "name": "音新镇"}}
    do(today, "xitong", "unit.merge", BANNER, document="内政字〔2026〕9号", valid_from=today + timedelta(days=30), **given)

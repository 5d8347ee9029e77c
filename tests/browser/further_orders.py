"""Two reports for the pages: both ended in an order of correction, one of them is put on paper, set and sealed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any


def orders(today: date, acting: Callable[[str, date], Any]) -> None:
    """``acting``: somebody's post by user name."""
    from dutygate.features.papers.making import make_order
    from dutygate.features.papers.tests.stage import order_of
    from tests.papers_of_demo import letterhead
    from tests.rows import rows
    from tests.supervision import Reported, brought
    from tests.world import World

    people = {name: acting(name, today) for name in ("naji", "yadong", "lincao", "jiwei")}
    world = World((), "", people)
    letterhead(people["jiwei"], "阿荣旗纪委监委")
    first, _second = (Reported(world, by, "lincao").up_to("ordered", "jiwei") for by in ("naji", "yadong"))
    content = order_of(people["jiwei"], first.row, today, "上周五发文要求签责任状", "撤回责任状。")
    first.do("jiwei", "issue_order", template=0, content=content)
    make_order(rows("papers.OrderPaper").get(report=first.row).id)
    first.do("jiwei", "attach_order_scan", files=[brought(world, "jiwei")])

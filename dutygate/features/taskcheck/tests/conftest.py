"""The offices and people of the tests, also when this folder is run alone; a list with entries of every section."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from dutygate.base.actions.perform import perform
from dutygate.features.lists.tests.importing import COOPERATIVE, TAKEN_BACK, taken_in
from tests.fixtures import journey, world
from tests.journey import BANNER
from tests.snapshot import Difference, once
from tests.world import World

__all__ = ["files", "journey", "listed", "world"]
BASIC_ROWS = (
    ("1", "应急管理及消防", "森林草原防灭火宣传教育"),
    ("2", "民生服务", "城乡居民基本养老保险参保登记"),
    ("3", "乡村振兴", "高标准农田建设项目管护"),
    ("4", "生态环保", "秸秆禁烧巡查"),
)
HELPED = ("1", "市场监管", "食品生产经营安全监督检查", "阿荣旗农牧局", "负责检查。", "协助开展入户宣传。")
TAKEN = ("1", "城乡建设", "燃气安全隐患排查整治", "阿荣旗水务局", "由承接部门直接办理")


@pytest.fixture
def files(tmp_path: Path, settings: Any) -> Path:
    """A folder of its own for kept files."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path / "files"


_listed: dict[tuple[str, ...], tuple[Difference, None]] = {}


@pytest.fixture
def listed(world: World, files: Path) -> World:
    """Two townships' lists: duties of their own, one to help with, one taken back."""
    once(_listed, lambda: _taken_in(world))
    return world


def _taken_in(world: World) -> None:
    taken_in(world, [("序号", "类别", "事项名称"), *BASIC_ROWS], section="basic")
    taken_in(world, [COOPERATIVE, HELPED], section="cooperative")
    taken_in(world, [TAKEN_BACK, TAKEN], section="taken_back")


def deployed(world: World, **given: Any) -> str:
    """A uniform deployment, registered by the lead; its id."""
    said = {
        "document_number": "阿政办发〔2026〕12号",
        "issuer": "banner_government",
        "title": "关于开展全旗人居环境集中整治行动的通知",
        "dated_on": date(2026, 1, 5),
        "from_on": date(2026, 1, 5),
        **given,
    }
    return str(perform(world.people["lead"], "deployment.register", BANNER, said, via="import").result["deployment"])

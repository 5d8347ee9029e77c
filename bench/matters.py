"""Many made-up duties for the bench of search: titles of what such titles are made of, put into a database of the program in bulk."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from typing import Any, Final

TOWNSHIPS: Final = 1000
ON: Final = date(2026, 1, 1)
HOW = ("", "", "配合", "协助", "定期", "组织")
WHAT = (
    *("燃气安全隐患排查", "城乡居民养老保险", "农村危房改造", "森林防火巡查", "秸秆禁烧管控", "食品小作坊监管", "校园周边环境整治"),
    *("河湖长制落实", "退役军人服务", "殡葬改革宣传", "流浪犬管理", "电动车充电设施", "扬尘治理", "劳动争议调解", "农产品质量检测"),
    *("传染病防控", "噪声扰民处置", "违法建设拆除", "道路交通安全劝导", "耕地撂荒整治", "高标准农田管护", "信访积案化解"),
    *("特种设备检查", "集体资产清查", "残疾人补贴发放"),
)
STEP = ("信息采集", "入户宣传", "日常巡查", "材料初审", "台账登记", "情况上报", "跟踪回访", "统计汇总")
WHO = "梨桃柳杏松柏青红白石金银龙凤虎马牛羊河湖江海山岭东西南北上下大小新古"
HAN = [chr(code) for code in range(0x4E00, 0x9FA5, 7)]
CONTENT = "乡镇每月{what}，登记{step}的情况，发现问题报旗里的主管部门处理，不实施处罚。"


def title(chance: random.Random) -> str:
    """A title as titles are: whose, how, what, which step; one in three with two rare characters."""
    rare = chance.choice(HAN) + chance.choice(HAN) if chance.random() < 0.3 else ""
    place = f"{chance.choice(WHO)}{chance.choice(WHO)}{chance.choice(('镇', '乡', '街道'))}"
    return f"{place}{chance.choice(HOW)}{chance.choice(WHAT)}{rare}{chance.choice(STEP)}（第{chance.randrange(1, 400)}号）"


def questions(titles: list[str]) -> dict[str, str]:
    """What is asked for: label -> word."""
    counted: dict[str, int] = {}
    for one in titles[: max(1000, len(titles) // 3)]:
        for place in range(len(one) - 1):
            counted[one[place : place + 2]] = counted.get(one[place : place + 2], 0) + 1
    rare = min((pair for pair in counted if set(pair) <= set(HAN)), key=lambda pair: (counted[pair], pair))
    return {
        "1 character, frequent": "镇",
        "1 character, rare": rare[0],
        "2 characters, 4 %": "燃气",
        "2 characters, 0.3 %": "梨桃",
        "2 characters, rare": rare,
        "2 characters, absent": "核废",
        "3 characters, 4 %": "养老保",
        "3 characters, rare": next(one[one.index(rare) : one.index(rare) + 3] for one in titles if rare in one),
        "8 characters, 0.5 %": "森林防火巡查日常",
        "8 characters, rare": next(one[max(0, one.index(rare) - 3) :][:8] for one in titles if rare in one),
    }


def content_of(name: str) -> str:
    """A sentence on what townships do."""
    what = next((one for one in WHAT if one in name), WHAT[0])
    step = next((one for one in STEP if one in name), STEP[0])
    return CONTENT.format(what=what, step=step)


def _load(connection: Any, model: Any, fixed: dict[str, Any], varying: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> None:
    """Rows of a model in bulk: what is the same in all of them, and what is not."""
    sample = model(**{**fixed, **dict.fromkeys(varying)})
    fields = [field for field in model._meta.concrete_fields if field.attname not in varying]
    constant = [field.get_db_prep_save(getattr(sample, field.attname), connection) for field in fields]
    columns = [field.column for field in fields] + [model._meta.get_field(name).column for name in varying]
    table, named = model._meta.db_table, ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f'INSERT INTO "{table}" ({named}) VALUES ({marks})', ((*constant, *row) for row in rows))
            return
        plain = [value.obj if hasattr(value, "obj") else value for value in constant]
        plain = [json.dumps(value) if isinstance(value, list | dict) else value for value in plain]
        with cursor.copy(f'COPY "{table}" ({named}) FROM STDIN') as copy:
            for row in rows:
                copy.write_row((*plain, *row))


def fill(titles: list[str], content: Callable[[str], str]) -> dict[str, float]:
    """Duties, revisions, entries and their texts; how long the texts took, and what they need."""
    from django.db import connection, transaction

    from dutygate.base.organizations.models import Jurisdiction, Unit
    from dutygate.base.search import storage
    from dutygate.base.search.models import SearchText
    from dutygate.base.search.text import Text, kept
    from dutygate.features.lists.models import OPEN_END, OPEN_MOMENT, Duty, DutyRevision, ListEntry

    ids = range(1, len(titles) + 1)
    Jurisdiction.objects.create(id=1, code="150721", name="阿荣旗", kind="banner")
    units = [Unit(id=n, jurisdiction_id=1, key=f"150721.t{n}", kind="township", valid_from=ON) for n in range(1, TOWNSHIPS + 1)]
    Unit.objects.bulk_create(units)
    known = datetime(2026, 1, 1, tzinfo=UTC)
    said = {"jurisdiction_id": 1, "lead_unit_id": 1}
    with transaction.atomic():
        duty = {**said, "list_name": "duties", "admitted_on": ON, "track": "regular", "mode": "assign"}
        _load(connection, Duty, duty, ("id", "code", "title"), ((n, _code(n), titles[n - 1]) for n in ids))
        revision = {**said, "revision": 1, "items": {}, "recorded_at": known}
        _load(connection, DutyRevision, revision, ("id", "duty_id", "title"), ((n, n, titles[n - 1]) for n in ids))
        entry = {"jurisdiction_id": 1, "list_name": "duties", "section": "basic", "valid_from": ON, "valid_to": OPEN_END}
        entry |= {"recorded_from": known, "recorded_to": OPEN_MOMENT}
        varying = ("id", "duty_id", "revision_id", "township_id", "ordinal")
        _load(connection, ListEntry, entry, varying, ((n, n, n, 1 + n % TOWNSHIPS, 1 + n // TOWNSHIPS) for n in ids))
    texts = ((n, kept(Text(n, titles[n - 1], _code(n), content(titles[n - 1])))) for n in ids)
    storage.remove(connection)
    with transaction.atomic():
        _load(connection, SearchText, {"kind": "duty"}, ("id", "text"), texts)
    before, started = _size(connection), time.perf_counter()
    storage.make(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("INSERT INTO search_pairs (rowid, pairs) SELECT id, dutygate_pairs(text) FROM search_searchtext")
            cursor.execute("INSERT INTO search_pairs (search_pairs) VALUES ('optimize')")
    built, larger = time.perf_counter() - started, _size(connection) - before
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM ANALYZE")
        else:
            cursor.execute("ANALYZE")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return {"build_s": built, "index_mb": larger / 2**20, "table_mb": before / 2**20}


def _code(number: int) -> str:
    return f"150721-D-{number:04d}"


def _size(connection: Any) -> int:
    """Bytes of the whole database."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        else:
            cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])

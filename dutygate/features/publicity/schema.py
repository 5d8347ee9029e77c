"""开放数据的格式: a JSON Schema (2020-12) of what lists.json and a township's file hold; the columns of the csv."""

from __future__ import annotations

from typing import Any, Final

from dutygate.features.lists.words import COLUMNS, LISTS, MODES, NATIONAL

FORMAT: Final = "dutygate-open-lists/1"
OPEN_SECTIONS: Final = (*NATIONAL, "admitted")
CSV: Final = (
    *("township_code", "township", "list", "section", "ordinal", "code", "title", "category", "department", "helpers", "mode"),
    *("content", "bases", "valid_from", "last_day", "document_number"),
    *COLUMNS,
    *("publication", "as_of", "published_on", "digest"),
)
"""Lists of texts stand in one cell, separated by 、 (helpers) or by line ends (bases)."""


def _object(fields: dict[str, Any], required: tuple[str, ...] | None = None) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": fields,
        "required": list(fields if required is None else required),
        "additionalProperties": False,
    }


_TEXT: Final = {"type": "string"}
_DAY: Final = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
_DIGEST: Final = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
_ROW_ALWAYS: Final = {
    "code": {**_TEXT, "description": "事项编号 · number of the duty, the same in every township"},
    "section": {"enum": list(OPEN_SECTIONS), "description": "基本履职, 配合履职, 上级收回, 准入事项"},
    "ordinal": {"type": "integer", "description": "序号 · place on the list"},
    "category": _TEXT,
    "title": {"type": "string", "minLength": 1, "description": "职责名称"},
    "department": {**_TEXT, "description": "主管部门 · the office that leads"},
    "helpers": {"type": "array", "items": _TEXT, "description": "配合部门 · offices that help"},
    "mode": {"enum": ["", *MODES], "description": "委托 entrust, 交由 assign"},
    "columns": {"type": "object", "additionalProperties": _TEXT, "description": "columns of the national lists, by their names"},
    "document_number": {**_TEXT, "description": "文号 · the decision on which it stands"},
    "valid_from": {**_DAY, "description": "起 · the first day"},
    "last_day": {"anyOf": [{"const": ""}, _DAY], "description": "止（含当天） · the last day, included; empty: open"},
}
_ROW_LATER: Final = {
    "content": {**_TEXT, "description": "权责内容 · what townships do"},
    "bases": {"type": "array", "items": _TEXT, "description": "法定依据 · laws, each cited"},
}
_LIST: Final = _object(
    {
        "township": _object({"key": _TEXT, "code": _TEXT, "name": _TEXT}),
        "list": {"enum": list(LISTS), "description": "duties 乡镇职责事项清单, powers 权责清单"},
        "publication": {**_TEXT, "description": "公布的编号 · number of the publication"},
        "as_of": {**_DAY, "description": "哪一天的清单"},
        "published_on": _DAY,
        "digest": {**_DIGEST, "description": "SM3 of the list as it was published"},
        "rows": {"type": "array", "items": _object({**_ROW_ALWAYS, **_ROW_LATER}, tuple(_ROW_ALWAYS))},
    }
)


def schema(address: str) -> dict[str, Any]:
    """The schema under its own address."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": address,
        "title": "公布的乡镇职责清单 · published lists of township duties",
        **_object(
            {
                "$schema": _TEXT,
                "format": {"const": FORMAT},
                "jurisdiction": _object({"code": {"type": "string", "pattern": "^[0-9]{2,12}$"}, "name": _TEXT}),
                "licence": _object({"set": {"type": "boolean"}, "name": _TEXT}),
                "lists": {"type": "array", "items": _LIST},
            }
        ),
    }

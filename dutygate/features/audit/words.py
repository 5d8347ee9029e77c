"""核验结果之用语: what the checks say in English, in Chinese; tables and columns by their names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from django.apps import apps
from django.utils.translation import gettext, gettext_noop

PHRASES: Final = (
    (r"number (\d+) is missing", gettext_noop("缺第 %(a)s 号")),
    (r"id does not belong to this chain and number", gettext_noop("编号和所在的链、序号对不上")),
    (r"does not follow the entry before it", gettext_noop("和前一条接不上：有登记被插入、调换，或者前一条连同哈希被改过")),
    (r"hash does not match its fields", gettext_noop("哈希和公开内容对不上：公开内容被改过")),
    (r"what is sealed does not match its digest", gettext_noop("密封内容和摘要对不上：填写的内容被改过")),
    (r"recorded before the entry it follows", gettext_noop("登记时间早于前一条")),
    (r"the head does not match the last entry", gettext_noop("链头和最后一条对不上：尾部被截去，或者链头被改过")),
    (r"the head's time does not match the last entry", gettext_noop("链头的时间和最后一条对不上")),
    (r"edition (\w+) is not kept", gettext_noop("登记所依据的法规版本没有留存：%(a)s")),
    (r"text of (\S+) does not match \w+", gettext_noop("留存的法规文本被改过：%(a)s")),
    (r"an empty chain has another head", gettext_noop("空的链，链头不对")),
    (
        r"the register no longer reaches this head: its tail was cut",
        gettext_noop("抄下的链头找不到了：抄下以后尾部被截去，或者恢复了旧备份"),
    ),
    (r"another entry stands where this head was printed", gettext_noop("抄下链头的地方换成了别的登记：整条链被重写过")),
    (
        r"the confidential chain no longer has the head that is anchored here",
        gettext_noop("这一天锚定的保密链链头找不到了：保密链的尾部被截去，或者被重写过"),
    ),
    (r"the confidential chain beside it does not hold", gettext_noop("旁边的保密链对不上，详情请在机器上核验")),
    (r"belongs to no chain", gettext_noop("不属于任何一条链")),
    (r"was permitted, and is refused: (.+)", gettext_noop("登记为办成，照法规却不能办：%(a)s")),
    (r"was refused, and is permitted", gettext_noop("登记为未办成，照法规却能办")),
    (r"was refused for other reasons", gettext_noop("未办成的理由和法规对不上")),
    (r"was decided under another edition", gettext_noop("所依据的法规版本不对")),
    (r"had another result", gettext_noop("重新办理的结果不一样")),
    (r"its chain was never opened", gettext_noop("所在的链从来没有建立过")),
    (r"stands in another chain than its subject", gettext_noop("登记在别的辖区的链上")),
    (r"cannot be done again: (.+)", gettext_noop("不能重新办理：这一条，或者它所依据的任职、机构被改过（%(a)s）")),
    (r"row is gone", gettext_noop("登记过的一行不见了")),
    (r"row too many", gettext_noop("多出一行没有登记过的数据")),
    (r"stored otherwise", gettext_noop("现在的数据和登记的不一样")),
    (r"missing task", gettext_noop("缺少这项待办")),
    (r"stray task", gettext_noop("多出这项待办")),
    (r"due task", gettext_noop("这项待办的最后一天与时限不符")),
    (r"orphan task", gettext_noop("待办所属的办件不存在")),
)


def what_in_words(what: str) -> str:
    """One problem in the language of the page; what is not known here stays as it is."""
    for pattern, words in PHRASES:
        if found := re.fullmatch(pattern, what, re.DOTALL):
            return gettext(words) % {"a": found.group(1) if found.groups() else ""}
    return what


def table_in_words(table: str, column: str, lang: str) -> str:
    """A table and column by their names: 办件 · 名称; in English as the database calls them."""
    model = _models().get(table)
    if model is None or lang == "en":
        return table if column in ("", "*") else f"{table}.{column}"
    named = str(model._meta.verbose_name)
    if column in ("", "*"):
        return named
    labels = {field.attname: field.verbose_name for field in model._meta.concrete_fields}
    return f"{named} · {labels.get(column, column)}"


@lru_cache(maxsize=1)
def _models() -> Mapping[str, Any]:
    return {model._meta.db_table: model for model in apps.get_models()}

"""清单成文（第四条（五））: the duty lists of a day as papers, one for each township."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from django.utils.translation import override

from dutygate.base.documents.official.paper import Annex, Block, day_zh
from dutygate.base.documents.official.template import Value, filled
from dutygate.base.organizations.directory import Directory
from dutygate.features.lists.day_rows import rows_of_day
from dutygate.features.lists.words import SECTIONS
from dutygate.features.papers.case_words import ARTICLES, Given
from dutygate.features.papers.documents import Drafted
from dutygate.features.papers.kinds import Kind
from dutygate.features.papers.queries import InForce
from dutygate.law.regulation.edition import Edition

COLUMNS: Final = ("序号", "部分", "类别", "职责名称", "主管部门", "截止日期")
WIDTHS: Final = (12, 24, 24, 50, 40, 26)


def drafted_lists(
    kind: Kind, template: InForce, directory: Directory, edition: Edition, townships: Sequence[int], as_of: date, given: Given, signed: str
) -> list[Drafted]:
    """One paper for each of these townships (ids) that has anything on its list that day."""
    with override("zh-hans"):
        rows = rows_of_day(directory, "duties", as_of, townships)
        found = []
        for township in townships:
            listed = rows.get(township, [])
            if not listed:
                continue
            name = directory.name_on(township, as_of)
            cells = tuple(
                (str(n), str(SECTIONS[row["section"]]), row["category"], row["title"], row["department"], row["last_day"] or "长期")
                for n, row in enumerate(listed, start=1)
            )
            table = Block(kind="table", columns=COLUMNS, widths=WIDTHS, rows=cells)
            values: dict[str, Value] = {
                **dict.fromkeys(kind.known, ""),
                **{word: edition.provisions[provision].label.zh for word, provision in ARTICLES.items()},
                "办法": f"《{edition.title.zh}》（{edition.document_number}）",
                "单位": signed,
                "主送": name,
                "清单日期": day_zh(as_of),
                "事项数": str(len(cells)),
                "说明": given.remark,
                "清单": (Annex(title=f"{name}职责事项清单（{day_zh(as_of)}）", blocks=(table,)),),
            }
            found.append(Drafted(filled(template.lines, values, signed, given.dated_on), (directory.unit(township).key,)))
        return found

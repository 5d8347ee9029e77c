"""整改通知（第八条）: an order of correction drawn up from what the body concerned may know, and nothing of who reported."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from django.utils.translation import override

from dutygate.base.documents.official.paper import Block, Content, day_zh
from dutygate.base.documents.official.template import Value, filled
from dutygate.base.organizations.directory import Directory
from dutygate.features.papers.case_words import ARTICLES
from dutygate.features.papers.kinds import Kind, kinds
from dutygate.features.papers.models import Letterhead
from dutygate.features.papers.queries import InForce
from dutygate.features.supervision.words import forms_in_words
from dutygate.law.regulation.edition import Edition

KIND: Final = "correction_order"
MOST_CODE: Final = 60


def order_kind() -> Kind:
    """整改通知."""
    return kinds()[KIND]


def order_code(letterhead: Letterhead | None, directory: Directory, body: int, on: date) -> str:
    """阿纪整改（旗林草局）: the issuer's code and the addressee's short name. Each addressee has numbers of its own, which tell it
    nothing of others. "" without a letterhead.
    """
    if letterhead is None:
        return ""
    return f"{letterhead.code_document.removesuffix('发')}{order_kind().code}（{directory.short_name_on(body, on)}）"[:MOST_CODE]


def drafted_order(
    template: InForce,
    directory: Directory,
    edition: Edition,
    body: int,
    signed: str,
    *,
    dated_on: date,
    facts: str,
    demand: str,
    forms: Iterable[str],
    correct_by: date | None,
    matter: str,
    remark: str,
) -> Content:
    """What the paper says. ``facts`` and ``demand`` in the examiner's words; the day and the matter as they were ordered and found."""
    kind = order_kind()
    with override("zh-hans"):
        labels = {word: edition.provisions[provision].label.zh for word, provision in {**ARTICLES, "第八条": "8"}.items()}
        regulation = f"《{edition.title.zh}》（{edition.document_number}）"
        again = f"“{matter}”确需由乡镇承担的，请按照{labels['第四条（一）']}书面征求乡镇意见，再提出书面申请。" if matter else ""
        values: dict[str, Value] = {
            **dict.fromkeys(kind.known, ""),
            **labels,
            "办法": regulation,
            "单位": signed,
            "主送": directory.name_on(body, dated_on),
            "认定的事实": facts,
            "交办方式": "、".join(forms_in_words(tuple(forms))),
            "纠正要求": _paragraphs(demand),
            "纠正期限": day_zh(correct_by) if correct_by else "规定的期限",
            "补办申请": again,
            "说明": remark,
        }
        return filled(template.lines, values, signed, dated_on)


def _paragraphs(text: str) -> tuple[Block, ...]:
    return tuple(Block(text=line.strip("　 \r")) for line in text.split("\n") if line.strip("　 \r"))


def names_in(content: Content, names: Iterable[str]) -> list[str]:
    """Which of these names stand somewhere in its words; to whom it goes and who signs are no words of it."""
    said = [content.title, content.remark, content.cc]
    for block in (*content.blocks, *(one for annex in content.annexes for one in annex.blocks)):
        said += [block.text, block.label, *(cell for row in block.rows for cell in row)]
    text = "\n".join([*said, *(annex.title for annex in content.annexes)])
    return sorted({name for name in names if len(name) > 1 and name in text})

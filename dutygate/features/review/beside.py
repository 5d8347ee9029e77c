"""申请书怎么说: what the application says to each of the five points, to be read beside the finding on it (Articles 4.1, 4.2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dutygate.base.actions.month_days import month_day
from dutygate.base.register.chains import edition_by_digest
from dutygate.features.application.queries import scope_of, sees_all_opinions
from dutygate.features.application.section import application_section
from dutygate.features.bases.section import bases_section
from dutygate.features.cases.opening import hints_in
from dutygate.features.cases.sections import Reading

NO_REPLY: Final = "no_reply"
"""It said nothing in its time, and nobody's consent is missing with it (4.4)."""
ANSWERS: Final = {
    "agree": _("同意"),
    "agree_with_conditions": _("附条件同意"),
    "disagree": _("不同意"),
    NO_REPLY: _("未反馈"),
    "": _("未答复"),
}
SAFEGUARDS: Final = {"funding": _("工作经费"), "technical": _("技术力量"), "training": _("业务培训"), "other": _("其他保障")}
FROM_REPLIES: Final = "negotiated_opinion"
BASIS_KINDS: Final = {
    "law": _("法律"),
    "administrative_regulation": _("行政法规"),
    "local_regulation": _("地方性法规"),
    "rule": _("规章"),
    "policy": _("政策文件"),
    "sanding": _("“三定”规定"),
}
MODES: Final = {"entrust": _("委托：以部门的名义办，部门负责"), "assign": _("交由：以乡镇的名义办，乡镇负责")}


@dataclass(slots=True)
class Item:
    """One item of the application: its text for all, and what is added for single townships."""

    item: str
    label: str
    text: str = ""
    additions: list[dict[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Written:
    """The application as its readers judge it. ``by_point``: the items that bear on each focus point, in the order of the edition.

    ``words``: all that is written in it, ``hints``: what that makes one think of.
    """

    items: tuple[Item, ...]
    by_point: Mapping[str, tuple[Item, ...]]
    bases: tuple[Mapping[str, Any], ...]
    safeguards: tuple[Mapping[str, Any], ...]
    townships: tuple[Mapping[str, Any], ...]
    mode: Any
    hints: tuple[Mapping[str, str], ...]
    words: str

    def text_of(self, item: str) -> str:
        """The text of one item, "" where it is empty."""
        return next((found.text for found in self.items if found.item == item), "")


def application_written(reading: Reading, lang: str) -> Written:
    """What the viewer may read of the application; a fixed number of queries, however many townships there are."""
    case, edition = reading.case, edition_by_digest(reading.case.edition_digest)
    plain = application_section(reading.viewer, reading)
    asked = edition.items_of(case.kind)
    items = {name: Item(name, item.label.in_language(lang)) for name, item in asked.items()}
    if FROM_REPLIES not in items:  # an exit has no such item, and yet there is an opinion (4.4)
        items[FROM_REPLIES] = Item(FROM_REPLIES, edition.items[FROM_REPLIES].label.in_language(lang))
    for row in plain["items"]:
        if row["item"] not in items:
            continue
        if row["township"] is None:
            items[row["item"]].text = row["text"]
        elif row["text"]:
            items[row["item"]].additions.append({"township": row["township"]["name"], "text": row["text"]})
    if "name" in items:
        items["name"].text = case.title
    texts = [text for item in items.values() for text in (item.text, *(one["text"] for one in item.additions))]
    words = "\n".join([case.title, case.necessity, *texts])
    return Written(
        items=tuple(items.values()),
        by_point={point: tuple(items[name] for name in items if point in edition.all_items[name].focus) for point in edition.focus_points},
        bases=tuple(
            {**basis, "kind_word": BASIS_KINDS.get(basis["kind"], basis["kind"])} for basis in bases_section(reading.viewer, reading)
        ),
        safeguards=tuple(
            {**row, "due_said": month_day(row["due"]), "word": SAFEGUARDS.get(row["kind"], row["kind"])} for row in plain["safeguards"]
        ),
        townships=townships_counted(reading),
        mode=MODES.get(case.mode, ""),
        hints=tuple(hints_in(edition, words, lang)),
        words=words,
    )


def townships_in(reading: Reading) -> list[int]:
    """The townships in the scope of the case, whoever is asked about it (ids), in the order of their codes."""
    inside = {row.unit_id for row in scope_of(reading.viewer, reading.case) if row.in_scope}
    return [unit for unit in reading.directory.townships(reading.on) if unit in inside]


def townships_counted(reading: Reading) -> tuple[dict[str, Any], ...]:
    """How many townships in scope said what, [{answer, count, said}]; () for a township that may not know it yet (4.1).

    An answer that has lapsed, or that its township contests, does not count as one.
    """
    if not sees_all_opinions(reading.viewer, reading.case):
        return ()
    rows = [row for row in scope_of(reading.viewer, reading.case) if row.in_scope]
    counted = Counter(NO_REPLY if row.no_reply else "" if row.lapsed or row.contested else row.answer for row in rows)
    return tuple(
        {"answer": answer, "count": counted[answer], "said": gettext("%(word)s %(count)s 个") % {"word": word, "count": counted[answer]}}
        for answer, word in ANSWERS.items()
        if counted[answer]
    )

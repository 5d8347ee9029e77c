"""台账 as pages, exports and the API show it: lines with names, days, sums and lights."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from dutygate.base.actions.naming import directory_for
from dutygate.base.catalogue.action import ActingPost
from dutygate.base.organizations.directory import Directory
from dutygate.features.lists.words import SAFEGUARDS
from dutygate.features.support.lights import light_of
from dutygate.features.support.queries import (
    Sums,
    answers_of,
    changes_of,
    deliveries_of,
    kept_of_duty,
    load_of,
    not_kept,
    public_reference,
)
from dutygate.features.support.words import ANSWERS, BAD, LIGHTS, amount_said, change_said, yuan_said

MEASURES: Final = ("fen", "item")


class Names:
    """Unit id -> name on a day, over several jurisdictions; each directory is looked up once, and none that is at hand."""

    def __init__(self, on: date, *at_hand: Directory) -> None:
        self.on = on
        self.places: dict[int, Directory] = {directory.jurisdiction.id: directory for directory in at_hand}

    def of(self, jurisdiction: int, unit: int) -> str:
        """The unit's name, "" for none."""
        if jurisdiction not in self.places:
            self.places[jurisdiction] = directory_for(jurisdiction)
        directory = self.places[jurisdiction]
        return directory.name_on(unit, self.on) if unit in directory.units else ""

    def short(self, jurisdiction: int, unit: int) -> str:
        """The same, as a narrow column has room for it."""
        return self.places[jurisdiction].short_name_on(unit, self.on) if self.of(jurisdiction, unit) else ""


def line_shown(row: Any, names: Names, today: date) -> dict[str, Any]:
    """One commitment; the row comes with its pledge, duty and case."""
    light, open_ = light_of(row, today), row.promised - row.released - row.delivered
    return {
        "ref": public_reference(row),
        "href": reverse("support_one", args=[row.pledge.code, row.ordinal]),
        "pledge": row.pledge.code,
        "ordinal": row.ordinal,
        "duty": row.duty.code,
        "title": row.duty.title,
        "department": names.of(row.jurisdiction_id, row.department_id),
        "department_short": names.short(row.jurisdiction_id, row.department_id),
        "township": names.of(row.jurisdiction_id, row.township_id),
        "year": row.year,
        "kind": _(SAFEGUARDS.get(row.kind, row.kind)),
        "note": row.note,
        "due_on": row.due_on,
        "measure": row.measure,
        "open": open_,
        "light": light,
        "light_word": _(LIGHTS[light]),
        "bad": light in BAD,
        **{
            name: amount_said(value, row.measure)
            for name, value in (
                ("owed", row.promised - row.released),
                ("delivered", row.delivered),
                ("confirmed", row.confirmed),
                ("disputed", row.disputed),
                ("to_come", open_),
            )
        },
    }


def sums_shown(found: Mapping[str, Sums]) -> dict[str, Any]:
    """{owed, delivered, confirmed, disputed, open, unanswered} of money in yuan, and of things as counts: {fen: …, item: …}."""
    return {measure: _sums(found.get(measure, Sums()), measure) for measure in MEASURES}


def _sums(one: Sums, measure: str) -> dict[str, Any]:
    said: Callable[[int], Any] = yuan_said if measure == "fen" else str
    values = {
        "owed": one.due,
        "delivered": one.delivered,
        "confirmed": one.confirmed,
        "disputed": one.disputed,
        "open": one.open,
        "unanswered": one.unanswered,
    }
    return {"lines": one.lines, **{name: said(value) for name, value in values.items()}}


def history_shown(viewer: ActingPost, row: Any, names: Names) -> list[dict[str, Any]]:
    """What happened to one commitment, oldest first: [{day, what, amount, unit, words, scan}]. Three queries."""

    def name(unit: int) -> str:
        return names.of(row.jurisdiction_id, unit)

    deliveries = deliveries_of(viewer, [row])
    found: list[tuple[int, dict[str, Any]]] = []
    for change in changes_of(viewer, row):
        amount = amount_said(change.amount, row.measure) if change.amount else ""
        what = change_said(change.what, change.said, name)
        found.append((change.id, {"day": change.on, "what": what, "amount": amount, "unit": "", "words": ""}))
    for one in deliveries:
        voucher = _("凭证号 %(number)s") % {"number": one.voucher_number} if one.voucher_number else ""
        line = {"day": one.delivered_on, "what": _("登记兑现"), "amount": amount_said(one.amount, row.measure)}
        words = "；".join(filter(None, (one.given, voucher)))
        found.append((one.id, {**line, "unit": name(one.by_unit_id), "words": words, "scan": one.scan}))
    said = answers_of(viewer, deliveries)
    found += [(word.id, {**_word(word, row, name), "unit": name(word.unit_id), "scan": word.scan}) for word in said]
    return [line for _id, line in sorted(found, key=lambda pair: pair[0])]


def _word(word: Any, row: Any, name: Callable[[int], str]) -> dict[str, Any]:
    words = [word.reason] if word.reason else []
    if word.entered_by_unit is not None:
        said = _("由%(unit)s按纸质文件 %(number)s 代录") % {"unit": name(word.entered_by_unit), "number": word.document_number}
        words.append(said)
    amount = amount_said(word.amount, row.measure)
    if word.answer == "settled":
        amount = _("到了 %(amount)s，没有到 %(rest)s") % {"amount": amount, "rest": amount_said(word.rest, row.measure)}
    return {"day": word.at, "moment": True, "what": _(ANSWERS[word.answer]), "amount": amount, "words": "；".join(words)}


def kept_shown(viewer: ActingPost, duty_id: int, directory: Directory, today: date) -> list[dict[str, Any]]:
    """What was promised with a duty and what came, line by line, for the page of the duty. Two queries."""
    names = Names(today, directory)
    return [line_shown(row, names, today) for row in kept_of_duty(viewer, duty_id)]


def grounds(viewer: ActingPost, duty_id: int, township: int | None, today: date) -> str:
    """没有兑现的事实, as they may stand in an application for exit (4.4, 5); "" where everything was kept. One query."""
    names = Names(today)
    lines = []
    for row in not_kept(viewer, duty_id, township, today):
        line = line_shown(row, names, today)
        if line["light"] == "disputed":
            lines.append(
                _("%(township)s %(year)s年%(kind)s：承诺 %(owed)s，有异议 %(disputed)s（%(ref)s）。") % {**line, "year": str(row.year)}
            )
        else:
            lines.append(
                _("%(township)s %(year)s年%(kind)s：应于 %(day)s 以前兑现 %(owed)s，还差 %(to_come)s（%(ref)s）。")
                % {**line, "year": str(row.year), "day": row.due_on.isoformat()}
            )
    return "\n".join(lines)


def load_shown(viewer: ActingPost, jurisdiction: int, townships: Sequence[int], year: int) -> dict[int, dict[str, str]]:
    """Money due this year and received, for each of these townships: {unit id: {owed, received, open}} in yuan. One query."""
    found = load_of(viewer, jurisdiction, townships, year)
    return {unit: _load(found.get(unit, Sums())) for unit in townships}


def _load(one: Sums) -> dict[str, str]:
    return {"owed": yuan_said(one.due), "received": yuan_said(one.confirmed), "open": yuan_said(one.due - one.confirmed)}


def total(lines: Iterable[Sums]) -> Sums:
    """The sum of sums."""
    every = list(lines)
    names = ("lines", "promised", "released", "delivered", "confirmed", "disputed")
    return Sums(*(sum(getattr(one, name) for one in every) for name in names))

"""两个答复 as pages and the API show them: plain values, names instead of ids, the words that show a form marked in the text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext as _

from dutygate.base.organizations.directory import Directory, UnknownUnit
from dutygate.features.lists.words import SECTIONS
from dutygate.features.taskcheck.answers import Alike, Answer, FormFound
from dutygate.features.taskcheck.models import Deployment, KeptCheck
from dutygate.features.taskcheck.words import CITES, EXCUSED, EXPLAINED, HELD, ISSUERS, LEVELS, MEANING, STANDINGS
from dutygate.law.regulation.canonical import digest_of_bytes
from dutygate.law.regulation.edition import BodyAbove, Edition

EVERYBODY: Final = 4
"""More townships than so many are counted, not named."""


def shown(answer: Answer, directory: Directory, edition: Edition, lang: str) -> dict[str, Any]:
    """Both answers as plain values."""
    on, standing = answer.asked.paper_on, answer.standing
    above = answer.above
    return {
        "title": answer.title,
        "on": on,
        "township": directory.name_on(answer.asked.township, on) if answer.asked.township is not None else "",
        "sender": answer.asked.sender,
        "standing": standing,
        "standing_label": _(STANDINGS[standing]),
        "meaning": _(MEANING[standing]),
        "cites": CITES[standing],
        "entry": entry_shown(answer.entry, directory, on) if answer.entry else None,
        "alike": [entry_shown(one, directory, on) for one in answer.alike],
        "deployment": deployment_shown(answer.deployment, on) if answer.deployment else None,
        "above": _above_shown(*above, lang) if above else None,
        "emergency": list(dict.fromkeys(hint.word for hint in answer.emergency)),
        "said": _quoted(hint.word for hint in answer.emergency),
        "forms": [_form_shown(found, edition, lang) for found in answer.forms],
        "forbidden": answer.forbidden,
        "pieces": pieces(answer.asked.text, answer.forms, edition, lang),
    }


def entry_shown(one: Alike, directory: Directory, on: date) -> dict[str, Any]:
    """An entry like the task: which, how much alike and why, whose, who leads, who helps, until when."""
    held = one.held
    helps = [_name(directory, key, on) for key in held.co_leads] if held else []
    columns = held.columns if held else {}
    leads = directory.name_on(one.lead_unit_id, on) if one.lead_unit_id is not None and one.lead_unit_id in directory.units else ""
    return {
        "code": one.code,
        "title": one.title,
        "href": reverse("duty", args=[one.code]),
        "percent": round(one.score * 100),
        "level": _(next(label for least, label in LEVELS if one.score >= least)),
        "words": list(one.words),
        "said": _quoted(one.words),
        "here": one.here,
        "section": held.section if held else "",
        "section_label": _(SECTIONS[held.section]) if held and held.section in SECTIONS else "",
        "lead": leads or columns.get("upper_department", ""),
        "helps": helps,
        "upper_duties": columns.get("upper_duties", ""),
        "township_duties": columns.get("township_duties", ""),
        "taken_over_by": columns.get("taken_over_by", ""),
        "document_number": held.document_number if held else "",
        "standing": one.standing,
        "standing_label": _(HELD[one.standing]),
        "last_day": one.last_day,
        "townships": [directory.name_on(unit, on) for unit in one.townships[:EVERYBODY]],
        "more_townships": max(len(one.townships) - EVERYBODY, 0),
    }


def _above_shown(body: BodyAbove, word: str, lang: str) -> dict[str, str]:
    return {"id": body.id, "label": body.label.in_language(lang), "word": word, "said": _quoted([word])}


def _quoted(words: Iterable[str]) -> str:
    """Each once, in quotation marks."""
    return "".join(f"“{word}”" for word in dict.fromkeys(words))


def _name(directory: Directory, key: str, on: date) -> str:
    try:
        return directory.name_on(directory.by_key(key).id, on)
    except UnknownUnit:
        return key


def deployment_shown(row: Deployment, on: date) -> dict[str, Any]:
    """A uniform deployment: number, who, title, from when until when, and whether it holds on that day."""
    holds = row.withdrawn_at is None and row.from_on <= on and (row.until is None or on <= row.until)
    return {
        "id": str(row.id),
        "href": reverse("deployment", args=[row.id]),
        "document_number": row.document_number,
        "issuer": row.issuer,
        "issuer_label": _(ISSUERS[row.issuer]) if row.issuer in ISSUERS else row.issuer,
        "title": row.title,
        "dated_on": row.dated_on,
        "from_on": row.from_on,
        "until": row.until,
        "withdrawn": row.withdrawn_at is not None,
        "withdrawn_reason": row.withdrawn_reason,
        "holds": holds,
    }


def _form_shown(found: FormFound, edition: Edition, lang: str) -> dict[str, Any]:
    form = edition.handing_down.forms[found.form]
    reasons = dict.fromkeys(hint.reason.in_language(lang) for hint in found.hints if hint.reason is not None)
    return {
        "form": found.form,
        "label": form.wording.label.in_language(lang),
        "cites": form.wording.provision,
        "words": list(dict.fromkeys(hint.word for hint in found.hints)),
        "said": _quoted(hint.word for hint in found.hints),
        "reasons": list(reasons),
        "excused": found.excused,
        "note": _(EXCUSED) if found.excused else _(EXPLAINED),
    }


def pieces(text: str, forms: Sequence[FormFound], edition: Edition, lang: str) -> list[dict[str, Any]]:
    """The text in pieces: {text, forms: labels of what a piece shows}. Joined they are the text."""
    marks = [(hint.start, hint.end, found.form) for found in forms if not found.excused for hint in found.hints]
    ends = sorted({0, len(text), *(start for start, _end, _form in marks), *(end for _start, end, _form in marks)})
    found = []
    for start, end in zip(ends, ends[1:], strict=False):
        ids = dict.fromkeys(form for first, last, form in marks if first <= start and end <= last)
        labels = [edition.handing_down.forms[form].wording.label.in_language(lang) for form in ids]
        found.append({"text": text[start:end], "forms": labels})
    return found


def as_kept(answer: Answer, directory: Directory) -> dict[str, Any]:
    """The payload of ``taskcheck.keep`` for an answer; the text goes into it as a digest alone."""
    asked = answer.asked
    given: dict[str, Any] = {
        "title": answer.title[:300],
        "text_digest": digest_of_bytes(asked.text.encode()),
        "paper_on": asked.paper_on,
        "standing": answer.standing,
        "alike": [one.code for one in answer.alike],
        "emergency": bool(answer.emergency),
        "forms": [
            {"form": found.form, "words": list(dict.fromkeys(hint.word[:60] for hint in found.hints))[:40]}
            for found in answer.forms
            if not found.excused
        ],
    }
    given |= {"sender": asked.sender[:100]} if asked.sender else {}
    given |= {"township": directory.unit(asked.township).key} if asked.township is not None else {}
    given |= {"entry": answer.entry.code} if answer.entry else {}
    given |= {"deployment": str(answer.deployment.id)} if answer.deployment else {}
    return given | ({"above": answer.above[0].id} if answer.above else {})


def kept_shown(row: KeptCheck, directory: Directory, edition: Edition, titles: dict[str, str], lang: str) -> dict[str, Any]:
    """A kept check with names. ``titles``: code -> title of the duties it names that the viewer may read."""
    forms = edition.handing_down.forms
    above = edition.handing_down.above.get(row.above)
    known = row.township_id in directory.units
    return {
        "id": row.id,
        "href": reverse("task_kept", args=[row.id]),
        "title": row.title,
        "unit": directory.name_on(row.unit_id, row.paper_on),
        "township": directory.name_on(row.township_id, row.paper_on) if known and row.township_id is not None else "",
        "sender": row.sender,
        "paper_on": row.paper_on,
        "kept_at": row.kept_at,
        "standing": row.standing,
        "standing_label": _(STANDINGS[row.standing]) if row.standing in STANDINGS else row.standing,
        "meaning": _(MEANING[row.standing]) if row.standing in MEANING else "",
        "cites": CITES.get(row.standing, "7"),
        "entry": _duty(row.entry, titles) if row.entry else None,
        "alike": [_duty(code, titles) for code in row.alike],
        "deployment": deployment_shown(row.deployment, row.paper_on) if row.deployment else None,
        "above": above.label.in_language(lang) if above else "",
        "emergency": row.emergency,
        "forms": [
            {
                "label": forms[one["form"]].wording.label.in_language(lang) if one["form"] in forms else one["form"],
                "cites": "7",
                "said": _quoted(one["words"]),
            }
            for one in row.forms
        ],
        "text_digest": row.text_digest,
        "note": row.note,
    }


def _duty(code: str, titles: dict[str, str]) -> dict[str, str]:
    return {"code": code, "title": titles.get(code, ""), "href": reverse("duty", args=[code]) if code in titles else ""}

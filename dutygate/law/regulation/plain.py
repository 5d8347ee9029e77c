"""An edition to and from plain values (dict, list, str, int, bool, None), checked on the way in.

The shape is that of the YAML files, one part per file, so that one reader serves both the package's files and
the canonical bytes kept in a database. Lists keep their order; mappings have none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

from .exclusions import Exclusions, Form, PowerClass, Wording
from .handing_down import BodyAbove, HandingDown, TaskForm
from .parts import ALL, ChangeReason, FocusPoint, Item, Parameter, Principle, Provision, Seat, Text, Track, Value
from .reading import Plain

if TYPE_CHECKING:
    from .edition import Edition

_T = TypeVar("_T")

UNITS = ("working_days", "calendar_days", "years", "count", "month", "flag", "choice", "codes")


def plain_edition(edition: Edition) -> dict[str, Any]:
    """The edition as plain values, one part per YAML file."""
    day = edition.in_force_to
    return {
        "edition": _of_exits(edition)
        | {
            "id": edition.id,
            "title": _both(edition.title),
            "document_number": edition.document_number,
            "issuer": _both(edition.issuer),
            "issued_on": edition.issued_on.isoformat(),
            "in_force_from": edition.in_force_from.isoformat(),
            "in_force_to": day.isoformat() if day else None,
            "repeals": list(edition.repeals),
            "repealed_by": edition.repealed_by,
            "interpreter": _both(edition.interpreter),
            "content_published": edition.content_published,
            "note": _both(edition.note),
            "provisions": [_record(part) for part in edition.provisions.values()],
            "principles": [_record(part) for part in edition.principles.values()],
            "items": [_record(part) for part in edition.items.values()],
            "focus_points": [_record(part) for part in edition.focus_points.values()],
            "seats": [_record(part) for part in edition.seats.values()],
            "tracks": [_record(part) for part in edition.tracks.values()],
        },
        "parameters": {"parameters": [_record(part) for part in edition.parameters.values()]},
        "exclusions": {
            "classes": [_record(part) for part in edition.exclusions.classes.values()],
            "wording": [_plain_wording(part) for part in edition.exclusions.wording.values()],
            **_of_tasks(edition.handing_down),
        },
        "procedure": dict(edition.procedure),
        "procedure_order": {name: list(part) for name, part in edition.procedure.items() if isinstance(part, dict)},
    }


def _of_exits(edition: Edition) -> dict[str, Any]:
    """Without what an edition has none of: one that was stored before exits had items and reasons keeps its digest."""
    plain = {
        "exit_items": [_record(part) for part in edition.exit_items.values()],
        "change_reasons": [_record(part) for part in edition.change_reasons.values()],
    }
    return {name: parts for name, parts in plain.items() if parts}


def _of_tasks(tasks: HandingDown) -> dict[str, Any]:
    """Without what an edition has none of, for the same reason."""
    plain = {
        "forms": [
            _plain_wording(form.wording) | {"excused": form.excused, "only_with": list(form.only_with)} for form in tasks.forms.values()
        ],
        "negations": list(tasks.negations),
        "above": [_record(body) for body in tasks.above.values()],
    }
    return {name: parts for name, parts in plain.items() if parts}


def _both(text: Text | None) -> dict[str, str] | None:
    return {"zh": text.zh, "en": text.en} if text else None


def _record(part: Any) -> dict[str, Any]:
    """A dataclass of `parts` as a mapping; a value that is a default of its field is left out."""
    plain: dict[str, Any] = {}
    for name in part.__slots__:
        value = getattr(part, name)
        if isinstance(value, Text):
            value = _both(value)
        elif isinstance(value, tuple):
            value = list(value)
        elif isinstance(value, Mapping):
            value = dict(value)
        elif hasattr(value, "isoformat"):
            value = value.isoformat()
        plain[name] = value
    return plain


def _plain_wording(wording: Wording) -> dict[str, Any]:
    """Without `forms` where there are none: an edition that was stored before there were any keeps its digest."""
    plain = _record(wording) | {"forms": [_record(form) for form in wording.forms]}
    return {name: value for name, value in plain.items() if value or name != "forms"}


def edition_fields(parts: Mapping[str, Plain]) -> dict[str, Any]:
    """Keyword arguments for `Edition` from the parts "edition", "parameters", "exclusions", "procedure" (only the
    first must be there; "procedure_order" stands in canonical bytes alone). Raises EditionError with file and key.
    """
    root = parts["edition"].only(
        "id", "title", "document_number", "issuer", "issued_on", "in_force_from", "in_force_to", "repeals",
        "repealed_by", "interpreter", "content_published", "note", "provisions", "principles", "items",
        "focus_points", "seats", "tracks", "exit_items", "change_reasons",
    )  # fmt: skip
    provisions = _by_id(root, "provisions", _provision)
    cite = _Citer(provisions)
    focus_points = _by_id(root, "focus_points", lambda p: FocusPoint(*_id_label(p.only("id", "label"))))
    seats = _by_id(root, "seats", _seat)
    tracks = _by_id(root, "tracks", lambda part: _track(part, seats))
    fields: dict[str, Any] = {
        "id": root.get("id").text(),
        "title": root.get("title").both(),
        "document_number": root.get("document_number").text(),
        "issuer": root.get("issuer").both(),
        "issued_on": root.get("issued_on").day(),
        "in_force_from": root.get("in_force_from").day(),
        "in_force_to": root.get("in_force_to").day() if root.has("in_force_to") else None,
        "repeals": root.get("repeals").texts() if root.has("repeals") else (),
        "repealed_by": root.get("repealed_by").text() if root.has("repealed_by") else None,
        "interpreter": root.get("interpreter").both() if root.has("interpreter") else None,
        "content_published": root.get("content_published").flag(),
        "note": root.get("note").both() if root.has("note") else None,
        "provisions": provisions,
        "principles": _by_id(root, "principles", lambda p: Principle(*_id_label(p.only("id", "label")))),
        "items": _by_id(root, "items", lambda part: _item(part, focus_points)),
        "focus_points": focus_points,
        "seats": seats,
        "tracks": tracks,
        "exit_items": _by_id(root, "exit_items", lambda part: _item(part, focus_points)),
        "change_reasons": _by_id(root, "change_reasons", _change_reason),
        "exclusions": Exclusions({}, {}),
        "parameters": {},
        "procedure": {},
    }
    if "exclusions" in parts:
        part = parts["exclusions"].only("classes", "wording", "forms", "negations", "above")
        fields["exclusions"] = Exclusions(
            _by_id(part, "classes", lambda p: _power_class(p, cite)),
            _by_id(part, "wording", lambda p: _wording(p, cite)),
        )
        fields["handing_down"] = HandingDown(
            _task_forms(part, cite),
            part.get("negations").texts() if part.has("negations") else (),
            _by_id(part, "above", lambda p: BodyAbove(*_id_label(p.only("id", "label", "begins")), p.get("begins").texts())),
        )
    if "parameters" in parts:
        part = parts["parameters"].only("parameters")
        fields["parameters"] = _by_id(part, "parameters", lambda p: _parameter(p, tracks, cite), key="name")
    if "procedure" in parts:
        fields["procedure"] = _procedure(parts["procedure"], cite)
    if "procedure_order" in parts:
        fields["procedure"] = _in_order(fields["procedure"], parts["procedure_order"])
    return fields


def _in_order(procedure: dict[str, Any], order: Plain) -> dict[str, Any]:
    """Sections of the procedure in the order they were written in (states of a case have one); JSON keeps none."""
    found = dict(procedure)
    for section in order.value:
        names, part = order.get(section).texts(), found.get(section)
        if not isinstance(part, dict) or set(names) != set(part):
            raise order.error(f"does not fit the section {section!r}")
        found[section] = {name: part[name] for name in names}
    return found


class _Citer:
    def __init__(self, provisions: Iterable[str]) -> None:
        self.known = frozenset(provisions)

    def __call__(self, part: Plain) -> str:
        cited = part.text()
        if cited not in self.known:
            raise part.error(f"cites {cited!r}, which is no provision of this edition")
        return cited


def _by_id(part: Plain, name: str, read: Callable[[Plain], _T], key: str = "id") -> dict[str, _T]:
    found: dict[str, _T] = {}
    if not part.has(name):
        return found
    for member in part.get(name).each():
        found_id = member.get(key).text()
        if found_id in found:
            raise member.error(f"{key} {found_id!r} stands twice")
        found[found_id] = read(member)
    return found


def _id_label(part: Plain) -> tuple[str, Text]:
    return part.get("id").text(), part.get("label").both()


def _provision(part: Plain) -> Provision:
    part.only("id", "article", "label", "summary")
    found_id, label = _id_label(part)
    provision = Provision(found_id, part.get("article").whole(), label, part.get("summary").both())
    expected = 0 if provision.id == "preamble" else int(provision.id.split(".")[0])
    if provision.article != expected:
        raise part.get("article").error(f"is {provision.article}; the id {provision.id!r} belongs to {expected}")
    return provision


def _item(part: Plain, focus_points: Mapping[str, FocusPoint]) -> Item:
    part.only("id", "label", "judged_by_townships", "focus")
    focus = _known(part.get("focus"), focus_points, "focus point")
    return Item(*_id_label(part), part.get("judged_by_townships").flag(), focus)


def _change_reason(part: Plain) -> ChangeReason:
    part.only("id", "label", "kinds", "in_words")
    for kind in part.get("kinds").each():
        kind.choice("exit", "adjustment")
    in_words = part.get("in_words").flag() if part.has("in_words") else False
    return ChangeReason(*_id_label(part), part.get("kinds").texts(), in_words)


def _seat(part: Plain) -> Seat:
    part.only("id", "label", "kind")
    return Seat(*_id_label(part), cast(Literal["seat", "authority"], part.get("kind").choice("seat", "authority")))


def _track(part: Plain, seats: Mapping[str, Seat]) -> Track:
    part.only("id", "label", "bodies")
    return Track(*_id_label(part), _known(part.get("bodies"), seats, "seat or authority"))


def _known(part: Plain, known: Iterable[str], what: str) -> tuple[str, ...]:
    names = frozenset(known)
    for member in part.each():
        if member.text() not in names:
            raise member.error(f"{member.value!r} is no {what} of this edition")
    return part.texts()


def _power_class(part: Plain, cite: _Citer) -> PowerClass:
    part.only("id", "label", "effect", "cites")
    effect = cast(Literal["stop", "amber", "none"], part.get("effect").choice("stop", "amber", "none"))
    return PowerClass(*_id_label(part), effect, cite(part.get("cites")))


def _wording(part: Plain, cite: _Citer, *more: str) -> Wording:
    part.only("id", "label", "provision", "words", "unless", "forms", *more)
    forms = tuple(_form(form) for form in part.get("forms").each()) if part.has("forms") else ()
    return Wording(*_id_label(part), cite(part.get("provision")), part.get("words").texts(), part.get("unless").texts(), forms)


def _task_forms(part: Plain, cite: _Citer) -> dict[str, TaskForm]:
    """Forms of handing down: wordings with two marks more."""
    forms = _by_id(part, "forms", lambda p: _task_form(p, cite))
    for form in forms.values():
        if unknown := set(form.only_with) - set(forms):
            raise part.get("forms").error(f"{form.id!r} goes with {sorted(unknown)}, which is no form here")
    return forms


def _task_form(part: Plain, cite: _Citer) -> TaskForm:
    excused = part.get("excused").flag() if part.has("excused") else False
    only_with = part.get("only_with").texts() if part.has("only_with") else ()
    return TaskForm(_wording(part, cite, "excused", "only_with"), excused, only_with)


def _form(part: Plain) -> Form:
    part.only("reason", "words", "then", "within", "not_about")
    words, then, not_about = (part.get(name).texts() if part.has(name) else () for name in ("words", "then", "not_about"))
    within = part.get("within").whole() if part.has("within") else 0
    if not words or bool(then) != (within > 0):
        raise part.error("needs `words`; and `then` goes with `within`, how many characters may stand between, from 1")
    return Form(part.get("reason").both(), words, then, within, not_about)


def _parameter(part: Plain, tracks: Mapping[str, Track], cite: _Citer) -> Parameter:
    part.only("name", "label", "unit", "values", "status", "source", "effective_from", "cites", "choices")
    unit = part.get("unit").choice(*UNITS)
    choices = part.get("choices").texts() if part.has("choices") else ()
    values: dict[str, Value] = {}
    given = part.get("values")
    for track in given.only(ALL, *tracks).value:
        values[track] = _value(given.get(track), unit, choices)
    if missing := [track for track in tracks if track not in values and ALL not in values]:
        raise given.error(f"has no value for {missing[0]!r} and none for {ALL!r}")
    status = cast(Literal["set", "not_set"], part.get("status").choice("set", "not_set"))
    since = part.get("effective_from").day() if part.has("effective_from") else None
    if status == "set" and since is None:
        raise part.error("effective_from is missing: what the conference has set holds from a day on")
    return Parameter(
        part.get("name").text(), part.get("label").both(), unit, values, status,
        part.get("source").both(), since, cite(part.get("cites")), choices,
    )  # fmt: skip


def _value(part: Plain, unit: str, choices: tuple[str, ...]) -> Value:
    if part.value is None:
        return None
    if unit == "flag":
        return part.flag()
    if unit == "choice":
        return part.choice(*choices)
    if unit == "codes":
        return part.text()
    number = part.whole()
    if number < (0 if unit == "count" else 1) or (unit == "month" and number > 12):
        raise part.error(f"{number} is out of range for {unit}")
    return number


def _procedure(part: Plain, cite: _Citer) -> dict[str, Any]:
    """procedure.yaml as it stands, after checking its citations and that each text has both languages."""
    if not isinstance(part.value, dict):
        raise part.error("must be a mapping")
    for name, member in _walk(part):
        if name in ("cites", "provision"):
            for cited in member.each() if isinstance(member.value, (list, tuple)) else (member,):
                cite(cited)
        elif isinstance(member.value, dict) and {"zh", "en"} & member.value.keys():
            member.get("zh").text()
            member.get("en").text()
    return part.value


def _walk(part: Plain) -> Iterator[tuple[str, Plain]]:
    if isinstance(part.value, dict):
        for name in part.value:
            if not isinstance(name, str):
                raise part.error(f"key {name!r} must be text, in quotes")
            member = part.get(name)
            yield name, member
            yield from _walk(member)
    elif isinstance(part.value, (list, tuple)):
        for member in part.each():
            yield "", member
            yield from _walk(member)

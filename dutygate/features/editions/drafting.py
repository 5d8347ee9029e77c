"""草案的内容: an edition as plain values, changed part by part or read from a file, and read back strictly (preamble, Article 11)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from dutygate.base.catalogue.errors import Malformed
from dutygate.law.procedure.table import ProcedureError, procedure_of
from dutygate.law.regulation.edition import Edition, EditionError, read_edition

TO_COME: Final = {"zh": "（草案，文号待定）", "en": "(draft, number to come)"}


def first_draft(base: Edition, name: str, day: str) -> Edition:
    """The next edition as it begins: word for word the present one, under a name of its own, without number, repealing it."""
    plain = plain_of(base)
    plain["edition"] |= {
        "id": name,
        "document_number": TO_COME["zh"],
        "issued_on": day,
        "in_force_from": day,
        "in_force_to": None,
        "repeals": [base.id],
        "repealed_by": None,
        "content_published": True,
        "note": None,
    }
    return edition_of(plain, "name")


def changed(edition: Edition, payload: Any) -> Edition:
    """The edition with what the payload of ``edition.draft`` changes. Raises Malformed with the part that cannot be used."""
    if payload.file:
        plain = plain_of(_from_file(payload.file))
        plain["edition"] |= {"id": edition.id, "in_force_to": None, "repealed_by": None, "content_published": True}
        return edition_of(plain, "file")
    plain = plain_of(edition)
    if payload.identity is not None:
        plain["edition"] |= payload.identity.model_dump(mode="json", exclude_unset=True)
    for name, text in (payload.summaries or {}).items():
        _member(plain["edition"]["provisions"], "id", name, "summaries")["summary"] = text.model_dump()
    for name, given in (payload.parameters or {}).items():
        _set_parameter(_member(plain["parameters"]["parameters"], "name", name, "parameters"), given)
    return edition_of(plain, "parameters" if payload.parameters else "identity")


def as_published(edition: Edition, *, document_number: str, issued_on: str, in_force_from: str, repeals: str) -> Edition:
    """The edition with its number and days, repealing the one before it."""
    plain = plain_of(edition)
    plain["edition"] |= {
        "document_number": document_number,
        "issued_on": issued_on,
        "in_force_from": in_force_from,
        "in_force_to": None,
        "repeals": [repeals],
        "repealed_by": None,
        "content_published": True,
    }
    return edition_of(plain, "draft")


def _set_parameter(plain: dict[str, Any], given: Any) -> None:
    said = given.model_dump(mode="json", exclude_unset=True)
    if said.get("values"):
        plain["values"] = {**plain["values"], **said["values"]}
    if "set_by_conference" in said:
        plain["status"] = "set" if said["set_by_conference"] else "not_set"
    for name in ("source", "effective_from"):
        if name in said:
            plain[name] = said[name]


def _member(members: list[dict[str, Any]], key: str, name: str, field: str) -> dict[str, Any]:
    found = next((one for one in members if one[key] == name), None)
    if found is None:
        raise Malformed([(field, f"unknown: {name}")])
    return found


def plain_of(edition: Edition) -> dict[str, Any]:
    """The four parts of an edition with the order of its procedure, as plain values."""
    plain: dict[str, Any] = json.loads(edition.canonical())
    return plain


def _from_file(text: str) -> Edition:
    try:
        return read_edition(text, "file")
    except EditionError as error:
        raise Malformed([("file", str(error))]) from None


def edition_of(plain: Mapping[str, Any], field: str) -> Edition:
    """The edition of these values, with a procedure that can be read. Raises Malformed at ``field``."""
    try:
        edition = Edition.from_canonical(json.dumps(plain).encode())
    except EditionError as error:
        raise Malformed([(field, str(error))]) from None
    try:
        procedure_of(edition)
    except ProcedureError as error:
        raise Malformed([(field, f"procedure: {error}")]) from None
    except (KeyError, TypeError, ValueError, AttributeError) as error:  # a shape that the table does not have
        raise Malformed([(field, f"procedure: {type(error).__name__} {error}")]) from None
    return edition

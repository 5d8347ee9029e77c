"""用语: one file for the page and for docs/glossary.md; one term means one thing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client

import dutygate
from dutygate.features.editions.glossary import as_markdown, sections
from dutygate.law.regulation.edition import package_editions
from tests.pages.signed_in import text

DOCS = Path(dutygate.__file__).parent.parent / "docs"
EDITION = package_editions()["arun_2024_15"]
TERMS = [term for section in sections() for term in section.terms]


@pytest.mark.law_only
def test_the_documentation_is_written_from_it():
    assert (DOCS / "glossary.md").read_text(encoding="utf-8") == as_markdown(), "python3 tools/glossary.py"


@pytest.mark.law_only
def test_a_term_and_its_identifier_stand_once():
    assert len({(term.name.zh, term.identifier) for term in TERMS}) == len(TERMS)
    identifiers = [term.identifier for term in TERMS]
    assert len(set(identifiers)) == len(identifiers)


@pytest.mark.law_only
def test_its_provisions_are_those_of_the_edition():
    for term in TERMS:
        assert all(one in EDITION.provisions for one in term.provisions)
        assert term.provisions or term.article in ("-", "all", "title")


@pytest.mark.law_only
def test_items_focus_points_and_seats_are_called_as_in_the_edition():
    by_identifier = {term.identifier: term for term in TERMS}
    for item in EDITION.items.values():
        assert by_identifier[f"item: {item.id}"].name.zh == item.label.zh
    for kind in ("seat", "authority"):
        wanted = {seat.id for seat in EDITION.seats.values() if seat.kind == kind}
        assert wanted == {
            n for t in TERMS if t.identifier.startswith(f"{kind}: ") for n in t.identifier.removeprefix(f"{kind}: ").split(" / ")
        }


@pytest.mark.law_only
def test_markdown_marks_identifiers_and_keeps_their_kind_outside():
    assert "| post `handler` / `signatory` |" in as_markdown()
    assert "| `Consultation` / `round` |" in as_markdown()


def test_the_page_shows_every_term_in_both_languages(db):
    zh = text(Client().get("/law/glossary/"))
    client = Client()
    client.cookies["django_language"] = "en"
    en = text(client.get("/law/glossary/"))
    for term in TERMS:
        assert term.name.zh in zh and term.identifier in zh and term.meaning.zh.split('"')[0] in zh
        assert term.name.zh in en and re.split("[\"']", term.meaning.en)[0] in en

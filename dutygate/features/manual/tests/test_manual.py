"""The manual is honest: what it tells to press is on the screen, what it links to is there, every role has its chapter."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.urls import get_resolver, resolve

import dutygate
from dutygate.features.editions.helping import topics
from dutygate.features.manual.book import ORDER, Chapter, chapters, own_chapters, plain
from dutygate.features.manual.markup import Words, every, words_of
from dutygate.features.manual.places import PLACES, place_of
from dutygate.features.manual.rendering import ENDING, refusal, size_of
from dutygate.law.procedure.table import procedure_of
from dutygate.law.regulation.edition import package_editions
from dutygate.law.rules.wording import catalogue

pytestmark = pytest.mark.law_only

PACKAGE = Path(dutygate.__file__).parent
PICTURES = PACKAGE / "features" / "manual" / "static" / "manual"
EDITION = package_editions()["arun_2024_15"]
CATALOGUES = sorted(PACKAGE.glob("*/*/locale/en/LC_MESSAGES/django.po"))
GUARDED = {"/manual/", "/manual/print/"}


def on_screen() -> set[str]:
    """Every text of the catalogues, and every name that the edition gives to what one can do, be in, choose or fill in."""
    found = {text for path in CATALOGUES for text in re.findall(r'^msgid "(.+)"$', path.read_text(encoding="utf-8"), re.MULTILINE)}
    named = EDITION.procedure
    for part in ("actions", "offices", "report_actions"):
        found |= {str(entry["zh"]) for entry in named[part] if "zh" in entry}
    for part in ("states", "kinds", "report_states"):
        found |= {str(label["zh"]) for label in named[part].values()}
    found |= {label.zh for label in procedure_of(EDITION).labels.values()}
    return found | {item.label.zh for item in EDITION.all_items.values()}


KNOWN = on_screen()


def pieces(chapter: Chapter, kind: str) -> list[Words]:
    return [piece for piece in words_of(chapter.body) if piece.kind == kind]


def anchors() -> set[str]:
    return {f"{chapter.id}#{section.anchor}" for chapter in chapters().values() for section in chapter.sections}


@pytest.mark.parametrize("name", ORDER)
def test_every_label_is_on_the_screen(name: str) -> None:
    strange = sorted({piece.text for piece in pieces(chapters()[name], "label")} - KNOWN)
    assert not strange


def test_a_label_that_nothing_says_would_be_found() -> None:
    assert "确定" not in KNOWN and "提交答复" in KNOWN and "答复征求意见" in KNOWN


@pytest.mark.parametrize("name", ORDER)
def test_every_link_leads_somewhere(name: str) -> None:
    known, helped = anchors() | set(ORDER), topics("zh")
    for piece in pieces(chapters()[name], "link"):
        if piece.target.startswith("help:"):
            assert piece.target.removeprefix("help:") in helped, piece.target
        elif piece.target.startswith("/"):
            resolve(piece.target)
        else:
            assert (f"{name}{piece.target}" if piece.target.startswith("#") else piece.target) in known, piece.target


@pytest.mark.parametrize("name", ORDER)
def test_every_article_and_every_refusal_is_one(name: str) -> None:
    chapter = chapters()[name]
    assert {piece.text for piece in pieces(chapter, "cite")} <= set(EDITION.provisions)
    said = [block for block in every(chapter.body) if block.kind == "refusal"]
    assert {block.name for block in said} <= set(catalogue("zh").findings)
    for block in said:
        assert block.about in said_under(block.name), block.name


def said_under(code: str) -> set[str]:
    """The provisions that stand with a finding's code in the rules; those of its module where they are computed."""
    texts = [path.read_text(encoding="utf-8") for path in (PACKAGE / "law" / "rules").glob("*.py")]
    beside = {provision for text in texts for provision in re.findall(rf'"{code}", "([\d.]+)"', text)}
    return beside or {cited for text in texts if f'"{code}"' in text for cited in re.findall(r'"(\d(?:\.\d)?)"', text)}


def test_the_provision_of_a_refusal_is_found() -> None:
    assert said_under("excluded_power") == {"1"} and said_under("nobody_says_this") == set()


@pytest.mark.parametrize("name", ORDER)
def test_every_command_is_one(name: str) -> None:
    commands = {path.stem for path in (PACKAGE / "config" / "commands").glob("*.py")}
    for piece in pieces(chapters()[name], "typed"):
        assert piece.text.startswith("dutygate ")
        assert "_".join(piece.text.split()[1:3]).replace("-", "_") in commands, piece.text


def test_a_refusal_names_nobody_and_leaves_no_gap() -> None:
    for chapter in chapters().values():
        for block in every(chapter.body):
            if block.kind == "refusal":
                assert not re.search(r"[{}]", "".join(refusal(block.name))), block.name


def test_every_picture_is_there_small_and_told_in_words() -> None:
    shown = [block for chapter in chapters().values() for block in every(chapter.body) if block.kind == "picture"]
    files = {path.name.removesuffix(ENDING): path.stat().st_size for path in PICTURES.glob(f"*{ENDING}")}
    assert {block.name for block in shown} == set(files), "run make manual"
    assert all(len(block.about) >= 8 for block in shown)
    assert all(size_of(name)[0] >= 300 and size_of(name)[1] >= 200 for name in files)
    assert max(files.values()) <= 60_000 and sum(files.values()) <= 1_500_000


def test_every_role_has_its_chapter() -> None:
    """Every kind of post and unit that the demo has, and every seat of the conference."""
    told = {
        ("handler", "department", frozenset()): ("department",),
        ("signatory", "township", frozenset()): ("township",),
        ("handler", "department", frozenset({"lead"})): ("lead", "department"),
        ("handler", "department", frozenset({"legal"})): ("seats", "department"),
        ("handler", "department", frozenset({"services"})): ("seats", "department"),
        ("handler", "department", frozenset({"member"})): ("seats", "department"),
        ("handler", "authority_office", frozenset()): ("banner",),
        ("handler", "oversight", frozenset()): ("oversight",),
        ("handler", "city_guidance", frozenset()): ("city",),
        ("system_admin", "department", frozenset()): ("administrators",),
        ("security_admin", "department", frozenset()): ("administrators",),
        ("audit_admin", "department", frozenset()): ("audit",),
    }
    assert {given: own_chapters(*given) for given in told} == told
    assert {name for names in told.values() for name in names} | {"public"} <= set(ORDER)


def test_chapters_are_short_and_each_says_something() -> None:
    for chapter in chapters().values():
        assert len(chapter.sections) >= 3 or chapter.id in ("refused",), chapter.id
        assert len(plain(chapter.body[0].words)) <= 160, chapter.id
        assert len({section.anchor for section in chapter.sections}) == len(chapter.sections), chapter.id


def test_every_page_that_has_a_place_exists_and_so_does_the_place() -> None:
    routes = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    assert {name.partition(":")[0] for name in PLACES} <= routes
    assert set(PLACES.values()) <= anchors()


def test_a_form_or_a_tab_has_its_own_place_or_that_of_its_page() -> None:
    assert place_of("case_act", {"number": "1", "action": "consultation.reply"}) == "township#reply"
    assert place_of("case_tab", {"number": "1", "tab": "opinions"}) == PLACES["case_tab"]
    assert place_of("case_act", {"number": "1", "action": "case.mark_read"}) == "" and place_of("nothing", {}) == ""


def test_only_named_parts_stand_behind_a_colon() -> None:
    known = set(procedure_of(EDITION).names())
    assert {name.split(":")[1] for name in PLACES if name.startswith("case_act:")} <= known

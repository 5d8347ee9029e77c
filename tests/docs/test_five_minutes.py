"""The tours speak of what is on the screen: every label in bold is one, and both languages walk the same steps."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import dutygate
from dutygate.law.procedure.table import procedure_of
from dutygate.law.regulation.edition import package_editions

pytestmark = pytest.mark.law_only

ROOT = Path(dutygate.__file__).parent.parent
TOURS = ("department", "township", "lead")
EDITION = package_editions()["arun_2024_15"]
CATALOGUES = sorted(ROOT.glob("dutygate/*/*/locale/en/LC_MESSAGES/django.po"))
MADE = {"今天到期": "今天到期", "条件 1": "条件 %(number)s", "行政许可（不能准入）": "行政许可"}
"""Labels that are put together: what they are put together from."""


def on_screen() -> set[str]:
    """Every text of the catalogues, and every name that the procedure and the edition give."""
    found = {text for path in CATALOGUES for text in re.findall(r'^msgid "(.+)"$', path.read_text(encoding="utf-8"), re.MULTILINE)}
    found |= {label.zh for label in procedure_of(EDITION).labels.values()} | {"English"}
    return found | {one.label.zh for one in EDITION.exclusions.classes.values()}


def tour(folder: str, name: str) -> str:
    return (ROOT / "docs" / folder / f"five-minutes-{name}.md").read_text(encoding="utf-8")


def labels(text: str) -> list[str]:
    return re.findall(r"\*\*(.+?)\*\*", text)


@pytest.mark.parametrize("name", TOURS)
@pytest.mark.parametrize("folder", ["tutorial", "manual"])
def test_every_label_in_bold_is_on_the_screen(folder: str, name: str) -> None:
    known = on_screen()
    strange = [label for label in labels(tour(folder, name)) if MADE.get(label, label) not in known]
    assert not strange


@pytest.mark.parametrize("name", TOURS)
def test_both_languages_walk_the_same_steps_past_the_same_labels(name: str) -> None:
    english, chinese = tour("tutorial", name), tour("manual", name)
    assert len(re.findall(r"^\d\. ", english, re.MULTILINE)) == len(re.findall(r"^\d\. ", chinese, re.MULTILINE))
    steps = [re.split(r"^\d\. ", text, flags=re.MULTILINE)[1:] for text in (english, chinese)]
    for number, (one, other) in enumerate(zip(*steps, strict=True), start=1):
        assert set(labels(one)) - {"English"} == set(labels(other)), number


@pytest.mark.parametrize("name", TOURS)
def test_who_logs_in_is_somebody_of_the_demo(name: str) -> None:
    people = (ROOT / "dutygate" / "config" / "demo").rglob("*")
    known = "\n".join(path.read_text(encoding="utf-8") for path in people if path.suffix in (".py", ".yaml"))
    for folder in ("tutorial", "manual"):
        (user,) = set(re.findall(r"Yanshi-(\w+)-2026", tour(folder, name)))
        assert re.search(rf"\b{user}\b", known) and f"`{user}`" in tour(folder, name)

"""1, 7: the new-case form says live what its wording makes one think of, why, and what to do; a word alone stops nothing."""

from __future__ import annotations

from html import unescape
from typing import Any

from dutygate.features.cases.models import Case
from dutygate.features.cases.opening import hints_in
from dutygate.law.regulation.edition import package_editions
from tests.pages.signed_in import browser_of, send, text

NEW = "/cases/new/"
EDITION = package_editions()["arun_2024_15"]
OPEN = {
    "title": "道路运输证换发材料代收",
    "track": "regular",
    "declared_class": "public_service",
    "handles_emergency": "no",
    "mode": "assign",
    "necessity": "群众去旗里太远",
}


def _checked(world: Any, **typed: str) -> str:
    return unescape(text(send(browser_of(world.people["forestry"]), NEW, intent="check", **{**OPEN, **typed})))


def test_a_hint_says_the_words_the_article_the_reason_and_what_to_do(world: Any) -> None:
    said = _checked(world)
    assert "疑似行政许可 “运输证换发”" in said and 'href="/law/1/"' in said
    assert "准许从事某种活动的证件" in said
    assert "由您判断；不影响提交" in said and "请在名称里写明是哪一步" in said


def test_an_emergency_has_its_own_road(world: Any) -> None:
    said = _checked(world, title="汛期险情处置")
    assert "疑似突发、紧急事件处置 “险情处置”" in said and 'href="/law/7/"' in said and "请按应急预案办理" in said


def test_ordinary_work_has_no_hint(world: Any) -> None:
    assert "用语提示" not in _checked(world, title="林草防火宣传")


def test_the_reason_why_the_township_is_looked_at_too(world: Any) -> None:
    assert "“没收”" in _checked(world, title="林草防火宣传", necessity="乡镇发现火种可以当场没收")


def test_a_hint_stops_nothing(world: Any) -> None:
    done = send(browser_of(world.people["forestry"]), NEW, **OPEN)
    assert done.status_code == 302 and Case.objects.get().title == OPEN["title"]


def test_each_kind_stands_once_with_all_its_words() -> None:
    (licence, coercion) = hints_in(EDITION, "许可证核发、执业注册、许可证核发、查封", "zh")
    assert licence["words"] == "“许可证”“核发”“执业注册”"
    assert len(licence["reasons"]) == 2 and coercion == {**coercion, "words": "“查封”", "reasons": []}


def test_in_english(world: Any) -> None:
    client = browser_of(world.people["forestry"])
    client.cookies["django_language"] = "en"
    said = unescape(text(send(client, NEW, intent="check", **OPEN)))
    assert "May be an administrative licence" in said and "is to handle a licence" in said and "say in the title which step" in said

"""各版本、草案、差异 on pages (preamble, Article 11): drafted by the lead, compared in words, checked, published, read by all."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dutygate.law.regulation.edition import edition_text, package_editions, read_edition
from tests.editions import NAME, act, check, checked_draft, draft, published, row, tomorrow
from tests.journey import Journey
from tests.pages.signed_in import browser_of, form_of, press, text
from tests.world import World

PRESENT = package_editions()["arun_2024_15"]
Start = Callable[..., Journey]


def plain(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.split('id="content"')[1]))


def english(client: Client) -> Client:
    client.cookies["django_language"] = "en"
    return client


def begun(world: World) -> tuple[Client, str]:
    """The lead at the screen, with a new draft; where it stands."""
    lead = browser_of(world.people["lead"])
    made = press(lead, "/law/drafts/new/", name=NAME)
    assert made.status_code == 302
    return lead, made.headers["Location"]


def test_the_lead_drafts_changes_compares_and_publishes_it_in_the_browser(world: World) -> None:
    lead, where = begun(world)
    for part, typed in (
        ("identity", {"title_zh": "阿荣旗乡镇职责准入管理办法", "title_en": "Arun Banner Measures"}),
        ("summaries", {"s0_zh": "新的序言要点。"}),
        ("parameters", {"p0_v_regular": "15", "p0_set": "on", "p0_since": str(world.today)}),
    ):
        assert press(lead, f"{where}{part}/", **typed).headers["Location"] == where
    page = text(lead.get(where))
    assert "还没有检查" in page and "检查通过以后才能发布" in page
    difference = re.search(r'href="(/law/editions/difference/[^"]+)"', page)
    assert difference
    shown = text(lead.get(difference[1].replace("&amp;", "&")))
    assert "<ins>" in shown and "<del>" in shown
    said = plain(shown)
    for words in ("新的序言要点。", "常态化 15 个工作日", "常态化 10 个工作日", "阿荣旗乡镇职责准入管理办法（试行）", "联席会议已规定"):
        assert words in said, words
    assert re.search(r"新增 0 处，删去 0 处，修改 3 处", said)
    found = row("EditionDraft")
    check(world, found)
    made = press(lead, f"{where}publish/", document_number="阿党办发〔2027〕1号", dated_on=str(world.today), in_force_from=str(world.today))
    assert made.headers["Location"] == f"/law/editions/{NAME}/"
    for client in (lead, Client(), browser_of(world.people["naji"])):
        assert "阿党办发〔2027〕1号" in text(client.get("/law/")) and "新的序言要点。" in text(client.get("/law/preamble/"))
        assert "现行有效" in plain(text(client.get(f"/law/editions/{NAME}/")))
        assert "已废止" in plain(text(client.get(f"/law/editions/{PRESENT.id}/")))


def test_a_form_that_changes_nothing_enters_nothing(world: World) -> None:
    lead, where = begun(world)
    for part in ("identity", "summaries", "parameters"):
        assert press(lead, f"{where}{part}/").headers["Location"] == where
    assert row("EditionDraft").version == 1


def test_what_is_wrong_is_said_at_its_field(world: World) -> None:
    lead, where = begun(world)
    for part, typed, said in (
        ("identity", {"interpreter_en": ""}, "中文和英文都要写"),
        ("parameters", {"p0_set": "on"}, "要写从哪一天起用"),
        ("summaries", {"s3_zh": ""}, "第三条 中文要点"),
        ("file", {"file": ""}, "请选一个文件"),
        ("file", {"file": "edition: {}"}, "title"),
    ):
        answer = press(lead, f"{where}{part}/", **typed)
        assert answer.status_code == 422 and said in text(answer), (part, typed)
    taken = press(lead, "/law/drafts/new/", name=PRESENT.id)
    assert taken.status_code == 422 and "已经有了" in text(taken)
    assert press(lead, "/law/drafts/new/", name="Arun 2027").status_code == 422


def test_a_file_is_downloaded_changed_and_brought_back(world: World) -> None:
    lead, where = begun(world)
    page = text(lead.get(f"{where}file/"))
    assert 'enctype="multipart/form-data"' in page
    href = re.search(r'href="(/law/editions/draft-\d+/file/)"', page)
    assert href
    answer = lead.get(href[1])
    assert "attachment" in answer.headers["Content-Disposition"]
    assert read_edition(text(answer), "f").id == NAME
    changed = text(answer).replace("judged_by_townships: false", "judged_by_townships: true")
    brought = SimpleUploadedFile("edition.yaml", changed.encode(), "application/yaml")
    assert press(lead, f"{where}file/", edition_file=brought, file="").headers["Location"] == where
    assert "乡镇据以表态" in plain(text(lead.get(f"/law/editions/difference/?old={PRESENT.id}&new=draft-{row('EditionDraft').id}")))
    not_text = SimpleUploadedFile("edition.yaml", b"\xff\xfe\x00", "application/yaml")
    assert press(lead, f"{where}file/", edition_file=not_text, file="").status_code == 422


def test_a_check_is_asked_for_and_its_findings_are_shown_in_words(world: World) -> None:
    lead, where = begun(world)
    assert lead.post(f"{where}check/", {"whole": "yes"}).headers["Location"] == where
    assert "已经发起，等着检查" in text(lead.get(where)) and "走遍全部情形" not in text(lead.get(where))
    lead.post(f"{where}check/")
    checks = apps.get_model("editions", "DraftCheck")._default_manager
    assert checks.count() == 1 and checks.get().whole
    checks.update(state="broken")
    assert "中断了" in text(lead.get(where))
    checks.update(state="done")
    check(world, row("EditionDraft"), {"name": "actions_missing", "provision": "4", "where": "law.ask"})
    page = plain(text(lead.get(where)))
    assert "缺动作： law.ask" in page and "检查没有通过" in page
    refused = press(lead, f"{where}publish/", document_number="1号", dated_on=str(world.today), in_force_from=str(world.today))
    assert refused.status_code == 422 and "草案没有通过检查" in text(refused)


def test_publishing_says_at_its_field_what_is_missing(world: World) -> None:
    found = checked_draft(world)
    lead = browser_of(world.people["lead"])
    page = press(lead, f"/law/drafts/{found.id}/publish/")
    assert page.status_code == 422 and text(page).count('class="finding"') >= 3
    early = press(lead, f"/law/drafts/{found.id}/publish/", document_number="1号", dated_on="2024-06-05", in_force_from="2024-06-05")
    assert early.status_code == 422 and "要从更晚的一天起施行" in text(early)


def test_what_was_published_is_not_changed_any_more(world: World) -> None:
    published(world)
    lead, where = browser_of(world.people["lead"]), f"/law/drafts/{row('EditionDraft').id}/"
    assert lead.get(f"{where}identity/").headers["Location"] == where
    assert lead.get(f"{where}publish/").headers["Location"] == f"/law/editions/{NAME}/"
    page = text(lead.get(where))
    assert "已经发布，不能再改" in page and "改草案" not in page and f'href="/law/editions/{NAME}/"' in page


def test_a_stale_draft_is_told_and_nothing_typed_is_lost(world: World) -> None:
    lead, where = begun(world)
    page = lead.get(f"{where}identity/")
    act(world, "lead2", "edition.draft", draft=str(row("EditionDraft").id), identity={"note": {"zh": "改了", "en": "changed"}})
    late = press(lead, f"{where}identity/", page, title_zh="晚到的名称")
    assert late.status_code == 409 and "晚到的名称" in text(late)


def test_a_draft_is_for_the_conference_and_the_city_and_changed_by_the_lead_alone(world: World) -> None:
    found = draft(world)
    where = f"/law/drafts/{found.id}/"
    for who, status in (
        ("lead", 200),
        ("legal", 200),
        ("services", 200),
        ("city", 200),
        ("forestry", 404),
        ("naji", 404),
        ("audit_admin", 404),
    ):
        client = browser_of(world.people[who])
        assert client.get(where).status_code == status, who
        assert client.get(f"/law/editions/draft-{found.id}/file/").status_code == status, who
        assert (NAME in text(client.get("/law/editions/"))) == (status == 200), who
    for path in (f"{where}identity/", f"{where}file/", f"{where}publish/", "/law/drafts/new/"):
        assert browser_of(world.people["legal"]).get(path).status_code == 403, path
        assert Client().get(path).status_code == 302, path
    assert browser_of(world.people["legal"]).post(f"{where}check/").status_code == 403
    assert browser_of(world.people["lead"]).get(f"{where}check/").status_code == 405
    assert Client().get(f"/law/editions/draft-{found.id}/file/").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/law/editions/none/",
        "/law/editions/draft-1/",
        "/law/editions/draft-x/file/",
        "/law/editions/difference/?old=none",
        "/law/drafts/5/",
    ],
)
def test_what_is_no_edition_is_not_there(world: World, path: str) -> None:
    assert browser_of(world.people["lead"]).get(path).status_code == 404


def test_every_edition_has_its_page_and_the_repealed_one_of_2023_too(world: World) -> None:
    published(world, tomorrow(world))
    page = plain(text(Client().get("/law/editions/")))
    assert page.index("阿党办发〔2027〕1号") < page.index("阿党办发〔2024〕15号") < page.index("阿党办发〔2023〕18号")
    assert "尚未施行" in page and "现行有效" in page and "已废止" in page
    for key in (NAME, PRESENT.id, "arun_2023_18"):
        assert Client().get(f"/law/editions/{key}/").status_code == 200
    assert read_edition(text(Client().get(f"/law/editions/{PRESENT.id}/file/")), "f").digest == PRESENT.digest


def test_without_a_change_it_says_that_there_is_none(world: World) -> None:
    assert "两个版本没有差异" in text(Client().get(f"/law/editions/difference/?old={PRESENT.id}&new={PRESENT.id}"))


def test_a_row_of_the_procedure_is_compared_in_words(world: World) -> None:
    found = draft(world)
    changed = re.sub(r"\n *- temporary_has_end(?=\n)", "", edition_text(PRESENT), count=1)
    assert changed != edition_text(PRESENT)
    act(world, "lead", "edition.draft", draft=str(found.id), file=changed)
    page = plain(text(browser_of(world.people["lead"]).get(f"/law/editions/difference/?old={PRESENT.id}&new=draft-{found.id}")))
    assert "办件的动作" in page and "提交书面申请" in page and "阶段性、临时性任务要有明确的截止日期。" in page and "项不变" in page


@pytest.mark.parametrize("path", ["/law/editions/", f"/law/editions/{PRESENT.id}/", "/law/editions/difference/", "/law/drafts/{draft}/"])
def test_english_pages_say_nothing_in_chinese_but_names(world: World, path: str) -> None:
    found = draft(world, summaries={"5": {"zh": "改了。", "en": "Changed."}})
    page = text(english(browser_of(world.people["lead"])).get(path.format(draft=found.id)))
    body = re.sub(r' lang="zh-Hans"[^>]*>.*?</', "", page.split('id="content"')[1], flags=re.DOTALL)
    for own in ("阿党办发〔2024〕15号", "阿党办发〔2023〕18号", "三定", "（草案，文号待定）", "阿荣旗"):
        body = body.replace(own, "")
    assert not re.findall(r"[\u3000-\u9fff\uff00-\uffef]+", body)


def test_they_cost_the_same_however_many_there_are(world: World, journey: Start) -> None:
    client = browser_of(world.people["lead"])
    paths = ("/law/editions/", f"/law/editions/{PRESENT.id}/", "/law/editions/difference/", "/law/5/", "/law/questions/")

    def queries() -> dict[str, int]:
        found = {}
        for path in paths:
            client.get(path)
            with CaptureQueriesContext(connection) as seen:
                assert client.get(path).status_code == 200
            found[path] = len(seen)
        return found

    act(world, "naji", "law.ask", provision="5", question="“技术力量”是否包括设备？")
    few = queries()
    for number in range(3):
        draft(world, f"arun_2028_{number}")
        journey().up_to("drafting")
        act(world, "liuhe", "law.ask", provision="5", question="“技术力量”是否包括设备？")
    assert queries() == few
    assert max(few.values()) <= 16, few


def test_forms_have_what_the_draft_holds(world: World) -> None:
    lead, where = begun(world)
    fields: dict[str, Any] = form_of(lead.get(f"{where}identity/"))
    assert fields["title_zh"] == [PRESENT.title.zh] and fields["in_force_from"] == [str(world.today)]
    assert form_of(lead.get(f"{where}parameters/"))["p0_v_regular"] == ["10"]

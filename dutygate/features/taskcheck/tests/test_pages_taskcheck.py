"""第七条 at the screen: one box, one date, one button; two answers; what is kept, by whom it is seen, and what leaves no trace."""

from __future__ import annotations

import io
import re
from html import unescape
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dutygate.base.documents.tests.samples import pdf
from dutygate.features.taskcheck.models import Deployment, KeptCheck
from dutygate.features.taskcheck.tests.conftest import deployed
from tests.pages.signed_in import browser_of, hidden, send, text
from tests.rows import rows
from tests.world import World

pytestmark = pytest.mark.django_db
NOTICE = "关于做好犬只登记管理工作的通知\n请各乡镇组织登记，签订目标责任书，年底对各乡镇进行考核验收。\n阿荣旗农牧局"


def ask(client: Client, said: str, world: World, **more: Any) -> Any:
    return client.post("/check/", {"text": said, "paper_on": str(world.today), "sender": "", **more})


def step_of(page: Any, where: str) -> dict[str, str]:
    """The hidden fields of the form that leads there."""
    found = re.search(rf'<form method="post" action="{re.escape(where)}">(.*?)</form>', text(page), re.DOTALL)
    assert found, where
    pairs = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', found[1])
    return {name: unescape(value) for name, value in pairs if name != "csrfmiddlewaretoken"}


def test_two_answers_and_no_trace(listed: World) -> None:
    client = browser_of(listed.people["naji"])
    assert "核对的内容不保存" in text(client.get("/check/"))
    before = rows("register.Entry").count()
    with CaptureQueriesContext(connection) as caught:
        page = ask(client, NOTICE, listed)
    said = text(page)
    assert page.status_code == 200 and "不在清单上" in said and "有不得采取的形式" in said
    assert re.search(r"<mark>签订目标责任书<span[^>]*>\[签订责任状\]</span></mark>", said)
    assert "请照清单写的分工办" in text(ask(client, "关于开展秸秆禁烧巡查工作的通知", listed))
    assert "没有看出不得采取的形式" in text(ask(client, "犬只登记", listed))
    assert rows("register.Entry").count() == before and not KeptCheck.objects.exists()
    written = [query["sql"] for query in caught if re.match(r"\s*(INSERT|UPDATE|DELETE)", query["sql"], re.IGNORECASE)]
    assert not [sql for sql in written if "犬只" in sql], "nothing of what was asked is written anywhere"


def test_nothing_or_a_day_to_come_is_said_at_its_field(listed: World) -> None:
    client = browser_of(listed.people["naji"])
    empty, tomorrow = ask(client, " ", listed), ask(client, "犬只登记", listed, paper_on="2999-01-01")
    assert empty.status_code == tomorrow.status_code == 422
    assert "请写任务的标题或者内容" in text(empty) and "来文日期还没有到" in text(tomorrow) and "犬只登记" in text(tomorrow)


def _docx(*lines: str) -> bytes:
    document, into = docx.Document(), io.BytesIO()
    for line in lines:
        document.add_paragraph(line)
    document.save(into)
    return into.getvalue()


def test_a_word_file_is_read_and_a_scan_says_so(listed: World) -> None:
    client = browser_of(listed.people["naji"])
    file = SimpleUploadedFile("通知.docx", _docx("关于做好城乡居民养老保险参保登记工作的通知", "签订责任状。"))
    page = text(ask(client, "", listed, file=file))
    assert "城乡居民基本养老保险参保登记" in page and "<mark>责任状" in page
    scan = ask(client, "", listed, file=SimpleUploadedFile("扫描.pdf", pdf()))
    assert scan.status_code == 422 and "可能是扫描的图片" in text(scan)
    other = ask(client, "", listed, file=SimpleUploadedFile("通知.docx", b"MZ\x90"))
    assert other.status_code == 422 and not rows("documents.StoredFile").filter(name__contains="通知").exists()


def test_a_check_is_kept_when_somebody_says_so_and_seen_by_unit_and_lead(listed: World) -> None:
    naji = browser_of(listed.people["naji"])
    fields = step_of(ask(naji, NOTICE, listed, sender="旗农牧局"), "/check/keep/")
    done = naji.post("/check/keep/", {**fields, "note": "已电话告知"})
    row = KeptCheck.objects.get()
    assert (done.status_code, done.headers["Location"]) == (302, f"/check/kept/{row.id}/")
    assert (row.title, row.standing, row.note) == ("关于做好犬只登记管理工作的通知", "not_on_list", "已电话告知")
    assert {one["form"] for one in row.forms} == {"responsibility_letter", "assessment", "unadmitted", "in_name_of"}
    naji.post("/check/keep/", {**fields, "note": "已电话告知"})
    assert KeptCheck.objects.count() == 1, "the same button twice is one check"
    for who, status in (("naji", 200), ("lead", 200), ("liuhe", 404), ("agriculture", 404), ("city", 404)):
        client = browser_of(listed.people[who])
        assert client.get(f"/check/kept/{row.id}/").status_code == status, who
        assert ("犬只登记管理" in text(client.get("/check/kept/"))) == (status == 200), who
    assert browser_of(listed.people["system_admin"]).get("/check/").status_code == 404


def test_the_lead_registers_a_deployment_and_withdraws_it(listed: World) -> None:
    lead = browser_of(listed.people["lead"])
    given = {"issuer": "both", "title": "关于开展村庄清洁行动的通知", "dated_on": "2026-01-05", "from_on": "2026-01-05", "until": ""}
    back = send(lead, "/check/deployments/register/", document_number="", **given)
    assert back.status_code == 422 and "没有写明文号" in text(back)
    done = send(lead, "/check/deployments/register/", document_number="阿党办发〔2026〕3号", **given)
    row = Deployment.objects.get()
    assert done.headers["Location"] == f"/check/deployments/{row.id}/"
    naji = browser_of(listed.people["naji"])
    assert "关于开展村庄清洁行动的通知" in text(naji.get("/check/deployments/"))
    assert "撤销登记" not in text(naji.get(f"/check/deployments/{row.id}/"))
    assert naji.get("/check/deployments/register/").status_code == 403
    where = f"/check/deployments/{row.id}/withdraw/"
    assert "没有写明理由" in text(send(lead, where, reason=""))
    assert send(lead, where, reason="登记有误").status_code == 302
    assert "登记已经撤销" in text(naji.get(f"/check/deployments/{row.id}/"))
    assert hidden(lead.get(where)) and send(lead, where, reason="再撤一次").status_code == 422


def test_lists_of_kept_checks_and_deployments_ask_no_more_when_they_grow(listed: World) -> None:
    naji = browser_of(listed.people["naji"])

    def statements(path: str) -> int:
        naji.get(path)
        with CaptureQueriesContext(connection) as caught:
            naji.get(path)
        return len(caught)

    def more(count: int) -> None:
        for n in range(count):
            deployed(listed, document_number=f"阿政办发〔2026〕{20 + n + 10 * count}号")
            fields = step_of(ask(naji, f"犬只登记{n}", listed), "/check/keep/")
            naji.post("/check/keep/", fields)

    more(1)
    few = [statements(path) for path in ("/check/kept/", "/check/deployments/")]
    more(4)
    assert [statements(path) for path in ("/check/kept/", "/check/deployments/")] == few

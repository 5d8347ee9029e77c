"""第五条 in the browser: the ledger, a delivery to several townships, the sheet of a year, a dispute and how it is settled."""

from __future__ import annotations

import pytest

from dutygate.features.support.tests.conftest import Ledger
from tests.pages.signed_in import browser_of, press, text
from tests.rows import rows

pytestmark = [pytest.mark.django_db, pytest.mark.page]


def test_from_promise_to_dispute_and_settlement(ledger: Ledger) -> None:
    people = ledger.world.people
    forestry, naji, lead = browser_of(people["forestry"]), browser_of(people["naji"]), browser_of(people["lead"])
    desk = text(forestry.get("/"))
    assert f'href="/support/{ledger.pledge}/do/support.deliver/"' in desk and "林草防火宣传" in desk
    address = f"/support/{ledger.pledge}/do/support.deliver/"
    came = press(forestry, address, delivered_on="2026-03-02", what="王工", voucher_number="")
    assert came.status_code == 422 and "没有写明凭证号" in text(came)
    came = press(forestry, address, delivered_on="2026-03-02", what="指定王工", voucher_number="拨〔2026〕7号")
    assert came.status_code == 302 and came.headers["Location"] == f"/support/{ledger.pledge}/"
    said = text(lead.get("/support/"))
    assert said.count("60,000.00") >= 4 and "已兑现，待确认" in said

    sheet = "/support/sheets/150721.naji/2026/"
    assert f'href="{sheet}"' in text(naji.get("/support/"))
    money = rows("support.Delivery", commitment__township=ledger.world.unit_id("naji"), commitment__measure="fen").get()
    page = naji.get(sheet)
    assert "拨〔2026〕7号" in text(page) and "20,000.00 元" in text(page) and "六合镇" not in text(page)
    came = press(naji, sheet, page, **{f"answer_{money.id}": "part", f"received_{money.id}": "12000", f"reason_{money.id}": ""})
    assert came.status_code == 422 and "没有写明理由" in text(came)
    came = press(naji, sheet, came, **{f"answer_{money.id}": "part", f"received_{money.id}": "12000", f"reason_{money.id}": "少到八千"})
    assert came.status_code == 302
    money.refresh_from_db()
    assert (money.confirmed, money.disputed) == (1_200_000, 800_000)

    assert "现在没有要答的" in text(naji.get(sheet))
    where = f"/support/{ledger.ref('naji').replace('.', '/')}/"
    assert "少到八千" in text(naji.get(where)) and "有异议" in text(naji.get(where))
    address = f"/support/{ledger.pledge}/do/support.settle/"
    assert f'href="{address}"' in text(lead.get("/"))
    page = lead.get(address)
    assert "少到八千" in text(page)
    came = press(lead, address, page, **{f"came_{money.id}": "3000", "reason": ""})
    assert came.status_code == 422 and "核定没有写明理由" in text(came)
    assert press(lead, address, came, **{f"came_{money.id}": "3000", "reason": "按银行回单"}).status_code == 302
    assert ledger.row(ledger.ref("naji")).confirmed == 1_500_000
    assert "到了 3,000.00 元，没有到 5,000.00 元" in text(naji.get(where))


def test_what_may_not_be_seen_does_not_exist(ledger: Ledger) -> None:
    outsider, liuhe = (browser_of(ledger.world.people[name]) for name in ("outsider", "liuhe"))
    where = f"/support/{ledger.ref('naji').replace('.', '/')}/"
    for person in ("outsider", "liuhe", "agriculture", "legal", "system_admin"):
        assert browser_of(ledger.world.people[person]).get(where).status_code == 404, person
    assert browser_of(ledger.world.people["city"]).get(where).status_code == 200
    assert "台账上还没有承诺" in text(outsider.get("/support/"))
    assert "那吉镇" not in text(liuhe.get("/support/")).partition("每一笔")[2]
    assert outsider.get(f"/support/{ledger.pledge}/").status_code == 404
    assert liuhe.get(f"/support/{ledger.pledge}/do/support.deliver/").status_code == 403
    assert liuhe.get("/support/sheets/150721.naji/2026/").status_code == 403


def test_the_page_of_a_duty_shows_what_came(ledger: Ledger) -> None:
    ledger.deliver((ledger.ref("naji"), 500_000))
    said = text(browser_of(ledger.world.people["naji"]).get(f"/duties/{ledger.duty}/"))
    assert "给了没有" in said and "5,000.00 元" in said
    assert "给了没有" not in text(browser_of(ledger.world.people["outsider"]).get(f"/duties/{ledger.duty}/"))


def test_the_export_holds_the_same_lines(ledger: Ledger) -> None:
    import io

    from python_calamine import CalamineWorkbook

    came = browser_of(ledger.world.people["lead"]).get("/support/export.xlsx?by=township&kind=funding")
    book = CalamineWorkbook.from_filelike(io.BytesIO(came.content))
    sums, lines = (book.get_sheet_by_name(name).to_python() for name in book.sheet_names)
    assert [row[:2] for row in sums[3:]] == [
        ["那吉镇", "20,000.00"], ["六合镇", "20,000.00"], ["亚东镇", "20,000.00"], ["合计", "60,000.00"]
    ]  # fmt: skip
    assert len(lines) == 3 + 3

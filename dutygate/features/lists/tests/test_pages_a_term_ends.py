"""第四条（四）: the end of a term in the browser: on the desk, on the duty's page, its notice and its receipt."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dutygate.features.lists.models import Expiry, ExpiryReceipt
from tests.journey import Journey, ended
from tests.pages.signed_in import browser_of, form_of, press, text

pytestmark = pytest.mark.django_db
Start = Callable[..., Journey]
PAGE = "/duties/150721-D-0001/"


def test_the_lead_finds_it_on_the_desk_and_tells_everybody(journey: Start) -> None:
    case = ended(journey())
    lead = browser_of(case.people["lead"])
    desk = text(lead.get("/"))
    assert "林草防火宣传" in desk and f'href="{PAGE}do/duty.notify_end/"' in desk
    said = text(lead.get(PAGE))
    assert "已经到期" in said and "牵头单位还没有书面告知" in said and f'href="{PAGE}do/duty.notify_end/"' in said
    address = f"{PAGE}do/duty.notify_end/"
    page = lead.get(address)
    assert "期限不自动延续" in text(page) and "那吉镇" in text(page) and "阿荣旗林业和草原局" in text(page)
    came = press(lead, address, page, document_number="阿编〔2027〕3号")
    assert came.status_code == 302 and came.headers["Location"] == PAGE
    assert Expiry.objects.get().document_number == "阿编〔2027〕3号"
    said = text(lead.get(PAGE))
    assert "阿编〔2027〕3号" in said and said.count("还没有签收") == 6


def test_a_township_acknowledges_with_one_click(journey: Start) -> None:
    case = ended(journey())
    lead, naji = browser_of(case.people["lead"]), browser_of(case.people["naji"])
    assert naji.get(f"{PAGE}do/duty.acknowledge_end/").status_code == 403
    address = f"{PAGE}do/duty.notify_end/"
    press(lead, address, document_number="阿编〔2027〕3号")
    receipts = text(naji.get("/desk/receipts/"))
    address = f"{PAGE}do/duty.acknowledge_end/"
    assert f'href="{address}"' in receipts
    assert f'href="{address}"' in text(naji.get(PAGE))
    page = naji.get(address)
    assert "乡镇不再承担这件事" in text(page)
    assert press(naji, address, page).status_code == 302
    assert ExpiryReceipt.objects.exclude(acknowledged_at=None).get().unit_id == case.world.unit_id("naji")
    assert f'href="{address}"' not in text(naji.get(PAGE))


def test_a_notice_without_its_number_comes_back_as_typed(journey: Start) -> None:
    case = ended(journey())
    lead, address = browser_of(case.people["lead"]), f"{PAGE}do/duty.notify_end/"
    came = press(lead, address, document_number="", text="另有说明。")
    assert came.status_code == 422 and "另有说明。" in text(came) and 'aria-invalid="true"' in text(came)
    assert form_of(came) and Expiry.objects.get().issued_on is None


def test_who_has_no_part_in_it_cannot_come_to_its_forms(journey: Start) -> None:
    case = ended(journey())
    for role in ("forestry", "naji", "outsider", "city"):
        assert browser_of(case.people[role]).get(f"{PAGE}do/duty.notify_end/").status_code == 403
    lead = browser_of(case.people["lead"])
    assert lead.get(f"{PAGE}do/duty.expire/").status_code == 404
    assert lead.get("/duties/150721-D-0009/do/duty.notify_end/").status_code == 404

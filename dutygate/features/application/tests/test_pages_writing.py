"""编写申请 in the browser (Articles 1, 4.1, 5): three steps, only what changed is entered, nothing typed is lost."""

from __future__ import annotations

import re

import pytest

from dutygate.base.register.models import Entry
from dutygate.features.application.models import ItemText, Safeguard, Scope
from dutygate.features.bases.models import LegalBasis
from tests.journey import ITEMS
from tests.pages.signed_in import browser_of, hidden, send, text

SAFEGUARDS = {
    "sg_all_funding_needed": "yes",
    "sg_all_funding_amount": "2万元",
    "sg_all_funding_note": "每年一月底前拨付",
    "sg_all_technical_needed": "yes",
    "sg_all_technical_note": "指定联系人",
    "sg_all_training_needed": "no",
    "sg_all_training_note": "已有省级网络课程",
}
NEW_BASIS = {"basis_title_0": "森林防火条例", "basis_kind_0": "administrative_regulation", "basis_article_0": "第五条"}


def form_of(page):
    """Every field of the page's form as a browser would send it back."""
    html = re.search(r'<form method="post" class="act".*?</form>', text(page), re.DOTALL)[0]
    return fields_in(html)


def fields_in(html):
    from html import unescape

    found = {}
    for tag in re.findall(r"<input[^>]*>", html):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        kind = re.search(r'type="([^"]*)"', tag)[1]
        if not name or name[1] == "csrfmiddlewaretoken" or (kind in ("checkbox", "radio") and " checked" not in tag):
            continue
        found.setdefault(name[1], []).append(unescape(value[1]) if value else "on" if kind == "checkbox" else "")
    for name, inner in re.findall(r'<textarea[^>]*name="([^"]*)"[^>]*>(.*?)</textarea>', html, re.DOTALL):
        found[name] = [unescape(inner).lstrip("\n")]
    for name, inner in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', html, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', inner)
        found[name] = [unescape(chosen[1]) if chosen else ""]
    return found


def press(client, path, intent="do", page=None, **changed):
    """The whole form as it stands on the page, with some fields typed over."""
    page = client.get(path) if page is None else page
    return client.post(path, {**form_of(page), "_intent": intent, **changed})


def steps(case, step):
    return f"/cases/{case.number}/write/{step}/"


def edits(case):
    return Entry.objects.filter(subject=case.number, action="application.edit", outcome="permitted").count()


@pytest.fixture
def case(journey):
    found = journey()
    found.open()
    return found


def test_the_whole_way_from_townships_to_the_check(world, case):
    client = browser_of(world.people["forestry"])
    keys = [world.key(slug) for slug in world.townships]
    done = send(client, steps(case, "townships"), townships=keys)
    assert (done.status_code, done.headers["Location"]) == (302, steps(case, "items"))
    assert Scope.objects.filter(in_scope=True).count() == 3
    done = press(client, steps(case, "items"), **{k: v for k, v in ITEMS.items() if k not in ("legal_basis", "safeguards")}, **SAFEGUARDS, **NEW_BASIS)
    assert (done.status_code, done.headers["Location"]) == (302, steps(case, "check")), text(done)
    assert edits(case) == 2
    kept = dict(ItemText.objects.filter(is_current=True).values_list("item", "text"))
    assert kept["objective"] == ITEMS["objective"]
    assert kept["legal_basis"] == "《森林防火条例》第五条。"
    assert kept["safeguards"] == "工作经费：每个乡镇每年20000元，每年一月底前拨付；技术力量：指定联系人；业务培训：不需要，已有省级网络课程。"
    assert Safeguard.objects.get(kind="funding").amount_fen == 2_000_000
    assert not LegalBasis.objects.get().confirmed
    page = text(client.get(steps(case, "check")))
    assert "现在能查的都合乎规定" in page and "要补上" not in page
    assert case.request().result["round"] == 1

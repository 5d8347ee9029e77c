"""法定依据 in the browser (Articles 1, 4.1): found, registered and confirmed by the lead and the legal seat, read by everybody else."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dutygate.base.catalogue.errors import Refused
from dutygate.features.bases.models import LegalBasis
from tests.journey import BANNER
from tests.pages.signed_in import browser_of, hidden, send, text
from tests.rows import rows

REGISTER = "/bases/register/"
GIVEN = {
    "title": "草原防火条例",
    "kind": "administrative_regulation",
    "issuer": "国务院",
    "document_number": "国务院令第542号",
    "article": "第二十三条",
    "in_force_from": "2009-01-01",
}


def proposed():
    return LegalBasis.objects.get(title="森林防火条例")


def confirm(basis):
    return f"/bases/{basis.id}/confirm/"


@pytest.fixture
def cited(journey):
    """A case on its way that rests on a basis which a department proposed."""
    return journey().up_to("consulting")


@pytest.mark.parametrize("who", ["lead", "legal"])
def test_a_basis_is_registered_and_is_confirmed_from_the_start(world, who):
    client = browser_of(world.people[who])
    done = send(client, REGISTER, **GIVEN)
    row = LegalBasis.objects.get()
    assert (done.status_code, done.headers["Location"], row.confirmed) == (302, f"/bases/{row.id}/", True)
    page = text(client.get(done.headers["Location"]))
    for words in ("《草原防火条例》（国务院令第542号）第二十三条", "行政法规", "国务院", "2009年1月1日", "已确认", "没有依据它的"):
        assert words in page, words


def test_what_was_registered_already_comes_back_at_its_field_with_the_text(world):
    client = browser_of(world.people["legal"])
    send(client, REGISTER, **GIVEN)
    back = send(client, REGISTER, **{**GIVEN, "issuer": "中华人民共和国国务院"})
    assert back.status_code == 422 and "已经登记过" in text(back) and "中华人民共和国国务院" in text(back)
    assert LegalBasis.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title": ""}, "必填"),
        ({"kind": ""}, "必填"),
        ({"in_force_to": "2008-01-01"}, "失效日期应当晚于施行日期"),
        ({"in_force_from": "去年"}, "日期"),
    ],
)
def test_what_is_not_whole_is_not_registered(world, wrong, said):
    back = send(browser_of(world.people["lead"]), REGISTER, **{**GIVEN, **wrong})
    assert back.status_code == 422 and said in text(back) and "第二十三条" in text(back)
    assert not LegalBasis.objects.exists()


@pytest.mark.parametrize("who", ["forestry", "services", "naji", "government", "city"])
def test_others_read_and_are_told_whose_it_is(world, cited, who):
    client = browser_of(world.people[who])
    assert "《森林防火条例》第五条" in text(client.get("/bases/")) and REGISTER not in text(client.get("/bases/"))
    page = text(client.get(f"/bases/{proposed().id}/"))
    assert "由牵头单位或者法制审核单位核对、确认" in page and confirm(proposed()) not in page
    for path in (REGISTER, confirm(proposed())):
        assert client.get(path).status_code == 403
        assert client.post(path, GIVEN).status_code == 403
    assert not proposed().confirmed and LegalBasis.objects.count() == 1


def test_administrators_read_no_bases(world, cited):
    client = browser_of(world.people["audit_admin"])
    assert "《森林防火条例》" not in text(client.get("/bases/"))
    assert client.get(f"/bases/{proposed().id}/").status_code == 404


def test_a_proposed_basis_is_confirmed_as_it_stands(world, cited):
    client = browser_of(world.people["legal"])
    page = client.get(confirm(proposed()))
    assert 'value="森林防火条例"' in text(page) and 'value="administrative_regulation" selected' in text(page)
    kept = {"title": "森林防火条例", "kind": "administrative_regulation", "issuer": "国务院", "article": "第五条"}
    done = send(client, confirm(proposed()), page, **kept)
    assert (done.status_code, proposed().confirmed) == (302, True)
    assert "given" not in str(rows("register.Entry").latest("id").action) and rows("register.Entry").latest("id").action == "basis.confirm"


def test_or_with_the_details_put_right(world, cited):
    client = browser_of(world.people["lead"])
    right = {"title": "森林防火条例", "kind": "administrative_regulation", "issuer": "国务院", "article": "第五条、第十条"}
    send(client, confirm(proposed()), **right, in_force_from="2009-01-01")
    assert (proposed().confirmed, proposed().article, proposed().in_force_from.year) == (True, "第五条、第十条", 2009)


def test_what_is_in_the_registry_already_is_shown_beside_what_is_confirmed(world, cited):
    client = browser_of(world.people["lead"])
    assert "库里已经有同一部法规的同一条" not in text(client.get(confirm(proposed())))
    send(client, REGISTER, **{**GIVEN, "title": "《中华人民共和国森林防火条例》", "document_number": "", "article": "第5条"})
    page = text(client.get(confirm(proposed())))
    assert "库里已经有同一部法规的同一条" in page and "《中华人民共和国森林防火条例》第5条" in page


def test_confirmed_once_is_confirmed(world, cited):
    first, second = browser_of(world.people["lead"]), browser_of(world.people["legal"])
    kept = {"title": "森林防火条例", "kind": "administrative_regulation", "issuer": "国务院", "article": "第五条"}
    mine = second.get(confirm(proposed()))
    send(first, confirm(proposed()), **kept)
    late = second.post(confirm(proposed()), {**hidden(mine), "_intent": "do", **kept}, follow=True)
    assert "已经确认，不用再办" in text(late) and late.redirect_chain[-1][0] == f"/bases/{proposed().id}/"
    assert rows("register.Entry").filter(action="basis.confirm", outcome="permitted").count() == 1


def test_the_cases_that_rest_on_it_are_those_that_the_reader_may_see(world, cited):
    path = f"/bases/{proposed().id}/"
    for who in ("forestry", "naji", "lead", "city"):
        assert cited.number in text(browser_of(world.people[who]).get(path)), who
    for who in ("water", "outsider", "legal"):
        page = text(browser_of(world.people[who]).get(path))
        assert cited.number not in page and "没有依据它的" in page
    cited.fill(bases=(), townships=None)
    assert cited.number not in text(browser_of(world.people["forestry"]).get(path))


def test_statements_do_not_grow_with_the_cases_that_rest_on_it(world, cited, journey):
    client, path = browser_of(world.people["lead"]), f"/bases/{proposed().id}/"

    def counted():
        client.get(path)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(path).status_code == 200
        return len(seen)

    before = counted()
    for _n in range(4):
        journey().up_to("consulting")
    assert text(client.get(path)).count("林草防火宣传") == 5 and counted() == before <= 15


def test_bases_are_found_by_words_number_article_and_state(world, cited):
    client = browser_of(world.people["lead"])
    send(client, REGISTER, **GIVEN)

    def found(query):
        return set(re.findall(r"《([^》]+)》", text(client.get(f"/bases/{query}"))))

    both = {"森林防火条例", "草原防火条例"}
    assert found("") == found("?q=防火") == found("?state=nonsense") == both
    assert found("?q=542号") == found("?q=草原 23条") == found("?state=confirmed") == {"草原防火条例"}
    assert found("?state=proposed") == {"森林防火条例"}
    assert found("?q=水土保持") == set() and "没有符合条件的依据" in text(client.get("/bases/?q=水土保持"))


def test_the_list_goes_page_by_page_and_statements_do_not_grow(world):
    lead = world.people["lead"]
    client = browser_of(lead)

    def register(n):
        from dutygate.base.actions.perform import perform

        perform(lead, "basis.register", BANNER, {"title": f"第{n}号条例", "kind": "rule"}, via="import")

    def counted():
        client.get("/bases/")
        with CaptureQueriesContext(connection) as seen:
            client.get("/bases/")
        return len(seen)

    register(1)
    before = counted()
    for n in range(2, 33):
        register(n)
    assert counted() == before <= 9
    first = text(client.get("/bases/"))
    older = re.search(r'rel="next" href="([^"]+)"', first)[1]
    assert first.count("<tr><td") == 30 and text(client.get(f"/bases/{older}")).count("<tr><td") == 2


def test_in_english_only_what_people_wrote_is_chinese(world, cited):
    client = browser_of(world.people["lead"])
    client.cookies["django_language"] = "en"
    for path in ("/bases/", f"/bases/{proposed().id}/", REGISTER, confirm(proposed())):
        visible = re.sub(r"<[^>]+>", " ", text(client.get(path)))
        own = [
            "《森林防火条例》第五条",
            "国务院令第541号",
            "国务院",
            "阿荣旗人民政府",
            "阿荣旗林业和草原局",
            "森林防火条例",
            "第五条第二款",
            "林草防火宣传",
            "第五条",
        ]
        for words in (*own, "中共阿荣旗委员会机构编制委员会办公室", "中文"):
            visible = visible.replace(words, "")
        assert re.findall(r"[\u4e00-\u9fff]+", visible) == [], path


def test_nobody_registers_by_the_old_way_either(world):
    from dutygate.base.actions.perform import perform
    from dutygate.base.catalogue.errors import NotAllowed

    with pytest.raises((NotAllowed, Refused)):
        perform(world.people["forestry"], "basis.register", BANNER, {"title": "自己登记", "kind": "rule"}, via="page")

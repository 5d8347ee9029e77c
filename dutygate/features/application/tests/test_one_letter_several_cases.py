"""Article 4.1: a township answers several cases in one letter; each answer is an entry under its number, all or none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dutygate.base.catalogue.errors import Malformed, NotAllowed, Refused
from tests.journey import BANNER, Journey
from tests.pages.signed_in import browser_of, press, text
from tests.rows import rows

pytestmark = pytest.mark.django_db
Start = Callable[..., Journey]


def answers() -> list[tuple[str, str, str]]:
    found = rows("application.Opinion").order_by("id").values_list("case__number", "answer", "document_number")
    return [tuple(row) for row in found]


@pytest.mark.db_both
def test_each_case_gets_its_answer_under_one_number_or_none_does(journey: Start) -> None:
    first, second, third = (journey().up_to("consulting") for _n in range(3))
    letter = {"document_number": "那政函〔2026〕8号", "signed_on": first.world.today}
    wrong = ({"case": first.number, "answer": "agree"}, {"case": second.number, "answer": "disagree"})
    with pytest.raises(Refused) as refused:
        first.do("naji", "consultation.reply_set", subject=BANNER, cases=wrong, **letter)
    assert [f.code for f in refused.value.findings] == ["disagreement_without_reason"] and answers() == []
    said = (
        {"case": first.number, "answer": "agree"},
        {"case": second.number, "answer": "disagree", "reason": "没有人手"},
        {"case": third.number, "answer": "agree_with_conditions", "conditions": ("经费三月前到位",)},
    )
    done = first.do("naji", "consultation.reply_set", subject=BANNER, cases=said, **letter)
    assert done.result == {"cases": 3}
    assert answers() == [
        (first.number, "agree", "那政函〔2026〕8号"),
        (second.number, "disagree", "那政函〔2026〕8号"),
        (third.number, "agree_with_conditions", "那政函〔2026〕8号"),
    ]
    entries = rows("register.Entry").filter(action="consultation.reply", outcome="permitted")
    assert set(entries.values_list("via", flat=True)) == {"follow-up"} and entries.exclude(caused_by=None).count() == 3
    for case in (first, second, third):
        assert ("consultation.reply", "naji") not in case.tasks() and ("consultation.reply", "liuhe") in case.tasks()
    with pytest.raises(Refused):
        first.do("naji", "consultation.reply_set", subject=BANNER, cases=said[:1], **letter)
    with pytest.raises(NotAllowed):
        first.do("forestry", "consultation.reply_set", subject=BANNER, cases=said[:1], **letter)
    with pytest.raises(Malformed):
        first.do("liuhe", "consultation.reply_set", subject=BANNER, cases=(said[0], said[0]), **letter)


@pytest.mark.page
def test_on_the_page_the_letter_once_then_case_by_case(journey: Start) -> None:
    first, second = journey().up_to("consulting"), journey().up_to("consulting")
    naji, path = browser_of(first.people["naji"]), "/consultations/answer/"
    assert path in text(naji.get("/"))
    page = naji.get(path)
    assert first.number in text(page) and second.number in text(page)
    one, two = f"answer_{first.number}", f"answer_{second.number}"
    none = press(naji, path, page, document_number="那政函〔2026〕9号")
    assert none.status_code == 422 and "一卷都没有选答复" in text(none)
    halfway = press(naji, path, page, document_number="那政函〔2026〕9号", **{one: "agree", two: "disagree"})
    assert halfway.status_code == 422 and answers() == []
    assert f'href="#f_words_{second.number}"' in text(halfway)
    done = press(naji, path, document_number="那政函〔2026〕9号", **{one: "agree", two: "disagree", f"words_{second.number}": "没有人手"})
    assert done.status_code == 302 and [answer for _case, answer, _number in answers()] == ["agree", "disagree"]
    assert "现在没有等本单位答复的征求意见" in text(naji.get(path))
    assert browser_of(first.people["forestry"]).get(path).status_code == 403

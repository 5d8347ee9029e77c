"""A banner with as many townships as one likes, and admissions that go through it, by ``perform`` alone.

Needs Django to be set up (``bench.ours`` does it). The text of an answer is that of the peers, so that rows are of one size.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from dutygate.base.actions.perform import perform, system_acting
from dutygate.base.catalogue.action import ActingPost
from dutygate.base.organizations.queries import public_acting_post
from dutygate.base.register.chains import open_chain

CITY, BANNER = "1507", "150721"
SINCE = date(2024, 6, 5)
TEXT = "经研究，我镇原则同意该事项纳入属地管理清单，建议同步下放经费与人员编制，并明确县级部门兜底责任和业务指导义务，特此反馈。"
TITLE = "关于燃气安全隐患排查整治事项纳入属地管理的申请"
ITEMS = ("objective", "content", "legal_basis", "division", "workflow", "time_limit", "mechanism", "staffing", "safeguards")
SAFEGUARDS = ("funding", "technical", "training")
BASIS = {"title": "城镇燃气管理条例", "kind": "administrative_regulation", "article": "第四十一条", "in_force_from": date(2011, 3, 1)}
POINTS = ("content", "legal_basis", "division", "negotiated_opinion", "safeguards")
OFFICES = {
    "housing": ("department", "住房和城乡建设局", ""),
    "finance": ("department", "财政局", ""),
    "lead_office": ("department", "机构编制委员会办公室", "lead"),
    "justice": ("department", "司法局", "legal"),
    "services_bureau": ("department", "政务服务与数据管理局", "services"),
    "committee_office": ("authority_office", "旗委办公室", "banner_committee"),
    "government_office": ("authority_office", "旗人民政府办公室", "banner_government"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One call of the door. ``expected`` only where the step is measured as a person's page would send it."""

    action: str
    acting: ActingPost
    payload: dict[str, Any]
    expected: dict[str, int] | None = None

    def run(self, subject: str) -> Any:
        """Through the door; strict, as from the API, where something is expected."""
        via = "import" if self.expected is None else "api"
        return perform(self.acting, self.action, subject, self.payload, expected=self.expected, via=via)


@dataclass(slots=True)
class World:
    """Who acts: one person per unit, by the unit's slug; townships are t000, t001 …"""

    people: dict[str, ActingPost]
    townships: list[str]
    posts: dict[str, int] = field(default_factory=dict)

    def open(self) -> str:
        """A new case, its number."""
        done = Step(
            "case.open",
            self.people["housing"],
            {"title": TITLE, "track": "regular", "declared_class": "public_service", "mode": "entrust", "necessity": TEXT},
        ).run(BANNER)
        return str(done.result["number"])

    def asked(self) -> list[Step]:
        """From an open case to one in which every township was asked."""
        applicant = self.people["housing"]
        edit = {
            "items": dict.fromkeys(ITEMS, TEXT),
            "safeguards": [{"kind": kind, "needed": True, "amount_fen": 100_000, "note": TEXT} for kind in SAFEGUARDS],
            "bases": [BASIS],
            "acts_in_name_of": "住房和城乡建设局",
            "townships": self.townships,
        }
        return [Step("application.edit", applicant, edit), Step("consultation.request", applicant, {"letter": TEXT})]

    def replies(self) -> list[Step]:
        """Every township agrees."""
        expected = {"revision": 2, "reply": 1}
        return [Step("consultation.reply", self.people[t], {"answer": "agree", "reason": TEXT}, expected) for t in self.townships]

    def rest(self, on: date) -> Iterator[Step]:
        """From the last reply to the receipt of the last notice: a regular matter, decided by the city."""
        who = self.people
        yield Step("consultation.conclude", who["housing"], {"negotiated_opinion": TEXT})
        yield Step("application.submit", who["housing"], {"signed_on": on})
        yield Step("review.accept", who["lead_office"], {})
        yield Step("review.ask_department", who["lead_office"], {"departments": ["finance"], "question": TEXT})
        yield Step("review.comment", who["finance"], {"text": TEXT})
        found = {"points": {p: {"finding": "ok", "text": TEXT} for p in POINTS}, "recommends": "admit", "text": TEXT}
        yield Step("review.assess", who["lead_office"], {**found, "seat": "lead", "necessity": "necessary"})
        yield Step("review.assess", who["justice"], {**found, "seat": "legal", "excluded_power": "none", "emergency": "none"})
        yield Step("review.assess", who["services_bureau"], {**found, "seat": "services"})
        yield Step("review.conclude", who["lead_office"], {"outcome": "admit", "text": TEXT})
        paper = {"document_number": "阿编办〔2026〕7号", "dated_on": on}
        yield Step("decision.submit_to_banner", who["lead_office"], {**paper, "text": TEXT})
        for body, office in (("banner_committee", "committee_office"), ("banner_government", "government_office")):
            yield Step("decision.record", who[office], {**paper, "body": body, "outcome": "for"})
        yield Step("decision.submit_to_city", who["government_office"], {**paper, "text": TEXT})
        yield Step("decision.record", who["city_office"], {**paper, "body": "city_government", "outcome": "for"})
        yield Step("notice.issue", who["lead_office"], {**paper, "text": TEXT})
        for unit in ("housing", "finance", "justice", "services_bureau", *self.townships):
            yield Step("notice.acknowledge", who[unit], {})


def _unit(place: str, slug: str, kind: str, name: str, code: str | None = None) -> None:
    given = {"slug": slug, "kind": kind, "name": name, "code": code, "valid_from": SINCE}
    perform(system_acting(), "unit.create", place, given, via="import")


def _person(place: str, slug: str) -> ActingPost:
    perform(system_acting(), "user.create", "", {"username": f"p.{slug}", "name": slug}, via="import")
    given = {"username": f"p.{slug}", "kind": "handler", "valid_from": SINCE}
    post = perform(system_acting(), "post.appoint", f"{place}.{slug}", given, via="import")
    found = public_acting_post(int(post.result["id"]), SINCE + timedelta(days=1))
    assert found is not None
    return found


def build(townships: int) -> dict[str, int]:
    """City, banner, offices, townships and one person each. Returns the post of each unit, by slug."""
    open_chain("common", None)
    made = [(CITY, {"name": "呼伦贝尔市", "kind": "city"}), (BANNER, {"name": "阿荣旗", "kind": "banner", "parent": CITY})]
    for code, given in made:
        perform(system_acting(), "jurisdiction.create", "", {"code": code, **given}, via="import")
    _unit(CITY, "city_office", "authority_office", "市人民政府办公室")
    for slug, (kind, name, _seat) in OFFICES.items():
        _unit(BANNER, slug, kind, name)
    slugs = names(townships)
    for n, slug in enumerate(slugs):
        _unit(BANNER, slug, "township", f"第{n}镇", f"{150721000 + n}")
    seats = [(seat, f"{BANNER}.{slug}") for slug, (_kind, _name, seat) in OFFICES.items() if seat]
    for seat, unit in (*seats, ("city_government", f"{CITY}.city_office")):
        perform(system_acting(), "unit.take_seat", BANNER, {"seat": seat, "unit": unit, "valid_from": SINCE}, via="import")
    people = {slug: _person(BANNER, slug) for slug in (*OFFICES, *slugs)}
    people["city_office"] = _person(CITY, "city_office")
    return {slug: acting.post_id for slug, acting in people.items() if acting.post_id is not None}


def names(townships: int) -> list[str]:
    """The slugs of that many townships."""
    return [f"t{n:03d}" for n in range(townships)]


def found(posts: dict[str, int], townships: int, on: date) -> World:
    """The world in a database that ``build`` filled."""
    people = {slug: public_acting_post(post, on) for slug, post in posts.items()}
    return World({slug: acting for slug, acting in people.items() if acting is not None}, names(townships), posts)

"""Who does what on which day: the offices and people first, then the year, in one order. Nothing here touches the database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from dutygate.config.demo.material import Material, Plain
from dutygate.law.regulation.canonical import digest_of_bytes

SYSTEM: Final = ""
"""Instead of a user name: the system itself, which sets up the first three administrators as ``admin create-first`` does."""
HOLDS_FROM: Final = "2024-06-05"
"""Units, seats and posts are entered with the day from which the regulation is in force."""
REGULATION: Final = "阿党办发〔2024〕15号"
ADMINISTRATORS: Final = ("system_admin", "security_admin", "audit_admin")
BANNER_YEARS: Final = (2025, 2026)


@dataclass(frozen=True, slots=True)
class Turn:
    """One call of ``perform`` to be: on which ISO day, by whom (user name), what.

    With ``step`` it belongs to the story: its payload is made when its turn comes, since the number of its ``matter``'s case is
    known only then. Without, ``subject`` and ``payload`` are all there is.
    """

    day: str
    username: str
    action: str
    subject: str = ""
    payload: Mapping[str, Any] = field(default_factory=dict)
    matter: str = ""
    step: Plain | None = None


def offices(material: Material) -> list[Turn]:
    """Jurisdictions, units, people, posts, seats, calendar and the laws known, in the order in which each can be done."""
    given = material.organizations
    day = str(material.story["set_up_on"])
    people = {kind: _holder(material, kind) for kind in ADMINISTRATORS}
    home = str(people["system_admin"]["unit"])
    units = material.units()
    turns = [_jurisdiction(day, given, level, above) for level, above in (("region", ""), ("city", "region"), ("banner", "city"))]
    turns.append(_unit(day, SYSTEM, material, units[home]))
    for person in people.values():
        turns += [_user(day, SYSTEM, person), *_posts(day, SYSTEM, material, person)]
    system, security = (str(people[kind]["username"]) for kind in ADMINISTRATORS[:2])
    turns += [_unit(day, system, material, unit) for key, unit in units.items() if key != home]
    turns += [_seat(day, system, material, seat) for seat in given["seats"]]
    turns += [Turn(day, system, "calendar.load_year", material.banner, {"year": year}) for year in BANNER_YEARS]
    for person in material.people:
        if person not in people.values():
            turns += [_user(day, system, person), *_posts(day, security, material, person)]
    return [*turns, *_bases(day, material)]


def _bases(day: str, material: Material) -> Iterator[Turn]:
    """The legal seat enters what it knows of laws before anybody cites one."""
    legal = next(seat["unit"] for seat in material.organizations["seats"] if seat["seat"] == "legal")
    for basis in material.bases:
        payload = {name: value for name, value in basis.items() if value and name != "source"}
        yield Turn(day, material.handler_of(legal), "basis.register", material.banner, payload)


def _holder(material: Material, kind: str) -> Plain:
    return next(person for person in material.people if kind in person["posts"])


def _jurisdiction(day: str, given: Plain, level: str, above: str) -> Turn:
    place = given[level]
    payload = {"code": place["code"], "name": place["name"], "kind": level, "parent": given[above]["code"] if above else None}
    return Turn(day, SYSTEM, "jurisdiction.create", str(place["code"]), payload)


def _unit(day: str, by: str, material: Material, unit: Plain) -> Turn:
    township = "level" not in unit
    payload = {
        "slug": unit["key"],
        "kind": "township" if township else unit["kind"],
        "name": unit["name"],
        "short_name": unit["short_name"],
        "valid_from": HOLDS_FROM,
    }
    if township:
        payload |= {"code": unit["code"], "document": material.organizations["township_source"]["title"]}
    return Turn(day, by, "unit.create", material.code_of(unit), payload)


def _seat(day: str, by: str, material: Material, seat: Plain) -> Turn:
    payload = {"seat": seat["seat"], "unit": material.full_key(seat["unit"]), "valid_from": HOLDS_FROM, "document": REGULATION}
    return Turn(day, by, "unit.take_seat", material.banner, payload)


def _user(day: str, by: str, person: Plain) -> Turn:
    return Turn(day, by, "user.create", str(person["username"]), {"username": person["username"], "name": person["name"]})


def _posts(day: str, by: str, material: Material, person: Plain) -> Iterator[Turn]:
    for kind in person["posts"]:
        payload = {"username": person["username"], "kind": kind, "valid_from": HOLDS_FROM}
        yield Turn(day, by, "post.appoint", material.full_key(person["unit"]), payload)


def year(material: Material) -> list[Turn]:
    """Every step of the story by its day; on one day in the order of the file, what concerns several cases last, meetings behind it."""
    turns = [turn for case in material.cases for step in case["steps"] for turn in _turns(material, case["matter"], step)]
    turns += [turn for report in material.story["reports"] for step in report["steps"] for turn in _turns(material, report["report"], step)]
    turns += [turn for step in material.story["joint_steps"] for turn in _turns(material, "", step)]
    turns += [
        turn
        for meeting in material.story.get("meetings", ())
        for step in meeting["steps"]
        for turn in _turns(material, "", {**step, "meeting_key": meeting["meeting"]})
    ]
    turns += [turn for step in material.story["support_steps"] for turn in _turns(material, step["matter"], step)]
    turns += _public(material)
    turns += [turn for attempt in material.story["attempts"] for turn in _turns(material, attempt["matter"], _refused(attempt))]
    turns += [_checked(material, act) for act in material.story["task_checks"]]
    return sorted(turns, key=lambda turn: turn.day)


def _public(material: Material) -> Iterator[Turn]:
    """What the lead publishes: the disclosure check is its own."""
    lead = next(seat["unit"] for seat in material.organizations["seats"] if seat["seat"] == "lead")
    for given in material.story["public"]:
        day = str(given["day"])
        said = {name: value for name, value in given.items() if name not in ("day", "action")}
        dated = {"as_of": day, "published_on": day, "layout": 2} if given["action"] == "list.publish" else {"valid_from": day}
        named = {"unit": material.full_key(said["unit"])} if "unit" in said else {}
        checked = {"checked": True, "checked_by": "旗委编办综合股"}
        yield Turn(day, material.handler_of(lead), given["action"], material.banner, {**said, **named, **dated, **checked})


def _checked(material: Material, act: Plain) -> Turn:
    """A uniform deployment registered, or a check kept: of its text the digest alone."""
    payload = {name: value for name, value in act.items() if name not in ("day", "action", "by", "text", "demo")}
    payload |= {"text_digest": digest_of_bytes(act["text"].encode())} if "text" in act else {}
    return Turn(act["day"], material.handler_of(act["by"]), act["action"], material.banner, payload)


def _refused(attempt: Plain) -> Plain:
    return {**attempt, "action": "case.open", "expect": "refused"}


def _turns(material: Material, matter: str, step: Plain) -> Iterator[Turn]:
    """One for each unit that acts."""
    for unit in step["by"] if isinstance(step["by"], list) else [step["by"]]:
        username = step.get("person") or material.handler_of(unit)
        yield Turn(str(step["day"]), username, str(step["action"]), matter=matter, step=step)

"""Drafting, checking and publishing in one call, for tests: through the door, as the lead and the worker do it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.apps import apps

from dutygate.base.actions.perform import Outcome, perform, system_acting
from dutygate.base.organizations.queries import public_jurisdiction
from tests.world import BANNER, World

NAME = "arun_2027_1"


def act(world: World, who: str, action: str, subject: str = BANNER, **payload: Any) -> Outcome:
    """One action by somebody of the world."""
    expected = payload.pop("expected", None)
    return perform(world.people[who], action, subject, payload, expected=expected, via="import" if expected is None else "api")


def row(model: str, **where: Any) -> Any:
    """One row of this feature."""
    return apps.get_model("editions", model)._default_manager.get(**where)


def draft(world: World, name: str = NAME, **changed: Any) -> Any:
    """A draft by the lead."""
    made = act(world, "lead", "edition.draft", name=name, **changed)
    return row("EditionDraft", pk=int(made.result["draft"]))


def check(world: World, found: Any, *problems: dict[str, str]) -> Outcome:
    """What the worker enters about the content as it stands."""
    place = public_jurisdiction(BANNER)
    assert place is not None
    said = {"draft": str(found.id), "digest": found.digest, "whole": False, "states": 7, "problems": problems}
    return perform(system_acting(place.id, BANNER), "edition.check", BANNER, said, via="job")


def publish(world: World, found: Any, starts: date | None = None, **more: Any) -> Outcome:
    """Published by the lead, in force from today or another day."""
    day = starts or world.today
    said = {"document_number": "阿党办发〔2027〕1号", "dated_on": min(day, world.today), "in_force_from": day, **more}
    return act(world, "lead", "edition.publish", draft=str(found.id), **said)


def checked_draft(world: World, name: str = NAME, **changed: Any) -> Any:
    """A draft that has passed its check."""
    found = draft(world, name, **changed)
    check(world, found)
    return found


def published(world: World, starts: date | None = None, name: str = NAME, **changed: Any) -> Outcome:
    """Drafted, checked and published."""
    return publish(world, checked_draft(world, name, **changed), starts)


def tomorrow(world: World) -> date:
    """The day after today."""
    return world.today + timedelta(days=1)


def overridden(world: World, provision: str = "5") -> str:
    """A provision that gives way to a higher rule from today on; its id."""
    higher = {"title": "内蒙古自治区苏木乡镇和街道职责准入管理办法", "document_number": "内机编办发〔2023〕143号", "article": "第六条"}
    act(world, "lead", "law.mark_overridden", provision=provision, since=world.today, effect="经费标准依自治区规定。", **higher)
    return provision

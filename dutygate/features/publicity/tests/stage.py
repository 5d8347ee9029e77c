"""A banner that has published its lists, with facts beside them that nobody has published. Each secret carries the mark."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

from django.test import Client
from lxml import html

from dutygate.base.actions import clock
from dutygate.base.actions.days import local_day
from dutygate.base.actions.perform import forget_kept_editions, perform
from dutygate.base.organizations.queries import forget_directories
from dutygate.features.lists.tests.importing import COOPERATIVE, taken_in
from tests.journey import Journey
from tests.rows import rows
from tests.snapshot import Snapshot
from tests.world import BANNER, World, create_world

MARK: Final = "秘而不宣"
HOME: Final = f"/gk/{BANNER}/"
ROWS: Final = [
    COOPERATIVE,
    ("1", "生态环保", "秸秆禁烧巡查", "阿荣旗林业和草原局", "组织督查", "劝导、上报"),
    ("2", "平安法治", f"{MARK}的涉密配合", "", "", f"{MARK}的做法"),
    ("3", "生态环保", "候鸟巡护", "阿荣旗林业和草原局", "组织督查", "巡护"),
]
INTERNAL: Final = [{"duty": f"{BANNER}-D-0002", "reason": f"{MARK}的理由"}]


def publish(world: World, number: str, **given: Any) -> Any:
    """The lists of today after the disclosure check, one row left out."""
    day = world.today.isoformat()
    plain = {"as_of": day, "published_on": day, "checked": True, "checked_by": f"{MARK}的审查人", "internal": INTERNAL, "layout": 2}
    done = perform(world.people["lead"], "list.publish", BANNER, {**plain, "number": number, **given}, via="import")
    return rows("lists.Publication").get(pk=int(done.result["publication"]))


def contact(world: World, **given: Any) -> None:
    """How the forestry office is reached."""
    plain = {
        "unit": world.key("forestry"),
        "telephone": "0470-4210000",
        "address": "那吉镇中央街 1 号",
        "checked": True,
        "checked_by": "编办",
    }
    day = {"valid_from": world.today.isoformat()}
    perform(world.people["lead"], "unit.publish_contact", BANNER, {**plain, **day, **given}, via="import")


def correct(world: World, code: str, **changes: Any) -> None:
    """A row put right."""
    said = {"how": "change", "duty": code, "townships": [world.key("naji")], "valid_from": world.today.isoformat(), "changes": changes}
    said |= {"reason": f"{MARK}的理由", "document_number": "内党办发〔2025〕1号", "level": "region"}
    perform(world.people["lead"], "list.correct", BANNER, said, via="import")


def published(world: World) -> tuple[Any, Any]:
    """Two publications: of the first day, and with an admitted duty and a corrected row."""
    taken_in(world, ROWS, section="cooperative")
    first = publish(world, "阿编公〔2026〕1号")
    Journey(world).up_to("done")
    correct(world, f"{BANNER}-D-0003", title="候鸟保护巡护")
    second = publish(world, "阿编公〔2026〕2号", index_number="1115072100/2026-1", topic="机构编制")
    contact(world)
    return first, second


@dataclass(frozen=True)
class Site:
    """A world that has published twice. ``first``, ``second``: the publications."""

    world: World
    first: Any
    second: Any


_made: Final[dict[date, tuple[Site, Snapshot]]] = {}


def site_published() -> Site:
    """In a database that holds nothing yet: made through ``perform`` once in each process, copied row by row afterwards."""
    today = local_day(clock.now())
    if today in _made:
        site, snapshot = _made[today]
        forget_directories()
        forget_kept_editions()
        snapshot.restore()
        return site
    world = create_world()
    site = Site(world, *published(world))
    _made[today] = (site, Snapshot.take())
    return site


def secrets(world: World) -> None:
    """What happened since, and nobody has published: a correction, a temporary duty, a publication of tomorrow, a contact of tomorrow."""
    correct(world, f"{BANNER}-D-0001", title=f"{MARK}的新名称")
    temporary = Journey(world)
    temporary.open("temporary", title=f"{MARK}的临时任务")
    temporary.go_on("done")
    correct(world, f"{BANNER}-D-0003", category=MARK)
    tomorrow = (world.today + timedelta(days=1)).isoformat()
    publish(world, f"{MARK}〔2026〕3号", published_on=tomorrow)
    contact(world, telephone=f"{MARK}4210001", valid_from=tomorrow)


def walked(client: Client, *starts: str) -> Iterator[tuple[str, Any]]:
    """Every page and file of the public site to which a link leads, with the answer."""
    ahead, known = list(starts), set(starts)
    while ahead:
        path = ahead.pop()
        answer = client.get(path)
        yield path, answer
        if not answer.get("Content-Type", "").startswith("text/html"):
            continue
        for link in html.document_fromstring(answer.content).xpath("//a/@href | //link/@href"):
            parts = urlsplit(urljoin(path, link))
            where = parts.path + (f"?{parts.query}" if parts.query else "")
            if parts.path.startswith("/gk/") and where not in known:
                known.add(where)
                ahead.append(where)


def body(answer: Any) -> str:
    """All of an answer, streamed or not, with its headers."""
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return data.decode("utf-8") + repr(sorted(answer.headers.items()))

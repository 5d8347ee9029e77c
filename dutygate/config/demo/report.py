"""What a demo shows in the terminal: who is there, what each township has, how each case stands, and that it all holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Final

from dutygate.base.actions.clock import now
from dutygate.base.actions.days import local_day
from dutygate.base.actions.tasks import verify_tasks
from dutygate.base.catalogue.action import ActingPost
from dutygate.base.organizations.directory import Directory
from dutygate.base.organizations.queries import public_acting_posts_of, public_directory, public_user_id
from dutygate.base.organizations.terms import POST_LABELS
from dutygate.base.register.chains import reference_version_of
from dutygate.base.register.queries import entries_page, heads_of, sealed_of
from dutygate.base.register.verify import verify_all
from dutygate.base.search.index import verify as verify_index
from dutygate.config.demo.material import Material, Plain
from dutygate.config.demo.performing import password_of
from dutygate.config.demo.table import table
from dutygate.features.cases.queries import cases_visible
from dutygate.features.cases.sections import directory_now
from dutygate.features.lists.queries import ListLine, duties_of_township, duties_visible, townships_of
from dutygate.law.procedure.table import procedure_of
from dutygate.law.regulation.edition import Edition, package_editions
from dutygate.law.rules import Finding
from dutygate.law.rules.wording import render

EVERY_ENTRY: Final = 100_000
TRACKS: Final = {"regular": "常态化", "temporary": "阶段性"}
OUTCOMES: Final = {"approved": "准入", "refused": "不予准入", "withdrawn": "撤回", "": "—"}
ROLES: Final[tuple[tuple[str, Callable[[Plain, Plain, set[str]], bool]], ...]] = (
    ("三员 Administrators", lambda person, unit, seats: any(post.endswith("_admin") for post in person["posts"])),
    ("乡镇 Townships", lambda person, unit, seats: "level" not in unit),
    ("联席会议席位 Seats of the conference", lambda person, unit, seats: bool(seats & {"lead", "legal", "services"})),
    ("决定机关的办公室 Offices of the deciding bodies", lambda person, unit, seats: unit["kind"] == "authority_office"),
    ("部门 Departments", lambda person, unit, seats: unit["kind"] == "department"),
    ("市级指导、监督 Guidance and oversight", lambda person, unit, seats: True),
)


def viewer_of(material: Material) -> ActingPost:
    """The lead's first handler: she may read every case of the banner."""
    lead = next(seat["unit"] for seat in material.organizations["seats"] if seat["seat"] == "lead")
    user_id = public_user_id(material.handler_of(lead))
    assert user_id is not None
    return public_acting_posts_of(user_id, local_day(now()))[0]


def people(material: Material) -> str:
    """Everybody by role, with user name and password."""
    units = material.units()
    groups: dict[str, list[tuple[str, ...]]] = {title: [] for title, _ in ROLES}
    for person in material.people:
        unit = units[person["unit"]]
        seats = {seat["seat"] for seat in material.organizations["seats"] if seat["unit"] == unit["key"]}
        title = next(title for title, belongs in ROLES if belongs(person, unit, seats))
        posts = "、".join(POST_LABELS[post] for post in person["posts"])
        username = str(person["username"])
        groups[title].append((f"  {unit['short_name']}", posts, f"{person['name']}（演示）", username, password_of(username)))
    head = ("  单位", "岗位", "姓名", "用户名 user", "口令 password")
    body = table(head, [row for title, rows in groups.items() for row in ((title,), *rows)])
    return f"人员 People（全部虚构，演示专用 all invented, for this demo only）\n{body}"


def lists(material: Material) -> str:
    """Each township's list in force on the story's last day, and its temporary duties beside it."""
    viewer, on = viewer_of(material), date.fromisoformat(material.story["as_of"])
    directory = public_directory(viewer.jurisdiction_id, reference_version_of(viewer.jurisdiction_id))
    coming = _coming(viewer, directory, on)
    lines = [f"各乡镇清单 Lists in force on {on}（阶段性任务列在清单之外 temporary duties beside the list）"]
    for township in directory.townships(on):
        duties = duties_of_township(viewer, township, on)
        lines.append(f"  {directory.name_on(township, on)} {directory.unit(township).code_on(on)}")
        lines += [f"    {'清单' if duty.section == 'admitted' else '临时'}  {_duty(duty, directory, on)}" for duty in duties]
        lines += [f"    临时  {duty}" for duty in coming.get(township, ())]
        if not duties and township not in coming:
            lines.append("    没有准入事项 none")
    return "\n".join(lines)


def _duty(duty: ListLine, directory: Directory, on: date) -> str:
    end = "" if duty.last_day is None else f"至{duty.last_day}"
    return f"{duty.code} {duty.title}（{_lead(duty.lead_unit_id, directory, on)}，自{duty.valid_from}{end}，{duty.document_number}）"


def _lead(unit: int | None, directory: Directory, on: date) -> str:
    return "" if unit is None else directory.short_name_on(unit, on)


def _coming(viewer: ActingPost, directory: Directory, on: date) -> dict[int, list[str]]:
    """Township -> duties that are decided and told, and begin after that day."""
    found: dict[int, list[str]] = {}
    for duty in duties_visible(viewer).filter(admitted_on__gt=on):
        words = f"{duty.code} {duty.title}（{_lead(duty.lead_unit_id, directory, on)}，自{duty.admitted_on}起，尚未开始）"
        for entry in townships_of(viewer, duty):
            found.setdefault(entry.township_id, []).append(words)
    return found


def refusals(material: Material) -> str:
    """What the law refused, with its reasons: the tries stand in the register like everything that was done."""
    viewer = viewer_of(material)
    directory = directory_now(viewer)
    lines = ["依法拒绝 What the law refused (entered in the register)"]
    entries = [entry for entry in entries_page(viewer, {"lead"}, EVERY_ENTRY) if entry.outcome == "refused"]
    sealed = sealed_of(viewer, viewer.jurisdiction, [entry.seq for entry in entries])
    for entry in entries:
        said = sealed[entry.seq] or {"payload": {}, "findings": []}
        unit = directory.short_name_on(entry.unit_id, entry.at.date()) if entry.unit_id else ""
        about = said["payload"].get("title") or entry.subject
        lines.append(f"  {local_day(entry.at)} {unit} {entry.action} {about}")
        for found in said["findings"]:
            words = render(
                Finding(found["code"], found["provision"], found["params"]), _edition(), "zh", lambda key: directory.by_key(key).name
            )
            lines.append(f"    {words.provision_label}：{words.message}{words.what_to_do}")
    return "\n".join(lines)


def cases(material: Material) -> str:
    """Every case with its state, oldest first."""
    viewer = viewer_of(material)
    labels = procedure_of(_edition()).states
    rows = [
        (case.number, TRACKS[case.track], labels[case.state].label.zh, OUTCOMES[case.outcome], case.title)
        for case in cases_visible(viewer, directory_now(viewer)).order_by("id")
    ]
    return f"办件 Cases（{len(rows)}）\n" + table(("编号 number", "类别", "状态 state", "结果", "职责名称"), rows)


def _edition() -> Edition:
    return list(package_editions().values())[-1]


def heads(material: Material) -> str:
    """The heads of the chains, to be kept elsewhere."""
    lines = [head.printed for head in heads_of(viewer_of(material))]
    return "登记簿之首 Register heads\n" + "\n".join(f"  {line}" for line in lines)


def problems() -> Iterator[str]:
    """Where the register's chains, the open tasks or the search index do not hold."""
    yield from (str(problem) for problem in verify_all())
    yield from (str(problem) for problem in verify_tasks())
    yield from verify_index()

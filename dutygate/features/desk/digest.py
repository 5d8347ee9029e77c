"""提要: what waits for somebody in all her posts, as a page and as a mail. Number and title of a matter, what is owed and until when;
nothing else of its content ever leaves the system.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from dutygate.base.actions.days import local_day, start_of
from dutygate.base.actions.naming import directory_for, light_of, newest_procedure
from dutygate.base.actions.now import TaskRow, own_tasks
from dutygate.base.actions.subjects import kind_of, titles_of_subjects
from dutygate.base.actions.waiting import waiting_for
from dutygate.base.catalogue.action import ActingPost
from dutygate.base.notices.digests import Chosen, public_last_mail, public_mailed_choices
from dutygate.base.notices.mail import put_in
from dutygate.base.notices.queries import count_unread
from dutygate.base.organizations.directory import Directory
from dutygate.base.organizations.queries import public_acting_posts_of, public_jurisdictions
from dutygate.base.ui.language import language
from dutygate.base.ui.templatetags.dutygate import day as day_words
from dutygate.base.ui.templatetags.dutygate import light as light_words
from dutygate.features.cases.kinds import ADMISSION, action_in
from dutygate.features.cases.showing import kinds_and_titles_of

OFFICES: Final = ("handler", "signatory")
AT_MOST: Final = 100
"""Tasks of one unit that are named; how many more there are is said."""
FROM_HOUR: Final = 7
"""Digests are made from this hour of the day on, in the offices' time."""


@dataclass(frozen=True, slots=True)
class UnitDigest:
    """What waits for one unit: its name, its tasks as lines, how many more, how many messages nobody has read, and how many other things
    of which nothing is told but on their own pages.
    """

    unit: str
    lines: tuple[dict[str, Any], ...]
    more: int
    unread: int
    other: int = 0


def digest_of(user_id: int, on: date) -> list[UnitDigest]:
    """One part for each unit in which a person works for an office that day, in the language of the moment."""
    places = {place.code: place.id for place in public_jurisdictions()}
    posts = {post.unit_id: post for post in public_acting_posts_of(user_id, on) if post.kind in OFFICES}
    return [_of_post(post, on, places) for post in posts.values()]


def _of_post(post: ActingPost, on: date, places: dict[str, int]) -> UnitDigest:
    rows = own_tasks(post, AT_MOST + 1)
    shown = rows[:AT_MOST]
    titles = _titles(post, shown)
    directories = {code: directory_for(places.get(code, post.jurisdiction_id)) for code in {r.subject.partition("-")[0] for r in shown}}
    lines = tuple(_line(row, titles, directories[row.subject.partition("-")[0]], on) for row in shown)
    own = directory_for(post.jurisdiction_id)
    name = own.name_on(post.unit_id, on) if post.unit_id is not None and post.unit_id in own.units else post.unit
    return UnitDigest(name, lines, len(rows) - len(shown), count_unread(post), sum(one.count for one in waiting_for(post, on)))


def _titles(post: ActingPost, rows: list[TaskRow]) -> dict[str, tuple[str, str]]:
    subjects = [row.subject for row in rows]
    found = kinds_and_titles_of(post, [subject for subject in subjects if kind_of(subject) is None])
    return {**found, **{subject: (ADMISSION, title) for subject, title in titles_of_subjects(post, subjects).items()}}


def _line(row: TaskRow, titles: dict[str, tuple[str, str]], directory: Directory, on: date) -> dict[str, Any]:
    kind, title = titles.get(row.subject, (ADMISSION, ""))
    label = action_in(newest_procedure(), row.action, kind, language())
    return {"number": row.subject, "title": title, "label": label, **light_of(directory, row, on)}


def in_plain_text(parts: list[UnitDigest], address: str) -> str:
    """The mail. ``address``: where the system is opened, "" when nobody said."""
    written: list[str] = []
    for part in parts:
        written.append(gettext("%(unit)s：待办 %(count)s 项，未读消息 %(unread)s 条") % _counts(part))
        for line in part.lines:
            said = light_words(line)
            due = f" {day_words(said['due'])}" if said["due"] else ""
            due += gettext("（暂定）") if said["provisional"] else ""
            written.append(f"  {line['number']} {line['title']}\n    {line['label']} · {said['words']}{due}")
        if part.more:
            written.append("  " + gettext("还有更多，请登录查看。"))
        if part.other:
            written.append("  " + gettext("另有事项等您办理，请登录查看。"))
        written.append("")
    written.append(gettext("请登录系统办理：%(address)s") % {"address": address} if address else gettext("请登录系统办理。"))
    written.append(gettext("这封邮件只列编号和名称，不含事项内容。不想再收，请在系统的“提要”里改。"))
    return "\n".join(written) + "\n"


def _counts(part: UnitDigest) -> dict[str, Any]:
    return {"unit": part.unit, "count": len(part.lines) + part.more, "unread": part.unread}


def due_today(choice: str, last: date | None, directory: Directory, today: date) -> bool:
    """Whether a digest is to be made: on each working day, or on the first working day of the week. One that was missed is made on the
    next working day, once.
    """
    if not directory.calendar().is_workday(today) or last == today:
        return False
    if choice == "weekly":
        return last is None or last < today - timedelta(days=today.weekday())
    return choice == "daily"


def make_digests(moment: datetime) -> int:
    """Put every digest that is due into the outgoing mail; how many. Whoever has nothing waiting gets none."""
    today = local_day(moment)
    if moment < start_of(today) + timedelta(hours=FROM_HOUR):
        return 0
    return sum(_make(chosen, today, moment) for chosen in public_mailed_choices())


def _make(chosen: Chosen, today: date, moment: datetime) -> bool:
    posts = [post for post in public_acting_posts_of(chosen.user_id, today) if post.kind in OFFICES]
    if not posts or not due_today(chosen.choice, public_last_mail(chosen.user_id), directory_for(posts[0].jurisdiction_id), today):
        return False
    with translation.override(chosen.language):
        parts = digest_of(chosen.user_id, today)
        if not any(part.lines or part.unread or part.other for part in parts):
            return False
        count = sum(len(part.lines) + part.more for part in parts)
        subject = gettext("乡镇职责准入：%(day)s有 %(count)s 项待办") % {"day": day_words(today), "count": count}
        return put_in(chosen.user_id, today, chosen.address, subject, in_plain_text(parts, settings.PUBLIC_ADDRESS), moment)

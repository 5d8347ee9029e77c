"""公文 as a tab of a case: what was issued about it, and what the reader's unit may issue."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from dutygate.base.actions import clock
from dutygate.base.actions.days import local_day
from dutygate.base.actions.forms import Scene
from dutygate.base.catalogue.action import ActingPost
from dutygate.base.organizations.directory import Directory
from dutygate.base.organizations.typed import MARK, mark_of
from dutygate.base.ui.nav import Place, offers_place
from dutygate.features.cases.acts import CaseScene, tab
from dutygate.features.cases.queries import CONTENT_POSTS
from dutygate.features.papers.forms import IssueForm
from dutygate.features.papers.kinds import kinds
from dutygate.features.papers.queries import papers_of_case
from dutygate.features.papers.shown import has_letterhead, lines_of, may_issue, offers_of
from dutygate.features.taskcheck.answers import Answer
from dutygate.features.taskcheck.steps import OFFERS, Step

offers_place(
    Place(gettext_noop("公文"), "papers", "file-text", 45, lambda acting: acting is not None and acting.kind in CONTENT_POSTS),
)


@tab("documents", gettext_noop("公文"), "4", template="papers/_tab.html", order=60)
def documents_tab(scene: CaseScene) -> dict[str, Any]:
    """{papers, offers, letterhead}: within what the reader may see."""
    rows = papers_of_case(scene.viewer, scene.case.id)
    return {
        "papers": lines_of(scene.viewer, rows, scene.lang),
        "offers": offers_of(scene),
        "letterhead": has_letterhead(scene.viewer),
    }


def reply_to_task(viewer: ActingPost, directory: Directory, answer: Answer) -> Step | None:
    """复函: for a township whose list does not have the task. The form opens with what the check knows; nothing is issued by that."""
    kind = kinds()["task_reply"]
    if answer.standing not in ("not_on_list", "similar", "taken_back") or not may_issue(viewer, kind, (), clock.now(), ""):
        return None
    asked = answer.asked
    form = IssueForm.draft_key(Scene(viewer, viewer.jurisdiction, clock.now(), "", None, {"kind": kind.name}))
    words = dict.fromkeys(hint.word for found in answer.forms if found.always for hint in found.hints)
    fields = {
        MARK: mark_of(viewer.user_id, viewer.post_id, form),
        "_intent": "again",
        "task": answer.subject[:120],
        "received": answer.title[:200] if answer.title != answer.subject else "",
        "received_on": asked.paper_on.isoformat(),
        "department": answer.sender_key,
        "shows": "".join(f"“{word}”" for word in words)[:300],
        "dated_on": local_day(clock.now()).isoformat(),
    }
    return Step(
        _("拟复函：不在清单上，请申请准入"),
        _("文字已经拟好，可以改；编号并发文以后有 Word 和 PDF。"),
        "7",
        reverse("paper_issue", args=[kind.name]),
        fields,
    )


OFFERS.append(reply_to_task)

"""传阅 (Article 4): to whom of one's own unit; and 已阅, with a line if one likes. The tab shows who has read it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from dutygate.base.actions.forms import act_form, paragraph, several
from dutygate.base.organizations.queries import colleagues, public_names_of
from dutygate.features.cases.acts import CaseScene, returns_to, tab
from dutygate.features.cases.forms import CaseForm
from dutygate.features.cases.queries import circulations_of, has_to_read

returns_to("circulation", "case.circulate", "case.mark_read")


@act_form("case.circulate")
class CirculateForm(CaseForm):
    """传阅."""

    template = "cases/_circulate_fields.html"
    button = _("传阅")
    places = {"not_in_this_unit": "users"}

    users = several(_("给谁看"), (), help_text=_("只列本单位的人。传阅不改变谁办、什么时候办完。"))
    note = paragraph(_("附一句话"), limit=500, rows=2, help_text=_("可以不写。"))

    def shape(self) -> None:
        """Everybody else of the unit."""
        viewer = self.found.viewer
        others = [one for one in colleagues(viewer, self.found.reading.on) if one.user_id != viewer.user_id]
        self.let_choose("users", [(one.username, f"{one.name} · {gettext(one.label)}") for one in others])


@act_form("case.mark_read")
class MarkReadForm(CaseForm):
    """已阅."""

    template = "cases/_mark_read_fields.html"
    button = _("已阅")

    note = paragraph(_("写一句话"), limit=500, rows=2, help_text=_("可以不写。"))

    @classmethod
    def offered(cls, place: CaseScene) -> bool:
        """To whom it was circulated."""
        return has_to_read(place.viewer, place.case)

    def context(self) -> dict[str, Any]:
        """What those wrote who circulated it."""
        mine = self.found.viewer.user_id
        rows = [row for row in circulations_of(self.found.viewer, self.found.case) if row.user_id == mine and row.read_at is None]
        names = public_names_of(row.sent_by for row in rows if row.sent_by is not None)
        return {"notes": [{"by": names.get(row.sent_by or 0, ""), "note": row.note, "at": row.sent_at} for row in rows]}


@tab(
    "circulation",
    gettext_noop("传阅"),
    "4",
    template="cases/_tab_circulation.html",
    order=85,
    shown=lambda scene: scene.on_screen,
)
def circulation_tab(scene: CaseScene) -> dict[str, Any]:
    """{rows}: who of the unit got it from whom, and has read it when."""
    rows = circulations_of(scene.viewer, scene.case)
    names = public_names_of({person for row in rows for person in (row.user_id, row.sent_by) if person is not None})
    return {"rows": [{"row": row, "to": names.get(row.user_id, ""), "by": names.get(row.sent_by or 0, "")} for row in rows]}

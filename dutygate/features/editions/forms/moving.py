"""转到现行版本 as a form: before it is done, what would be otherwise, what lapses, and whether it can be done at all (Article 11)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from dutygate.base.actions.forms import act_form, paragraph, wanted
from dutygate.features.cases.acts import CaseScene, returns_to
from dutygate.features.cases.forms import CaseForm
from dutygate.features.editions.words import effects_in_words
from dutygate.law.procedure.moving import effects
from dutygate.law.regulation.edition import Edition

returns_to("edition", "edition.move_case")


def editions_in(found: CaseScene) -> tuple[Edition, Edition]:
    """(the edition under which the case runs, the one in force)."""
    return found.now.looked.edition, found.now.looked.present


def check_of(found: CaseScene) -> list[dict[str, Any]]:
    """What the move would change for this case, in words."""
    old, new = editions_in(found)
    case = found.case
    told = effects(old, new, case.state, case.track, declared_class=case.declared_class, kind=case.kind)
    return effects_in_words(told, old, new, found.lang)


@act_form("edition.move_case")
class MoveForm(CaseForm):
    """转版: the check, and the reason."""

    template = "editions/_move_fields.html"
    button = _("转到现行版本")
    places: ClassVar[dict[str, str]] = {"reason_missing": "reason"}

    reason = wanted(paragraph(_("理由"), limit=2000, rows=3, help_text=_("理由会告诉本卷的各当事单位。")))

    @classmethod
    def offered(cls, place: Any) -> bool:
        """Only where it does not stand under the edition in force already."""
        old, new = editions_in(place)
        return old.digest != new.digest

    def payload(self) -> dict[str, Any]:
        """To the edition that the check was about."""
        return {"to": editions_in(self.found)[1].id, **super().payload()}

    def context(self) -> dict[str, Any]:
        """The two editions, and what the check found."""
        old, new = editions_in(self.found)
        return {**super().context(), "old_edition": old, "new_edition": new, "effects": check_of(self.found)}

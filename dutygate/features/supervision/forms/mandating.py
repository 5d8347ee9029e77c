"""授权牵头单位查处（第八条）."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from dutygate.base.actions.forms import act_form, day_field, wanted
from dutygate.base.actions.forms import text as line
from dutygate.features.supervision.forms.report_form import ReportForm


@act_form("supervision.mandate")
class MandateForm(ReportForm):
    """授权: the document and its days."""

    button = _("登记授权")
    places: ClassVar[Mapping[str, str]] = {"mandate_days_wrong": "valid_to"}

    document_number = wanted(line(_("文号"), limit=80))
    dated_on = wanted(day_field(_("成文日期")))
    valid_from = wanted(day_field(_("自哪一天起")))
    valid_to = wanted(day_field(_("到哪一天止"), help_text=_("从这一天起不再有效。")))

    def place_of(self, code: str, params: Mapping[str, Any]) -> str:
        """What is missing is said at its field."""
        return str(params.get("field", "")) if code == "mandate_incomplete" else super().place_of(code, params)

"""授权牵头单位查处（第八条）."""

from __future__ import annotations

from datetime import date
from typing import Any

from dutygate.base.catalogue.action import Context, Given
from dutygate.base.catalogue.registry import register_action
from dutygate.features.supervision.actions.report_action import Number, ReportAction, ReportSubject
from dutygate.features.supervision.models import Mandate


@register_action
class GiveMandate(ReportAction):
    """授权牵头单位查处: a document of the oversight body, or of the banner's bodies, by which the lead may find and order. Subject: the
    jurisdiction's code. Where no mandate holds the lead accepts and hears, and no more.
    """

    name = "supervision.mandate"
    begins = True

    class Payload(Given):
        """The document, and the days [valid_from, valid_to) on which it holds."""

        document_number: Number = ""
        dated_on: date | None = None
        valid_from: date | None = None
        valid_to: date | None = None

    def apply(self, subject: ReportSubject, payload: Any, context: Context) -> None:
        """One more mandate."""
        assert context.acting.unit_id is not None
        Mandate.objects.create(
            id=context.new_id(),
            jurisdiction_id=subject.jurisdiction_id,
            document_number=payload.document_number,
            dated_on=payload.dated_on,
            valid_from=payload.valid_from,
            valid_to=payload.valid_to,
            given_by_id=context.acting.unit_id,
        )

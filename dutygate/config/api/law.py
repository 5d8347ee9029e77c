"""条款: the provisions of the edition in force, and what keeps each of them (all articles)."""

from __future__ import annotations

import logging

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from dutygate.base.actions.naming import edition_now
from dutygate.config.api import words
from dutygate.config.api.editions import interpreted, overridden
from dutygate.config.api.people import viewer_of
from dutygate.config.api.replies import reply
from dutygate.config.api.schemas import LawOut
from dutygate.config.api.site import Api
from dutygate.law.procedure.coverage import coverage, packaged_evidence
from dutygate.law.regulation.wording import WordingDamaged, load_wording

_log = logging.getLogger(__name__)


def add_law(api: Api) -> None:
    """GET /law/provisions."""

    @api.get("/law/provisions", response=LawOut, operation_id="list_provisions", tags=["law"], summary="条款 · Provisions")
    def list_provisions(request: HttpRequest) -> HttpResponse:
        """The edition in force: each provision with our summary, the official wording if it was loaded, its rules and actions,
        what was interpreted and what gives way to a higher rule.
        """
        edition, lang, viewer = edition_now(), words.language_of(request), viewer_of(request)
        ways, said = overridden(viewer, edition.id), interpreted(viewer, edition.id)
        official = _official(edition.id)
        kept = coverage(edition, packaged_evidence(), {})
        return reply(
            {
                "edition": edition.id,
                "digest": edition.digest,
                "title": edition.title.in_language(lang),
                "document_number": edition.document_number,
                "in_force_from": edition.in_force_from,
                "in_force_to": edition.in_force_to,
                "provisions": [
                    {
                        "id": provision.id,
                        "article": provision.article,
                        "label": provision.label.in_language(lang),
                        "summary": provision.summary.in_language(lang),
                        "official": official.get(provision.id),
                        "rules": list(kept[provision.id].rules),
                        "actions": list(kept[provision.id].actions),
                        "overridden": [one for one in ways if one["provision"] == provision.id],
                        "interpretations": [one for one in said if one["provision"] == provision.id],
                    }
                    for provision in edition.provisions.values()
                ],
            }
        )


def _official(edition_id: str) -> dict[str, str]:
    try:
        wording = load_wording(settings.DUTYGATE_HOME, edition_id)
    except WordingDamaged as damaged:
        _log.error("%s", damaged)
        return {}
    return dict(wording.provisions) if wording else {}

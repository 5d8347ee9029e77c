"""线索依据的版本: the edition that decides on reports, with its second table (Articles 7, 8, 11)."""

from __future__ import annotations

from datetime import date

from dutygate.base.register.chains import as_decided
from dutygate.base.register.law_here import edition_in_force
from dutygate.law.procedure.table import procedure_of
from dutygate.law.regulation.edition import Edition, NoEditionInForce, package_editions


def edition_for_reports(on: date, jurisdiction_id: int, version: int) -> Edition:
    """The edition in force on a day; the program's own where that one has no table of reports, or none is in force.

    A report does not end with the edition under which it was made: what it is about, Article 7, is in every one.
    """
    try:
        found = edition_in_force(on, jurisdiction_id, version)
    except NoEditionInForce:
        found = None
    if found is None or not found.content_published or not procedure_of(found).report_rows:
        found = [one for one in package_editions().values() if one.content_published][-1]
    return as_decided(found)

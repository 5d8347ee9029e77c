"""怎样显示: published rows, changes and publications as the pages have them; words in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from dutygate.features.lists.queries.published import Changed
from dutygate.features.lists.words import COLUMNS, FIELD_NAMES, LISTS, MODES, SECTIONS
from dutygate.features.publicity.site import Site

CHANGES: Final = {
    "entered": gettext_noop("列入公布的清单"),
    "left": gettext_noop("不再列在公布的清单上"),
    "changed": gettext_noop("有变动"),
}
FIELDS: Final = {
    **FIELD_NAMES,
    "department": FIELD_NAMES["lead"],
    "last_day": gettext_noop("止（含当天）"),
    "columns": gettext_noop("清单栏目"),
    "content": gettext_noop("权责内容"),
    "bases": gettext_noop("法定依据"),
}


def row_shown(row: Mapping[str, Any], site: Site) -> dict[str, Any]:
    """One row: the published words, with section and mode in the language of the page; ``href`` leads to the duty."""
    return {
        **row,
        "href": site.href("gk_duty", row["code"]),
        "section": _(SECTIONS[row["section"]]),
        "mode": _(MODES[row["mode"]]) if row["mode"] in MODES else "",
        "since": date.fromisoformat(row["valid_from"]),
        "until": date.fromisoformat(row["last_day"]) if row["last_day"] else None,
        "said": [{"label": _(COLUMNS[name]), "text": row["columns"][name]} for name in COLUMNS if row["columns"].get(name)],
    }


def change_shown(changed: Changed, site: Site) -> dict[str, Any]:
    """One published change: {what, kind, code, title, href, section, fields, day, document, townships, number, publication}."""
    change = changed.change
    publication = change.published_list.publication
    return {
        "what": _(CHANGES[change.kind]),
        "kind": change.kind,
        "code": change.code,
        "title": change.title,
        "href": site.href("gk_duty", change.code),
        "section": _(SECTIONS[change.section]),
        "fields": [_(FIELDS[name]) for name in change.fields if name in FIELDS],
        "day": change.day,
        "document": change.document_number,
        "townships": [site.name(township, publication.as_of) for township in changed.townships],
        "number": publication.number,
        "publication": site.href("gk_publication", publication.id),
    }


def publication_shown(row: Any, site: Site) -> dict[str, Any]:
    """A publication with what government sites say of one (政府信息公开目录); "" where the office has not given it.

    ``validity``: whether its lists stand, some of them, or newer ones have taken their place.
    """
    of_it = {one.publication_id: 0 for one in site.standing}
    for one in site.standing:
        of_it[one.publication_id] += 1
    standing = of_it.get(row.id, 0)
    return {
        "href": site.href("gk_publication", row.id),
        "list": _(LISTS[row.list_name]),
        "number": row.number,
        "index_number": row.index_number,
        "topic": row.topic,
        "issuer": site.issuer(row.list_name, row.published_on),
        "written_on": row.written_on or row.published_on,
        "published_on": row.published_on,
        "as_of": row.as_of,
        "rows": row.rows,
        "digest": row.digest,
        "stands": bool(standing),
        "validity": _("有效") if standing else _("已由新公布的版本代替"),
    }

"""页面: the differences between any two days of a township's list, as known on any two days; coloured and in words (Article 4.5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dutygate.base.actions import clock
from dutygate.base.actions.days import local_day
from dutygate.base.organizations.directory import Directory
from dutygate.base.organizations.sessions import with_post
from dutygate.features.lists.differences import Difference, differences
from dutygate.features.lists.forms.compare import CompareForm
from dutygate.features.lists.importing.shown import value_shown
from dutygate.features.lists.places import unit_read
from dutygate.features.lists.queries import Wanted, duties_of_township
from dutygate.features.lists.shown import unit_of
from dutygate.features.lists.web import viewer_of
from dutygate.features.lists.words import FIELD_NAMES, LEVELS, LISTS, MODES, SECTIONS

KINDS: Final = ("added", "removed", "changed")
WORDS: Final = {"mode": MODES, "level": LEVELS, "track": {"regular": gettext_noop("常态化"), "temporary": gettext_noop("阶段性、临时性")}}
"""Fields whose values have words."""


@with_post
@never_cache
@require_safe
def compare(request: HttpRequest, key: str) -> HttpResponse:
    """清单的变化: two readings, two queries, however long the list."""
    viewer, today = viewer_of(request), local_day(clock.now())
    directory, unit = unit_read(viewer, key, "township")
    form = CompareForm(request.GET, today)
    before, after, name = form.before, form.after, form.list_name
    old, new = (duties_of_township(viewer, unit.id, one.on, one.known_at, wanted=Wanted(name)) for one in (before, after))
    found = differences(old, new)
    labels = {"added": _("增加"), "removed": _("去掉"), "changed": _("变动"), **{name: _(label) for name, label in SECTIONS.items()}}
    context = {
        "township": {"name": directory.name_on(unit.id, after.on), "key": unit.key},
        "form": form,
        "before": before,
        "after": after,
        "list_label": _(LISTS[name]),
        "lists": [{"label": _(label), "href": form.query(list=one), "current": one == name} for one, label in LISTS.items()],
        "counts": [{"label": labels[kind], "kind": kind, "count": sum(one.kind == kind for one in found)} for kind in KINDS],
        "rows": [_shown(one, labels, directory, after.on) for one in found],
        "both": (len(old), len(new)),
    }
    return render(request, "lists/compare.html", context)


def _shown(one: Difference, labels: Mapping[str, str], directory: Directory, on: Any) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "label": labels[one.kind],
        "code": one.line.code,
        "href": reverse("duty", args=[one.line.code]),
        "title": one.line.title,
        "section": labels.get(one.line.section, one.line.section),
        "changes": [
            {"field": _field(name), "before": _value(name, pair[0], directory, on), "after": _value(name, pair[1], directory, on)}
            for name, pair in one.fields.items()
        ],
    }


def _field(name: str) -> str:
    known = FIELD_NAMES.get("lead" if name == "lead_unit_id" else name)
    return _(known) if known else name


def _value(name: str, value: Any, directory: Directory, on: Any) -> str:
    if name == "lead_unit_id":
        return unit_of(directory, value, on)["name"]
    words = WORDS.get(name)
    if words is not None:
        return _(words[value]) if value in words else str(value)
    return value_shown(name, value, directory, on)

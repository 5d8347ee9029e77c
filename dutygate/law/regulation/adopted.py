"""规定的参数（第三条）: what the conference set while an edition holds, laid over its text from a day on.

The edition with what was set is a text of its own, with a digest of its own: what is opened or decided from that day on points to
exactly the numbers that held. The text before it is not touched.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from dutygate.law.regulation.parts import Parameter, Text, Value

if TYPE_CHECKING:
    from dutygate.law.regulation.edition import Edition

SIGNED = "second_signature"
"""The parameter that lists the steps of a case which a second person signs."""
WHOLE = ("working_days", "calendar_days", "years", "count")


@dataclass(frozen=True, slots=True)
class Adopted:
    """One parameter of one edition (its id), as set from ``effective_from`` on. ``values``: (track or "all", value), in order."""

    edition: str
    parameter: str
    values: tuple[tuple[str, Value], ...]
    effective_from: date
    source: Text


def adopted_on(edition: Edition, adopted: tuple[Adopted, ...], day: date) -> Edition:
    """The edition as it reads on a day; itself where nothing was set for it by then. A later setting goes before an earlier one."""
    mine = tuple(one for one in adopted if one.edition == edition.id and one.effective_from <= day)
    return _laid_over(edition, mine) if mine else edition


@lru_cache(maxsize=64)
def _laid_over(edition: Edition, adopted: tuple[Adopted, ...]) -> Edition:
    parameters = dict(edition.parameters)
    for one in sorted(adopted, key=lambda one: one.effective_from):
        if one.parameter in parameters:
            parameters[one.parameter] = replace(
                parameters[one.parameter], values=dict(one.values), status="set", source=one.source, effective_from=one.effective_from
            )
    return replace(edition, parameters=parameters)


def fits(parameter: Parameter, values: Mapping[str, Value], steps: frozenset[str] = frozenset()) -> bool:
    """Whether these values, by track or for "all", are of the parameter's kind and cover every track that it covered.

    ``steps``: the steps of a case that may be named where the parameter lists such steps.
    """
    covered = "all" in values or parameter.values.keys() <= values.keys()
    return bool(values) and covered and all(_fits(parameter, value, steps) for value in values.values())


def _fits(parameter: Parameter, value: Value, steps: frozenset[str]) -> bool:
    if parameter.unit == "flag":
        return isinstance(value, bool)
    if parameter.unit == "choice":
        return value in parameter.choices
    if parameter.unit == "codes":
        if parameter.name == SIGNED and value is None:
            return True
        known = steps if parameter.name == SIGNED else {code for old in parameter.values.values() for code in str(old or "").split()}
        return isinstance(value, str) and bool(value.split()) and set(value.split()) <= known
    if parameter.unit == "month":
        return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 12
    return value is None or (parameter.unit in WHOLE and isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 9999)

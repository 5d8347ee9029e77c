"""The catalogue of rules: every rule cites a provision, says which facts it needs, and answers with findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from dutygate.law.rules.facts import GROUPS, Facts

RuleFunction = Callable[[Facts], "list[Finding]"]
ConditionFunction = Callable[[Facts], bool]


@dataclass(frozen=True, slots=True)
class Finding:
    """问题: what a rule found. Words come from the catalogues by ``code``; ``params`` fill them."""

    code: str
    provision: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Plain values for the register: {code, provision, params}."""
        return {"code": self.code, "provision": self.provision, "params": dict(self.params)}


@dataclass(frozen=True, slots=True)
class Rule:
    """One check. ``serves`` names the principles of Article 2 that it keeps.

    ``asks`` names the payload fields that it judges: before somebody has filled those in, it says nothing yet.
    """

    name: str
    cites: str
    needs: tuple[str, ...]
    serves: tuple[str, ...]
    asks: tuple[str, ...]
    check: RuleFunction
    summary: str


RULES: Final[dict[str, Rule]] = {}
CONDITIONS: Final[dict[str, tuple[ConditionFunction, tuple[str, ...]]]] = {}
_listeners: list[Callable[[str], None]] = []


def rule(
    *, cites: str, needs: Iterable[str] = (), serves: Iterable[str] = ("lawful",), asks: Iterable[str] = ()
) -> Callable[[RuleFunction], RuleFunction]:
    """Register a rule under its function's name. Raises ValueError on a double name or an unknown facts group."""

    def register(check: RuleFunction) -> RuleFunction:
        name = check.__name__
        wanted = tuple(needs)
        if name in RULES:
            raise ValueError(f"rule {name} is registered twice")
        if unknown := set(wanted) - set(GROUPS):
            raise ValueError(f"rule {name} needs unknown facts: {sorted(unknown)}")
        RULES[name] = Rule(name, cites, wanted, tuple(serves), tuple(asks), check, (check.__doc__ or "").strip().split("\n")[0])
        return check

    return register


def condition(*, needs: Iterable[str] = ()) -> Callable[[ConditionFunction], ConditionFunction]:
    """Register a named question that ``procedure.yaml`` asks to choose the next state."""

    def register(ask: ConditionFunction) -> ConditionFunction:
        CONDITIONS[ask.__name__] = (ask, tuple(needs))
        return ask

    return register


def check(name: str, facts: Facts) -> list[Finding]:
    """Run one rule; whoever listens (the coverage report) hears of it when it found something."""
    findings = RULES[name].check(facts)
    if findings and _listeners:
        for listener in _listeners:
            listener(name)
    return findings


def listen(listener: Callable[[str], None]) -> Callable[[], None]:
    """Be told the name of every rule that finds something; returns the function that ends it."""
    _listeners.append(listener)
    return lambda: _listeners.remove(listener)

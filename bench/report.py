"""What the rounds say together: medians of rounds, ratios within a round, PASS or FAIL."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any, Final

from bench.engines import HAND, OURS, SPIFF, TUNED, VIEWFLOW

SMALL, LARGE = 11, 300
NAMES: Final = {"sqlite": "SQLite", "pg": "PostgreSQL"}
Key = tuple[str, int, str]
"""(database, townships, engine)"""


def percentile(values: Iterable[float], share: float) -> float:
    """The value below which that share of all lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


@dataclass(slots=True)
class Replies:
    """All rounds of one engine on one database at one number of townships."""

    rates: list[float] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    all_steps: list[float] = field(default_factory=list)

    def add(self, found: dict[str, Any]) -> None:
        """One round."""
        times = found["times"]
        self.rates.append(len(times) / sum(times))
        self.cpu.append(found["cpu"] / len(times) * 1e3)
        self.times += times
        if "others" in found:
            every = [*times, *found["others"]]
            self.all_steps.append(len(every) / sum(every))

    @property
    def rate(self) -> float:
        """Actions per second: the median of the rounds."""
        return median(self.rates)


@dataclass(frozen=True, slots=True)
class Line:
    """One claim. ``least`` None: only told."""

    what: str
    ratio: float | None
    least: float | None

    @property
    def verdict(self) -> str:
        """PASS, FAIL, told, or not measured."""
        if self.ratio is None:
            return "not measured"
        if self.least is None:
            return "told"
        return "PASS" if self.ratio >= self.least else "FAIL"

    def __str__(self) -> str:
        ratio = "-" if self.ratio is None else f"{self.ratio:.2f}"
        wanted = "" if self.least is None else f" (wanted at least {self.least:g})"
        return f"{self.verdict:12} {self.what}: {ratio}{wanted}"


def ratio(mine: Replies | None, others: Sequence[Replies | None]) -> float | None:
    """Mine by the best of the others, within each round; the median of the rounds."""
    there = [o for o in others if o is not None and o.rates]
    if mine is None or not mine.rates or not there:
        return None
    rounds = zip(mine.rates, *(o.rates for o in there), strict=True)
    return median(own / max(rest) for own, *rest in rounds)


def lines(results: dict[Key, Replies], kinds: Iterable[str]) -> list[Line]:
    """The claims, each on each database."""
    found: list[Line] = []
    for kind in kinds:
        name = NAMES[kind]
        get = lambda size, *engines, kind=kind: [results.get((kind, size, e)) for e in engines]  # noqa: E731
        ours_small, ours_large = get(SMALL, OURS)[0], get(LARGE, OURS)[0]
        found += [
            Line(f"{name}: reply at {LARGE} townships by the better SpiffWorkflow", ratio(ours_large, get(LARGE, *SPIFF)), 3),
            Line(f"{name}: reply at {LARGE} townships by Viewflow", ratio(ours_large, get(LARGE, VIEWFLOW)), 3),
            Line(f"{name}: reply at {SMALL} townships by the tuned ORM", ratio(ours_small, get(SMALL, TUNED)), 0.5),
            Line(f"{name}: reply at {LARGE} townships by reply at {SMALL}", ratio(ours_large, [ours_small]), 0.8),
            Line(f"{name}: reply at {SMALL} townships by hand-written SQL", ratio(ours_small, get(SMALL, HAND)), None),
            Line(f"{name}: reply at {LARGE} townships by hand-written SQL", ratio(ours_large, get(LARGE, HAND)), None),
        ]
    return found


def reply_tables(results: dict[Key, Replies]) -> list[str]:
    """One table for each database and size, the fastest engine first."""
    out: list[str] = []
    for kind, size in sorted({(k, s) for k, s, _ in results}, key=lambda ks: (ks[0] != "sqlite", ks[1])):
        here = {engine: r for (k, s, engine), r in results.items() if (k, s) == (kind, size) and r.rates}
        ours = here.get(OURS)
        out += ["", f"### {NAMES[kind]}, {size} townships", ""]
        out += ["| engine | actions/s | slowest-fastest round | p50 ms | p95 ms | p99 ms | CPU ms | this program by it |"]
        out += ["| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"]
        for engine, r in sorted(here.items(), key=lambda item: -item[1].rate):
            by = ratio(ours, [r])
            cells = ["**this program**" if engine == OURS else engine, f"{r.rate:.0f}", f"{min(r.rates):.0f}-{max(r.rates):.0f}"]
            cells += [f"{percentile(r.times, share) * 1e3:.2f}" for share in (0.5, 0.95, 0.99)]
            cells += [f"{median(r.cpu):.2f}", "" if by is None or engine == OURS else f"{by:.2f}"]
            out += [f"| {' | '.join(cells)} |"]
    return out


def admission_tables(admissions: dict[tuple[str, int], list[dict[str, list[float]]]]) -> list[str]:
    """For each database: actions per second of whole admissions, and every action at both sizes."""
    out: list[str] = []
    for kind in sorted({k for k, _ in admissions}, key=lambda k: k != "sqlite"):
        sizes = sorted(s for k, s in admissions if k == kind)
        out += ["", f"### {NAMES[kind]}", ""]
        for size in sizes:
            rounds = admissions[kind, size]
            counts = [sum(map(len, r.values())) for r in rounds]
            rates = [n / sum(map(sum, r.values())) for n, r in zip(counts, rounds, strict=True)]
            cases = len(rounds[0]["case.open"])
            each, rate = counts[0] // cases, median(rates)
            out += [f"- {size} townships: {each} actions a case, {rate:.0f} actions/s, {each / rate:.2f} s a case"]
        out += ["", "| action | " + " | ".join(f"{s} townships: each case | p50 ms | p95 ms" for s in sizes) + " |"]
        out += ["| --- |" + " ---: | ---: | ---: |" * len(sizes)]
        for action in admissions[kind, sizes[0]][0]:
            cells = []
            for size in sizes:
                rounds = admissions[kind, size]
                times = [t for r in rounds for t in r.get(action, ())]
                each = len(rounds[0].get(action, ())) // len(rounds[0]["case.open"])
                cells += [f"{each}", f"{percentile(times, 0.5) * 1e3:.1f}", f"{percentile(times, 0.95) * 1e3:.1f}"]
            out += [f"| `{action}` | " + " | ".join(cells) + " |"]
    return out

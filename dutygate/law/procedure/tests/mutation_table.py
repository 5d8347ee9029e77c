"""Write ``mutations.csv`` anew: ``python -m dutygate.law.procedure.tests.mutation_table`` (about an hour on two cores)."""

from __future__ import annotations

import csv
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from pathlib import Path

from dutygate.law.procedure import mutations as module
from dutygate.law.procedure.mutations import Mutation, mutations
from dutygate.law.procedure.tests.catchers import catcher, promise
from dutygate.law.regulation.edition import package_editions

WALKED = ("guard removed", "task removed")


@lru_cache(maxsize=1)
def all_mutations() -> list[Mutation]:
    """Every mutation of the edition in force."""
    return list(mutations(package_editions()["arun_2024_15"]))


def row(index: int) -> dict[str, str]:
    """One line of the table."""
    edition, mutation = package_editions()["arun_2024_15"], all_mutations()[index]
    caught = catcher(mutation, edition)
    kept = caught.removeprefix("promise: ") if caught.startswith("promise: ") else ""
    if not kept and mutation.kind in WALKED and not caught.startswith("table"):
        kept = promise(mutation, edition)
    return {"mutation": mutation.name, "caught_by": caught, "promise": kept}


def main() -> int:
    """0 if every mutation is caught."""
    with ProcessPoolExecutor() as pool:
        rows = list(pool.map(row, range(len(all_mutations())), chunksize=8))
    target = Path(module.__file__).with_name("mutations.csv")
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["mutation", "caught_by", "promise"], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    survivors = [r["mutation"] for r in rows if not r["caught_by"]]
    print("\n".join(survivors))
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())

"""Write ``mutations.csv`` anew: ``python -m dutygate.law.procedure.tests.mutation_table``.

Who catches a mutation cheaply (sentence, matrix, table) is asked of every one; which promise the walk sees broken only of
those that have no record yet, and with ``--whole`` of all (about an hour on two cores). `make test-long` walks for every recorded promise
again.
"""

from __future__ import annotations

import csv
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from pathlib import Path

from dutygate.law.procedure import mutations as module
from dutygate.law.procedure.mutations import Mutation, mutations, table
from dutygate.law.procedure.table import procedure_of
from dutygate.law.procedure.tests.catchers import changed_action, cheap_catcher, promise
from dutygate.law.regulation.edition import package_editions

WALKED = ("guard removed", "task removed")


@lru_cache(maxsize=1)
def all_mutations() -> list[Mutation]:
    """Every mutation of the edition in force."""
    return list(mutations(package_editions()["arun_2024_15"]))


@lru_cache(maxsize=1)
def recorded() -> dict[str, str]:
    """Mutation -> the promise on record, or ""; nothing with ``--whole``."""
    return {} if "--whole" in sys.argv else {line["mutation"]: line["promise"] for line in table()}


def row(index: int) -> dict[str, str]:
    """One line of the table. No walk touches what is no step of a case."""
    edition, mutation = package_editions()["arun_2024_15"], all_mutations()[index]
    caught = cheap_catcher(mutation, edition)
    kept = recorded().get(mutation.name)
    if kept is None or not (caught or kept):
        office = changed_action(mutation) in procedure_of(edition).offices
        wanted = not caught or (mutation.kind in WALKED and not office and not caught.startswith("table"))
        kept = promise(mutation, edition) if wanted else ""
    return {"mutation": mutation.name, "caught_by": caught or (f"promise: {kept}" if kept else ""), "promise": kept}


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

"""拟作的调整: what an adjustment proposes, part by part, against the duty as it stands on the lists (Articles 4.4, 4.5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from dutygate.base.actions.month_days import YEAR_END
from dutygate.features.application.models import ItemText, Safeguard
from dutygate.features.bases.queries import bases_of_case
from dutygate.law.rules.lapses import adds_burden, opinions_lapse

if TYPE_CHECKING:
    from dutygate.base.catalogue.action import ActingPost
    from dutygate.features.cases.duties import DutyNow
    from dutygate.features.cases.models import Case
    from dutygate.law.regulation.edition import Edition

FROM_REPLIES: Final = "negotiated_opinion"
NOT_COPIED: Final = ("name", FROM_REPLIES)
FROM_COLUMNS: Final = {"content": "township_duties", "division": "upper_duties"}
"""What a row of the national lists says of an item, where nobody has written the item yet."""
PROMISE: Final = ("needed", "amount_fen", "note", "due")
MARKS: Final = ("track", "ends_on", "mode", "acts_in_name_of")
PLACE: Final = ("list_name", "section")
BELONGS_TO: Final = {"acts_in_name_of": "division", "list_name": "track", "section": "track", "bases": "legal_basis"}
"""What is no item by itself: the item or mark as which a change of it counts."""


def by_township(case: Any, duty: DutyNow) -> bool:
    """Whether a township applies, for a duty that it carries."""
    return case.initiator_id in duty.holders


def text_of(revision: Any) -> dict[str, str]:
    """The items of a revision that an application has, where a list says nothing else by what its columns say."""
    found = {item: text for item, text in revision.items.items() if item not in NOT_COPIED and text}
    for item, column in FROM_COLUMNS.items():
        if not found.get(item) and revision.columns.get(column):
            found[item] = revision.columns[column]
    return found


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that would read otherwise. ``addition`` is the id of the township for which alone it holds, as text, or "".

    ``old`` and ``new`` are plain values: texts, days, codes; of a safeguard {needed, amount_fen, note, due} or None; of bases lists of
    (title, article).
    """

    name: str
    addition: str
    old: Any
    new: Any

    @property
    def counts_as(self) -> str:
        """The item or mark that it belongs to."""
        return "safeguards" if self.name.startswith("safeguard:") else BELONGS_TO.get(self.name, self.name)


def judged(edition: Edition, found: Iterable[Difference]) -> bool:
    """Whether townships that carry the duty are asked: anything they judge reads otherwise."""
    return opinions_lapse(edition, [one.counts_as for one in found])


def burdens(edition: Edition, found: Iterable[Difference]) -> bool:
    """Whether they must agree to it: anything reads otherwise that may be more for them. Another basis, an earlier end and more support
    are not (4.5).
    """
    return adds_burden(edition, [one.counts_as for one in found if not _lightens(one)])


def _lightens(one: Difference) -> bool:
    if one.name == "ends_on":
        return one.new is not None and (one.old is None or one.new <= one.old)
    if one.name.startswith("safeguard:") and one.new and one.new["needed"]:
        if not one.old or not one.old["needed"]:
            return True
        (old, by), (new, until) = ((said["amount_fen"] or 0, said["due"] or YEAR_END) for said in (one.old, one.new))
        return until <= by and (new > old or (new == old and until < by and one.new["note"] == one.old["note"]))
    return False


def differences(viewer: ActingPost, case: Case, duty: DutyNow, revision: Any, keys: Mapping[int, str]) -> list[Difference]:
    """What the case's text says otherwise than the duty's revision, in the order of the parts. Three queries.

    ``keys``: unit id -> key, of the townships whose additions are compared.
    """
    old, new = _old(duty, revision, keys), _new(viewer, case)
    return [Difference(*where, old.get(where), new.get(where)) for where in {**old, **new} if _differ(old.get(where), new.get(where))]


def _differ(old: Any, new: Any) -> bool:
    return (old or None) != (new or None)


def _old(duty: DutyNow, revision: Any, keys: Mapping[int, str]) -> dict[tuple[str, str], Any]:
    found: dict[tuple[str, str], Any] = {("name", ""): duty.title}
    found |= {(name, ""): getattr(duty, name) for name in MARKS}
    found |= {(name, ""): None for name in PLACE}
    if revision is None:
        return found
    ids = {key: str(unit) for unit, key in keys.items()}
    found |= {(item, ""): text for item, text in text_of(revision).items()}
    for key, added in revision.additions.items():
        if key in ids:
            found |= {(item, ids[key]): text for item, text in added.items()}
    for one in revision.support:
        township = one.get("township", "")
        if not township or township in ids:
            found[f"safeguard:{one['kind']}", ids.get(township, "")] = _promise(
                one["needed"], one.get("amount_fen"), one.get("note", ""), one.get("due", "")
            )
    found["bases", ""] = sorted((str(basis.get("title", "")), str(basis.get("article", ""))) for basis in revision.bases)
    return found


def _new(viewer: ActingPost, case: Case) -> dict[tuple[str, str], Any]:
    found: dict[tuple[str, str], Any] = {("name", ""): case.title}
    found |= {(name, ""): getattr(case, name) for name in (*MARKS, *PLACE)}
    texts = ItemText.objects.filter(case=case, is_current=True).exclude(item__in=["name", FROM_REPLIES])
    found |= {(item, addition): text for item, addition, text in texts.values_list("item", "addition", "text")}
    promised = Safeguard.objects.filter(case=case, is_current=True).values_list("kind", "addition", *PROMISE)
    found |= {(f"safeguard:{kind}", addition): _promise(*said) for kind, addition, *said in promised}
    found["bases", ""] = sorted((basis.title, basis.article) for basis in bases_of_case(viewer, case))
    return found


def _promise(needed: bool, amount_fen: int | None, note: str, due: str) -> dict[str, Any]:
    return dict(zip(PROMISE, (needed, amount_fen, note, due), strict=True))
